"""Reports of others: looked for where the contract says, read once, and kept with the moment."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

from pathspec import GitIgnoreSpec

from collectors.git.mirror import Mirror
from collectors.records.fetch import LARGEST, fetch
from collectors.records.formats import reader_of, readers
from collectors.records.text import UnreadableError
from quality.contract.sections.sources import COMMIT, SECTIONS, Source
from quality.errors import MeasureError, NoReportError, UnreachableError
from quality.files import MOST_FILES, files_at
from quality.measure.measurement import Measurement
from quality.measure.planning import Mirrors
from quality.measure.watcher import Watcher
from quality.model.reports import SectionName
from quality.store import reports
from quality.store.database import Store
from quality.store.reports import Arrival
from quality.verdicts.history import read_snapshots, with_reports
from quality.verdicts.request import Request, snapshot_key

CLAIMS = 100  # commits that are looked for, of those that reports on a repository claim
Write = Callable[[IO[bytes]], None]


def receive(
    store: Store,
    requests: Sequence[Request],
    mirrors: Mirrors,
    watcher: Watcher,
    result: Measurement,
) -> int:
    """Bring in the reports that contracts name, and settle by what each ended period is judged; how
    many looks found something new. What is wrong with one source is a problem of the result, and
    the others go on."""
    new = 0
    for request in requests:
        if any(request.contract.sources(section) for section in SECTIONS):
            receiving = Receiving(store, request, mirrors, watcher, result)
            new += receiving.look_everywhere()
            receiving.list_claimed()
            settle(store, request)
    return new


def settle(store: Store, request: Request) -> None:
    """Judge each ended period by the report that fits it now, unless another one settled it."""
    (found,) = read_snapshots(store, [request])
    snapshots = with_reports(store, found)
    for period, repository in request.places():
        stored = snapshots.of(period, repository)
        before = snapshot_key(request.of(period), repository, period).before
        for each in snapshots.reports(period, repository):
            if stored.stands and stored.commit and each.batch and not each.reason:
                what = each.source.name, before, stored.commit.sha
                reports.settle(store, request.base.id, what, each.batch.number)


class Receiving:
    """Looks for the reports of one contract."""

    def __init__(
        self,
        store: Store,
        request: Request,
        mirrors: Mirrors,
        watcher: Watcher,
        result: Measurement,
    ) -> None:
        self._store, self._request, self._mirrors = store, request, mirrors
        self._watcher, self._result = watcher, result
        self._contract, self._number = request.contract, request.base.id
        self._repositories = {each.name: each for each in self._contract.repositories}
        self._bases: set[str | None] = set()  # commits of baselines, whose reports are enough once

    def look_everywhere(self) -> int:
        """Look at each source; how many of the looks found something new."""
        (snapshots,) = read_snapshots(self._store, [self._request])
        new = 0
        commits: dict[str, dict[str, None]] = {}
        for period, repository in self._request.places():
            if commit := snapshots.of(period, repository).commit:
                commits.setdefault(repository, {})[commit.sha] = None
            if base := snapshots.baseline(period, repository)[0]:
                commits.setdefault(repository, {}).setdefault(base)
                self._bases.add(base)
        for section in SECTIONS:
            for source in self._contract.sources(section):
                self._watcher.say(f"{source.name}: looking for reports")
                try:
                    new += self._source(section, source, commits.get(source.repository, {}))
                except MeasureError as error:
                    self._result.problems.append(f"{source.name}: {error}")
        return new

    def _source(self, section: SectionName, source: Source, commits: Iterable[str]) -> int:
        if source.kind == "path":
            return sum(self._in_git(section, source, sha) for sha in commits)
        if self._mirrors.offline:
            return 0
        if not source.by_commit:
            return self._look(section, source, None)
        known: set[str | None] = {sha for name, _, sha in reports.judged(self._store, self._number)
                 if name == source.name}  # fmt: skip
        known |= {
            batch.commit
            for batch in reports.batches(self._store, self._number)
            if batch.source == source.name and batch.found and batch.commit in self._bases
        }
        return sum(self._look(section, source, sha) for sha in commits if sha not in known)

    # ------------------------------------------------------------ where reports are

    def _in_git(self, section: SectionName, source: Source, sha: str) -> bool:
        """The reports that lie in a commit, which nothing can change."""
        asked = source.name, source.place, sha
        before = reports.batches(self._store, self._number)
        if any((each.source, each.asked, each.commit) == asked for each in before):
            return False
        pattern = source.place if "/" in source.place.rstrip("/") else f"/{source.place}"
        spec = GitIgnoreSpec.from_lines([pattern])
        files = reports.regular_files(self._store, sha)
        found = sorted(each for each in files if spec.match_file(each[0]))[:MOST_FILES]
        with self._mirror(source.repository) as mirror:
            arrivals = [
                self._arrival(section, path, size, partial(mirror.copy, oid))
                for path, oid, size in found
            ]
        return self._keep(source, sha, arrivals or [Arrival("", None, f"no file {source.place}")])

    def _look(self, section: SectionName, source: Source, sha: str | None) -> bool:
        place = source.place.replace(COMMIT, sha or "")
        folder = self._contract.path.absolute().parent
        if source.kind == "url":
            arrivals = [self._arrival(section, place, 0, partial(fetch, place))]
        else:
            arrivals = [
                self._arrival(section, os.path.relpath(path, folder), 0, partial(_copy, path))
                for path in files_at(folder, place)
            ]
        self._result.problems.extend(
            f"{source.name}: {each.place}: {each.reason}"
            for each in arrivals
            if each.content is None and each.cause == "ours"
        )
        return self._keep(source, sha, arrivals or [Arrival("", None, f"no file {place}")])

    def _keep(self, source: Source, sha: str | None, arrivals: Sequence[Arrival]) -> bool:
        look = reports.Look(self._number, source.name, source.place, sha)
        return reports.receive(self._store, look, self._mirrors.now, arrivals)

    def _mirror(self, name: str) -> Mirror:
        repository = self._repositories[name]
        return Mirror(self._mirrors.folder, name, repository.source(self._contract.path))

    # ------------------------------------------------------------ one report

    def _arrival(self, section: SectionName, place: str, size: int, write: Write) -> Arrival:
        """What one file holds: read, if nobody has read these bytes before."""
        if size > LARGEST:
            return Arrival(place, None, f"larger than {LARGEST:,} bytes", "ours")
        with tempfile.TemporaryFile(prefix="workmanship-") as file:
            try:
                write(file)
            except NoReportError as error:
                return Arrival(place, None, str(error))
            except (UnreachableError, OSError) as error:
                return Arrival(place, None, str(error), "ours")
            return Arrival(place, self._content(section, file))

    def _content(self, section: SectionName, file: IO[bytes]) -> int:
        size = file.tell()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        file.seek(0)
        known = reports.known(self._store, digest, readers(section))
        if known is not None:
            return known
        reader = f"none/{section}"
        try:
            reader, rows = reader_of(section, file)  # type: ignore[arg-type]
            return reports.keep(self._store, digest, size, reader, rows)
        except UnreadableError as error:
            return reports.keep_unreadable(self._store, digest, size, reader, str(error))

    # ------------------------------------------------------------ what reports claim

    def list_claimed(self) -> None:
        """List the files of the commits that reports claim, so that it is known whether their code
        is the snapshot's."""
        claims: dict[str, set[str]] = {}
        repository_of = {
            source.name: source.repository
            for section in SECTIONS
            for source in self._contract.sources(section)
        }
        for batch in reports.batches(self._store, self._number):
            if batch.source in repository_of:
                said = (reports.content(self._store, each).commits for each in batch.contents)
                found = {sha for commits in said for claim in commits for sha in claim.split()}
                claims.setdefault(repository_of[batch.source], set()).update(found)
        for name, commits in claims.items():
            left = [sha for sha in sorted(commits) if not self._store.has_commit(sha)][:CLAIMS]
            if left:
                with suppress(MeasureError), self._mirror(name) as mirror:
                    for commit in filter(None, map(mirror.commits.commit, left)):
                        self._store.add_commit(commit, mirror.files(commit.sha))


def _copy(path: Path, file: IO[bytes]) -> None:
    if path.stat().st_size > LARGEST:
        raise UnreachableError(f"larger than {LARGEST:,} bytes")
    with path.open("rb") as source:
        shutil.copyfileobj(source, file, 1 << 20)
