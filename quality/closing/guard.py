"""The one door to closed periods: do they still stand as they were closed?"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from quality.closing.journal import bounds, kept, read_journal, remember, unseen
from quality.closing.notes import booked
from quality.closing.reach import held, not_renamed, whole_framework
from quality.closing.records import Closed, read_closed, read_files
from quality.contract.amendments import Family
from quality.contract.ledger.notices import Notice
from quality.contract.periods import today_in
from quality.store.database import Store
from quality.verdicts.request import Request


def guarded(
    store: Store | None,
    family: Family,
    given: Collection[str],
    today: date | None,
    judged: str = "",
) -> dict[str, Closed]:
    """The closed periods of a contract, by the period's name. ``store``: None reads the files of
    the records alone; ``given``: the ids of all contracts at hand; ``judged``: the period that is
    asked for.

    ContractError, with places: the contract was renamed, what closed periods rest on was edited, a
    contract of its framework is gone, a credit note has no place, or the ledger no longer says what
    its journal holds. MeasureError: a record or the journal is not as it was.
    """
    not_renamed(family, store, given)
    base = family.base
    closed = read_closed(store, base, today) if store else read_files(base, today)
    held(family, closed, judged)
    whole_framework(family, store, closed)
    _in_ledger(store, family, closed)
    return closed


def _in_ledger(store: Store | None, family: Family, closed: dict[str, Closed]) -> tuple[str, ...]:
    """The journal, which the ledger and the records agree with."""
    booked(family, closed)
    journal = read_journal(store, family.base)
    kept(journal, family, closed)
    return journal


def all_guarded(store: Store, requests: Sequence[Request]) -> list[dict[str, Closed]]:
    """The closed periods behind each request; those of a contract are read once for all of its
    requests (errors as ``guarded``)."""
    given = {request.base.id for request in requests}
    known: dict[str, dict[str, Closed]] = {}
    for request in requests:
        name, family, judged = request.base.id, request.family, request.period.id
        if name in known:
            held(family, known[name], judged)
        else:
            known[name] = guarded(store, family, given, request.today, judged)
    return [known[request.base.id] for request in requests]


def bounded(store: Store, requests: Sequence[Request]) -> list[Request]:
    """The requests with what the journals say of their notices: none is older than a reading of the
    ledger that did not find it."""
    families: dict[str, Family] = {}
    for request in requests:
        if request.base.id not in families:
            families[request.base.id] = _bounded(store, request.family)
    return [replace(request, family=families[request.base.id]) for request in requests]


def _bounded(store: Store, family: Family) -> Family:
    if not family.ledger.of(Notice):
        return family
    found = bounds(read_journal(store, family.base), family)
    return replace(family, ledger=replace(family.ledger, bounds=found))


def is_news(store: Store, family: Family) -> bool:
    """Whether the ledger or the records say what the journal does not hold yet."""
    records = {row.period: row.digest for row in store.frozen(family.base.id)}
    return bool(unseen(read_journal(store, family.base), family, records))


def witness(store: Store, family: Family, now: datetime) -> None:
    """Write into the journal what is new, unless the ledger is refused (errors as ``guarded``)."""
    closed = read_closed(store, family.base, today_in(family.base.timezone, now))
    remember(store, family, closed, _in_ledger(store, family, closed), now)
