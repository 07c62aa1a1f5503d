"""The gate rules that count what the base does not have: findings, and directives against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from quality.contract.gate_rules import GateRule
from quality.gate.comparison import Comparison
from quality.gate.new import compare
from quality.gate.results import RuleResult, fingerprinted
from quality.model.facts import Finding, Suppression
from quality.model.gate import GateHit
from quality.model.repository import TreeFile

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Kind(Generic[Item]):
    """What is counted: an analyzer's items in a file, what makes two of them the same, and the
    hit that shows one (``True``: it is new)."""

    analyzer: str
    of: Callable[[TreeFile], list[Item]]
    key: Callable[[Item], Hashable]
    hit: Callable[[TreeFile, Item, bool], GateHit]

    def keys(self, file: TreeFile | None) -> Counter[Hashable]:
        """How many of each key a file has."""
        return Counter(self.key(item) for item in self.of(file)) if file else Counter()


def findings(rule: GateRule, comparison: Comparison) -> RuleResult:
    """findings.new: distinct (line, rule) of the recipe's rules that the base does not have, by
    rule and context. What a directive would hide counts."""
    chosen = set(rule.rules) or {"errors", "warnings"}
    wanted = {r.id: r.symbol for r in comparison.facts.recipe.rules if {r.id, r.list} & chosen}

    def of(file: TreeFile) -> list[Finding]:
        found: dict[tuple[int, str], Finding] = {}
        for row in comparison.facts.rows(file, "pylint", Finding):
            if row.rule in wanted:
                found.setdefault((row.line, row.rule), row)
        return [found[place] for place in sorted(found)]

    def hit(file: TreeFile, row: Finding, new: bool) -> GateHit:
        hidden = " (a directive tries to hide it)" if row.hidden else ""
        text = f"{row.rule} {wanted[row.rule]}: {row.message}{hidden}"
        return GateHit(file.path, row.line, row.line, row.rule, wanted[row.rule], text, None, None,
                       f"{row.context:016x}", new)  # fmt: skip

    kind = _Kind("pylint", of, lambda row: (row.rule, row.context), hit)
    severe = {each.id for each in comparison.facts.recipe.listed("errors")}
    return _counted(rule, _against_base(comparison, kind), severe)


def suppressions(rule: GateRule, comparison: Comparison) -> RuleResult:
    """suppressions.new: directives that the base does not have, by tool and text."""

    def of(file: TreeFile) -> list[Suppression]:
        return comparison.facts.rows(file, "suppressions", Suppression)

    def key(row: Suppression) -> tuple[str, str]:
        return row.tool, " ".join(row.text.casefold().split())

    def hit(file: TreeFile, row: Suppression, new: bool) -> GateHit:
        text = f"asks {row.tool} to look away: {row.text}"
        return GateHit(file.path, row.line, row.line, row.tool, f"directive to {row.tool}", text,
                       None, None, " ".join(key(row)), new)  # fmt: skip

    hits = _against_base(comparison, _Kind("suppressions", of, key, hit))
    return _counted(rule, hits, ())


def _against_base(comparison: Comparison, kind: _Kind[Item]) -> list[GateHit]:
    """Each changed file's items against its base version, and what is new there against what the
    merge took away elsewhere: code that moved to another file brings nothing new.

    Base versions are measured only where the head has something to compare.
    """
    change, facts = comparison.change, comparison.facts
    heads = {each: kind.of(each.head) for each in change.production}
    facts.measure((e.base, kind.analyzer) for e, items in heads.items() if items and e.base)
    kept, new = list[GateHit](), list[tuple[Hashable, tuple[TreeFile, Item]]]()
    away: Counter[Hashable] = Counter()
    for each, items in heads.items():
        if items:
            keyed = ((kind.key(item), item) for item in items)
            compared = compare(keyed, kind.keys(each.base))
            kept += [kind.hit(each.head, item, False) for _, item in compared.kept]
            new += [(key, (each.head, item)) for key, item in compared.new]
            away += compared.left
    if new:
        rest = [each.base for each, items in heads.items() if each.base and not items]
        facts.measure((file, kind.analyzer) for file in (*rest, *change.gone))
        for file in (*rest, *change.gone):
            away += kind.keys(file)
    moved = compare(new, away)
    kept += [kind.hit(*item, False) for _, item in moved.kept]
    return [*(kind.hit(*item, True) for _, item in moved.new), *kept]


def _counted(rule: GateRule, hits: list[GateHit], severe: Container[str]) -> RuleResult:
    hits.sort(key=lambda e: (not e.new, e.rule not in severe, e.path, e.line, e.rule))
    number = sum(each.new for each in hits)
    failed = number > (rule.at_most or 0)
    return RuleResult(Decimal(number), failed, fingerprinted(hits))
