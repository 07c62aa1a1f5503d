"""Keeping what each reading of a branch found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from collectors.git.mirror import Mirror
from collectors.git.observations import Reading
from quality.measure.delivery import Observed
from quality.model.delivery import Branch, Loss, Observation
from quality.store import delivery
from quality.store.database import Store


def observe(store: Store, branch: Branch, mirror: Mirror, reading: Reading | None) -> Observed:
    """Keep what was read (None: nothing, the mirror serves as it is), and return all that was ever
    seen of the branch. What a database does not know of, because it is new, was put back from a
    backup or was killed, the mirror's own log tells."""
    known = delivery.observations(store, [branch])[branch]
    missed = [each for each in _later(mirror.readings(branch.name), known) if each != reading]
    for each in [*missed, *([reading] if reading else [])]:
        # what nobody can read any more tells nothing of its line
        if each.tip is None or not mirror.keep(branch.name, [each.tip]):
            known.append(_keep(store, branch, mirror, each, known))
    return Observed(known, delivery.deliveries(store, branch))


def _later(logged: Sequence[Reading], known: Sequence[Observation]) -> Sequence[Reading]:
    """The readings of a log after the last one that is known."""
    seen = {(each.read_at, each.tip) for each in known}
    both = (n for n, each in enumerate(logged, 1) if (each.read_at, each.tip) in seen)
    return logged[max(both, default=0) :]


def _keep(
    store: Store, branch: Branch, mirror: Mirror, reading: Reading, known: list[Observation]
) -> Observation:
    before = known[-1] if known else None
    at = max(reading.read_at, before.at) if before else reading.read_at
    lost, line = None, mirror.commits.line(reading.tip) if reading.tip else ()
    old = next((each.tip for each in reversed(known) if each.tip), None)
    moved = before is None or before.tip != reading.tip
    if moved and old and all(commit.sha != old for commit in line):
        lost = old
    how = _how(mirror, lost, reading.tip) if lost else ""
    new = Observation(delivery.next_number(store), reading.read_at, at, reading.tip, lost, how)
    delivery.observe(store, branch, new, before.at if before else None, line if moved else ())
    return new


def _how(mirror: Mirror, old: str, tip: str | None) -> Loss:
    if tip is None:
        return "deleted"
    return "merged" if mirror.commits.holds(old, tip) else "rewritten"


def clock_notice(store: Store, now: datetime) -> list[str]:
    """A line where our clock says less than it did when a repository was read before."""
    last = delivery.last_read_at(store)
    if last is None or now >= last:
        return []
    return [
        f"the clock went back: it says {now:%Y-%m-%d %H:%M:%S} UTC, and a repository was read at "
        f"{last:%Y-%m-%d %H:%M:%S} UTC before: check this machine's clock (what is read now counts "
        "as read after that)"
    ]
