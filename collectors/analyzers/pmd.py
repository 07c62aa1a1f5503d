"""PMD over Java files that know nothing of each other.

PMD is a program to us, run on so many files at once that the start of its Java runtime, which costs
as much as a hundred files, hardly counts. It gets a set of rules of ours, no class path, no
directive, and a rule more than the recipe's, which every file breaks: so it says what it has read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib import resources
from typing import Literal

from collectors.analyzers.findings import Message, context, shortened
from collectors.analyzers.pmd_text import hides, neutral
from collectors.analyzers.program import Canary, Program, Said, Source
from collectors.languages.comments import comments, masked
from collectors.languages.source import AnalyzerDiedError, UnmeasurableError, decode, unix
from quality.catalogue.tools import java, pmd_jars
from quality.errors import MeasureError
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Limits, Recipe

ANALYZER = "pmd"
BATCH = 200
START_SECONDS = 15  # of CPU, for the runtime and the rules; measured: 3
FILES_A_SECOND = 4  # the slowest batch of public code: 20
# A 2 GiB address space holds no more of the runtime's own.
RUNTIME = (
    "-Xmx512m", "-Xss8m", "-XX:CompressedClassSpaceSize=64m", "-XX:ReservedCodeCacheSize=64m",
    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8",
    "-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC",
)  # fmt: skip
CHECK = (
    "check", "--no-cache", "--no-progress", "--threads", "0", "--format", "json",
    "--use-version", "java-25", "--no-fail-on-violation", "--no-fail-on-error",
    "--aux-classpath", "",
)  # fmt: skip
UNLESS = re.compile(  # jars of languages that are not asked for
    r"pmd-(?!core-|java-|cli-)|apex|scala|kotlin|groovy|rhino|upickle|jackson|google"
)
# What a file alone does not prove is believed only where its message, or its line, says so.
BELIEVED: dict[str, tuple[Literal["message", "line"], re.Pattern[str]]] = {
    # names of constants, which are always the same object, are compared so on purpose
    "UseEqualsToCompareStrings": (
        "line",
        re.compile(r'\)\s*[!=]=\s*"|"\s*[!=]=\s*(?:\w+\s*\.\s*)*\w+\s*\('),
    ),
    # a variable is no literal
    "AvoidDecimalLiteralsInBigDecimalConstructor": ("line", re.compile(r"\(\s*-?\d*\.\d")),
    # others are called for an exception, for what they change, or belong to a class of the file
    "UnusedReturnValue": (
        "message",
        re.compile(r"'java\.(?:lang\.String\.|math\.BigDecimal\.|io\.\w+\.(?:read|skip)\()"),
    ),
    # hashCode() alone: equals() stands in a base class
    "OverrideBothEqualsAndHashcode": ("line", re.compile(r"\bequals\b")),
    # type parameters of a letter: any type will do
    "CollectionTypeMismatch": ("message", re.compile(r"expecting '\w{2}")),
    "ClassCastExceptionWithToArray": ("line", re.compile(r"\(\s*\w{2,}\s*\[")),
}
READ = "WorkmanshipRead"
RULESET = """\
<?xml version="1.0"?>
<ruleset name="workmanship" xmlns="http://pmd.sourceforge.net/ruleset/2.0.0">
<description>The rules of the recipe, and one that each file breaks.</description>
{rules}
</ruleset>
"""
OURS = "workmanship"  # the category of the rules in pmd_rules.toml
OUR_RULE = """\
<rule name="{name}" language="java" message="{message}"
  class="net.sourceforge.pmd.lang.rule.xpath.XPathRule">
<description>Ours.</description><priority>3</priority>
<properties><property name="xpath"><value>{xpath}</value></property></properties>
</rule>"""
CANARY_TEXT = """\
class Canary {
    boolean same(String one, String other) {
        try {
            return one == other;
        } finally {
            return one.equals(null);
        }
    }
}
"""
CANARY_RULES = ("EqualsNull", "ReturnFromFinallyBlock", "UseEqualsToCompareStrings")
CANARY_FINDINGS = frozenset({
    Message(1, 1, READ, "read"),
    Message(4, 20, "UseEqualsToCompareStrings",
            "Use equals() to compare strings instead of '==' or '!='"),
    Message(6, 13, "ReturnFromFinallyBlock", "Avoid returning from a finally block"),
    Message(6, 20, "EqualsNull", "Avoid using equals() to compare against null"),
})  # fmt: skip


@dataclass(slots=True)
class _Attempt:
    """A blob on its way: its text as Java reads it, and what PMD says of it."""

    blob: Blob
    text: str = ""
    neutral: str | None = None
    messages: tuple[Message, ...] = ()
    left: frozenset[Message] | None = None
    reason: str | None = None
    cause: Cause = "ours"


def prepare(recipe: Recipe) -> None:
    """Have PMD prove itself before the first blob (MeasureError: it is not on this machine)."""
    _prove(_refs(recipe), recipe.limits)


@cache
def _prove(refs: tuple[str, ...], limits: Limits) -> None:
    program(refs).prove(_together(limits, 2))


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's error and warning rules, or the reason why there are none.

    Raises AnalyzerDiedError at a blob that ends or upsets PMD (it and those after it get no
    facts), and MeasureError if PMD is not to be trusted at all, or not on this machine.
    """
    for start in range(0, len(blobs), BATCH):
        yield from _measured(blobs[start : start + BATCH], recipe)


def _measured(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    attempts = [_begun(blob, recipe.limits) for blob in blobs]
    counted = frozenset(recipe.counted(ANALYZER))
    read = [at for at, attempt in enumerate(attempts) if attempt.neutral is not None]
    done = 0
    try:
        texts = [attempts[at].neutral or "" for at in read]
        for at, said in _said(read, texts, recipe, obedient=False):
            attempts[at].messages, done = said, done + 1
    except AnalyzerDiedError:
        yield from _measured(blobs[: read[done]], recipe)
        raise
    _obey(attempts, counted, recipe)
    for attempt in attempts:
        blob, reason = attempt.blob, attempt.reason
        if attempt.neutral is not None and not any(one.rule == READ for one in attempt.messages):
            reason = "PMD cannot parse it"
        rows = () if reason else tuple(_findings(attempt, counted))
        cause = attempt.cause if reason else None
        yield Facts(blob.oid, blob.language, ANALYZER, reason, rows, cause)


def _begun(blob: Blob, limits: Limits) -> _Attempt:
    try:
        text = unix(decode(blob, limits))
        return _Attempt(blob, text, neutral(text))
    except UnmeasurableError as error:
        return _Attempt(blob, reason=str(error), cause=error.cause)


def _said(
    places: Sequence[int], texts: Sequence[str], recipe: Recipe, *, obedient: bool
) -> Iterator[tuple[int, tuple[Message, ...]]]:
    sources = [Source(str(at), ".java", text) for at, text in zip(places, texts, strict=True)]
    limits = _together(recipe.limits, len(sources))
    for key, said in program(_refs(recipe), obedient=obedient).read(sources, limits):
        yield int(key), tuple(said)


def _together(limits: Limits, files: int) -> Limits:
    """The limits of a run: one file's, the start's, and a little for each of the others."""
    more = START_SECONDS + files // FILES_A_SECOND
    return replace(limits, cpu_seconds=limits.cpu_seconds + more)


def _obey(attempts: Sequence[_Attempt], counted: Collection[str], recipe: Recipe) -> None:
    """Ask again with the directives in place, where they may hide something that counts."""
    places = [
        at
        for at, attempt in enumerate(attempts)
        if hides(attempt.text) and any(one.rule in counted for one in attempt.messages)
    ]
    texts = [attempts[at].text for at in places]
    for at, said in _said(places, texts, recipe, obedient=True):
        attempts[at].left = frozenset(said)


def _findings(attempt: _Attempt, counted: Collection[str]) -> Iterator[Finding]:
    """Distinct (line, column, rule) in order; of several texts the first. Hidden is what PMD no
    longer says once it obeys the directives."""
    code = masked(attempt.text, comments(attempt.text, "java")).split("\n")
    left = None
    if attempt.left is not None:
        left = {(one.line, one.column, one.rule) for one in attempt.left}
    found: dict[tuple[int, int, str], Message] = {}
    for message in sorted(attempt.messages):
        line = code[message.line - 1] if message.line <= len(code) else ""
        if message.rule in counted and _believed(message, line):
            found.setdefault((message.line, message.column, message.rule), message)
    for place, message in found.items():
        number, column, rule = place
        hidden = left is not None and place not in left
        said = shortened(message.text)
        yield Finding(number, column - 1, rule, said, context(code, number), hidden)


def _believed(message: Message, line: str) -> bool:
    where, pattern = BELIEVED.get(message.rule, ("line", None))
    return pattern is None or bool(pattern.search(line if where == "line" else message.text))


def _refs(recipe: Recipe) -> tuple[str, ...]:
    """The symbols of the rules that count and of the canary's: category and name."""
    chosen = [rule for rule in recipe.rules_of(ANALYZER) if rule.counts or rule.id in CANARY_RULES]
    return tuple(sorted(rule.symbol for rule in chosen))


@cache
def program(refs: tuple[str, ...], *, obedient: bool = False) -> Program[Message]:
    """PMD with these rules, ``obedient`` to the directives in comments or not."""
    rules = "\n".join(map(_rule, refs))
    read = OUR_RULE.format(name=READ, message="read", xpath="/CompilationUnit")
    marker = "NOPMD" if obedient else "workmanship:no-such-marker"
    return Program(
        ANALYZER,
        lambda names: (
            *_runtime(), *CHECK, "--suppress-marker", marker, "--rulesets", "../rules.xml",
            "--dir", ",".join(names),
        ),
        _messages,
        (Canary(".java", CANARY_TEXT, CANARY_FINDINGS),),
        settings={"rules.xml": RULESET.format(rules=f"{read}\n{rules}")},
        batch=BATCH,
    )  # fmt: skip


def _rule(symbol: str) -> str:
    """A rule in a set of rules: PMD's own by the file that holds it, ours as it stands."""
    category, _, name = symbol.partition(".")
    if category != OURS:
        return f'<rule ref="category/java/{category}.xml/{name}"/>'
    return OUR_RULE.format(name=name, **{key: escape(said) for key, said in _ours()[name].items()})


@cache
def _ours() -> dict[str, dict[str, str]]:
    file = resources.files("collectors.analyzers") / "pmd_rules.toml"
    return tomllib.loads(file.read_text("utf-8"))


def _runtime() -> tuple[str, ...]:
    runtime, jars = java(), pmd_jars()
    if runtime is None or jars is None:
        raise MeasureError("PMD or a Java runtime is not on this machine: see `workmanship doctor`")
    names = sorted(path for path in jars.glob("*.jar") if not UNLESS.search(path.name))
    path = ":".join(map(str, names))
    return (runtime, *RUNTIME, "-cp", path, "net.sourceforge.pmd.cli.PmdCli")


def _messages(said: Said, names: Sequence[str]) -> Iterator[tuple[str, Message]]:
    """Each message (ValueError: no report)."""
    known = set(names)
    report = json.loads(said.stdout)
    if report.get("configurationErrors"):
        raise ValueError("a rule that PMD does not know")
    for file in report["files"]:
        name = file["filename"].rpartition("/")[2]
        if name not in known:
            raise ValueError("a file that nobody gave")
        for one in file["violations"]:
            place = (one["beginline"], one["begincolumn"])
            yield name, Message(*place, one["rule"], one["description"])
