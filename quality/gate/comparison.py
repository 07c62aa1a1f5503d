"""What the gate rules judge: a head beside its merge base, changed files and both trees in full."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from quality.contract.contract import Contract
from quality.contract.sections.gate_rules import GateRule
from quality.gate.change import Change, Tree
from quality.gate.facts import GateFacts
from quality.gate.moved import NewLines, new_code
from quality.gate.pairs import Touched, touched_functions
from quality.gate.reported import HeadReports
from quality.model.repository import Commit, TreeFile
from quality.model.verdict import Measured
from quality.store.counting import Content, Scope
from quality.store.scope import Count, MetricQuery

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
    measure of the change; ``tests``: what tests report of the head, where a rule asks for it."""

    contract: Contract
    trees: tuple[Tree, Tree]
    change: Change
    facts: GateFacts
    gaps: tuple[Gap, ...]
    tests: HeadReports | None = None

    @cached_property
    def functions(self) -> tuple[Touched, ...]:
        """The functions that the change touches."""
        return touched_functions(self.change, self.facts)

    @cached_property
    def new_code(self) -> tuple[NewLines, ...]:
        """The code lines of the changed production files, and which of them are new."""
        return tuple(new_code(self.change.production, self.facts, self.change.gone))

    @cached_property
    def totals(self) -> dict[MetricQuery, tuple[Measured, Measured]]:
        """What the contract's rules ask of base and head: counted by the scorecard's own SQL over
        facts in memory, in the files that differ or, where an indicator says so, in all."""
        queries = dict.fromkeys(filter(None, map(asked, self.contract.gate)))
        whole = {query for query in queries if query.indicator.compared != "files"}
        change = self.change
        bases = (each.base for each in change.production if each.base)
        unread_before, unread_now = change.unread
        touched = (
            (*bases, *change.gone, *unread_before),
            (*(each.head for each in change.production), *unread_now),
        )
        base, head = self.trees
        trees = (tuple(base.files.values()), tuple(head.files.values()))
        return self._count(queries.keys() - whole, touched) | self._count(whole, trees)

    def _count(
        self, queries: Collection[MetricQuery], sides: tuple[Sequence[TreeFile], ...]
    ) -> dict[MetricQuery, tuple[Measured, Measured]]:
        if not queries:
            return {}
        from quality.store.database import Store  # slow to load, and rarely needed

        parts = {part.name: part.digest for part in self.facts.recipe.parts}
        contents = [Content(f"{number}" * 40, self.contract.files) for number in range(len(sides))]
        with Store(NOWHERE, read_only=True) as store:
            for content, files in zip(contents, sides, strict=True):
                commit = Commit(content.commit, datetime.fromtimestamp(0, UTC))
                store.add_commit(commit, list(files))
            store.add_facts(list(self.facts.known.values()), parts)
            scope = Scope(store, self.facts.recipe, contents)
            counts = {query: scope.count(query) for query in queries}
        base, head = contents
        return {
            query: (_measured(query, found[base]), _measured(query, found[head]))
            for query, found in counts.items()
        }


def _measured(query: MetricQuery, count: Count) -> Measured:
    return Measured(count.numerator, count.denominator, query.indicator.scale)


def asked(rule: GateRule) -> MetricQuery | None:
    """The indicator that a rule compares, with its parameter; None for other rules."""
    if rule.indicator is None:
        return None
    return MetricQuery(rule.indicator, rule.parameters[0][1] if rule.parameters else None)
