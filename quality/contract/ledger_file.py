"""Reading a ledger file: bytes to a ``Ledger``, or every problem in it at once, by its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from quality.catalogue.recipes import load_recipe
from quality.contract import values
from quality.contract.contract import Contract, ContractError, Problem
from quality.contract.file import decoded, read_bytes
from quality.contract.ledger import FORMAT, Approval, Approvals, Cause, Entry, Ledger, Note
from quality.contract.problems import Found, empty_values, plain, problem
from quality.contract.section import Day, Identifier, Prose, Section, Text
from quality.contract.values import closest, shown, wrong
from quality.contract.yaml import Document, Location, Place, read_yaml

Patterns = tuple[Annotated[str, AfterValidator(values.pattern)], ...]
_LARGEST = Decimal(1_000_000_000_000)


def _ids(value: object) -> tuple[str, ...]:
    """``all``, or a list of ids; all is () from here on."""
    if value == "all":
        return ()
    if not isinstance(value, tuple) or not value or not all(isinstance(v, str) for v in value):
        raise wrong("must be the word all, or a list of ids such as [TQ-1, TQ-2]")
    return tuple(values.identifier(each) for each in value)


def _amount(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise wrong("must be an amount such as 2400.00 or -150, without a currency")
    exact = Decimal(value)
    places = exact.as_tuple().exponent
    if not exact.is_finite() or abs(exact) > _LARGEST or (isinstance(places, int) and places < -4):
        raise wrong("must be an amount with at most 4 decimals")
    if exact == 0:
        raise wrong("is 0: a credit note corrects something")
    return exact


def _period(text: str) -> str:
    from quality.contract.periods import calendar_days
    from quality.errors import UsageError

    try:
        calendar_days(text)
    except UsageError:
        raise wrong(
            f"{shown(text)} is no period: write 2026-Q1 for a quarter or 2026-01 for a month"
        ) from None
    return text.upper()


Ids = Annotated[tuple[str, ...], BeforeValidator(_ids)]
PeriodName = Annotated[str, AfterValidator(_period)]


class Signature(Section):
    """Who approved an entry for a party, and on which day."""

    name: Text
    date: Day


class Signatures(Section):
    """The approvals; an entry counts only with both."""

    customer: Signature | None = None
    supplier: Signature | None = None


class _Signed(Section):
    id: Identifier
    kind: str
    reason: Prose
    evidence: Prose | None = None
    raised_by: Literal["customer", "supplier"]
    approved_by: Signatures = Signatures()


class EventEntry(_Signed):
    """An event that the supplier does not answer for."""

    cause: Cause
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    service_levels: Ids
    repositories: Ids = ()
    paths: Patterns = ()
    defects: tuple[Text, ...] = ()

    @field_validator("cause", mode="before")
    @classmethod
    def _of_somebody_else(cls, cause: object) -> object:
        if cause == "supplier":
            raise wrong("the supplier's own acts excuse nothing: no such cause is possible")
        return cause

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: date, info: ValidationInfo) -> date:
        return _ordered(info.data.get("start"), end)


class DebtEntry(_Signed):
    """A shortcoming that both parties accept until a day."""

    start: Day | None = Field(None, alias="from")
    end: Day = Field(alias="until")
    service_levels: Ids = ()
    repositories: Ids = ()
    paths: Patterns = Field(min_length=1)
    rule: str | None = None
    function: Text | None = None

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: date, info: ValidationInfo) -> date:
        return _ordered(info.data.get("start"), end)

    @field_validator("rule")
    @classmethod
    def _of_the_recipe(cls, rule: str | None, info: ValidationInfo) -> str | None:
        if rule in {"errors", "warnings"}:
            raise wrong("must be one rule, such as W0612: accept each debt by itself")
        return values.recipe_rule(rule, info) if rule else rule

    @field_validator("function")
    @classmethod
    def _instead_of_a_rule(cls, function: str | None, info: ValidationInfo) -> str | None:
        if function and info.data.get("rule"):
            raise wrong("stands beside rule: accept one of the two in an entry of its own")
        return function


class NoteEntry(_Signed):
    """A correction of a closed period, booked in a later one."""

    corrects: PeriodName
    period: PeriodName
    amount: Annotated[Decimal, BeforeValidator(_amount)]

    @field_validator("period")
    @classmethod
    def _later(cls, period: str, info: ValidationInfo) -> str:
        corrects = info.data.get("corrects")
        if corrects and ("Q" in corrects) == ("Q" in period) and period <= corrects:
            raise wrong(f"{period} must come after {corrects}, the period that it corrects")
        return period


class LedgerFile(Section):
    """A ledger as a whole; its entries are checked one by one."""

    format: Literal["workmanship.events/1"]
    contract: Identifier
    entries: tuple[Any, ...] = ()


KINDS: dict[str, type[_Signed]] = {
    "excused_event": EventEntry,
    "accepted_debt": DebtEntry,
    "credit_note": NoteEntry,
}


def read_ledger(path: Path, contracts: Sequence[Contract]) -> Ledger:
    """Read and check a ledger of a contract and its amendments (ContractError)."""
    document = read_yaml(decoded(read_bytes(path), path))
    found: list[Found] = [(t.location, t.place, t.message) for t in document.troubles]
    models: list[_Signed] = []
    if not any(location == () for location, _, _ in found):
        if not isinstance(document.data, dict):
            raise ContractError((problem(path, (), Place(1, 1), _NOTHING),))
        found += _head(document, contracts)
        entries = document.data.get("entries")
        for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
            checked = _entry(document, number, entry, contracts)
            found += checked if isinstance(checked, list) else []
            models += [checked] if isinstance(checked, _Signed) else []
        found += empty_values(document, found)
        found += _twice(document)
    if found:
        problems: set[Problem] = {problem(path, *each) for each in found}
        raise ContractError(tuple(sorted(problems, key=lambda p: (p.line, p.column, p.key))))
    return _ledger(models)


_NOTHING = f"holds no keys: a ledger begins with `format: {FORMAT}`"


def _head(document: Document, contracts: Sequence[Contract]) -> Iterator[Found]:
    try:
        head = LedgerFile.model_validate(document.data)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            if each["type"] == "literal_error":
                location: Location = each["loc"]
                text = f"must be {FORMAT}: this release reads no other format"
                yield location, document.place(location), text
            else:
                yield from _translated([dict(each)], LedgerFile, document, ())
        return
    if head.contract != contracts[0].id:
        place = document.place(("contract",))
        text = f"must be {contracts[0].id}, the contract beside which the ledger lies"
        yield ("contract",), place, text


def _entry(
    document: Document, number: int, entry: object, contracts: Sequence[Contract]
) -> _Signed | list[Found]:
    """The entry's model, or what is wrong with it."""
    at: Location = ("entries", number)
    if not isinstance(entry, dict):
        text = "must be a group of keys (lines such as `id: ...`)"
        return [(at, document.place(at), text)]
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        if "kind" in entry and kind is None:
            return []  # said where empty values are
        near = closest(kind, KINDS) if isinstance(kind, str) else None
        hint = f"did you mean {near}?" if near else f"use {', '.join(KINDS)}"
        text = f"{shown(kind)} is no known kind; {hint}" if isinstance(kind, str) else hint
        if "kind" not in entry:
            text = f"is missing: {hint}"
        where = (*at, "kind")
        return [(where, document.place(where), text)]
    recipe = load_recipe(contracts[-1].recipe)
    try:
        model = KINDS[kind].model_validate(entry, context={"recipe": recipe})
    except ValidationError as error:
        errors = [dict(each) for each in error.errors(include_url=False)]
        return list(_translated(errors, KINDS[kind], document, at))
    return list(_strangers(model, document, at, contracts)) or model


def _translated(
    errors: Sequence[dict[str, Any]], model: type[BaseModel], document: Document, at: Location
) -> Iterator[Found]:
    for each in errors:
        location = (*at, *each["loc"])
        if each["type"] == "extra_forbidden":
            known = _keys(model, each["loc"][:-1])
            near = closest(str(each["loc"][-1]), known)
            hint = f"did you mean {near}?" if near else f"known are {', '.join(known)}"
            yield location, document.keys[location], f"is no known key here; {hint}"
        elif location not in document.values or each["input"] is not None:
            yield location, document.place(location), plain(each)  # type: ignore[arg-type]


def _keys(model: type[BaseModel], inside: tuple[str | int, ...]) -> list[str]:
    nested: dict[str, type[BaseModel]] = {
        "approved_by": Signatures, "customer": Signature, "supplier": Signature,
    }  # fmt: skip
    found = nested.get(str(inside[-1]), model) if inside else model
    return [field.alias or name for name, field in found.model_fields.items()]


def _strangers(
    model: _Signed, document: Document, at: Location, contracts: Sequence[Contract]
) -> Iterator[Found]:
    """Names in an entry that the contract and its amendments do not know."""
    if isinstance(model, NoteEntry):
        for key, name in (("corrects", model.corrects), ("period", model.period)):
            if ("Q" in name) != (contracts[0].period == "quarter"):
                text = f"{name} is no {contracts[0].period}, by which the contract is judged"
                yield (*at, key), document.place((*at, key)), text
        return
    assert isinstance(model, EventEntry | DebtEntry)  # noqa: S101  # there is no other kind
    levels = {level.id for contract in contracts for level in contract.service_levels}
    repositories = {each.name for contract in contracts for each in contract.repositories}
    for key, named, known, noun in (
        ("service_levels", model.service_levels, levels, "service level"),
        ("repositories", model.repositories, repositories, "repository"),
    ):
        for number, name in enumerate(named):
            if name not in known:
                where = (*at, key, number)
                near = closest(name, sorted(known))
                hint = f"did you mean {near}?" if near else f"it has {', '.join(sorted(known))}"
                text = f"{shown(name)} is no {noun} of the contract; {hint}"
                yield where, document.place(where), text


def _twice(document: Document) -> Iterator[Found]:
    assert isinstance(document.data, dict)  # noqa: S101  # asked before
    entries = document.data.get("entries")
    first: dict[str, int] = {}
    for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str):
            where = ("entries", number, "id")
            place = document.place(where)
            if name in first:
                text = f"the same id {shown(name)} stands on line {first[name]}: give each its own"
                yield where, place, text
            first.setdefault(name, place.line)


def _ordered(start: date | None, end: date) -> date:
    if start is not None and end < start:
        raise wrong(f"{end} lies before its first day, {start}: exchange or correct the two days")
    return end


# ---------------------------------------------------------------- what was read


def _ledger(models: Sequence[_Signed]) -> Ledger:
    entries, notes, digests = [], [], []
    for model in models:
        digest = _digest(model)
        digests.append((model.id, digest))
        if isinstance(model, NoteEntry):
            notes.append(_note(model, digest))
        elif isinstance(model, EventEntry | DebtEntry):
            entries.append(_excuse(model, digest))
    chain = ""
    for _, digest in digests:
        chain = hashlib.sha256(f"{chain}{digest}".encode()).hexdigest()
    return Ledger(tuple(entries), tuple(notes), tuple(digests), f"sha256:{chain}" if chain else "")


def _excuse(model: EventEntry | DebtEntry, digest: str) -> Entry:
    event = model if isinstance(model, EventEntry) else None
    debt = model if isinstance(model, DebtEntry) else None
    return Entry(
        id=model.id,
        kind="excused_event" if event else "accepted_debt",
        cause=event.cause if event else "",
        start=model.start,
        end=model.end,
        service_levels=model.service_levels,
        repositories=model.repositories,
        paths=model.paths,
        defects=event.defects if event else (),
        rule=(debt.rule or "") if debt else "",
        function=(debt.function or "") if debt else "",
        reason=model.reason,
        evidence=model.evidence or "",
        raised_by=model.raised_by,
        approvals=_approvals(model),
        digest=digest,
    )


def _note(model: NoteEntry, digest: str) -> Note:
    return Note(
        model.id, model.period, model.corrects, model.amount, model.reason, model.evidence or "",
        model.raised_by, _approvals(model), digest,
    )  # fmt: skip


def _approvals(model: _Signed) -> Approvals:
    def approval(signature: Signature | None) -> Approval | None:
        return Approval(signature.name, signature.date) if signature else None

    return Approvals(approval(model.approved_by.customer), approval(model.approved_by.supplier))


def _digest(model: _Signed) -> str:
    content = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
