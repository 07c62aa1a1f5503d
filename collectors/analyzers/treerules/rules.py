"""A language's rules as its TOML file states them, with those of every language, ready to be
searched for.

[words]           what the grammar calls the things that proofs ask for
[shapes]          rules of ast-grep that others name with ``matches``
[canary]          text, and what must be found in it
[rules.ID]        message: what is said of a place
words: a text without any of them cannot have it: bare words, for layout
is the supplier's; like: nor one in which this is not found
languages: of those that share the file, which have it (default: all)
kinds: of node, one of which it is; signs: with one of these operators
rule: of ast-grep, what it must match; proof: a function of ``proofs`` that
has the last word, given: what that is told
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

from collectors.analyzers.treerules.words import Words
from collectors.languages.trees import GRAMMARS, nothing

MARK = "FOUND"
EVERY = "every"  # the rules of all languages
FOLDER = resources.files("collectors.analyzers.treerules")
# Languages with the rules of another one, whose grammar calls all of them alike.
LIKE = {"tsx": "javascript", "typescript": "javascript"}
# Pages whose scripts are read by the rules of another language.
PAGES = {"svelte": "typescript", "vue": "typescript"}


@dataclass(frozen=True)
class TreeRule:
    """One rule; ``search`` is what ast-grep looks for (None: its kinds alone), ``mark`` the
    variable that tells it found this one of several."""

    id: str
    message: str
    kinds: tuple[str, ...]
    search: Mapping[str, Any] | None
    mark: str
    words: tuple[str, ...]
    like: re.Pattern[str] | None
    signs: frozenset[str]
    proof: str
    given: Mapping[str, Any]
    small: bool = False  # names differ by more than the case of their letters

    def worth(self, text: str) -> bool:
        """Whether the text can have a match at all."""
        said = text.lower() if self.small else text
        if self.words and not any(word in said for word in self.words):
            return False
        return self.like is None or self.like.search(text) is not None


@dataclass(frozen=True)
class RuleSet:
    """A language's rules, its words, and a text of ours with the places that must be found."""

    language: str
    rules: tuple[TreeRule, ...]
    words: Words
    canary: str
    expected: frozenset[tuple[int, int, str]]

    @cached_property
    def by_id(self) -> Mapping[str, TreeRule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    def only(self, ids: Collection[str]) -> RuleSet:
        """Without the rules that are not among ``ids``."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id in ids))

    def spoken(self, grammar: str) -> RuleSet:
        """What of them another grammar of the language has nodes for: C's knows no classes."""
        if grammar == GRAMMARS[self.language][0]:
            return self
        understood, words = _understood(self.language, grammar)
        known = tuple(rule for rule in self.rules if rule.id in understood)
        return replace(self, rules=known, words=words)


@cache
def _understood(language: str, grammar: str) -> tuple[frozenset[str], Words]:
    """The rules, by their ids, and words that a grammar has nodes for."""
    rules, empty = rule_set(language), nothing(grammar)

    def known(rule: Mapping[str, Any]) -> bool:
        try:
            empty.find_all({"rule": rule})
        except RuntimeError:
            return False
        return True

    kept = (
        rule for rule in rules.rules if known(rule.search or {"any": [*map(_kind, rule.kinds)]})
    )
    return frozenset(rule.id for rule in kept), rules.words.only(lambda kind: known(_kind(kind)))


def _kind(kind: str) -> dict[str, str]:
    return {"kind": kind}


def layers(rules: Sequence[TreeRule]) -> list[list[TreeRule]]:
    """Rules of ast-grep that are searched for together. Of one node the first of a layer is found,
    so that none that has a proof stands in one with others of its kinds."""
    found = [[rule for rule in rules if not rule.proof]]
    for rule in (rule for rule in rules if rule.proof):
        free = (
            layer for layer in found[1:]
            if not any({*rule.kinds} & {*other.kinds} for other in layer)
        )  # fmt: skip
        layer = next(free, None)
        if layer is None:
            found.append([rule])
        else:
            layer.append(rule)
    return [layer for layer in found if layer]


@cache
def languages() -> tuple[str, ...]:
    """The languages that have rules."""
    names = (entry.name for entry in FOLDER.iterdir())
    own = {name.removesuffix(".toml") for name in names if name.endswith(".toml")} - {EVERY}
    return tuple(sorted([*own, *LIKE]))


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def rule_set(language: str) -> RuleSet:
    """The rules of a language of ours."""
    language = PAGES.get(language, language)
    named = LIKE.get(language, language)
    data = _data(named)
    shapes, stated = data.get("shapes", {}), data["rules"]
    if language == "php":
        shapes, stated = _small(shapes), _small(stated)
    strings = {"kinds": data["words"]["strings"]}
    for name, row in _data(EVERY)["rules"].items():
        stated = {**stated, f"{named}-{name}": row | strings}
    rules = tuple(
        _rule(number, rule_id, row, shapes)
        for number, (rule_id, row) in enumerate(stated.items())
        if language in row.get("languages", (language,))
    )
    canary = data["canary"]
    expected = frozenset((line, column, rule) for line, column, rule in canary["found"])
    return RuleSet(language, rules, Words.of(data["words"]), canary["text"], expected)


# What proofs are given as patterns of names.
NAMED = frozenset({"regex", "called", "caught", "length", "made", "through", "safe", "names"})


def _small(value: Any, key: str = "") -> Any:
    """The rules of a language whose names the case of letters does not tell apart, but for its
    variables."""
    if isinstance(value, dict):
        return {name: _small(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_small(each, key) for each in value]
    plain = key in NAMED and not value.startswith("(?i") and r"\$" not in value
    return f"(?i){value}" if plain else value


def _rule(number: int, rule_id: str, row: Mapping[str, Any], shapes: Mapping[str, Any]) -> TreeRule:
    mark = f"{MARK}{number}"
    parts: list[Any] = [{"any": [{"kind": kind} for kind in row["kinds"]]}]
    parts += [_shaped(part, shapes) for part in row.get("rule", ())]
    search = {"all": [*parts, {"pattern": f"${mark}"}]} if "rule" in row else None
    small = rule_id.startswith("php-")  # where that case says nothing
    like = re.compile(row["like"], re.IGNORECASE if small else 0) if "like" in row else None
    words = [word.lower() if small else word for word in row.get("words", ())]
    return TreeRule(
        rule_id, row["message"], tuple(row["kinds"]), search, mark, tuple(words), like,
        frozenset(row.get("signs", ())), row.get("proof", ""), row.get("given", {}), small,
    )  # fmt: skip


def _shaped(rule: Any, shapes: Mapping[str, Any]) -> Any:
    """A rule with the shapes that it names put in their place."""
    if isinstance(rule, list):
        return [_shaped(each, shapes) for each in rule]
    if not isinstance(rule, dict):
        return rule
    if "matches" in rule:
        shape = _shaped(shapes[rule["matches"]], shapes)
        rest = {key: value for key, value in rule.items() if key != "matches"}
        return {"all": [shape, _shaped(rest, shapes)]} if rest else shape
    return {key: _shaped(value, shapes) for key, value in rule.items()}
