"""The rows behind a service level's value: the first of them, what changed, and what to repair."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Cell = str | int | float | bool | None
Limit = Literal["minimum", "expected"]


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """A place in the code; ``line`` None: the whole file, ``last_line`` None: that line alone."""

    path: str
    line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row behind a value: its places (none where it is about no file), with how many ``more``
    there are, and the ``cells`` by the evidence's columns. ``was``: its number in the period before
    (None: it was not there, or nothing is counted)."""

    repository: str
    places: tuple[EvidencePlace, ...]
    cells: tuple[Cell, ...]
    more: int = 0
    was: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """Rows that a person acts on together, such as all findings of a rule: how many, and the
    first."""

    name: str
    total: int
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, worse and gone since an earlier period: how many rows, and the first of them.
    What only moved to another file is none of it."""

    since: str
    new: EvidenceGroup
    worse: EvidenceGroup
    gone: EvidenceGroup


@dataclass(frozen=True, slots=True)
class Repair:
    """The fewest rows whose repair brings a value to a limit, heaviest first: how many, what they
    weigh in the numerator, and the value then; no rows: so much ``weight`` is lacking.
    ``repository``: where each is judged by itself. ``reached``: False where all rows together do
    not bring it there."""

    to: Limit
    limit: Decimal
    repository: str
    rows: int
    weight: int
    numerator: int
    denominator: int
    reached: bool
    first: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class TicketClock:
    """The clock of one of the slowest tickets, in seconds since 1970. ``due``: when its target was
    used up; ``until``: when the clock ended, or of when its source speaks. ``stretches``: (what,
    begin, end) of those in which it was running, waiting (the customer owed an answer), done
    (until it was opened again) or elsewhere (in other hands than the judged party's); what is left
    lies outside of the hours."""

    source: str
    id: str
    title: str
    policy: str
    began: int
    due: int
    until: int
    target: int
    elapsed: int
    missed: bool
    stretches: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class RelievedClock:
    """A ticket's clock that is taken out, for a ``party`` had the ticket for ``seconds`` beyond its
    own target: it ran for ``elapsed`` seconds, and its target is less."""

    source: str
    id: str
    title: str
    party: str
    elapsed: int
    target: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What a ``party`` ("": nobody) had in its hands in the period: ``ran`` seconds of tickets by
    their policies' calendars, ``waited`` seconds in which the customer owed an answer, how many
    ``tickets``, how often one was ``handed`` to it; ``queues``: those that are nobody's."""

    party: str
    ran: int
    waited: int
    tickets: int
    handed: int
    queues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aged:
    """The open defects of a ``severity`` ("": the contract ranks none): how many are 7 days old at
    most, 30, 90, and older."""

    severity: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a service level's value: ``total`` rows that are ``what``. ``columns`` of
    their cells; ``numbers``: the one that says how bad a row is ("": none does); ``groups``: one
    without a name where rows are not grouped; ``others``: how many groups are left out;
    ``changes`` None: there is no period to compare with, or it was measured otherwise;
    ``repaired``: what a repair is taken to do, ``weight``: in what it is weighed, a column or
    "each"; ``as_if``: of what is past, what would have been otherwise; ``lacking``: of what there
    is too little, where no row can be named; ``unrepaired``: why no repair is told."""

    service_level: str
    what: str
    columns: tuple[str, ...]
    numbers: str
    total: int
    groups: tuple[EvidenceGroup, ...]
    others: int = 0
    changes: Changes | None = None
    repairs: tuple[Repair, ...] = ()
    repaired: str = ""
    as_if: str = ""
    lacking: str = ""
    unrepaired: str = ""
    weight: str = ""
    clocks: tuple[TicketClock, ...] = ()  # of the slowest tickets, where clocks are counted
    weeks: tuple[tuple[int, int, int], ...] = ()  # (of the period, from 0, in time, missed)
    spent: tuple[tuple[str, int], ...] = ()  # (state, seconds) of all clocks together
    ages: tuple[Aged, ...] = ()  # of open defects
    relieved: tuple[RelievedClock, ...] = ()  # taken out for another party's delay
    held: tuple[Holding, ...] = ()  # in whose hands its tickets were, where several parties are


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row among all: what it is since the period before, and the limit that it is to be repaired
    for first ("": for none)."""

    row: EvidenceRow
    change: Literal["", "new", "worse"]
    repair: Limit | Literal[""]
