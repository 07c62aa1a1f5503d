"""A contract and its amendments: which of them judges a period.

An amendment is a complete contract file with ``amends`` (the id of the contract, or of an
earlier amendment) and ``effective``, its first day. A period is judged by the contract that is in
force on the period's first day: terms never change within a period, charges that are divided by
days apart. Who agreed, the first day, the calendar and its time zone stay as they were, for periods
must not shift, and so does the currency; all else may change, ``ends`` included: the term ends with
the newest amendment's.

Amendments are named on the command line, or lie beside the contract: ``acme.contract.yaml`` is
amended by every ``acme.amendment-*.contract.yaml``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar

from quality.contract.contract import Contract
from quality.contract.file import load_contract, places
from quality.contract.ledger.file import load_ledger
from quality.contract.ledger.ledger import EMPTY, Ledger, stem
from quality.contract.text.problem import ContractError, Problem, problem
from quality.model.verdict import Period

T = TypeVar("T")
Loaded = TypeVar("Loaded")
FIXED = ("customer", "supplier", "starts", "period", "timezone")  # an amendment keeps these


@dataclass(frozen=True, slots=True)
class Family:
    """A contract (the first of ``contracts``) with its amendments by their first day, and the one
    ledger of all. Its term is what periods are cut to. ``peers``: the other contracts of its
    framework; None: nobody has looked for them (see ``frameworks``)."""

    contracts: tuple[Contract, ...]
    ledger: Ledger = EMPTY
    peers: "tuple[Family, ...] | None" = None

    @property
    def base(self) -> Contract:
        """The contract that the others amend."""
        return self.contracts[0]

    @property
    def starts(self) -> date:
        """The first day of the term."""
        return self.base.starts

    @property
    def ends(self) -> date:
        """The last day of the term, as amended."""
        return self.contracts[-1].ends

    @property
    def period(self) -> Literal["quarter", "month"]:
        """How often it is judged."""
        return self.base.period

    def in_force(self, period: Period) -> Contract:
        """The contract that judges a period: the one in force on its first day."""
        return in_force(self.contracts, period)


def in_force(contracts: Sequence[Contract], period: Period) -> Contract:
    """The last of ``contracts`` (a contract, then its amendments by their first day) in force when
    the period begins."""
    later = [c for c in contracts[1:] if c.effective and c.effective <= period.start]
    return later[-1] if later else contracts[0]


def load_families(paths: Sequence[Path]) -> list[Family]:
    """The contracts of some files, each with its amendments and its ledger (ContractError with the
    problems of all of them)."""
    families = _families(_all(load_contract, _with_amendments(paths)))
    return _all(lambda family: Family(family, load_ledger(family)), families)


def _all(load: Callable[[T], Loaded], sources: Iterable[T]) -> list[Loaded]:
    """What each of some sources holds (ContractError with the problems of all)."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for each in sources:
        try:
            loaded.append(load(each))
        except ContractError as error:
            problems += error.problems
    if problems:
        raise ContractError(tuple(problems))
    return loaded


def _with_amendments(paths: Sequence[Path]) -> list[Path]:
    """The files and the amendments beside them, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        found.setdefault(path.absolute(), path)
        name = stem(path)
        if path.name != f"{name}.contract.yaml" or ".amendment-" in name:
            continue
        for other in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
            after = other.name.removeprefix(f"{name}.amendment-")
            if after != other.name and after.endswith(".contract.yaml"):
                found.setdefault(other.absolute(), other)
    return list(found.values())


def _families(contracts: Sequence[Contract]) -> list[tuple[Contract, ...]]:
    """Contracts grouped by what they amend, in the order of the contracts that amend none."""
    by_id: dict[str, Contract] = {}
    problems: list[Problem] = []
    for contract in contracts:
        if contract.id in by_id:
            other = by_id[contract.id].path
            text = f"contract {contract.id} is also {other}: give each an id of its own"
            problems.append(_problem(contract, "id", text))
        by_id.setdefault(contract.id, contract)
    members: dict[str, list[Contract]] = {c.id: [c] for c in contracts if not c.amends}
    for contract in contracts:
        if contract.amends:
            root, why = _root(contract, by_id)
            if why:
                problems.append(_problem(contract, "amends", why))
            else:
                members[root].append(contract)
    families = []
    for base, *amendments in members.values():
        ordered = sorted(amendments, key=lambda c: (c.effective or c.starts, c.id))
        problems += _misfits(base, ordered)
        families.append((base, *ordered))
    if problems:
        raise ContractError(tuple(problems))
    return families


def _root(contract: Contract, by_id: dict[str, Contract]) -> tuple[str, str]:
    """The id of the contract at the bottom of a chain of amendments, or why there is none."""
    seen = [contract.id]
    while contract.amends:
        if contract.amends in seen:
            return "", f"goes round in a circle: {' amends '.join([*seen, contract.amends])}"
        if contract.amends not in by_id:
            return "", f"{contract.amends} is not one of the contracts given: name its file too"
        contract = by_id[contract.amends]
        seen.append(contract.id)
    return contract.id, ""


def _misfits(base: Contract, amendments: Sequence[Contract]) -> Iterable[Problem]:
    days: dict[date, Contract] = {}
    priced = [each for each in (base, *amendments) if each.charges]
    for first, other in pairwise(priced):
        before, after = (each.charges.currency for each in (first, other) if each.charges)
        if before != after:
            text = f"must stay {before}, as in {first.id}: earlier amounts are in that currency"
            yield _problem(other, "currency", text, "charges")
    for amendment in amendments:
        for key in FIXED:
            before, after = getattr(base, key), getattr(amendment, key)
            if before != after:
                text = f"must stay {before}, as in {base.id}: this needs a contract of its own"
                yield _problem(amendment, key, text)
        effective = amendment.effective or base.starts
        if effective < base.starts:
            text = f"{effective} lies before the start of {base.id}, {base.starts}"
            yield _problem(amendment, "effective", text)
        if effective in days:
            text = f"{effective} is also the first day of {days[effective].id}: join the two"
            yield _problem(amendment, "effective", text)
        days[effective] = amendment


def _problem(contract: Contract, key: str, message: str, section: str = "contract") -> Problem:
    """A problem at a key of the contract's head, or of another section."""
    where = (section, key)
    return problem(contract.path, where, places(contract.path)(where), message)
