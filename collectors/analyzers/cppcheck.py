"""cppcheck over C and C++ files that know nothing of each other, nor of any header.

What other files would say is missing in each text: which macros are defined, and what they mean.
So cppcheck reads one configuration of a file (see ``languages.preprocessor``), in the language
that the text shows, and what it cannot parse is taken out of the text and counted: a macro that
it names, else the function. Where more than the recipe allows is gone, the file is unmeasured.
Of the other sides of its conditions, a second reading is believed on their lines alone: it can
only find more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from collectors.analyzers.cppcheck_canaries import CANARIES
from collectors.analyzers.cppcheck_doubts import doubtful
from collectors.analyzers.cppcheck_text import (
    Text,
    c_or_cplusplus,
    configuration,
    masked,
    other_side,
    says_nothing,
    with_directives,
    without_item,
    without_macro,
)
from collectors.analyzers.findings import Message, context, shortened
from collectors.analyzers.program import Program, Said, Source, installed_program
from collectors.languages.source import AnalyzerDiedError, UnmeasurableError, decode, unix
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Limits, Recipe

ANALYZER = "cppcheck"
BATCH = 50
FILES_A_SECOND = 10  # that a run gets beside one file's limit; public code: 20
ROUNDS = 6  # of repairs in one language: each takes out one macro or one function
OPTIONS = (
    "--enable=warning,style,performance,portability", "--platform=unix64",
    "--std=c11", "--std=c++20", "--library=posix",
    "--max-configs=1", "--check-level=reduced", "--suppress=ctu*",
    "--template={file}:{line}:{column}:{id}:{message}", "--template-location=",
)  # fmt: skip
# With them cppcheck says that it read no more of the file.
BROKEN = frozenset({
    "syntaxError", "unknownMacro", "internalAstError", "internalError", "cppcheckError",
    "preprocessorErrorDirective", "directiveAsMacroParameter", "unhandledChar", "missingFile",
    "includeNestedTooDeeply", "missingIncludeExplicit", "instantiationError",
})  # fmt: skip
UNKNOWN = re.compile(r"If (\w+) is a macro")
SUPPRESSION = re.compile(r"\bcppcheck-suppress")


@dataclass(slots=True)
class _Attempt:
    """A blob on its way to what cppcheck says of it: ``masked``, its text without comments;
    ``languages``: the suffixes of those that are left to try; ``alone``: the numbers of the lines
    on which it is believed (None: all)."""

    blob: Blob
    raw: str = ""
    masked: str = ""
    text: Text | None = None
    languages: tuple[str, ...] = ()
    rounds: int = 0
    messages: list[Message] = field(default_factory=list)
    left: frozenset[Message] | None = None
    reason: str | None = None
    cause: Cause = "ours"
    alone: frozenset[int] | None = None


def prepare(recipe: Recipe) -> None:
    """Have cppcheck prove itself before the first blob."""
    _prove(recipe.limits)


@cache
def _prove(limits: Limits) -> None:
    program().prove(limits)
    program(obedient=True).prove(limits)


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's error and warning rules, or the reason why there are none.

    Raises AnalyzerDiedError at a blob that ends or upsets cppcheck (it and those after it get no
    facts), and MeasureError if cppcheck is not to be trusted at all.
    """
    for start in range(0, len(blobs), BATCH):
        yield from _measured(blobs[start : start + BATCH], recipe)


def _measured(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    attempts = [_begun(blob, recipe.limits) for blob in blobs]
    counted = frozenset(recipe.counted(ANALYZER))
    try:
        _read(attempts, recipe.limits)
        others = [_other(attempt) for attempt in attempts]
        _read(others, recipe.limits)
        for each in (attempts, others):
            _obey(each, counted, recipe.limits)
    except _DiedError as death:
        yield from _measured(blobs[: death.at], recipe)
        raise AnalyzerDiedError(str(death), transient=death.transient) from death
    for attempt, other in zip(attempts, others, strict=True):
        blob, reason = attempt.blob, attempt.reason
        found = [] if reason else [*_findings(attempt, counted), *_findings(other, counted)]
        rows = tuple(sorted(found, key=lambda row: (row.line, row.column, row.rule)))
        cause = attempt.cause if reason else None
        yield Facts(blob.oid, blob.language, ANALYZER, reason, rows, cause)


class _DiedError(AnalyzerDiedError):
    """cppcheck ended at the blob ``at`` this place."""

    def __init__(self, death: AnalyzerDiedError, at: int) -> None:
        super().__init__(str(death), transient=death.transient)
        self.at = at


def _begun(blob: Blob, limits: Limits) -> _Attempt:
    try:
        raw = unix(decode(blob, limits))
        plain = masked(raw)
    except UnmeasurableError as error:
        return _Attempt(blob, reason=str(error), cause=error.cause)
    first, second = c_or_cplusplus(plain)
    text = configuration(plain, first)
    return _Attempt(blob, raw, plain, None if says_nothing(text) else text, (second,))


def _other(attempt: _Attempt) -> _Attempt:
    """The same blob in its other configuration, without a text where that reads nothing more."""
    text, more = None, frozenset[int]()
    if attempt.text and not attempt.reason:
        text, more = other_side(attempt.text, attempt.masked)
    return _Attempt(attempt.blob, attempt.raw, attempt.masked, text, alone=more)


def _read(attempts: Sequence[_Attempt], limits: Limits) -> None:
    """Run until each text was read, in as much as can be, or no repair is left."""
    pending = [at for at, attempt in enumerate(attempts) if attempt.text]
    while pending:
        texts = [attempts[at].text for at in pending]
        again = []
        for at, said in _said(pending, texts, program(), limits):
            if not _settled(attempts[at], said, limits):
                again.append(at)
        pending = again


def _said(
    places: Sequence[int], texts: Sequence[Text | None], by: Program[Message], limits: Limits
) -> Iterator[tuple[int, list[Message]]]:
    """What it says of each text, with the place of its blob (_DiedError: it ended at one)."""
    sources = [
        Source(str(at), text.suffix, text.code)
        for at, text in zip(places, texts, strict=True)
        if text
    ]
    more = len(sources) // FILES_A_SECOND
    limits, done = replace(limits, cpu_seconds=limits.cpu_seconds + more), 0
    try:
        for key, said in by.read(sources, limits):
            done += 1
            yield int(key), said
    except AnalyzerDiedError as death:
        raise _DiedError(death, places[done]) from death


def _settled(attempt: _Attempt, said: list[Message], limits: Limits) -> bool:
    """Whether there is nothing more to try with a text."""
    text = attempt.text
    trouble = next((message for message in said if message.rule in BROKEN), None)
    if text is None or trouble is None:
        attempt.messages, attempt.reason = said, None
        return True
    attempt.rounds += 1
    repaired = _repaired(text, trouble) if attempt.rounds <= ROUNDS else None
    if repaired and repaired.unread_percent <= limits.unread_percent:
        attempt.text = repaired
        return False
    attempt.reason = attempt.reason or f"cppcheck cannot parse it: see line {trouble.line}"
    if not attempt.languages:
        return True
    attempt.text = configuration(attempt.masked, attempt.languages[0])
    attempt.languages, attempt.rounds = (), 0
    return False


def _repaired(text: Text, trouble: Message) -> Text | None:
    unknown = UNKNOWN.search(trouble.text) if trouble.rule == "unknownMacro" else None
    repaired = without_macro(text, unknown[1]) if unknown else None
    return repaired or without_item(text, trouble.line)


def _obey(attempts: Sequence[_Attempt], counted: Collection[str], limits: Limits) -> None:
    """Ask again with the directives in place, where they may hide something that counts."""
    places, texts = [], []
    for at, attempt in enumerate(attempts):
        asked = any(message.rule in counted for message in attempt.messages)
        if asked and attempt.text and not attempt.reason and SUPPRESSION.search(attempt.raw):
            places.append(at)
            texts.append(replace(attempt.text, code=with_directives(attempt.text, attempt.raw)))
    for at, said in _said(places, texts, program(obedient=True), limits):
        attempts[at].left = frozenset(said)


def _findings(attempt: _Attempt, counted: Collection[str]) -> Iterator[Finding]:
    """Distinct (line, column, rule) in order; of several texts the first. Hidden is what cppcheck
    no longer says once it obeys the directives."""
    code = attempt.masked.split("\n")
    unread = attempt.text.unread | attempt.text.doubtful if attempt.text else frozenset()
    found: dict[tuple[int, int, str], Message] = {}
    for message in sorted(attempt.messages):
        if message.rule not in counted or not message.line or message.line in unread:
            continue
        if attempt.alone is not None and message.line not in attempt.alone:
            continue
        if not doubtful(message.rule, message.text, message.line, code):
            found.setdefault((message.line, message.column, message.rule), message)
    for (line, column, rule), message in found.items():
        hidden = attempt.left is not None and message not in attempt.left
        said = shortened(message.text)
        yield Finding(line, max(0, column - 1), rule, said, context(code, line), hidden)


@cache
def program(*, obedient: bool = False) -> Program[Message]:
    """cppcheck, ``obedient`` to the directives in comments or not."""
    options = (*OPTIONS, *(("--inline-suppr",) if obedient else ()))
    return Program(
        ANALYZER,
        lambda names: (installed_program("cppcheck", "cppcheck"), *options, *names),
        _messages,
        CANARIES,
        batch=BATCH,
    )


def _messages(said: Said, names: Sequence[str]) -> Iterator[tuple[str, Message]]:
    """Each message; ValueError if cppcheck did not say of each file that it read it."""
    read = {line.split()[1] for line in said.stdout.splitlines() if line.startswith("Checking ")}
    if read != set(names):
        raise ValueError("not all files were read")
    known = set(names)
    for line in said.stderr.splitlines():
        name, *rest = line.split(":", 4)
        if name in known:  # else a line break in the message before
            number, column, rule, text = rest
            yield name, Message(int(number), int(column), rule, text)
