"""What a reader must know of the moment at which a snapshot was delivered, and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quality.contract.periods import period_end_instant
from quality.model.delivery import Branch, Observation
from quality.model.evaluation import Challenge, LostTip, SnapshotBaseline
from quality.model.verdict import Period
from quality.store import delivery
from quality.store.counting import NOTHING
from quality.store.database import SnapshotKey, Store, StoredSnapshot
from quality.verdicts.history import Snapshots
from quality.verdicts.request import Request, snapshot_key

SHOWN = 3  # of a list in a sentence


@dataclass(frozen=True, slots=True)
class Moment:
    """The readings behind one snapshot: see ``Snapshot``."""

    late: bool
    challenges: tuple[Challenge, ...]
    lost: tuple[LostTip, ...]
    notices: tuple[str, ...]


class Moments:
    """The readings behind the judged snapshots of some requests, asked for all at once."""

    def __init__(self, store: Store, judged: Iterable[Snapshots]) -> None:
        self._store = store
        every = [
            _Judged.of(each.request, name) for each in judged for name in each.request.repositories
        ]
        self._readings = delivery.observations(store, [each.span.branch for each in every])
        self._challenges = delivery.challenges(store, [each.key for each in every])
        self._places = delivery.places(store, [each.place for each in every])
        self._odd = delivery.odd_dates(store, [each.span for each in every])

    def of(self, snapshots: Snapshots, repository: str, stored: StoredSnapshot) -> Moment:
        """What is known of the judged period's snapshot of a repository beside its commit."""
        request = snapshots.request
        contract, period = request.contract, request.period
        judged = _Judged.of(request, repository)
        readings = self._readings[judged.span.branch]
        allowed = timedelta(days=contract.late_reading_days)
        late = stored.stands and stored.read_at and stored.read_at - judged.span.end > allowed
        lost = tuple(_lost(readings, judged.span.start))
        challenges = tuple(
            Challenge(each.commit, each.seen_at, each.dropped)
            for each in self._challenges[judged.key]
        )
        notices = [
            *(_late(stored, period, contract.timezone) if late else ()),
            *_unchanged(stored, period, judged.span.start),
            *_challenged(stored, period, challenges),
            *_rewritten(lost),
            *_elsewhere(self._store, self._places[judged.place], judged.key, stored),
            *_odd(self._odd[judged.span]),
            *_clock(readings, stored),
            *_baseline(snapshots, repository),
        ]
        return Moment(bool(late), challenges, lost, tuple(notices))


@dataclass(frozen=True, slots=True)
class _Judged:
    """By what the readings behind a judged snapshot are found."""

    key: SnapshotKey
    place: delivery.NamedPlace
    span: delivery.Span

    @classmethod
    def of(cls, request: Request, repository: str) -> _Judged:
        """The judged snapshot of a repository."""
        contract, period = request.contract, request.period
        key = snapshot_key(contract, repository, period)
        zone = ZoneInfo(contract.timezone)
        begin = datetime.combine(period.start, time.min, zone).astimezone(UTC)
        end = period_end_instant(period, contract.timezone)
        return cls(
            key,
            delivery.NamedPlace(request.base.id, repository, key.before),
            delivery.Span(Branch(key.source, key.branch), begin, end),
        )


def snapshot_baseline(snapshots: Snapshots, repository: str) -> SnapshotBaseline | None:
    """With what the judged period's snapshot of a repository is compared."""
    period = snapshots.request.period
    agreed, stored = snapshots.agreed(period, repository)
    if agreed is None:
        return None
    commit, reason = snapshots.baseline(period, repository)
    found_at = stored.first.found_at if stored and stored.commit is not None else None
    return SnapshotBaseline(agreed.stated, commit, found_at, reason)


def _baseline(snapshots: Snapshots, repository: str) -> Iterator[str]:
    """What became of the baseline since it was found, and on whose word its date stands."""
    request = snapshots.request
    agreed, stored = snapshots.agreed(request.period, repository)
    if not agreed or not stored or stored.commit is None:
        return
    first = _day(stored.first.found_at)
    if stored.later:
        last = stored.later[-1]
        now = f"{last.commit} now" if last.commit else f"gone now ({last.reason})"
        yield (
            f"the baseline {agreed.stated} was {stored.commit} when it was first read on {first}; "
            f"it is {now}, as read on {_day(last.found_at)}: what was read first stands"
        )
    if stored.commit == NOTHING:
        yield f"no commit was delivered before {agreed.date}: all code is new since the baseline"
    elif not agreed.commit and stored.first.found_at.date() > (agreed.date or request.base.starts):
        yield (
            f"the baseline {agreed.stated} is {stored.commit}, first read on {first}: until then "
            f"it was the supplier's claim alone"
        )


def _late(stored: StoredSnapshot, period: Period, timezone: str) -> Iterator[str]:
    if stored.read_at:
        day = stored.read_at.astimezone(ZoneInfo(timezone)).date()
        yield (
            f"first read on {day}, {(day - period.end).days} days after the period's last day: "
            "until then its dates are the supplier's claim alone"
        )


def _unchanged(stored: StoredSnapshot, period: Period, begin: datetime) -> Iterator[str]:
    """A branch on which nobody works any more: perhaps another one is delivered."""
    commit = stored.commit
    if commit and stored.stands and commit.committed_at < begin:
        yield (
            f"nothing was committed in {period.id}: {commit.sha[:12]} of "
            f"{_day(commit.committed_at)} still stands"
        )


def _challenged(
    stored: StoredSnapshot, period: Period, challenges: Sequence[Challenge]
) -> Iterator[str]:
    """One sentence a cause: a rewritten history, and commits that were dated back."""
    stands = stored.commit.sha if stored.commit else "no commit"
    for dropped, what in (
        (True, "the branch holds it no longer"),
        (False, "a commit dated before the period's end came after it"),
    ):
        if found := [each for each in challenges if each.dropped is dropped]:
            last = found[-1]
            more = f" ({len(found)} such changes)" if len(found) > 1 else ""
            yield (
                f"{stands} stands for {period.id} since {_day(stored.read_at)}; {what}, as read "
                f"on {_day(last.seen_at)}, and {last.commit or 'no commit'} would stand{more}"
            )


def _lost(readings: Sequence[Observation], begin: datetime) -> Iterator[LostTip]:
    for each in readings:
        if each.lost and each.how and each.at >= begin:
            yield LostTip(each.lost, each.at, each.how)


_HOW = {
    "rewritten": "history was rewritten: the branch lost",
    "merged": "a merge turned the branch's line away from",
    "deleted": "the branch was taken away: its tip was",
}


def _rewritten(lost: Sequence[LostTip]) -> Iterator[str]:
    for how, words in _HOW.items():
        found = [f"{each.commit[:12]} ({_day(each.seen_at)})" for each in lost if each.how == how]
        if found:
            yield f"{words} {', '.join(_some(found))}"


def _elsewhere(
    store: Store, named: Sequence[Branch], key: SnapshotKey, stored: StoredSnapshot
) -> Iterator[str]:
    """Where the contract named another branch or repository before, and what stood there."""
    for branch in named:
        other = SnapshotKey(branch.source, branch.name, key.before)
        if other == key:
            continue
        before = store.snapshots(branch.source).get(other)
        if before and before.stands and before.commit != stored.commit:
            stood = before.commit.sha if before.commit else "no commit"
            now = stored.commit.sha if stored.commit else "no commit"
            there = branch.name
            where = there if branch.source == key.source else f"{there} of {branch.source}"
            yield f"the contract named {where} before, where {stood} stands; now {now} does"


_ODD = {  # what is odd of one commit, and of several; what bounds the date
    "back": ("before a reading that did not find ", "it", "them", "was not there on"),
    "future": ("after the reading that found ", "it", "them", "was there on"),
    "disordered": ("before the commit that ", "it follows", "they follow", "follows one of"),
}


def _odd(found: Sequence[delivery.OddDates]) -> Iterator[str]:
    for each in found:
        what, one, several, how = _ODD[each.kind]
        many = each.commits > 1
        commits = f"{each.commits} commits are" if many else "1 commit is"
        yield (
            f"{commits} dated {what}{several if many else one}: {each.commit[:12]}, dated "
            f"{_moment(each.claimed)}, {how} {_moment(each.bound)}"
        )


def _clock(readings: Sequence[Observation], stored: StoredSnapshot) -> Iterator[str]:
    """Where the reading that counts was made by a clock that had gone back."""
    for each in readings:
        if each.at == stored.read_at and each.read_at < each.at:
            yield (
                f"the clock went back: the reading of {_moment(each.read_at)} was made after one "
                f"of {_moment(each.at)}, and counts as later"
            )
            return


def _some(texts: Sequence[str]) -> list[str]:
    more = len(texts) - SHOWN
    return [*texts[:SHOWN], *([f"and {more} more"] if more > 0 else [])]


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "nobody knows when"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
