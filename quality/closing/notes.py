"""Credit notes and notices against what is closed: a note corrects a closed period, in an open one,
and a notice is about an open one.

A note that could appear in no statement is refused before anybody counts on it. One that a closing
has seen, and that did not count then, stays as it is: the record says why.
"""

from collections.abc import Iterator, Mapping

from quality.closing.records import Closed
from quality.contract.amendments import Family
from quality.contract.ledger.ledger import ledger_path
from quality.contract.ledger.notices import Dispute, PeriodNotice, Settlement
from quality.contract.stated import problem_at
from quality.contract.text.problem import ContractError, Problem


def booked(family: Family, closed: Mapping[str, Closed]) -> None:
    """Raise where a note of the ledger corrects what is not closed, or is booked in what is, or a
    notice comes after the closing (ContractError with every place)."""
    if found := tuple(_misbooked(family, closed)):
        raise ContractError(found)


def _misbooked(family: Family, closed: Mapping[str, Closed]) -> Iterator[Problem]:
    path = ledger_path(family.base.path)
    for note in family.ledger.notes:
        key, text = "", ""
        into = closed.get(note.period)
        if into and note.id not in dict(into.entries):
            day = into.record.closed_at.date()
            key, text = "period", f"{note.period} was closed on {day}: book it in an open period"
        elif note.corrects not in closed:
            key, text = (
                "corrects",
                (f"{note.corrects} is not closed: dispute it, or correct it after its closing"),
            )
        if key:
            yield problem_at(path, f"entries[{note.id}].{key}", text)
    yield from _too_late(family, closed)


def _too_late(family: Family, closed: Mapping[str, Closed]) -> Iterator[Problem]:
    """Notices about a period that its closing has not seen."""
    path, ledger = ledger_path(family.base.path), family.ledger
    disputed = {each.id: each.period for each in ledger.of(Dispute)}
    late = [(each.id, "period", each.period) for each in ledger.of(PeriodNotice)]
    late += [(each.id, "settles", disputed[each.settles]) for each in ledger.of(Settlement)]
    for name, key, period in late:
        into = closed.get(period)
        if into and name not in dict(into.entries):
            day = into.record.closed_at.date()
            text = f"{period} was closed on {day}: correct it by a credit note"
            yield problem_at(path, f"entries[{name}].{key}", text)
