"""pylint: coding errors and warnings of one file alone, with no directive of its own obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b

from collectors.analyzers.pragmas import hides, pylint_directive
from collectors.analyzers.pylint_run import Linted, Message, lint
from collectors.comments import Comment, comments, masked
from collectors.source import AnalyzerDiedError, UnmeasurableError, decode
from quality.model import Blob, Facts, Finding
from quality.recipe import Limits, Recipe

ANALYZER = "pylint"
LINE_END = re.compile(r"\r\n|\r|\n")
# Annotations of Python before 3.6, by which an import is used. They ask nothing of an analyzer.
TYPE_COMMENT = re.compile(r"#[ \t]*type:(?![ \t]*ignore\b)(?![^#]*pylint)[^#]*")


@dataclass(frozen=True, slots=True)
class _Source:
    """A blob as pylint sees it: ``neutral`` without directives, ``obedient`` with its pragmas
    (None if it has none that hides), ``code`` without any comment, by line."""

    neutral: str
    obedient: str | None
    code: tuple[str, ...]


def applies(language: str) -> bool:
    """Python alone."""
    return language == "python"


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's error and warning rules, or the reason why there are none.

    Raises AnalyzerDiedError for blobs that upset pylint in this batch (they get no facts), and
    MeasureError if pylint is not to be trusted at all.
    """
    sources, reasons = _prepared(blobs, recipe.limits)
    rules = [rule.id for rule in recipe.rules if rule.list != "excluded"]
    neutral = _lint({oid: source.neutral for oid, source in sources.items()}, rules, recipe.limits)
    seen = _seen_by_the_obedient(sources, neutral, recipe.limits)
    for blob in blobs:
        reason, rows = reasons.get(blob.oid), tuple[Finding, ...]()
        if blob.oid in sources:
            linted = neutral[blob.oid]
            if linted.fatal and len(blobs) > 1:
                raise AnalyzerDiedError(linted.reason)
            reason = linted.reason
            rows = tuple(_findings(linted, sources[blob.oid].code, seen.get(blob.oid)))
        yield Facts(blob.oid, blob.language, ANALYZER, reason, rows)


def _prepared(
    blobs: Sequence[Blob], limits: Limits
) -> tuple[dict[str, _Source], dict[str, str | None]]:
    sources: dict[str, _Source] = {}
    reasons: dict[str, str | None] = {}
    for blob in blobs:
        try:
            sources[blob.oid] = _source(decode(blob, limits))
        except UnmeasurableError as error:
            reasons[blob.oid] = str(error)
    return sources, reasons


def _source(text: str) -> _Source:
    found = comments(text, "python")
    typed = {comment for comment in found if TYPE_COMMENT.fullmatch(comment.text)}
    neutral = masked(text, [comment for comment in found if comment not in typed])
    pragmas = {comment: pylint_directive(comment.text) for comment in found}
    obedient = None
    if any(pragma and hides(pragma) for pragma in pragmas.values()):
        obedient = _rewritten(text, typed, pragmas)
    code = LINE_END.split(masked(text, found))
    return _Source(neutral, obedient, tuple(" ".join(line.split()) for line in code))


def _rewritten(text: str, typed: set[Comment], pragmas: Mapping[Comment, str | None]) -> str:
    """The text with each pragma in its canonical form, at its comment's place. A comment ends its
    line, so that its length moves nothing."""
    parts, after = [], 0
    for comment, pragma in pragmas.items():
        kept = comment.text if comment in typed else ""
        parts += [text[after : comment.start], f"# {pragma}" if pragma else kept]
        after = comment.end
    return "".join([*parts, text[after:]])


def _lint(texts: Mapping[str, str], rules: Sequence[str], limits: Limits) -> dict[str, Linted]:
    return lint(texts, rules, limits) if texts else {}


def _seen_by_the_obedient(
    sources: Mapping[str, _Source], neutral: Mapping[str, Linted], limits: Limits
) -> dict[str, frozenset[Message]]:
    """What pylint still says once it obeys the pragmas, for the files where they may matter.

    Only rules that found something there are asked again.
    """
    texts, rules = dict[str, str](), set[str]()
    for oid, source in sources.items():
        if source.obedient is not None and neutral[oid].messages:
            texts[oid] = source.obedient
            rules |= {message.rule for message in neutral[oid].messages}
    again = _lint(texts, sorted(rules), limits)
    return {oid: frozenset(linted.messages) for oid, linted in again.items() if not linted.reason}


def _findings(
    linted: Linted, code: Sequence[str], seen: frozenset[Message] | None
) -> Iterator[Finding]:
    """Distinct (line, column, rule) in order; of several texts the first."""
    found: dict[tuple[int, int, str], Message] = {}
    for message in sorted(linted.messages, key=astuple):
        found.setdefault((message.line, message.column, message.rule), message)
    left = None if seen is None else {(kept.line, kept.column, kept.rule) for kept in seen}
    for place, message in found.items():
        context = code[message.line - 1] if message.line <= len(code) else ""
        digest = int.from_bytes(blake2b(context.encode(), digest_size=8).digest(), "big")
        yield Finding(*place, message.text, digest, left is not None and place not in left)
