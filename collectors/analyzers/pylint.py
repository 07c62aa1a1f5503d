"""pylint: coding errors and warnings of one file alone, with no directive of its own obeyed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b

from collectors.analyzers.pylint_run import SYNTAX_ERROR, Linted, Message, lint
from collectors.languages.comments import Comment, comments, masked
from collectors.languages.newer import broken, newer_syntax
from collectors.languages.notebooks import allowed
from collectors.languages.pragmas import hides, pylint_directive
from collectors.languages.source import NOTEBOOK, AnalyzerDiedError, UnmeasurableError, decode
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Recipe

ANALYZER = "pylint"
OBEDIENT = "o"  # no git object id starts with it
LINE_END = re.compile(r"\r\n|\r|\n")
# Annotations of Python before 3.6, by which an import is used. They ask nothing of an analyzer.
TYPE_COMMENT = re.compile(r"#[ \t]*type:(?![ \t]*ignore\b)(?![^#]*pylint)[^#]*")


@dataclass(frozen=True, slots=True)
class _Source:
    """A blob as pylint sees it: ``neutral`` without directives, ``obedient`` with its pragmas
    (None if none hides a rule that counts), ``code`` without any comment, by line."""

    neutral: str
    obedient: str | None
    code: tuple[str, ...]


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's error and warning rules, or the reason why there are none.

    Raises AnalyzerDiedError for blobs that upset pylint in this batch (they get no facts), and
    MeasureError if pylint is not to be trusted at all.
    """
    sources, reasons = _prepared(blobs, recipe)
    linted = _linted(sources, recipe)
    for blob in blobs:
        name = _name(blob)
        reason, cause = reasons.get(name, (None, None))
        rows = tuple[Finding, ...]()
        if source := sources.get(name):
            neutral, obedient = linted[name], linted.get(OBEDIENT + name)
            upset = neutral.fatal or (obedient is not None and obedient.fatal)
            if upset and len(blobs) > 1:
                raise AnalyzerDiedError(neutral.reason or "its pragmas upset pylint")
            reason = neutral.reason
            cause = "ours" if reason else None
            if reason and reason.startswith(SYNTAX_ERROR):
                reason = newer_syntax(source.neutral) or reason
                cause = "supplier" if broken(source.neutral) else "ours"
            rows = tuple(_findings(neutral, source.code, obedient))
            if blob.language == NOTEBOOK:
                rows = tuple(row for row in rows if not allowed(row.rule, row.message))
        yield Facts(blob.oid, blob.language, ANALYZER, reason, rows, cause)


def _linted(sources: Mapping[str, _Source], recipe: Recipe) -> dict[str, Linted]:
    """What pylint says of each neutral text, and of the obedient ones, in one run: each
    starts with reading the standard library."""
    texts = {oid: source.neutral for oid, source in sources.items()}
    for oid, source in sources.items():
        if source.obedient is not None:
            texts[OBEDIENT + oid] = source.obedient
    rules = [rule.id for rule in recipe.rules_of(ANALYZER) if rule.list != "excluded"]
    return lint(texts, rules, recipe.limits) if texts else {}


def _prepared(
    blobs: Sequence[Blob], recipe: Recipe
) -> tuple[dict[str, _Source], dict[str, tuple[str | None, Cause | None]]]:
    excluded = [rule for rule in recipe.rules_of(ANALYZER) if rule.list == "excluded"]
    uncounted = {rule.id for rule in excluded} | {rule.symbol for rule in excluded}
    sources: dict[str, _Source] = {}
    reasons: dict[str, tuple[str | None, Cause | None]] = {}
    for blob in blobs:
        try:
            sources[_name(blob)] = _source(decode(blob, recipe.limits), uncounted)
        except UnmeasurableError as error:
            reasons[_name(blob)] = (str(error), error.cause)
    return sources, reasons


def _name(blob: Blob) -> str:
    """What a blob's text is called in a run: one content may be a notebook and a module."""
    return ("n" if blob.language == NOTEBOOK else "") + blob.oid


def _source(text: str, uncounted: Collection[str]) -> _Source:
    found = comments(text, "python")
    typed = {comment for comment in found if TYPE_COMMENT.fullmatch(comment.text)}
    neutral = masked(text, [comment for comment in found if comment not in typed])
    pragmas = {comment: pylint_directive(comment.text) for comment in found}
    obedient = None
    if any(pragma and hides(pragma, uncounted) for pragma in pragmas.values()):
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


def _findings(neutral: Linted, code: Sequence[str], obedient: Linted | None) -> Iterator[Finding]:
    """Distinct (line, column, rule) in order; of several texts the first. Hidden is what pylint
    no longer says once it obeys the pragmas."""
    found: dict[tuple[int, int, str], Message] = {}
    for message in sorted(neutral.messages, key=astuple):
        found.setdefault((message.line, message.column, message.rule), message)
    left = set(found)
    if obedient is not None and obedient.reason is None:
        left = {(kept.line, kept.column, kept.rule) for kept in obedient.messages}
    for place, message in found.items():
        context = code[message.line - 1] if message.line <= len(code) else ""
        digest = int.from_bytes(blake2b(context.encode(), digest_size=8).digest(), "big")
        yield Finding(*place, message.text, digest, place not in left)
