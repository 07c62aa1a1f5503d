"""What the gate rules judge: a head beside its merge base, changed files and both trees in full."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from quality.contract.contract import Contract
from quality.contract.gate_rules import GateRule
from quality.gate.change import Change, Tree
from quality.gate.facts import GateFacts
from quality.model.repository import Commit, TreeFile
from quality.model.verdict import Measured
from quality.store.counting import Content, MetricQuery, Scope
from quality.store.database import Store

NOWHERE = Path(os.devnull) / "none"  # never exists, so the store is in memory


@dataclass(frozen=True, slots=True)
class Gap:
    """A changed file that an analyzer could not measure; ``old``: neither could it in the base."""

    file: TreeFile
    analyzer: str
    reason: str
    old: bool


@dataclass(frozen=True)
class Comparison:
    """A head beside its merge base. ``trees``: base and head; ``gaps``: what analyzers could not
    measure of the change."""

    contract: Contract
    trees: tuple[Tree, Tree]
    change: Change
    facts: GateFacts
    gaps: tuple[Gap, ...]

    @cached_property
    def totals(self) -> dict[MetricQuery, tuple[Measured, Measured]]:
        """What the contract's rules ask of both trees in full, base and head: counted by the
        scorecard's own SQL over facts in memory."""
        facts, patterns = self.facts, self.contract.files
        parts = {part.name: part.digest for part in facts.recipe.parts}
        base, head = (Content(tree.commit, patterns) for tree in self.trees)
        found = {}
        with Store(NOWHERE, read_only=True) as store:
            for commit, files in {tree.commit: tree.files.values() for tree in self.trees}.items():
                store.add_commit(Commit(commit, datetime.fromtimestamp(0, UTC)), list(files))
            store.add_facts(list(facts.known.values()), parts)
            scope = Scope(store, facts.recipe, list(dict.fromkeys((base, head))))
            for query in filter(None, map(asked, self.contract.gate)):
                counts, scale = scope.count(query), query.indicator.scale
                before, after = (
                    Measured(each.numerator, each.denominator, scale)
                    for each in (counts[base], counts[head])
                )
                found[query] = (before, after)
        return found


def asked(rule: GateRule) -> MetricQuery | None:
    """The indicator that a rule compares, with its parameter; None for other rules."""
    if rule.indicator is None:
        return None
    return MetricQuery(rule.indicator, rule.parameters[0][1] if rule.parameters else None)
