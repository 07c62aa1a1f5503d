"""Whether a contract still says what its closed periods rest on.

A file can be edited after a closing, and an edit of its calendar or its id would let closed days be
judged, and charged, a second time. So every record holds what the contract said, and what differs
is named with its place. Changes are amendments: files of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from quality.closing.records import Closed, closed_folder
from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.ledger.ledger import ENDINGS
from quality.contract.periods import periods
from quality.contract.stated import changes, problem_at
from quality.contract.text.people import whose
from quality.contract.text.problem import ContractError, Problem
from quality.contract.text.yaml import read_yaml
from quality.errors import UsageError
from quality.store.closings import Elsewhere, closed_elsewhere, recorded_in
from quality.store.database import Store

CALENDAR = ("id", "customer", "supplier", "starts", "ends", "period", "timezone")
_AMEND = "what a closed period rests on changes by an amendment only"


def held(family: Family, closed: Mapping[str, Closed], judged: str = "") -> None:
    """Raise where a closed period is no longer one of the contract's, or rests on what the file no
    longer says (ContractError with every place). Of the period ``judged``, if that is closed, only
    the calendar is asked for: it stands as it was frozen, and the differences are shown."""
    found = list(_unreached(family, closed))
    edited = list(_edited(family, closed, calendar_only=judged in closed))
    if found or edited:
        raise ContractError(tuple(dict.fromkeys(edited or found)))


def _unreached(family: Family, closed: Mapping[str, Closed]) -> Iterator[Problem]:
    """The closed periods that the calendar of the contract has no more."""
    known = {each.id: (each.start, each.end) for each in periods(family, date.max)}
    for each in closed.values():
        period, day = each.evaluation.period, each.record.closed_at.date()
        if known.get(period.id) == (period.start, period.end):
            continue
        if ("Q" in period.id) != (family.period == "quarter"):
            key = "period"
        else:
            key = "starts" if period.start < family.starts else "ends"
        text = (
            f"{period.id} ({period.start} to {period.end}), closed on {day} by "
            f"{each.record.closed_by}, is not a period of {family.base.id} any more: restore it, "
            f"for {_AMEND}"
        )
        last = family.contracts[-1] if key == "ends" else family.base
        yield problem_at(last.path, f"contract.{key}", text)


def _edited(family: Family, closed: Mapping[str, Closed], calendar_only: bool) -> Iterator[Problem]:
    """What the contracts that judged closed periods no longer say as they did then."""
    now = {each.id: each for each in family.contracts}
    rests: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)  # the periods on an edit
    for each in closed.values():
        period, judged_by = each.evaluation.period.id, each.evaluation.amendment or family.base.id
        if judged_by not in now:
            text = f"{period} was closed under amendment {judged_by}, which is not here: restore it"
            yield problem_at(family.base.path, "contract.id", text)
            continue
        judges = family.in_force(each.evaluation.period)
        if judges.id != judged_by and not calendar_only:
            yield _begins_too_early(judges, each, judged_by)
        elif each.stated:
            for key, before, after in changes(each.stated, now[judged_by].stated):
                if not calendar_only or key.removeprefix("contract.") in CALENDAR:
                    rests[judged_by, key, before, after].append(period)
    for (judged_by, key, before, after), periods_ in rests.items():
        when = f"when {', '.join(periods_)} {'was' if len(periods_) == 1 else 'were'} closed"
        text = f"was {before!a} {when}, and is {after!a}: restore it, for {_AMEND}"
        yield problem_at(now[judged_by].path, key, text)


def _begins_too_early(amendment: Contract, closed: Closed, judged_by: str) -> Problem:
    """An amendment that reaches back into a closed period."""
    period, day = closed.evaluation.period, closed.record.closed_at.date()
    text = (
        f"{amendment.id} would judge {period.id}, closed on {day} under {judged_by}: let it begin "
        f"after {period.end}, and correct what is closed by a credit note"
    )
    return problem_at(amendment.path, "contract.effective", text)


def not_renamed(family: Family, store: Store | None, given: Collection[str]) -> None:
    """Raise where closed periods between the same parties overlap the term and belong to no
    contract any more: neither to one of those ``given`` nor to a file beside (ContractError). A
    renamed contract, or one whose file was renamed, would judge their days again."""
    folder = family.base.path.absolute().parent
    mine = closed_folder(family.base.path).name
    found = _orphans(family)
    if store is not None:
        found += closed_elsewhere(store, {family.base.id, *given})
    lost = [each for each in found if _same_parties(family, each) and _overlaps(family, each)]
    problems = []
    for each in lost:
        if each.contract == family.base.id:
            text = f"{each} is recorded in {each.place}: the folder of its records is {mine}"
        elif each.contract in given or contract_beside(folder, each.contract):
            continue
        else:
            text = (
                f"{family.base.id} would judge days that are closed: {each}, between the same "
                f"parties, in {each.place}; no contract here has that id: restore it"
            )
        problems.append(problem_at(family.base.path, "contract.id", text))
    if problems:
        raise ContractError(tuple(dict.fromkeys(problems)))


def _orphans(family: Family) -> list[Elsewhere]:
    """What is recorded in the contract's folder beside no contract."""
    folder, mine = family.base.path.absolute().parent, closed_folder(family.base.path).name
    others = (each for each in sorted(folder.glob("*.closed")) if each.name != mine)
    return [each for other in others if not _has_contract(other) for each in recorded_in(other)]


def whole_framework(family: Family, store: Store | None, closed: Mapping[str, Closed]) -> None:
    """Raise where a contract that has closed periods under the framework of this one is not beside
    it (ContractError): its part of the cap would be taken for nothing."""
    names = {each.framework.id.casefold() for each in family.contracts if each.framework}
    if family.peers is None or not names:
        return
    here = {family.base.id, *(each.base.id for each in family.peers)}
    found = _orphans(family) + (closed_elsewhere(store, here) if store else [])
    lost = {each.contract: str(each) for each in found
            if (each.framework or "").casefold() in names}  # fmt: skip
    for each in closed.values():
        bill = each.evaluation.credits
        for draw in bill.framework.draws if bill and bill.framework else ():
            lost.setdefault(draw.contract, f"{draw.period} of {draw.contract}")
    missing = [text for name, text in lost.items() if name not in here]
    if missing:
        text = f"{missing[0]}, has a part of its cap, and no contract of that id lies beside this "
        text = f"{text}one: restore it"
        raise ContractError((problem_at(family.base.path, "framework.id", text),))


def not_closed_twice(family: Family, store: Store, starts: date, ends: date) -> None:
    """Raise where the days of a period, an indicator and a repository of its contract were already
    closed under another contract between the same parties (UsageError)."""
    for each in closed_elsewhere(store, {family.base.id}):
        contract = family.contracts[-1]
        indicators = {level.indicator.id for level in contract.service_levels}
        repositories = {repository.name for repository in contract.repositories}
        if (
            _same_parties(family, each)
            and each.starts <= ends
            and each.ends >= starts
            and indicators & {*each.indicators}
            and repositories & {*each.repositories}
        ):
            raise UsageError(f"{family.base.id} would close days twice: {each}, overlaps them")


def _same_parties(family: Family, each: Elsewhere) -> bool:
    mine, other = (family.base.customer, family.base.supplier), (each.customer, each.supplier)
    return [whose(name) for name in mine] == [whose(name) for name in other]


def _overlaps(family: Family, each: Elsewhere) -> bool:
    return each.starts <= family.ends and each.ends >= family.starts


def _has_contract(records: Path) -> bool:
    """Whether the contract of a folder of records lies beside it."""
    name = records.name.removesuffix(".closed")
    return any(records.with_name(f"{name}{ending}").is_file() for ending in ENDINGS)


def contract_beside(folder: Path, contract: str) -> Path | None:
    """The contract file of an id in a folder; None: there is none."""
    for path in sorted({*folder.glob("*.yaml"), *folder.glob("*.yml")}):
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        if contract in text:
            data = read_yaml(text).data
            head = data.get("contract") if isinstance(data, dict) else None
            if isinstance(head, dict) and head.get("id") == contract:
                return path
    return None
