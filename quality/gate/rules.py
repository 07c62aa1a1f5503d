"""The judges of the gate rules, by the rule's name in the catalogue, and what is measured first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quality.contract.sections.gate_rules import GateRule
from quality.gate import functions
from quality.gate.change import Change, Tree
from quality.gate.comparison import Comparison
from quality.gate.coverage import coverage
from quality.gate.facts import Needed
from quality.gate.findings import findings, security, suppressions
from quality.gate.lines import duplication, tests_ratio
from quality.gate.needs import analyzers
from quality.gate.no_worse import bears, no_worse
from quality.gate.results import RuleResult
from quality.gate.unmeasured import unmeasured
from quality.model.recipe import Recipe

Judge = Callable[[GateRule, Comparison], RuleResult]
"""Judges a rule of a contract on a change, by facts at hand or asked for."""

JUDGES: dict[str, Judge] = {
    "function.ccn": functions.at_most(lambda function: function.ccn),
    "function.nloc": functions.at_most(lambda function: function.nloc),
    "function.parameters": functions.at_most(lambda function: function.parameters),
    "function.nesting": functions.at_most(lambda function: function.nesting),
    "findings.new": findings,
    "security.new": security,
    "suppressions.new": suppressions,
    "duplication.new_share": duplication,
    "tests.ratio": tests_ratio,
    "coverage.new_lines": coverage,
    "no_worse": no_worse,
    "unmeasured.new": unmeasured,
}


def needed(
    rules: Sequence[GateRule], change: Change, trees: tuple[Tree, Tree], recipe: Recipe
) -> Iterator[Needed]:
    """What is measured at once; the rules ask for more only where they found something."""
    names = {rule.id: analyzers(rule, recipe) for rule in rules}
    all_names = sorted({name for some in names.values() for name in some})
    yield from ((each.head, name) for each in change.production for name in all_names)
    # The same for the base, so that both travel together, where a rule compares; what looks for
    # errors waits until there is one to compare.
    finders = {part.name for part in recipe.finders}
    compared = sorted(
        {name for rule in rules if not rule.kind.always for name in names[rule.id]} - finders
    )
    yield from ((each.base, name) for each in change.production if each.base for name in compared)
    for rule in rules:
        for name in names[rule.id]:
            yield from _further(rule, name, change, trees, recipe)


def _further(
    rule: GateRule, name: str, change: Change, trees: tuple[Tree, Tree], recipe: Recipe
) -> Iterator[Needed]:
    """What a rule needs beside the changed production files."""
    if rule.kind.files == "tests":
        for each in change.tests:
            yield from ((side, name) for side in (each.head, each.base) if side)
    elif rule.kind.files == "languages":
        languages = {each.head.language for each in change.production}
        yield from ((file, name) for file in change.sources if file.language in languages)
    elif rule.indicator and bears(rule.indicator, change):
        part = recipe.part(name)
        yield from ((each.base, name) for each in change.production if each.base)
        yield from ((file, name) for file in change.gone)
        if rule.indicator.compared == "files":
            return
        for tree in trees:
            for path, kind in tree.classes.items():
                if part.measures(tree.files[path].language or "", kind):
                    yield tree.files[path], name
