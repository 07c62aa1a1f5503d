"""A made-up supplier's help desk, monitor and lists of outages and defects, drawn from a seed.

The records are written as a help desk would export them on the morning after the contract's last
day. What they say depends on the seed alone: no clock, no network.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from quality.contract.file import load_contract
from quality.contract.sections.calendars import Calendar
from quality.support.calendars import stretches
from quality.support.intervals import Course

HERE = Path(__file__).parent
PARTNERS = "orbit.contract.yaml"
SEED = 20251001
BERLIN = ZoneInfo("Europe/Berlin")
EXPORTED = datetime(2026, 10, 1, 6, tzinfo=BERLIN)
QUARTERS = tuple(
    datetime(year, month, 1, tzinfo=BERLIN)
    for year, month in ((2025, 10), (2026, 1), (2026, 4), (2026, 7), (2026, 10))
)
EXCUSED = "2026-Q2"  # the period whose failure the customer caused
DAILY = 5  # tickets of a day
LATE = (0.02, 0.03, 0.04, 0.14)  # chance of a late first answer, quarter by quarter
LONG = (0.03, 0.04, 0.06, 0.12)  # chance of a late resolution
HANDED = 0.25  # chance that a ticket that is not urgent needs the partner's network
SLOW = (0.05, 0.08, 0.10, 0.30)  # chance that he takes longer than agreed
PARTNER = 480  # minutes of the office that are agreed with him
TITLES = {
    "Shop": ("Checkout says payment declined", "Voucher is not accepted", "Price is wrong",
             "Search finds nothing", "Page of an order stays empty", "Password mail is missing"),
    "Warehouse": ("Label printer offline", "Stock differs from the count", "Picking list is empty",
                  "Scanner loses its session", "Pallet booked twice"),
}  # fmt: skip
OUTAGES = (
    # id, service, kind, begins and ends in Berlin, announced, cause
    ("OUT-2025-11-04", "shop", "outage", "2025-11-04 10:12", "2025-11-04 10:51", "", "deployment"),
    ("OUT-2025-12-12", "shop", "outage", "2025-12-12 20:03", "2025-12-12 20:40", "", "database"),
    ("OUT-2026-02-17", "shop", "outage", "2026-02-17 13:30", "2026-02-17 15:05", "", "database"),
    ("OUT-2026-03-09", "shop", "outage", "2026-03-09 09:00", "2026-03-09 09:45", "",
     "customer's load test"),
    ("OUT-2026-04-21", "shop", "outage", "2026-04-21 08:15", "2026-04-21 08:44", "", "deployment"),
    ("OUT-2026-05-19", "shop", "outage", "2026-05-19 21:40", "2026-05-20 07:25", "", "network"),
    ("OUT-2026-07-08", "shop", "outage", "2026-07-08 11:20", "2026-07-08 12:02", "", "deployment"),
    ("OUT-2026-08-14", "shop", "outage", "2026-08-14 22:10", "2026-08-15 05:52", "", "storage"),
    ("OUT-2026-09-23", "shop", "outage", "2026-09-23 16:05", "2026-09-23 16:13", "", "database"),
    ("OUT-2026-09-23b", "shop", "outage", "2026-09-23 16:20", "2026-09-23 16:31", "", "database"),
    ("MNT-2025-11-16", "shop", "maintenance", "2025-11-16 02:00", "2025-11-16 05:00",
     "2025-11-10 09:00", "upgrade"),
    ("MNT-2026-02-08", "shop", "maintenance", "2026-02-08 02:00", "2026-02-08 04:30",
     "2026-02-02 09:00", "upgrade"),
    ("MNT-2026-05-10", "shop", "maintenance", "2026-05-10 02:00", "2026-05-10 04:00",
     "2026-05-04 09:00", "upgrade"),
    ("MNT-2026-08-30", "shop", "maintenance", "2026-08-30 02:00", "2026-08-30 05:30",
     "2026-08-24 09:00", "upgrade"),
    ("MNT-2026-09-13", "shop", "maintenance", "2026-09-13 03:00", "2026-09-13 03:50",
     "2026-09-12 18:00", "upgrade"),  # announced on the evening before: it is down
)  # fmt: skip
UNSEEN = ("2026-07-20 08:00", "2026-07-23 11:00")  # the customer's monitor stood still
BLIPS = ("2025-10-30 14:00", "2026-01-21 03:10", "2026-04-02 18:25", "2026-06-11 12:40",
         "2026-08-05 09:15")  # fmt: skip


def write(folder: Path) -> Path:
    """Write contracts, ledger and exports into a folder; returns the path of the contract with
    ledger. Beside it lies that of his partner, ``PARTNERS``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("lumen.contract.yaml", "lumen.events.yaml", PARTNERS):
        shutil.copyfile(HERE / name, folder / name)
    contract = folder / "lumen.contract.yaml"
    random = Random(SEED)
    tables = {
        "tickets": ("id,title,at,event,value,actor,role", _tickets(random, contract)),
        "defects": ("id,title,at,event,value", _defects(random)),
        "outages": ("id,service,kind,begins,ends,announced_at,cause", _outages()),
        "probes": ("service,at,up", _probes()),
    }
    for name, (header, rows) in tables.items():
        _export(folder / f"{name}.csv", header.split(","), rows)
    return contract


def _export(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([header, *rows])
    os.utime(file, (EXPORTED.timestamp(), EXPORTED.timestamp()))


def _tickets(random: Random, contract: Path) -> Iterator[Sequence[str]]:
    calendars = load_contract(contract).calendars
    courses = {name: _course(calendars, name) for name in ("", "office", "shifts")}
    number = 0
    for quarter, (begins, ends) in enumerate(pairwise(QUARTERS)):
        moments = sorted(
            _opening(random, begins, ends) for _ in range((ends - begins).days * DAILY)
        )
        for opened in moments:
            number += 1
            story = _Story(random, courses, f"LU-{number:05}", opened, quarter)
            yield from story.rows()


def _opening(random: Random, begins: datetime, ends: datetime) -> datetime:
    """A moment of a quarter, more often by day and on working days."""
    while True:
        moment = begins + timedelta(minutes=random.randrange((ends - begins).days * 1440))
        busy = 1.0 if 8 <= moment.hour < 18 else 0.12
        if random.random() < busy * (1.0 if moment.weekday() < 5 else 0.25):
            return moment


def _course(calendars: Sequence[Calendar], name: str) -> Course:
    begins, ends = (int(moment.timestamp()) for moment in (QUARTERS[0], QUARTERS[-1]))
    own = [each for each in calendars if each.name == name]
    return Course(stretches(own, begins, ends + 90 * 86400))


def _network(number: str, quarter: int) -> float:
    """The minutes of the office for which the partner has a ticket; 0: it does not need him."""
    random = Random(f"{SEED} {number}")
    if random.random() >= HANDED:
        return 0.0
    slow = random.random() < SLOW[quarter]
    return PARTNER * (random.uniform(1.1, 2.6) if slow else random.uniform(0.05, 0.9))


class _Story:
    """A ticket from its opening to its end."""

    def __init__(self, random: Random, courses: dict[str, Course], number: str, opened: datetime,
                 quarter: int) -> None:  # fmt: skip
        self.random, self.number, self.opened, self.quarter = random, number, opened, quarter
        self.queue = random.choices(("Shop", "Warehouse"), (3, 2))[0]
        self.priority = random.choices(("P1", "P2", "P3"), (8, 32, 60))[0]
        self.title = random.choice(TITLES[self.queue])
        urgent = self.priority == "P1"
        course = "office" if not urgent else "" if self.queue == "Shop" else "shifts"
        self.course = courses[course]
        self.answer = (30 if self.queue == "Shop" else 60) if urgent else 360
        self.solution = 480 if urgent else 1440
        self.network = 0.0 if urgent else _network(number, quarter)

    def rows(self) -> Iterator[Sequence[str]]:
        """Its events, as far as they had happened when the desk was exported."""
        for at, event, value, actor, role in sorted(self._events(), key=lambda each: each[0]):
            if at < EXPORTED:
                stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                yield self.number, self.title, stamp, event, value, actor, role

    def _events(self) -> Iterator[tuple[datetime, str, str, str, str]]:
        random, opened = self.random, self.opened
        agent = random.choice(("mia@lumen.example", "jon@lumen.example", "eva@lumen.example"))
        customer = random.choice(("ann@northwind.example", "bo@northwind.example"))
        yield opened, "created", "", customer, "customer"
        yield opened, "queue", self.queue, "", ""
        yield opened, "priority", self.priority, "", ""
        robot = opened + timedelta(seconds=20)
        yield robot, "reply", "", "autoreply@lumen.example", ""
        late = random.random() < LATE[self.quarter]
        share = random.uniform(1.05, 2.5) if late else random.uniform(0.05, 0.95)
        answered = self._after(opened, self.answer * share)
        yield answered, "reply", "", agent, "agent"
        at, left = answered, self._work()
        if self.priority != "P1" and random.random() < 0.35:
            at += timedelta(minutes=random.randrange(5, 60))
            yield at, "status", "Waiting for customer", agent, "agent"
            at += timedelta(minutes=random.randrange(60, 60 * 60))
            yield at, "reply", "", customer, "customer"
            yield at, "status", "Open", customer, "customer"
        if self.network:
            at = self._after(at, left / 2)
            yield at, "queue", "Network", agent, "agent"
            at = self._after(at, self.network)
            yield at, "queue", self.queue, "noc@orbit.example", "agent"
            left /= 2
        at = self._after(at, left)
        yield at, "status", "Resolved", agent, "agent"
        if random.random() < 0.04:
            at += timedelta(hours=random.randrange(2, 40))
            yield at, "status", "Open", customer, "customer"
            at = self._after(at, random.randrange(20, 240))
            yield at, "status", "Resolved", agent, "agent"
        yield at + timedelta(days=3), "status", "Closed", "system", ""

    def _work(self) -> float:
        """Minutes of its calendar from the first answer to the resolution."""
        late = self.random.random() < LONG[self.quarter]
        return self.solution * (
            self.random.uniform(1.0, 2.6) if late else self.random.uniform(0.05, 0.6)
        )

    def _after(self, moment: datetime, minutes: float) -> datetime:
        """When so many minutes of its calendar have passed since a moment."""
        passed = self.course.passed(int(moment.timestamp()))
        reached = self.course.reached(passed + 60 * max(1, round(minutes)))
        assert reached is not None, "the courses go on beyond the last quarter"
        return datetime.fromtimestamp(reached, BERLIN)


def _defects(random: Random) -> Iterator[Sequence[str]]:
    number = 0
    for quarter, (begins, ends) in enumerate(pairwise(QUARTERS)):
        for at in sorted(_opening(random, begins, ends) for _ in range(18)):
            number += 1
            severity = random.choices(("Blocker", "Critical", "Major", "Minor"), (1, 4, 9, 12))[0]
            place = random.choices(("Test", "Production"), (8, 2 + quarter))[0]
            events = [(at, "created", ""), (at, "severity", severity), (at, "type", place)]
            decided = at + timedelta(hours=random.randrange(2, 90))
            if random.random() < 0.15:
                events.append((decided, "status", "Rejected"))
            else:
                events.append((decided, "status", "Confirmed"))
                days = random.uniform(1, 14 if random.random() < 0.8 else 40)
                events.append((decided + timedelta(days=days), "status", "Fixed"))
            for moment, event, value in events:
                if moment < EXPORTED:
                    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                    yield f"BUG-{number}", f"Defect {number}", stamp, event, value


def _outages() -> Iterator[Sequence[str]]:
    for number, service, kind, *stamps, cause in OUTAGES:
        yield number, service, kind, *(_stamp(each) if each else "" for each in stamps), cause


def _stamp(local: str) -> str:
    return _berlin(local).isoformat()


def _berlin(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN)


def _probes() -> Iterator[Sequence[str]]:
    """What the customer's monitor saw of the portal, every five minutes."""
    step = timedelta(minutes=5)
    first, last = (_berlin(each).astimezone(UTC) for each in UNSEEN)
    blips = {_berlin(each).astimezone(UTC) + step * n for each in BLIPS for n in range(5)}
    at, end = QUARTERS[0].astimezone(UTC), EXPORTED.astimezone(UTC)
    while at < end:
        if not first <= at < last:
            yield "portal", at.strftime("%Y-%m-%dT%H:%MZ"), "0" if at in blips else "1"
        at += step
