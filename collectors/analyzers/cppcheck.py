"""cppcheck over C and C++ files that know nothing of each other, nor of any header.

What other files would say is missing in each text: which macros are defined, and what they mean.
So cppcheck reads one configuration of a file (see ``languages.preprocessor``), in the language
that the text shows, and what it cannot parse is taken out of the text and counted: a macro that
it names, else the function. Where more than the recipe allows is gone, the file is unmeasured.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b

from collectors.analyzers.cppcheck_doubts import doubtful
from collectors.analyzers.cppcheck_text import (
    Text,
    c_or_cplusplus,
    configuration,
    masked,
    says_nothing,
    with_directives,
    without_item,
    without_macro,
)
from collectors.analyzers.program import Canary, Program, Said, Source, installed_program
from collectors.languages.source import AnalyzerDiedError, UnmeasurableError, decode, unix
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Limits, Recipe

ANALYZER = "cppcheck"
BATCH = 25
ROUNDS = 12  # of repairs in one language: each takes out one macro or one function
MESSAGE_LENGTH = 300
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
C_CANARY = """\
#include <stdlib.h>
int taken(int n)
{
    char *text = malloc(4);
    text[4] = 'x';
    if (n == n)
        return 1;
    free(text);
    return 0;
}
"""
CPP_CANARY = """\
#include <vector>
int first(int n)
{
    int *one = new int[2];
    delete one;
    std::vector<int> none;
    none.empty();
    return n / 0;
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What cppcheck said of a place: line and column from 1."""

    line: int
    column: int
    rule: str
    text: str


C_FINDINGS = frozenset({
    Message(5, 9, "arrayIndexOutOfBounds",
            "Array 'text[4]' accessed at index 4, which is out of bounds."),
    Message(5, 5, "nullPointerOutOfMemory", "If memory allocation fails, then there is a possible "
            "null pointer dereference: text"),
    Message(6, 11, "duplicateExpression", "Same expression on both sides of '=='."),
    Message(7, 9, "memleak", "Memory leak: text"),
})  # fmt: skip
CPP_FINDINGS = frozenset({
    Message(4, 10, "unusedAllocatedMemory",
            "Variable 'one' is allocated memory that is never used."),
    Message(5, 12, "mismatchAllocDealloc", "Mismatching allocation and deallocation: one"),
    Message(5, 12, "uninitdata", "Memory is allocated but not initialized: one"),
    Message(7, 5, "uselessCallsEmpty",
            "Ineffective call of function 'empty()'. Did you intend to call 'clear()' instead?"),
    Message(7, 10, "ignoredReturnValue", "Return value of function none.empty() is not used."),
    Message(8, 14, "zerodiv", "Division by zero."),
})  # fmt: skip


@dataclass(slots=True)
class _Attempt:
    """A blob on its way to what cppcheck says of it: ``masked``, its text without comments;
    ``languages``: the suffixes of those that are left to try."""

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
    counted = {rule.id for rule in recipe.rules_of(ANALYZER) if rule.list != "excluded"}
    try:
        _read(attempts, recipe.limits)
        _obey(attempts, counted, recipe.limits)
    except _DiedError as death:
        yield from _measured(blobs[: death.at], recipe)
        raise AnalyzerDiedError(str(death), transient=death.transient) from death
    for attempt in attempts:
        blob, reason = attempt.blob, attempt.reason
        rows = () if reason else tuple(_findings(attempt, counted))
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
    done = 0
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
        attempt.messages = said
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
        if not doubtful(message.rule, message.text, message.line, code):
            found.setdefault((message.line, message.column, message.rule), message)
    for (line, column, rule), message in found.items():
        context = " ".join(code[line - 1].split()) if line <= len(code) else ""
        digest = int.from_bytes(blake2b(context.encode(), digest_size=8).digest(), "big")
        hidden = attempt.left is not None and message not in attempt.left
        text = " ".join(message.text.split())[:MESSAGE_LENGTH]
        yield Finding(line, max(0, column - 1), rule, text, digest, hidden)


@cache
def program(*, obedient: bool = False) -> Program[Message]:
    """cppcheck, ``obedient`` to the directives in comments or not."""
    options = (*OPTIONS, *(("--inline-suppr",) if obedient else ()))
    return Program(
        ANALYZER,
        lambda names: (installed_program("cppcheck", "cppcheck"), *options, *names),
        _messages,
        (Canary(".c", C_CANARY, C_FINDINGS), Canary(".cpp", CPP_CANARY, CPP_FINDINGS)),
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
