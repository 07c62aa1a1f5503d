"""What records cost: exports of a million tickets with eight million events, a day of them, probes.

python -m tests.bench.tickets [TICKETS]
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from collectors.records.systems import SYSTEMS
from quality.model.records import Asked
from quality.store.database import Store
from quality.store.records import Intake, add_source, batches, next_reading
from tests.bench.timing import Line, workmanship
from tests.collectors.records import tracked
from tests.collectors.records.servers import serving
from tests.collectors.records.trackers import Jira

TICKETS = 1_000_000
EVENTS = 8  # of a ticket
DAY = 2_740  # tickets that change on a day
SEVERITY = "customfield_10050"
CONTRACT = """\
format: workmanship.contract/1
contract: {id: DESK, customer: A, supplier: B, starts: 2026-01-01, ends: 2026-12-31,
  period: month, timezone: Europe/Berlin, recipe: "2026.2"}
sources:
  - {name: desk, kind: tickets, format: csv, file: desk.csv, declared_by: supplier}
calendars:
  - name: office
    timezone: Europe/Berlin
    hours: {mon-thu: [09:00-12:00, 13:00-17:00], fri: [09:00-15:00]}
support:
  policies:
    - {name: all, otherwise: true, calendar: office, pauses: reply, pause_limit: 40 h,
       targets: {first_response: 6 h, resolution: 16 h}}
service_levels:
  - {id: A, class: critical, indicator: tickets.first_response, minimum: 90}
  - {id: R, class: critical, indicator: tickets.resolution, minimum: 90}
  - {id: B, class: critical, indicator: tickets.backlog, minimum: 10}
"""


def records(folder: Path, tickets: int = TICKETS) -> list[Line]:
    """Read two exports and probes; import the first, judge by it, and import a day's changes."""
    exports: list[tuple[str, Callable[[TextIO, int], None]]] = [("csv", rows), ("json", lines)]
    found = []
    for system, write in exports:
        path = folder / f"desk.{system}"
        with path.open("w", encoding="utf-8") as file:
            write(file, tickets)
        asked = Asked("tickets", {})
        with path.open("rb") as raw:
            begin, count, events = time.process_time(), 0, 0
            for ticket in SYSTEMS[system].read(raw, asked):
                count, events = count + 1, events + len(ticket.events)  # type: ignore[union-attr]
            seconds = time.process_time() - begin
        what = f"{system}: {count:,} tickets, {events:,} events, {path.stat().st_size >> 20} MB"
        found.append(Line(f"read {what}", f"{seconds:.1f} s of CPU, {_peak()} MB", "", "60 s"))
    (folder / "desk.contract.yaml").write_text(CONTRACT)
    run = workmanship("import", "desk.contract.yaml", folder=folder)
    found += [_probes(), Line(f"import {tickets:,} tickets", run.told, "", "90 s, 1 GB")]
    year = ("evaluate", "desk.contract.yaml", "--period", "2026-10")
    run = workmanship(*year, folder=folder)
    if "unknown" in run.output:
        raise SystemExit(f"the tickets do not answer every service level:\n{run.output}")
    return [*found, Line("evaluate ten months of them", run.told, "", "5 s, 1 GB"), _day(folder)]


def _day(folder: Path) -> Line:
    """Bring a day's changes of the tickets that are there by an API, which has told all but them:
    the cursor comes from a reading of a tracker without tickets."""
    desk = Desk()
    with serving(desk.told) as server:
        api = f'format: jira, url: "{server.url}", fields: {{severity: {SEVERITY}}}'
        text = CONTRACT.replace("format: csv, file: desk.csv", api)
        (folder / "day.contract.yaml").write_text(text)
        workmanship("import", "day.contract.yaml", "--database", "day.duckdb", folder=folder)
        with Store(folder / "day.duckdb") as store:
            page = batches(store, add_source(store, "DESK", "desk", "tickets"))[-1].page
        with Store(folder / ".workmanship/measurements.duckdb") as store:
            number = add_source(store, "DESK", "desk", "tickets")
            page = replace(page, source=number, reading=next_reading(store), whole=False)
            Intake(store, number, whole=False).keep(page, ())
        desk.fill(DAY, timedelta(seconds=86_400 // DAY))
        run = workmanship("import", "day.contract.yaml", folder=folder)
    if f"{DAY:,} new or changed" not in run.output:
        raise SystemExit(f"a day's changes did not come:\n{run.output}")
    return Line(f"import a day's {DAY:,} changed tickets by an API", run.told, "", "2 s")


class Desk(Jira):
    """The same tickets in Jira, each whole in a search."""

    def _issue(self, at: datetime, number: int) -> Any:
        stamp = at.astimezone(self.zone)
        return tracked.jira_issue(f"T-{number}", f"{stamp:%Y-%m-%dT%H:%M:%S.000%z}")


def rows(file: TextIO, tickets: int) -> None:
    """A row an event."""
    file.write("id,at,event,value,actor,role,title\n")
    for number in range(tickets):
        day = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
        file.write(f"T-{number},{day}T09:15:00Z,created,,kim{number % 500}@x.example,customer,"
                   f"Printer {number} burns\n")  # fmt: skip
        for event in range(EVENTS - 1):
            what = "reply," if event % 2 else f"status,{'open' if event < 6 else 'closed'}"
            file.write(f"T-{number},{day}T1{event}:15:00Z,{what},jo{number % 50},agent,\n")


def lines(file: TextIO, tickets: int) -> None:
    """A ticket a line, its events in it."""
    for number in range(tickets):
        day = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
        events = [{"at": f"{day}T1{event}:15:00Z", "event": "reply" if event % 2 else "status",
                   "value": "" if event % 2 else "open", "actor": f"jo{number % 50}",
                   "role": "agent"} for event in range(EVENTS - 1)]  # fmt: skip
        ticket = {"id": f"T-{number}", "title": f"Printer {number} burns",
                  "created": f"{day}T09:15:00Z", "events": events}  # fmt: skip
        file.write(json.dumps(ticket) + "\n")


def _probes(results: int = 1_000_000) -> Line:
    class Rows:
        """A table of results, a second apart, that takes no memory."""

        def __init__(self) -> None:
            self._rest = self._rows()
            self._buffer = b"at,up\n"

        def _rows(self) -> Iterator[bytes]:
            for number in range(0, results, 1_000):
                yield b"".join(
                    b"%d,%d\n" % (1_772_442_000 + each, each % 5_000 > 10)
                    for each in range(number, number + 1_000)
                )

        def read(self, size: int = -1) -> bytes:
            self._buffer = self._buffer or next(self._rest, b"")
            part, self._buffer = self._buffer[:size], self._buffer[size:]
            return part

    with tempfile.TemporaryFile() as file:
        source = Rows()
        while part := source.read(1 << 20):
            file.write(part)
        file.seek(0)
        asked = Asked("probes", {}, service="shop", interval=1)
        begin = time.process_time()
        count = sum(1 for _ in SYSTEMS["csv"].read(file, asked))
        seconds = time.process_time() - begin
    return Line(f"read {results:,} results of probes, {count:,} stretches",
                f"{seconds:.1f} s of CPU", "", "stated")  # fmt: skip


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="workmanship-bench-") as name:
        chosen = int(sys.argv[1]) if len(sys.argv) > 1 else TICKETS
        for line in records(Path(name), chosen):
            sys.stdout.write(f"{line.what}: {line.numbers} ({line.target})\n")
