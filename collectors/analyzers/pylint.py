"""pylint: coding errors and warnings of one file alone, with no directive of its own obeyed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from collectors.analyzers.findings import Message, context
from collectors.analyzers.pylint_run import (
    SYNTAX_ERROR,
    LintDiedError,
    Linted,
    imported,
    library,
    lint,
    nursery,
)
from collectors.languages.comments import comments, masked, replaced
from collectors.languages.newer import broken, newer_syntax
from collectors.languages.notebooks import allowed
from collectors.languages.pragmas import hides, pylint_directive
from collectors.languages.source import NOTEBOOK, AnalyzerDiedError, UnmeasurableError, decode
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Recipe

ANALYZER = "pylint"
BATCH = 10  # of one child: a fork costs as much as a small file, and so do its two canaries
WORTH_READING = 15  # for fewer files only what they import is read in advance, else all of the list
LINE_END = re.compile(r"\r\n|\r|\n")
# Annotations of Python before 3.6, by which an import is used. They ask nothing of an analyzer.
TYPE_COMMENT = re.compile(r"#[ \t]*type:(?![ \t]*ignore\b)(?![^#]*pylint)[^#]*")


@dataclass(frozen=True, slots=True)
class _Source:
    """A blob as pylint sees it: ``neutral`` without directives, ``obedient`` with its pragmas (""
    where none hides a rule that counts), ``code`` without any comment, by line; or the ``reason``
    why it cannot be read, and whose ``cause`` that is."""

    blob: Blob
    neutral: str = ""
    obedient: str = ""
    code: tuple[str, ...] = ()
    reason: str | None = None
    cause: Cause | None = None


def begin(recipe: Recipe) -> None:
    """Have pylint load itself while there is nothing to read yet."""
    nursery(recipe.counted(ANALYZER)).begin()


def prepare(recipe: Recipe) -> None:
    """Have a pylint that can be believed at hand before the first blob, for this process and all
    that are forked from it."""
    rules = recipe.counted(ANALYZER)
    nursery(rules).prove(lambda: lint({}, rules, recipe.limits))


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's error and warning rules, or the reason why there are none.

    Raises AnalyzerDiedError at a blob that ends or upsets pylint (it and those after it get no
    facts), and MeasureError if pylint is not to be trusted at all.
    """
    for start in range(0, len(blobs), BATCH):
        yield from _measured(blobs[start : start + BATCH], recipe, len(blobs))


def _measured(blobs: Sequence[Blob], recipe: Recipe, company: int) -> Iterator[Facts]:
    """Facts of one child's blobs; ``company``: how many are measured together with each."""
    prepared = [_prepared(blob, recipe) for blob in blobs]
    try:
        linted = _linted(prepared, recipe, company)
    except LintDiedError as death:
        before = list(map(_name, blobs)).index(death.key)
        if before:
            yield from _measured(blobs[:before], recipe, company)
        raise
    for source in prepared:
        blob = source.blob
        reason, cause, rows = source.reason, source.cause, tuple[Finding, ...]()
        if said := linted.get(_name(blob)):
            reason = said.reason
            if said.fatal and company > 1:
                raise AnalyzerDiedError(reason or "its pragmas upset pylint")
            cause = "ours" if reason else None
            if reason and reason.startswith(SYNTAX_ERROR):
                reason = newer_syntax(source.neutral) or reason
                cause = "supplier" if broken(source.neutral) else "ours"
            rows = tuple(_findings(said, source.code))
            if blob.language == NOTEBOOK:
                rows = tuple(row for row in rows if not allowed(row.rule, row.message))
        yield Facts(blob.oid, blob.language, ANALYZER, reason, rows, cause)


def _linted(sources: Sequence[_Source], recipe: Recipe, company: int) -> dict[str, Linted]:
    """What pylint says of each text, and what of it its pragmas hide."""
    readable = [source for source in sources if source.reason is None]
    if not readable:
        return {}
    texts = {_name(source.blob): source.neutral for source in readable}
    many = company >= WORTH_READING
    known = library() if many else frozenset[str]().union(*map(imported, texts.values()))
    return lint(
        texts,
        recipe.counted(ANALYZER),
        recipe.limits,
        obeyed={_name(source.blob): source.obedient for source in readable},
        known=known,
    )


def _prepared(blob: Blob, recipe: Recipe) -> _Source:
    excluded = [rule for rule in recipe.rules_of(ANALYZER) if not rule.counts]
    uncounted = {rule.id for rule in excluded} | {rule.symbol for rule in excluded}
    try:
        return _source(blob, decode(blob, recipe.limits), uncounted)
    except UnmeasurableError as error:
        return _Source(blob, reason=str(error), cause=error.cause)


def _name(blob: Blob) -> str:
    """What a blob's text is called in a run: one content may be a notebook and a module."""
    return ("n" if blob.language == NOTEBOOK else "") + blob.oid


def _source(blob: Blob, text: str, uncounted: Collection[str]) -> _Source:
    found = comments(text, "python")
    typed = {comment for comment in found if TYPE_COMMENT.fullmatch(comment.text)}
    neutral = masked(text, [comment for comment in found if comment not in typed])
    pragmas = {comment: pylint_directive(comment.text) for comment in found}
    obedient = ""
    if any(pragma and hides(pragma, uncounted) for pragma in pragmas.values()):
        # Each in its canonical form; a comment ends its line, so that its length moves nothing.
        kept = {
            comment: f"# {pragma}" if pragma else comment.text if comment in typed else ""
            for comment, pragma in pragmas.items()
        }
        obedient = replaced(text, kept)
    code = LINE_END.split(masked(text, found))
    return _Source(blob, neutral, obedient, tuple(code))


def _findings(linted: Linted, code: Sequence[str]) -> Iterator[Finding]:
    """Distinct (line, column, rule) in order; of several texts the first."""
    found: dict[tuple[int, int, str], Message] = {}
    for message in sorted(linted.messages):
        found.setdefault((message.line, message.column, message.rule), message)
    for place, message in found.items():
        hidden = place in linted.hidden
        yield Finding(*place, message.text, context(code, message.line), hidden)
