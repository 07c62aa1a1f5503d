"""What the grammars call functions, conditions, loops and comments: ``structures.toml``, read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

Rule = dict[str, Any]  # of ast-grep

# Strings of several lines; Python's in three quotes may also be comments.
BRANCHING = r"(?i)\b(?:if|elif|elseif|while|for|foreach|switch|catch|unless|when|case)\b|\*ng|\bv-"
LONG_PYTHON = r"\n|^\w*(?:'''|\"\"\")"
UNITS = ("functions", "closures", "blocks", "macros")
PLACES = ("containers", "properties")
ROLES = (
    *UNITS, *PLACES, "declarations", "ifs", "elifs", "elses", "loops", "doubles", "silent",
    "switches", "matches", "handlers", "ternaries", "decisions", "jumps", "conditional", "opaque",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameters:
    """Where parameters stand: ``lists`` of them; ``only`` these of its children or all but ``not``
    these count; ``names``: the field of which one child may have several."""

    lists: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    not_: frozenset[str] = frozenset()
    names: str = ""


@dataclass(frozen=True, slots=True)
class Structures:
    """One language's part of ``structures.toml``, for one grammar: the role of each node kind, and
    the rules that find all of them at once, all comments and strings of several lines, all that
    compares, and the strings with words that branch."""

    roles: Mapping[str, str]
    operators: Mapping[str, Mapping[str, str]]
    found: Rule
    texts: Rule
    comparisons: Rule | None
    branching: Rule
    strings: frozenset[str]
    with_else: Rule | None
    bodies: frozenset[str]
    labelled: frozenset[str]
    calls: frozenset[str]
    parameters: Parameters
    nested: bool = True  # lizard lists its functions in functions
    macros: bool = False  # which make any text anything
    separator: str = "::"
    unknown: frozenset[str] = field(default=frozenset(), compare=False)


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = (resources.files("collectors.languages") / "structures.toml").read_text("utf-8")
    data: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {name: data.get(part.get("like", ""), {}) | part for name, part in data.items()}


@cache
def structures(language: str, grammar: str) -> Structures:
    """The structures of a language of ours, as far as the grammar has them: C's, beside C++'s,
    knows no lambdas."""
    part = _data()[language]
    known = _Known(grammar)
    rules, roles = list[Rule](), dict[str, str]()
    for role in ROLES:
        for entry in part.get(role, ()):
            rule = {"kind": entry} if isinstance(entry, str) else _conditioned(entry)
            if known(rule["kind"]):
                rules.append(rule)
                roles[rule["kind"]] = role
    operators = {kind: ops for kind, ops in part.get("operators", {}).items() if known(kind)}
    for kind, signs in operators.items():
        rules.append({"kind": kind, "has": {"regex": _one_of(signs)}})
        roles[kind] = "operators"
    comments = [{"kind": kind} for kind in part["comments"] if known(kind)]
    long = LONG_PYTHON if language == "python" else r"\n"
    strings = [{"kind": kind, "regex": long} for kind in part["strings"] if known(kind)]
    compared = [
        {"kind": kind} | ({"has": {"regex": _one_of(signs)}} if signs else {})
        for kind, signs in part.get("comparisons", {}).items()
        if known(kind)
    ]
    ifs = [{"kind": kind} for kind in part["ifs"] if part.get("else") and known(kind)]
    lists = part.get("parameters", {})
    return Structures(
        roles=roles,
        operators=operators,
        found={"rule": {"any": [*rules, {"kind": "ERROR"}]}},
        texts={"rule": {"any": [*comments, *strings]}},
        comparisons={"rule": {"any": compared}} if compared else None,
        branching={"rule": {"any": [each | {"regex": BRANCHING} for each in strings]}},
        strings=frozenset(part["strings"]),
        with_else={"rule": {"any": ifs, "has": {"regex": "^else$"}}} if ifs else None,
        bodies=frozenset(part.get("bodies", ())),
        labelled=frozenset(part.get("labelled", ())),
        calls=frozenset(part["calls"]),
        parameters=Parameters(
            lists=frozenset(lists.get("lists", ())),
            only=frozenset(lists.get("only", ())),
            not_=frozenset(lists.get("not", ())),
            names=lists.get("names", ""),
        ),
        nested=part.get("nested", True),
        macros="macros" in part,
        separator=part.get("separator", "::"),
        unknown=frozenset(known.missing),
    )


def _conditioned(entry: Mapping[str, str]) -> Rule:
    rule: Rule = {"kind": entry["kind"]}
    if "child" in entry:
        rule["has"] = {"regex": f"^(?:{entry['child']})$"}
    if "child_kind" in entry:
        rule["has"] = {"kind": entry["child_kind"]}
    if "parent" in entry:
        rule["inside"] = {"any": [{"kind": kind} for kind in entry["parent"].split()]}
    return rule


def _one_of(signs: Sequence[str] | Mapping[str, str]) -> str:
    # not what stands for itself: a backslash gives < and > a meaning
    quoted = ("".join(f"\\{c}" if c in "+*?.|" else c for c in sign) for sign in signs)
    return f"^(?:{'|'.join(quoted)})$"


class _Known:
    """Whether a grammar has a kind of node; ``missing``: those it was asked for and has not."""

    def __init__(self, grammar: str) -> None:
        from ast_grep_py import SgRoot

        self._root = SgRoot("", grammar).root()
        self.missing: set[str] = set()

    def __call__(self, kind: str) -> bool:
        try:
            self._root.find(kind=kind)
        except RuntimeError:
            self.missing.add(kind)
            return False
        return True
