"""oxlint: coding errors of JavaScript, TypeScript, JSX and TSX, and in Vue's and Svelte's pages.

oxlint obeys directives in comments wherever it sees one, so the word that makes a comment a
directive is broken in the whole text, which needs no opinion on what a comment is. What the
directives hid is learnt from another run, over the text as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from collectors.analyzers.findings import context
from collectors.analyzers.oxlint_doubts import TWICE, counts
from collectors.analyzers.oxlint_run import UNPARSED, Message, program
from collectors.analyzers.program import Program, Source
from collectors.languages.comments import comments, masked
from collectors.languages.components import Script, scripts
from collectors.languages.source import AnalyzerDiedError, UnmeasurableError, decode, unix
from collectors.languages.suffixes import spoken
from collectors.languages.trees import errors, tree
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Limits, Recipe

ANALYZER = "oxlint"
# A file's language, and what it is tried as, until it can be parsed: old JavaScript does what
# modules forbid, typed JavaScript is often TypeScript too, what only declares needs no values, and
# a < of JSX is none of TSX.
SUFFIXES = {
    "javascript": (".js", ".cjs", ".tsx"),
    "typescript": (".ts", ".d.ts"),
    "tsx": (".tsx", ".jsx"),
    "vue": (".vue",),
    "svelte": (".svelte",),
}
DIRECTIVE = re.compile(r"\b(?:es|ox)(?=lint-(?:dis|en)able)", re.IGNORECASE)
BROKEN = "no"
FLOW = re.compile(r"@(?=flow\b)")  # in silence oxlint passes over what says so
# What it must report at the end of each text: that it came so far proves that it read it all.
LAST = "\n;debugger\n"
LAST_RULE = "eslint/no-debugger"
NOTHING_TO_RUN = "Statements are not allowed in ambient contexts."  # in a file that only declares
UNKNOWN_SYNTAX = ("Unexpected token", "Expected")  # or perhaps syntax newer than oxlint
LINE_END = re.compile(r"\r\n|\r|\n")
MESSAGE_OF_REASON = 150


@dataclass(slots=True)
class _Text:
    """A blob as oxlint sees it. ``parts``: where each part of the text begins, and where that is in
    the ``whole``; ``ends``: the bytes at which each part's last line begins and ends; ``messages``:
    what it said of the text with its directives broken; ``obedient``: of the text as it came, None
    where it has no directives; or the ``reason`` why it cannot be read, and whose ``cause`` it is.
    """

    blob: Blob
    whole: str = ""
    text: str = ""
    parts: list[tuple[int, int]] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)
    suffix: str = ""
    messages: list[Message] | None = None
    obedient: list[Message] | None = None
    reason: str | None = None
    cause: Cause | None = None

    @property
    def neutral(self) -> str:
        return DIRECTIVE.sub(BROKEN, self.text)

    def add(self, text: str, start: int) -> None:
        """A part of the whole, from ``start`` on."""
        self.parts.append((len(self.text), start))
        self.text += FLOW.sub("a", text)
        end = len(self.text.encode())
        self.text += LAST
        self.ends.append((end, end + len(LAST)))

    def at_an_end(self, message: Message) -> bool:
        """Whether it speaks of a line that we added."""
        return any(start <= message.offset < end for start, end in self.ends)

    def refused(self, messages: Sequence[Message]) -> list[Message]:
        """Why it cannot be parsed; nothing where it can."""
        return [
            message
            for message in messages
            if message.rule == UNPARSED
            and not (message.text == NOTHING_TO_RUN and self.at_an_end(message))
        ]

    def read_to_its_end(self) -> bool:
        """Whether oxlint came to the end of each part."""
        reached = {
            message.offset
            for message in self.messages or ()
            if message.rule == LAST_RULE or message.text == NOTHING_TO_RUN
        }
        return all(reached.intersection(range(*end)) for end in self.ends)


def prepare(recipe: Recipe) -> None:
    """Have an oxlint that can be believed."""
    _proven(recipe.id)


@cache
def _proven(recipe_id: str) -> None:
    recipe = load_recipe(recipe_id)
    program(recipe.counted(ANALYZER)).prove(recipe.limits)


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's error and warning rules, or the reason why there are none.

    Raises AnalyzerDiedError at a blob that ends or upsets oxlint (it and those after it get no
    facts), and MeasureError if oxlint is not to be trusted at all.
    """
    ours = program(recipe.counted(ANALYZER))
    for start in range(0, len(blobs), ours.batch):
        texts = [_prepared(blob, recipe.limits) for blob in blobs[start : start + ours.batch]]
        read, death = _read(texts, ours, recipe.limits)
        for text in read:
            rows = tuple(_findings(text)) if text.reason is None else ()
            yield Facts(text.blob.oid, text.blob.language, ANALYZER, text.reason, rows, text.cause)
        if death:
            raise death


def _prepared(blob: Blob, limits: Limits) -> _Text:
    text = _Text(blob)
    try:
        text.whole = decode(blob, limits)
    except UnmeasurableError as error:
        text.reason, text.cause = str(error), error.cause
        return text
    if blob.language == "vue":
        for script in scripts(text.whole):  # alone, in tags that nobody can misread
            if script.text.strip():  # its code is not in another file
                _add_script(text, f' lang="{script.lang}"{" setup" * script.setup}', script)
    elif blob.language == "svelte":
        if text.whole.strip():  # its scripts, which share one scope
            _add_script(text, ' lang="ts"', Script(0, text.whole, "ts", setup=False))
    else:
        text.add(text.whole, 0)
    return text


def _add_script(text: _Text, attributes: str, script: Script) -> None:
    text.text += f"<script{attributes}>\n"
    text.add(script.text, script.start)
    text.text += "</script>\n"


def _read(
    texts: list[_Text], ours: Program[Message], limits: Limits
) -> tuple[list[_Text], AnalyzerDiedError | None]:
    """The texts with what oxlint says of them, up to one that ends it."""
    death = None
    for attempt in range(max(map(len, SUFFIXES.values()))):
        tried = []
        for text in texts:
            suffixes = SUFFIXES[text.blob.language]
            unread = text.messages is None or text.refused(text.messages)
            if text.reason is None and unread and attempt < len(suffixes):
                tried.append((text, suffixes[attempt], text.neutral))
        said, died = _said(tried, ours, limits)
        for (text, suffix, _), messages in zip(tried, said, strict=False):
            if text.messages is None or not text.refused(messages):
                text.messages, text.suffix = messages, suffix
        if died:
            texts, death = _before(texts, tried[len(said)][0]), died
    directed = [
        (text, text.suffix, text.text)
        for text in texts
        if text.messages is not None and text.text != text.neutral
    ]
    said, died = _said(directed, ours, limits)
    for (text, _, _), messages in zip(directed, said, strict=False):
        text.obedient = messages
    if died:
        texts, death = _before(texts, directed[len(said)][0]), died
    for text in texts:
        if found := text.refused(text.messages or ()):
            text.reason, text.cause = _reason(text, found[0]), _cause(text, found[0])
        elif text.reason is None and not text.read_to_its_end():
            text.reason, text.cause = "oxlint passes over it in silence", "ours"
    return texts, death


def _said(
    tried: Sequence[tuple[_Text, str, str]], ours: Program[Message], limits: Limits
) -> tuple[list[list[Message]], AnalyzerDiedError | None]:
    """What oxlint says of each, and how it ended if it says nothing of one and those after it."""
    sources = [Source(str(n), suffix, text) for n, (_, suffix, text) in enumerate(tried)]
    found = list[list[Message]]()
    try:
        for _, messages in ours.read(sources, limits):
            found.append(messages)
    except AnalyzerDiedError as death:
        return found, death
    return found, None


def _before(texts: list[_Text], one: _Text) -> list[_Text]:
    return texts[: next(n for n, text in enumerate(texts) if text is one)]


def _reason(text: _Text, error: Message) -> str:
    ((_, at),) = _placed(text, [error])
    said = "".join(char if char.isprintable() else " " for char in error.text)
    return f"syntax error: {said[:MESSAGE_OF_REASON]} in line {_line(text, at)}"


def _cause(text: _Text, error: Message) -> Cause:
    """The supplier's, if the other reader cannot make sense of it either, or the syntax is known
    and against the language's rules."""
    if not error.text.startswith(UNKNOWN_SYNTAX):
        return "supplier"
    if text.blob.language == "vue":
        broken = any(errors(tree(unix(each.text), each.language)) for each in scripts(text.whole))
    else:
        broken = bool(errors(tree(unix(text.whole), spoken(text.blob.language))))
    return "supplier" if broken else "ours"


def _placed(text: _Text, messages: Sequence[Message]) -> Iterator[tuple[Message, int]]:
    """Each message, but for those on lines of ours, with its character in the whole text."""
    content = text.neutral.encode()
    counted = chars = 0
    for message in sorted(messages, key=lambda each: (each.offset, each.rule, each.text)):
        if text.at_an_end(message) and message.rule != UNPARSED:
            continue
        chars += len(content[counted : message.offset].decode("utf-8", "replace"))
        counted = max(counted, message.offset)
        begins, original = text.parts[max(0, bisect_right(text.parts, (chars, 1 << 60)) - 1)]
        yield message, min(max(0, chars - begins) + original, len(text.whole))


def _line(text: _Text, at: int) -> int:
    return len(LINE_END.findall(text.whole, 0, at)) + 1


def _findings(text: _Text) -> Iterator[Finding]:
    """Distinct (line, column, rule) in order; of several texts the first. Hidden is what oxlint no
    longer says once it obeys the directives."""
    found: dict[tuple[int, str], str] = {}
    for message, at in _placed(text, text.messages or []):
        if message.rule != UNPARSED and counts(
            message.rule, message.text, text.whole, at, text.blob.language
        ):
            found.setdefault((at, message.rule), message.text)
    left = set(found)
    if text.obedient is not None:
        # A broken word is as long in bytes as a whole one, so that places are the same.
        left = {(at, message.rule) for message, at in _placed(text, text.obedient)}
    code = _code(text) if found else []
    starts = [0, *(match.end() for match in LINE_END.finditer(text.whole))]
    lines = {place: bisect_right(starts, place[0]) for place in found}
    said = {(line, rule) for (_, rule), line in lines.items()}
    for (at, rule), line in sorted(lines.items()):
        if any((line, other) in said for other in TWICE.get(rule, ())):
            continue
        hidden, column = (at, rule) not in left, at - starts[line - 1]
        yield Finding(line, column, rule, found[at, rule], context(code, line), hidden)


def _code(text: _Text) -> list[str]:
    """The lines without comments; with them where they cannot be told."""
    try:
        whole = masked(text.whole, comments(text.whole, spoken(text.blob.language)))
    except UnmeasurableError:
        whole = text.whole
    return LINE_END.split(whole)
