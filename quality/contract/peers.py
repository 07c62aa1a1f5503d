"""The other contracts of a framework: found in one folder, and all saying the same of it.

The folder decides, and not what a command line names: otherwise a cap would be shared by other
contracts each time. What names a framework and cannot be read, or says something else of it, is an
error: its part of the cap would be taken for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

from quality.contract.amendments import Family, load_families
from quality.contract.contract import Contract
from quality.contract.file import decoded, places, read_bytes
from quality.contract.text.people import whose
from quality.contract.text.problem import ContractError, Problem, problem
from quality.contract.text.yaml import read_yaml
from quality.files import WORKSPACE
from quality.model.amounts import plain

_DAY = timedelta(days=1)
_NO_CONTRACTS = (".events.yaml", ".events.yml")  # what lies beside one
_SUPPLIER = "contract.supplier"
_WHY = {"id": "one framework has one spelling", _SUPPLIER: "a framework has one supplier"}


def with_peers(families: Sequence[Family]) -> list[Family]:
    """The families with the other contracts of their frameworks (ContractError: one of them cannot
    be read, stands twice, lies elsewhere, or says otherwise what the framework is)."""
    names = {name for family in families for name in _names(family)}
    if not names:
        return [replace(each, peers=()) for each in families]
    every = [*families, *_beside(families, names)]
    problems = [*_twice(every, names), *_elsewhere(families), *_different(every)]
    if problems:
        raise ContractError(tuple(dict.fromkeys(problems)))
    return [
        replace(family, peers=tuple(
            sorted((other for other in every if other is not family
                    and _names(other) & _names(family)), key=lambda each: each.base.id)
        ))
        for family in families
    ]  # fmt: skip


def _names(family: Family) -> set[str]:
    """The frameworks of a contract and its amendments; no case makes another one."""
    return {each.framework.id.casefold() for each in family.contracts if each.framework}


def _beside(families: Sequence[Family], names: set[str]) -> list[Family]:
    """The contracts in the folders of those that have a framework, and that name it too."""
    known = {_where(each.path) for family in families for each in family.contracts}
    folders = {_where(each.base.path).parent for each in families if _names(each)}
    found = []
    for folder in sorted(folders):
        files = [each for each in sorted(folder.iterdir()) if _may_be_contract(each)]
        heads = {each: _head(each, names) for each in files if each not in known}
        amended = {head.amends for head in heads.values() if head.named and head.amends}
        found += [
            path
            for path, head in heads.items()
            if not head.amends and (head.named or head.id in amended)
        ]
    return [each for each in load_families(found) if _names(each) & names] if found else []


@dataclass(frozen=True, slots=True)
class _Head:
    id: str = ""
    amends: str = ""
    named: bool = False  # it names one of the frameworks


def _may_be_contract(path: Path) -> bool:
    other = path.name == WORKSPACE or path.name.endswith(_NO_CONTRACTS)
    return path.suffix in {".yaml", ".yml"} and path.is_file() and not other


def _head(path: Path, names: set[str]) -> _Head:
    """What a file is, before it is checked. One that cannot be read and has a framework's name in
    it counts as its contract: loading it says what is wrong."""
    content = read_bytes(path)
    try:
        document = read_yaml(decoded(content, path))
    except ContractError:
        document = None
    if document is None or not document.readable:
        text = content.decode("utf-8", "replace").casefold()
        return _Head(named=any(name in text for name in names))
    data = document.data if isinstance(document.data, dict) else {}
    head, framework = data.get("contract"), data.get("framework")
    head = head if isinstance(head, dict) else {}
    name = framework.get("id") if isinstance(framework, dict) else framework
    named = str(name).casefold() in names
    return _Head(str(head.get("id") or ""), str(head.get("amends") or ""), named)


def _where(path: Path) -> Path:
    return path.parent.resolve() / path.name


def _twice(families: Sequence[Family], names: set[str]) -> Iterator[Problem]:
    """Two files of one contract, such as a copy: its credits would count twice."""
    of_framework = [each.base for each in families if _names(each) & names]
    for one, other in combinations(of_framework, 2):
        if one.id == other.id:
            text = f"contract {one.id} is also {one.path}: give each an id of its own, or move "
            at = ("contract", "id")
            text = f"{text}the copy out of the folder"
            yield problem(other.path, at, places(other.path)(at), text)


def _elsewhere(families: Sequence[Family]) -> Iterator[Problem]:
    """Contracts of one framework in two folders."""
    for one, other in combinations(families, 2):
        folders = [_where(each.base.path).parent for each in (one, other)]
        if _names(one) & _names(other) and folders[0] != folders[1]:
            text = f"{one.base.path} names it too: the contracts of a framework lie in one folder"
            yield _at(other.base, "id", text)


def _different(families: Sequence[Family]) -> Iterator[Problem]:
    """Two contracts that are in force on one day and do not say the same of one framework, or that
    spell it differently on any days: what one took of its cap would not count for the other."""
    spans = [each for family in families for each in _in_force(family)]
    for (one, *mine), (other, *theirs) in combinations(spans, 2):
        ours, same = _said(one), _said(other)
        if not ours or not same or ours["id"].casefold() != same["id"].casefold():
            continue
        together = max(mine[0], theirs[0]) <= min(mine[1], theirs[1])
        for key, text in ours.items() if together else [("id", ours["id"])]:
            if text != same[key] and not (key == _SUPPLIER and whose(text) == whose(same[key])):
                why = _WHY.get(key, "the contracts of a framework share one cap")
                yield _at(other, key, f"must be {text}, as in {_stands(one, key)}: {why}")


def _said(contract: Contract) -> dict[str, str]:
    """What a contract says of its framework, by key; nothing: it has none."""
    terms, charges = contract.framework, contract.charges
    if terms is None or charges is None:
        return {}
    return {
        "id": terms.id,
        "cap": plain(terms.cap),
        "per": terms.per,
        "starts": str(terms.starts),
        "charges.currency": charges.currency,
        _SUPPLIER: contract.supplier,
    }


def _in_force(family: Family) -> Iterator[tuple[Contract, date, date]]:
    """Each contract and amendment with its first and last day."""
    begins = [each.effective or family.starts for each in family.contracts]
    for contract, (first, after) in zip(
        family.contracts, pairwise([*begins, family.ends + _DAY]), strict=True
    ):
        yield contract, first, after - _DAY


def _at(contract: Contract, key: str, text: str) -> Problem:
    at = _place(key)
    return problem(contract.path, at, places(contract.path)(at), text)


def _stands(contract: Contract, key: str) -> str:
    place = places(contract.path)(_place(key))
    return f"{contract.path}:{place.line}:{place.column}"


def _place(key: str) -> tuple[str, ...]:
    return tuple(key.split(".")) if "." in key else ("framework", key)
