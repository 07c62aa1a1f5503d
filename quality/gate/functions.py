"""The gate rules that look at the changed files: each makes a judgement of facts at hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from quality.contract.gate_rules import GateRule
from quality.gate.change import Change, FileChange, named
from quality.gate.facts import FactBook
from quality.gate.new import NewFunction, new_functions
from quality.model.facts import Function, Row
from quality.model.gate import GateHit
from quality.model.repository import TreeFile
from quality.model.verdict import Good

FUNCTION_UNITS = {"ccn": "CCN", "nloc": "NLOC", "parameters": "parameters", "nesting": "levels"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule found. ``unknown``: why it could not be judged; ``reason``: what is worth
    saying of a value; ``limit``: of rules whose contract entry has none."""

    value: Decimal | None
    unit: str
    failed: bool
    hits: tuple[GateHit, ...] = ()
    reason: str = ""
    unknown: str = ""
    good: Good = "low"
    limit: Decimal | None = None
    parameters: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A changed file that an analyzer could not measure; ``old``: neither could it in the base."""

    file: TreeFile
    analyzer: str
    reason: str
    old: bool


def rows(book: FactBook, file: TreeFile | None, analyzer: str, kind: type[Row]) -> list[Row]:
    """The rows of one kind that an analyzer has of a file; none where it is unmeasured."""
    facts = book.facts(file, analyzer) if file else None
    return [row for row in facts.rows if isinstance(row, kind)] if facts else []


# ---------------------------------------------------------------- functions


def functions(rule: GateRule, change: Change, book: FactBook) -> Judgement:
    """function.*: the number of each new and changed function against the limit."""
    name = rule.rule.partition(".")[2]
    limit, unit = int(rule.at_most or 0), FUNCTION_UNITS[name]
    hits, top = list[GateHit](), list[int]()
    for each in change.production:
        found: list[list[Function]] = [
            [row for row in rows(book, side, "lizard", Function) if isinstance(row, Function)]
            for side in (each.head, each.base)
        ]
        for new in new_functions(*found):
            number = getattr(new.function, name)
            top.append(number)
            if number > limit:
                hits.append(_function_hit(rule, each.head.path, new, name, unit))
    hits.sort(key=lambda hit: (-(hit.number or 0), hit.path, hit.line))
    value = Decimal(max(top)) if top else None
    reason = "" if top else "no function is new or changed"
    return Judgement(value, unit, bool(hits), fingerprinted(hits), reason)


def _function_hit(rule: GateRule, path: str, new: NewFunction, name: str, unit: str) -> GateHit:
    function, number = new.function, getattr(new.function, name)
    since = "new function"
    if new.before is not None:
        was = getattr(new.before, name)
        since = f"changed, was {was} in the base" if was != number else "changed, as in the base"
    return GateHit(
        path=path,
        line=function.start_line,
        end_line=function.end_line,
        rule=rule.rule,
        title=function.name,
        message=f"{function.name}: {number} {unit} ({since})",
        number=number,
        limit=int(rule.at_most or 0),
        fingerprint=function.name,
        new=True,
    )


# ---------------------------------------------------------------- what cannot be measured


def find_gaps(change: Change, book: FactBook, analyzers: Sequence[str]) -> list[Gap]:
    """The changed production files that an analyzer could not measure."""
    broken = [
        (each, analyzer, facts.reason)
        for each in change.production
        for analyzer in analyzers
        if (facts := book.facts(each.head, analyzer)) and facts.reason
    ]
    book.measure((each.base, analyzer) for each, analyzer, _ in broken if each.base)
    return [
        Gap(each.head, analyzer, reason, _unmeasured(each, analyzer, book))
        for each, analyzer, reason in broken
    ]


def _unmeasured(each: FileChange, analyzer: str, book: FactBook) -> bool:
    facts = book.facts(each.base, analyzer) if each.base else None
    return facts is not None and facts.reason is not None


def unmeasured(rule: GateRule, gaps: Sequence[Gap]) -> Judgement:
    """unmeasured.new: changed files that an analyzer cannot measure, whatever the base was."""
    by_file: dict[TreeFile, list[Gap]] = {}
    for gap in gaps:
        by_file.setdefault(gap.file, []).append(gap)
    hits = []
    for file, found in by_file.items():
        reasons = dict.fromkeys(gap.reason for gap in found)
        names = ", ".join(gap.analyzer for gap in found)
        before = "; nor could its base" if all(gap.old for gap in found) else ""
        text = f"{names} cannot measure it: {'; '.join(reasons)}{before}"
        hits.append(GateHit(file.path, 1, 1, rule.rule, "cannot be measured", text, None, None,
                            file.oid, True))  # fmt: skip
    hits.sort(key=lambda hit: hit.path)
    value = Decimal(len(hits))
    return Judgement(value, "files", value > (rule.at_most or 0), fingerprinted(hits))


def excuse(judged: Judgement, gaps: Sequence[Gap], lost: Sequence[str]) -> Judgement:
    """A judgement in view of what it could not see. It stands on the rest where it failed already
    or where the files never could be measured; else a pass is unknown: breaking a file must not
    pay."""
    if lost:
        return replace(judged, unknown=f"the machine lost results, run it again: {lost[0]}")
    if not gaps or judged.unknown:
        return judged
    paths = sorted({gap.file.path for gap in gaps})
    text = f"could not see into {named(paths)}"
    if judged.failed or all(gap.old for gap in gaps):
        return replace(judged, reason="; ".join(filter(None, (judged.reason, text))))
    return replace(judged, unknown=f"{text}: {gaps[0].reason}")


# ---------------------------------------------------------------- numbers and names


def decimal(exact: Fraction) -> Decimal:
    """A fraction rounded to six decimals, for display; without zeros at its end."""
    value = Decimal(round(exact * 1_000_000)) / 1_000_000
    return Decimal(int(value)) if value == int(value) else value.normalize()


def fingerprinted(hits: Iterable[GateHit]) -> tuple[GateHit, ...]:
    """The hits with their final fingerprints, made of the finer rule, what the judge put there (a
    context, a name: no path and no line), and a number among equal ones by their place."""
    ordered = list(hits)
    seen: Counter[tuple[str, str]] = Counter()
    marks = dict[int, str]()
    for number in sorted(range(len(ordered)), key=lambda n: (ordered[n].path, ordered[n].line, n)):
        each = ordered[number]
        same = (each.rule, each.fingerprint)
        text = "\0".join((*same, str(seen[same])))
        seen[same] += 1
        marks[number] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return tuple(replace(each, fingerprint=marks[n]) for n, each in enumerate(ordered))
