"""The recipes of this release: read from their data files, and held against what is installed."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from quality.catalogue.tools import NONE, RUNNING, installed
from quality.errors import MeasureError, UsageError
from quality.model.canonical import compact
from quality.model.recipe import AnalyzerPart, Limits, Recipe, Rule

RECIPES = resources.files("quality.catalogue") / "data"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_elsewhere: ContextVar[frozenset[str] | None] = ContextVar("_elsewhere", default=None)


def verify_tools(recipe: Recipe) -> None:
    """Refuse to measure with other versions than the recipe's (MeasureError)."""
    for tool, wanted in recipe.tools:
        found = installed(tool)
        if tool == "python" and wanted not in PYTHONS:
            raise MeasureError(f"Python {wanted} measures nothing: use one of {', '.join(PYTHONS)}")
        if tool == "python" and found != wanted:
            raise MeasureError(
                f"Python {wanted} is to measure, but this is Python {found}: make an environment "
                f"with `python{wanted} -m venv`, install workmanship there and run it from there"
            )
        if found != wanted:
            raise MeasureError(
                f"recipe {recipe.id} measures with {tool} {wanted}, but {found} is installed: "
                f"install workmanship with its pinned requirements, see `workmanship doctor`"
            )


@cache
def recipe_ids() -> tuple[str, ...]:
    """The recipes this release knows, oldest first."""
    names = (entry.name for entry in RECIPES.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def stated_tools(recipe_id: str) -> dict[str, str]:
    """The versions that a recipe states, also of optional tools that are not on this machine."""
    return dict(_stated(recipe_id).data["tools"])


def searched_languages(recipe_id: str) -> tuple[str, ...]:
    """The languages that a recipe's error analyzers read, also those that are not on this machine:
    a contract that is valid on one machine is valid on all."""
    parts = _stated(recipe_id).data["analyzers"].values()
    found = (part.get("languages", ()) for part in parts if part.get("finds"))
    return tuple(sorted({language for languages in found for language in languages}))


def load_recipe(recipe_id: str, python: str = RUNNING) -> Recipe:
    """Read a recipe by its id, for a minor version of Python: its grammar and its Unicode tables
    are part of what measures (UsageError if this release does not know the recipe). An analyzer
    whose tool is optional and not on this machine is no part of it: nobody looks there."""
    if recipe_id not in recipe_ids():
        known = ", ".join(recipe_ids())
        raise UsageError(f"unknown recipe {recipe_id!r}: this release knows {known}")
    return _loaded(recipe_id, python, _elsewhere.get())


@contextmanager
def measured_without(tools: Collection[str]) -> Iterator[None]:
    """Load recipes as on a machine that lacks exactly these of the optional tools, to count what
    was measured there; in this thread."""
    token = _elsewhere.set(frozenset(tools))
    try:
        yield
    finally:
        _elsewhere.reset(token)


@cache
def _loaded(recipe_id: str, python: str, elsewhere: frozenset[str] | None = None) -> Recipe:
    stated = _stated(recipe_id)
    data = stated.data
    optional = data.get("optional", ())
    if elsewhere is None:
        lacking = {tool for tool in optional if installed(tool) == NONE}
    else:
        lacking = {*elsewhere}.intersection(optional)
    tools = tuple(
        sorted({**data["tools"], **dict.fromkeys(lacking, NONE), "python": python}.items())
    )
    limits = Limits(**data["limits"])
    present = [
        (name, part)
        for name, part in sorted(data["analyzers"].items())
        if lacking.isdisjoint(part["tools"])
    ]
    rules = {name: stated.rules.get(name, ()) for name, _ in present}
    parts = tuple(_part(name, part, dict(tools), limits, rules[name]) for name, part in present)
    lists = [stated.digests.get(name) for name, _ in present]
    content = [recipe_id, data["listing"], data["security"], tools, asdict(limits), lists]
    digest = _digest([*content, [part.digest for part in parts]])
    every = sorted((rule for each in rules.values() for rule in each), key=lambda rule: rule.id)
    return Recipe(recipe_id, f"sha256:{digest}", tools, limits, parts, tuple(every))


@dataclass(frozen=True, slots=True)
class _Stated:
    """A recipe's data, whichever Python measures; by error analyzer its rules, and the digest of
    the file they stand in."""

    data: dict[str, Any]
    rules: dict[str, tuple[Rule, ...]]
    digests: dict[str, str]


@cache
def _stated(recipe_id: str) -> _Stated:
    data = tomllib.loads((RECIPES / f"{recipe_id}.toml").read_text("utf-8"))
    stated = _Stated(data, {}, {})
    for analyzer in (name for name, part in data["analyzers"].items() if part.get("finds")):
        content = (RECIPES / recipe_id / f"{analyzer}.csv").read_bytes()
        stated.digests[analyzer] = hashlib.sha256(content).hexdigest()
        stated.rules[analyzer] = tuple(_rules(analyzer, content.decode(), data["security"]["cwe"]))
    return stated


def _rules(analyzer: str, text: str, security: list[int]) -> Iterator[Rule]:
    """The rules of an error analyzer, a row each (what was read of it in public packages stands in
    the columns behind, for people); without a severity of its own an error is major
    and a warning minor."""
    for row in csv.DictReader(text.splitlines()):
        cwe = int(row["cwe"] or 0)
        severity: Any = row["severity"] or ("major" if row["list"] == "errors" else "minor")
        listed: Any = row["list"]
        yield Rule(
            analyzer, row["rule"], row["symbol"], listed, row["reason"], severity, cwe,
            cwe in security, row["only"], row["near"], tuple(row["unless"].split()),
            tuple(row["yields"].split()),
        )  # fmt: skip


def _part(
    name: str, part: dict[str, Any], tools: dict[str, str], limits: Limits, rules: tuple[Rule, ...]
) -> AnalyzerPart:
    used = tuple((tool, tools[tool]) for tool in part["tools"])
    judged = [" ".join([rule.id, rule.only, rule.near]).strip() for rule in rules if rule.counts]
    content = [name, part["revision"], used, asdict(limits), judged]
    return AnalyzerPart(
        name, part["revision"], used, _digest(content)[:16], tuple(part.get("languages", ())),
        part.get("tests", False), part.get("finds", False), part.get("slow", False),
        part.get("together", 0),
    )  # fmt: skip


def _digest(content: object) -> str:
    return hashlib.sha256(compact(content).encode()).hexdigest()
