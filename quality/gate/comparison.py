"""What the gate rules judge: a head beside its merge base, changed files and both trees in full."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from quality.contract.contract import Contract, FilePatterns
from quality.contract.gate_rules import GateRule
from quality.gate.change import Change
from quality.gate.facts import GateFacts
from quality.gate.gaps import Gap
from quality.model.repository import Commit, TreeFile
from quality.model.verdict import Measured
from quality.store.counting import Content, MetricQuery, Scope
from quality.store.database import Store

NOWHERE = Path(os.devnull) / "none"  # never exists, so the store is in memory


@dataclass(frozen=True, slots=True)
class Tree:
    """One side in full. ``name``: base or head; ``code``: the files that can be measured, each
    with its class by the contract's patterns."""

    name: str
    commit: str
    files: tuple[TreeFile, ...]
    code: tuple[tuple[TreeFile, str], ...]


def tree(
    name: str, commit: str, files: tuple[TreeFile, ...], classify: Callable[[str], str]
) -> Tree:
    """A commit's tree with the class of what can be measured."""
    code = [(file, classify(file.path)) for file in files if file.kind == "file" and file.language]
    return Tree(name, commit, files, tuple(code))


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
        queries = [query for rule in self.contract.gate if (query := asked(rule))]
        return _count(self.trees, self.contract.files, self.facts, queries)


def asked(rule: GateRule) -> MetricQuery | None:
    """The indicator that a rule compares, with its parameter; None for other rules."""
    if rule.indicator is None:
        return None
    return MetricQuery(rule.indicator, rule.parameters[0][1] if rule.parameters else None)


def _count(
    trees: tuple[Tree, Tree],
    patterns: FilePatterns,
    facts: GateFacts,
    queries: Sequence[MetricQuery],
) -> dict[MetricQuery, tuple[Measured, Measured]]:
    base, head = (Content(tree.commit, patterns) for tree in trees)
    with Store(NOWHERE, read_only=True) as store:
        for commit, files in {tree.commit: tree.files for tree in trees}.items():
            store.add_commit(Commit(commit, datetime.fromtimestamp(0, UTC)), files)
        store.add_facts(facts.all(), {part.name: part.digest for part in facts.recipe.parts})
        scope = Scope(store, facts.recipe, list(dict.fromkeys((base, head))))
        found = {}
        for query in queries:
            counts = scope.count(query)
            before, after = (
                Measured(each.numerator, each.denominator, query.indicator.scale)
                for each in (counts[base], counts[head])
            )
            found[query] = (before, after)
    return found
