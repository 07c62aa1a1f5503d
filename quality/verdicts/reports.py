"""Which report speaks of a snapshot, and why one does not.

A report is a claim, and so is the commit that it names. What decides is the bytes of the snapshot
and the moment at which the report reached us; what a period is judged by is never replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quality.contract.contract import Contract
from quality.contract.sections.repositories import FilePatterns
from quality.contract.sections.sources import SECTIONS, FindingsSource, Source
from quality.model.delivery import Branch
from quality.model.facts import Cause
from quality.model.reports import SectionName
from quality.store import reports
from quality.store.counting import Classifier
from quality.store.database import SnapshotKey, Store, StoredSnapshot
from quality.store.delivery import delivered_at
from quality.store.reported import Reported
from quality.store.reports import Batch, ReportContent

NOT_READ = "not read yet: run `workmanship import`"
SHORTEST = 7  # digits of a commit that a report cuts


@dataclass(frozen=True, slots=True)
class Declaration:
    """What stands of a source in a snapshot. ``batch``: the report (None: there is none);
    ``contents``: its parts; ``reason``: why nothing of it counts, ``cause`` whose it is; ``note``:
    how it is known that it speaks of the snapshot; ``later``: versions that came afterwards."""

    section: SectionName
    source: Source
    batch: Batch | None = None
    contents: tuple[ReportContent, ...] = ()
    reason: str = ""
    cause: Cause = "supplier"
    note: str = ""
    later: int = 0

    def is_of(self, tool: str) -> bool:
        """Whether a run of a tool is in it."""
        return any(name == tool for each in self.contents for name, _ in each.tools)

    @property
    def reported(self) -> Reported:
        """What is counted of it."""
        counts = self.batch.contents if self.batch and not self.reason else ()
        languages = getattr(self.source, "languages", ())
        return Reported(self.section, self.source.name, counts, languages)


@dataclass(frozen=True, slots=True)
class Subject:
    """A snapshot of which reports are to speak: its contract, where it is kept, what stands there,
    and the period's end; ``baseline``: the commit of its baseline, where they are to speak of that
    instead."""

    contract: Contract
    key: SnapshotKey
    stored: StoredSnapshot
    end: datetime
    baseline: str = ""

    @property
    def sha(self) -> str:
        """The commit of which reports are to speak; "": there is none."""
        return self.baseline or (self.stored.commit.sha if self.stored.commit else "")


class Shelf:
    """All reports that ever reached us for a contract, by its ``number``."""

    def __init__(self, store: Store, number: str) -> None:
        self._store = store
        self._batches: dict[tuple[str, str], list[Batch]] = {}
        for batch in reports.batches(store, number):
            self._batches.setdefault((batch.source, batch.asked), []).append(batch)
        self._judged = reports.judged(store, number)
        self._contents: dict[int, ReportContent] = {}
        self._trees: dict[tuple[str, FilePatterns], Mapping[str, str]] = {}

    def standing(self, section: SectionName, source: Source, asked: Subject) -> Declaration:
        """What stands of a source in a snapshot."""
        sha = asked.sha
        if not sha:
            return Declaration(section, source, reason="there is no snapshot", cause="ours")
        looks = self._batches.get((source.name, source.place), [])
        if source.by_commit:
            looks = [each for each in looks if each.commit == sha]
        came = [each for each in looks if each.found]
        if not came:
            return self._absent(section, source, looks)
        settled = self._judged.get((source.name, asked.key.before, sha))
        fits = next((each for each in came if each.number == settled), None) or next(
            (each for each in reversed(came) if not self._misfit(source, asked, each)), None
        )
        chosen = fits or came[-1]
        ours = any(each.content is None and each.cause == "ours" for each in chosen.arrivals)
        return Declaration(
            section,
            source,
            chosen,
            tuple(map(self._content, chosen.contents)),
            "" if fits else self._misfit(source, asked, chosen),
            "ours" if ours else "supplier",
            note=self._note(source, asked, chosen) if fits else "",
            later=sum(each.number > chosen.number for each in came),
        )

    def _absent(self, section: SectionName, source: Source, looks: Sequence[Batch]) -> Declaration:
        if not looks:
            return Declaration(section, source, reason=NOT_READ, cause="ours")
        last = looks[-1].arrivals[-1]
        return Declaration(section, source, reason=last.reason, cause=last.cause)

    def _misfit(self, source: Source, asked: Subject, batch: Batch) -> str:
        """Why a report does not speak of a snapshot; "": it does."""
        lost = [f"{each.place}: {each.reason}" for each in batch.arrivals if each.content is None]
        for arrival in batch.arrivals:
            if arrival.content is not None:
                reason = self._why_not(source, asked, batch, arrival.content)
                lost += [f"{arrival.place}: {reason}"] if reason else []
        return "; ".join(lost[:3])

    def _why_not(self, source: Source, asked: Subject, batch: Batch, number: int) -> str:
        content = self._content(number)
        if content.reason:
            return f"it cannot be read: {content.reason}"
        tool = source.tool if isinstance(source, FindingsSource) else ""
        if other := [name for name, _ in content.tools if tool and name != tool]:
            return f"it is of {other[0] or 'a tool without a name'}, the contract asks for {tool}"
        for commit in _claimed(source, content):
            if not self._speaks(commit, asked):
                what = "baseline" if asked.baseline else "snapshot"
                return f"it speaks of commit {commit[:40]}, the {what} is {asked.sha}"
        if all(_claimed(source, content)) and _claimed(source, content):
            return ""
        return self._stale(source, asked, batch, number)

    def _speaks(self, commit: str, asked: Subject) -> bool:
        """Whether a claimed commit ("": none) is the snapshot, or one with the same production
        code: a report that lies in the repository can only name a commit before its own."""
        sha = asked.sha
        if not commit or (len(commit) >= SHORTEST and sha.startswith(commit)):
            return True
        return self._same_code(commit, sha, asked.contract.files)

    def _same_code(self, one: str, other: str, patterns: FilePatterns) -> bool:
        first, second = (self._code(each, patterns) for each in (one, other))
        return bool(first) and first == second

    def _code(self, commit: str, patterns: FilePatterns) -> Mapping[str, str]:
        """The production files of a commit, with their contents' ids; none where it is not
        known."""
        key = commit, patterns
        if key not in self._trees:
            classify = Classifier(patterns)
            self._trees[key] = {
                path: blob
                for path, blob, *_ in self._store.files(commit)
                if classify(path) == "production"
            }
        return self._trees[key]

    def _stale(self, source: Source, asked: Subject, batch: Batch, number: int) -> str:
        """Why a report that names no commit can speak of older code only."""
        received = [each for each in self._batches[source.name, source.place]
                    if number in each.contents]  # fmt: skip
        other = (each.commit for each in received if each.commit and each.commit != asked.sha)
        for sha in filter(None, other):
            same = self._same_code(sha, asked.sha, asked.contract.files)
            if not same and self._older(sha, asked):
                return (
                    f"it names no commit, and is the same as that of commit {sha[:12]}, whose code "
                    "is another"
                )
        if source.by_commit:
            return ""
        if asked.baseline:
            return "it names no commit: nobody knows whether it speaks of the baseline"
        came, delivered = received[0].received_at, self._delivered(asked)
        if came < delivered:
            return (
                f"it names no commit, and came on {came:%Y-%m-%d %H:%M} UTC, before the snapshot's "
                f"was delivered ({delivered:%Y-%m-%d %H:%M})"
            )
        latest = asked.end + timedelta(days=asked.contract.late_reading_days)
        if batch.received_at > latest:
            return (
                f"it names no commit, and came on {batch.received_at:%Y-%m-%d}, too late to be of "
                "this period"
            )
        return ""

    def _older(self, commit: str, asked: Subject) -> bool:
        branch = Branch(asked.key.source, asked.key.branch)
        at = delivered_at(self._store, branch, commit)
        return at is not None and at < self._delivered(asked)

    def _delivered(self, asked: Subject) -> datetime:
        branch = Branch(asked.key.source, asked.key.branch)
        claim = asked.stored.commit.committed_at if asked.stored.commit else asked.end
        return delivered_at(self._store, branch, asked.sha) or claim

    def _note(self, source: Source, asked: Subject, batch: Batch) -> str:
        claims = {commit for number in batch.contents
                  for commit in _claimed(source, self._content(number))}  # fmt: skip
        others = [each for each in claims if each and not asked.sha.startswith(each)]
        if others:
            return f"claims commit {others[0][:12]}, whose production code is the same"
        if claims and all(claims):
            stated = all(all(self._content(n).commits) for n in batch.contents)
            return "claims the snapshot's commit" if stated else "the contract states its commit"
        if source.path:
            return "claims no commit; it lies in the snapshot"
        if source.by_commit:
            return "claims no commit; its place names the snapshot's"
        return "claims no commit; it came after the snapshot's and in time for the period"

    def _content(self, number: int) -> ReportContent:
        if number not in self._contents:
            self._contents[number] = reports.content(self._store, number)
        return self._contents[number]


def _claimed(source: Source, content: ReportContent) -> list[str]:
    """The commits that a report claims; where it names none, the one that the contract states."""
    claims = [each for claim in content.commits for each in (claim.split() or [source.commit])]
    return claims or [source.commit]


def declarations(shelf: Shelf, asked: Subject, repository: str) -> Iterator[Declaration]:
    """What stands of each source of a repository."""
    for section in SECTIONS:
        for source in asked.contract.sources(section):
            if source.repository == repository:
                yield shelf.standing(section, source, asked)
