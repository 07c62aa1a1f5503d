"""Records as they were known, and the windows in which they are judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from quality.contract.sections.calendars import Calendar
from quality.contract.sections.parties import Provider
from quality.contract.sections.support import Support
from quality.model.records import RecordKind
from quality.store.agreed_time import Hours, Operation
from quality.support.intervals import Stretch


@dataclass(frozen=True, slots=True)
class Cut:
    """A source as it was known at a batch: what came later is left out. ``number``: the source's,
    ``name``: in the contract; ``spoken``: the moment of which the batch speaks, in seconds since
    1970."""

    number: int
    name: str
    kind: RecordKind
    batch: int
    spoken: int


@dataclass(frozen=True, slots=True)
class Excusal:
    """What an entry of the ledger takes out: a record by its ``id``, or the time from ``begins`` to
    ``ends`` in seconds since 1970, of one ``service`` or (None) of all."""

    id: str | None
    service: str | None
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class View:
    """Records as they were known, read under the terms of a contract, less what is excused: all
    that an indicator's count depends on here beside the window. ``party``: the one of ``parties``
    whose part is counted, with what it owes in ``support``; "": from end to end."""

    cuts: tuple[Cut, ...]
    support: Support = field(hash=False)
    calendars: tuple[Calendar, ...] = field(default=(), hash=False)
    operation: Operation = field(default_factory=Operation)
    excused: tuple[Excusal, ...] = ()
    parties: tuple[Provider, ...] = field(default=(), hash=False)
    party: str = ""

    @property
    def standstill(self) -> tuple[Stretch, ...]:
        """The time in which no ticket's clock runs."""
        return tuple((each.begins, each.ends) for each in self.excused
                     if each.id is None and each.service is None)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that is judged, in seconds since 1970, half-open. ``hours``: of the
    service that is judged, where one is; ``relieving``: the same records read for each party whose
    failures are relief here."""

    view: View
    begins: int
    ends: int
    hours: tuple[Hours, ...] = field(default=(), hash=False)
    relieving: tuple[View, ...] = ()

    @property
    def pairs(self) -> set[tuple[View, View]]:
        """Its view, with each that relieves it."""
        return {(self.view, each) for each in self.relieving}
