"""Records of trackers and monitors: looked for where the contract says, and kept version by
version with the moment."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from collectors.records.download import downloader
from collectors.records.fetch import LARGEST, fetch
from collectors.records.systems import APIS, SYSTEMS, Api, System
from collectors.records.text import UnreadableError, line_of
from quality.contract.sections.record_sources import RecordSource
from quality.errors import NoReportError, UnreachableError
from quality.files import files_at
from quality.measure.measurement import Measurement
from quality.measure.planning import Mirrors
from quality.measure.roles import roles
from quality.measure.watcher import Watcher
from quality.model.facts import Cause
from quality.model.records import Asked, Record
from quality.model.records import Page as FromApi
from quality.store import records
from quality.store.database import Store
from quality.store.records import Arrival, Batch, Intake
from quality.verdicts.request import Request

TOGETHER = 1_000  # records of an API that are kept at once
PATIENCE = 5  # seconds that they wait for each other
Named = tuple[str, BinaryIO]  # a file, and what it is called where something is wrong with it


def record(
    store: Store,
    requests: Sequence[Request],
    mirrors: Mirrors,
    watcher: Watcher,
    result: Measurement,
) -> None:
    """Bring in the records that contracts name. What is wrong with one source is a problem of the
    result, and the others go on."""
    if mirrors.offline:
        return
    sources = {
        (request.base.id, source.name): (request, source)
        for request in requests
        for source in request.contract.records
    }
    for (contract, _), (request, source) in sources.items():
        watcher.say(f"{source.name}: looking for records")
        look = Look(store, contract, source, request.contract.path.absolute().parent, mirrors.now)
        before = look.last
        try:
            with _without_cycles():
                look.take()
        except UnreachableError as error:
            look.in_vain(str(error), "ours")
            result.problems.append(f"{source.name}: {error}")
        except (UnreadableError, NoReportError) as error:
            look.in_vain(str(error), "supplier")
            result.absent.append(f"{source.name}: {error}")
        if (new := look.changed_since(before)) is not None:
            result.records.append(f"{source.name}: {new:,} new or changed records")


class Look:
    """A look at one source of a contract."""

    def __init__(
        self, store: Store, contract: str, source: RecordSource, folder: Path, now: datetime
    ) -> None:
        self._store, self._source, self._folder, self._now = store, source, folder, now
        self._number = records.add_source(store, contract, source.name, source.kind)

    @property
    def batches(self) -> list[Batch]:
        """All that ever came of the source."""
        return records.batches(self._store, self._number)

    @property
    def last(self) -> int:
        """The number of the last of them."""
        return self.batches[-1].number if self.batches else 0

    def changed_since(self, before: int) -> int | None:
        """How many records said something new since a batch; None: no page came."""
        pages = [each for each in self.batches if each.number > before and not each.reason]
        return sum(each.changed for each in pages) if pages else None

    def take(self) -> None:
        """Read what is new (UnreadableError, UnreachableError, NoReportError)."""
        system = SYSTEMS.get(self._source.format)
        if system is None:
            known = ", ".join(sorted(SYSTEMS))
            raise UnreadableError(
                f"{self._source.format} is not a format that is read here: {known}"
            )
        if self._source.kind not in system.KINDS:
            raise UnreadableError(f"{self._source.format} holds no {self._source.kind}")
        api = APIS.get(self._source.format)
        if self._source.url and api:
            self._from_api(system, api)
        elif self._source.url:
            with tempfile.TemporaryFile(prefix="workmanship-") as file:
                fetch(self._source.url, file)
                file.seek(0)
                self._listing(system, [("", file)], self._now)
        else:
            self._from_files(system)

    def in_vain(self, reason: str, cause: Cause) -> None:
        """Keep that nothing came, once a day for the same reason."""
        found = self.batches
        same = found and found[-1].reason == reason
        if same and found[-1].page.received_at.date() == self._now.date():
            return
        page = replace(self._page(records.next_reading(self._store)), last=False)
        records.keep_nothing(self._store, page, reason, cause)

    # ------------------------------------------------------------ files

    def _from_files(self, system: System) -> None:
        paths = files_at(self._folder, self._source.place)
        if not paths:
            raise NoReportError(f"no file {self._source.place}")
        with ExitStack() as stack:
            files = [
                (line_of(os.path.relpath(path, self._folder)), stack.enter_context(_opened(path)))
                for path in paths
            ]
            newest = datetime.fromtimestamp(max(path.stat().st_mtime for path in paths), UTC)
            self._listing(system, files, min(self._now, newest))

    def _listing(self, system: System, files: Sequence[Named], spoken_at: datetime) -> None:
        """Keep what files list, all of them together every record."""
        digest = _digest(file for _, file in files)
        before = [each for each in self.batches if each.page.last]
        page = self._page(records.next_reading(self._store), system)
        same = before and (before[-1].page.digest, before[-1].page.asked) == (digest, page.asked)
        since = before[-1].page.spoken_at if before else spoken_at
        # a list of outages may well be the same after a good month, if it was written anew
        if same and not (self._source.kind == "outages" and spoken_at > since):
            self.in_vain(f"nothing newer than {since:%Y-%m-%d %H:%M} UTC", "supplier")
            return
        page = replace(page, spoken_at=spoken_at, whole=True, digest=digest)
        intake = Intake(self._store, self._number, whole=True, role_of=roles(self._source))
        intake.keep(page, self._read(system, files))

    def _read(self, system: System, files: Sequence[Named]) -> Iterator[Record]:
        for name, file in files:
            try:
                yield from system.read(file, self._asked)
            except UnreadableError as error:
                raise UnreadableError(f"{name}: {error}" if name else str(error)) from None

    # ------------------------------------------------------------ APIs

    def _from_api(self, system: System, api: Api) -> None:
        """Keep page after page, with the cursor behind the last one: what breaks is gone on with by
        the next run. The first reading lists every record, later ones what has changed."""
        page = self._page(records.next_reading(self._store), system)
        came = [each for each in self.batches if not each.reason and each.page.asked == page.asked]
        page = replace(page, whole=not came)
        if came and not came[-1].page.last:
            page = replace(page, reading=came[-1].page.reading)
        cursor = came[-1].page.cursor if came else ""
        intake = Intake(self._store, self._number, whole=not came, role_of=roles(self._source))
        download = downloader(self._source.url, api.AUTHORIZATION)
        for each in _together(api.pages(download, cursor, self._asked)):
            spoken_at = each.spoken_at or self._now
            kept = replace(page, spoken_at=spoken_at, last=each.last, cursor=each.cursor)
            intake.keep(kept, each.records)

    # ------------------------------------------------------------ what is asked

    def _page(self, reading: int, system: System | None = None) -> Arrival:
        source = self._source
        how = [source.place, source.format, system.REVISION if system else 0, source.timezone]
        more = [source.service, source.interval, source.encoding, source.stamps, source.query]
        people = [source.robots, source.customers, source.agents]
        fields, since = sorted(source.fields.items()), str(source.since or "")
        asked = json.dumps([*how, fields, *more, since, people])
        return Arrival(self._number, reading, asked, self._now, self._now)

    @property
    def _asked(self) -> Asked:
        source = self._source
        return Asked(
            kind=source.kind,
            fields=source.fields,
            timezone=source.timezone or None,
            interval=source.seconds_between,
            service=source.service,
            encoding=source.encoding,
            stamps=source.stamps,
            query=source.query,
            since=datetime.combine(source.since, time.min, UTC) if source.since else None,
        )


def _together(pages: Iterator[FromApi]) -> Iterator[FromApi]:
    """Small pages as one, since keeping them takes longer than to read them. What came before a
    break is one too, before the error comes; and nothing waits long to be kept."""
    held: list[Record] = []
    last, since = None, monotonic()
    try:
        for page in pages:
            found = list(page.records)  # all of it, or nothing where it breaks
            held += found
            last = page
            if page.last or len(held) >= TOGETHER or monotonic() - since > PATIENCE:
                whole = replace(page, records=iter(held))
                held, last, since = [], None, monotonic()
                yield whole
    except BaseException:
        if last:
            yield replace(last, records=iter(held))
        raise


@contextmanager
def _without_cycles() -> Iterator[None]:
    """Records hold nothing that holds them, so nobody has to look for such: millions of rows cost
    a quarter less."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _opened(path: Path) -> BinaryIO:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreachableError(f"{path.name} is larger than {LARGEST:,} bytes")
        return path.open("rb")
    except OSError as error:
        raise UnreachableError(f"{path.name} cannot be read: {error.strerror}") from None


def _digest(files: Iterable[BinaryIO]) -> str:
    """sha256 of the bytes of all files, each of which then stands at its beginning again."""
    each = []
    for file in files:
        each.append(hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]
        file.seek(0)
    return hashlib.sha256(" ".join(each).encode()).hexdigest()
