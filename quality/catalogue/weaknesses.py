"""The weaknesses of ISO/IEC 5055, and which of them the rules of a recipe look for.

The list is the view 1305 of the Common Weakness Enumeration, release 4.15: the members of the
view's four categories, and their children in the view. A rule that bears the number of a weakness
finds some of its forms, never all: how many have a rule is no claim of conformance.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from collectors.analyzers.treerules.rules import rule_set
from quality.catalogue.recipes import RECIPES
from quality.model.recipe import Recipe, Rule


@dataclass(frozen=True, slots=True)
class Weakness:
    """A weakness by its CWE number; ``parent``: the one that it is a form of, 0 for none;
    ``measures``: the quality characteristics whose measure it is part of."""

    cwe: int
    parent: int
    measures: tuple[str, ...]
    name: str


@cache
def weaknesses() -> tuple[Weakness, ...]:
    """The weaknesses of ISO/IEC 5055, by number."""
    with (RECIPES / "iso5055.csv").open(encoding="utf-8") as file:
        return tuple(
            Weakness(
                int(row["cwe"]),
                int(row["parent"] or 0),
                tuple(row["measures"].split("; ")),
                row["name"],
            )
            for row in csv.DictReader(file)
        )


def looked_for(recipe: Recipe) -> dict[str, tuple[int, ...]]:
    """Of these weaknesses the ones that a rule which counts looks for, by language."""
    known = {each.cwe for each in weaknesses()}
    found: dict[str, set[int]] = {}
    for rule in recipe.rules:
        if rule.counts and rule.cwe in known:
            for language in _languages(rule, recipe):
                found.setdefault(language, set()).add(rule.cwe)
    return {language: tuple(sorted(found[language])) for language in sorted(found)}


def _languages(rule: Rule, recipe: Recipe) -> tuple[str, ...]:
    """The languages in which a rule looks: of those that its analyzer reads, for a rule on syntax
    trees the ones that have it."""
    read = tuple(each for each in recipe.part(rule.analyzer).languages if each != "notebook")
    if rule.analyzer != "treerules":
        return read
    return tuple(language for language in read if rule.id in rule_set(language).by_id)
