"""no_worse: an indicator over the whole head against the whole base, counted by the scorecard's
own SQL over facts in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from quality.catalogue.indicators import Indicator
from quality.contract.contract import Contract
from quality.contract.gate_rules import GateRule
from quality.gate.facts import FactBook
from quality.gate.functions import Judgement, decimal
from quality.model.recipe import Recipe
from quality.model.repository import Commit, TreeFile
from quality.model.verdict import Measured
from quality.store.counting import Classifier, Content, MetricQuery, Scope
from quality.store.database import Store

NOWHERE = Path(os.devnull) / "none"  # never exists, so the store is in memory
PLACES = 12  # shown of a value at most


def needs(indicator: Indicator, recipe: Recipe) -> tuple[str, ...]:
    """The analyzers whose facts an indicator counts."""
    return indicator.analyzers or tuple(part.name for part in recipe.parts)


class Whole:
    """Both trees in full. ``sides``: their names ("base", "head"), commits and files."""

    def __init__(
        self,
        contract: Contract,
        book: FactBook,
        sides: Sequence[tuple[str, str, Sequence[TreeFile]]],
    ) -> None:
        self._contract = contract
        self._book = book
        self._sides = sides
        classify = Classifier(contract.files)
        self._classes = {
            file.path: classify(file.path)
            for _, _, files in sides
            for file in files
            if file.kind == "file" and file.language
        }

    def wishes(self, analyzers: Sequence[str]) -> Iterator[tuple[TreeFile, str]]:
        """What must be measured for these analyzers' facts to be whole."""
        for _, _, files in self._sides:
            for file in files:
                for analyzer in analyzers:
                    if self._needed(file, analyzer):
                        yield file, analyzer

    def _needed(self, file: TreeFile, analyzer: str) -> bool:
        kind = self._classes.get(file.path) if file.kind == "file" else None
        part = self._book.recipe.part(analyzer)
        return kind is not None and part.measures(file.language or "", kind)

    def judge(self, rules: Sequence[GateRule]) -> dict[str, Judgement]:
        """The judgement of each no_worse rule, by its id."""
        contents = [Content(commit, self._contract.files) for _, commit, _ in self._sides]
        recipe = self._book.recipe
        with Store(NOWHERE, read_only=True) as store:
            for commit, (_, _, files) in {
                content.commit: side for content, side in zip(contents, self._sides, strict=True)
            }.items():
                store.add_commit(Commit(commit, datetime.fromtimestamp(0, UTC)), files)
            parts = {part.name: part.digest for part in recipe.parts}
            store.add_facts(self._book.all(), parts)
            scope = Scope(store, recipe, list(dict.fromkeys(contents)))
            judged = {}
            for rule in rules:
                assert rule.indicator is not None  # noqa: S101  # the contract's format says so
                query = MetricQuery(
                    rule.indicator, rule.parameters[0][1] if rule.parameters else None
                )
                counts = scope.count(query)
                base, head = (
                    Measured(count.numerator, count.denominator, rule.indicator.scale)
                    for count in (counts[content] for content in contents)
                )
                judged[rule.id] = self._judge(rule.indicator, base, head)
        return judged

    def _judge(self, indicator: Indicator, base: Measured, head: Measured) -> Judgement:
        before, now = base.exact, head.exact
        about = f"{indicator.title.lower()} ({indicator.id})"
        blind = self._too_little(indicator)
        value, limit = (None if each is None else decimal(each) for each in (now, before))
        if blind or (now is None and before is not None):
            text = blind or "there is nothing to measure in the head"
            return Judgement(value, indicator.unit, False, unknown=f"{about}: {text}",
                             good=indicator.good, limit=limit)  # fmt: skip
        if now is None or before is None:
            reason = f"{about}: the base has nothing to compare with"
            return Judgement(value, indicator.unit, False, reason=reason, good=indicator.good)
        worse = now < before if indicator.good == "high" else now > before
        reason = f"{about}: {_shown(before, now)} in the base, {_shown(now, before)} in the head"
        return Judgement(value, indicator.unit, worse, reason=reason, good=indicator.good,
                         limit=limit)  # fmt: skip

    def _too_little(self, indicator: Indicator) -> str:
        """Why a side's value would be unknown on the scorecard too; "" if enough is measured."""
        if indicator.id == "measured.share":
            return ""
        analyzers = needs(indicator, self._book.recipe)
        for name, _, files in self._sides:
            whole = measured = 0
            for file in files:
                if self._classes.get(file.path) != "production" or file.kind != "file":
                    continue
                whole += file.size
                facts = [self._book.facts(file, a) for a in analyzers if self._needed(file, a)]
                if all(each is not None and each.reason is None for each in facts):
                    measured += file.size
            floor = Fraction(self._contract.minimum_measured)
            if whole and Fraction(100 * measured, whole) < floor:
                return (
                    f"in the {name} only {100 * measured // whole} % of the production code could "
                    f"be measured, the contract asks for {self._contract.minimum_measured} %"
                )
        return ""


def _shown(exact: Fraction, other: Fraction) -> str:
    """A value in two decimals, or as many more as it takes to tell it from the other side's."""
    places = 2
    while exact != other and round(exact, places) == round(other, places) and places < PLACES:
        places += 1
    text = f"{Decimal(round(exact * 10**places)).scaleb(-places):f}"
    return text.rstrip("0").rstrip(".")
