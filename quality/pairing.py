"""Which function of one side was which of the other: across edits, renames, moves and splits.

Every function of the base stands for one of the head at most, so nothing that is new can borrow
the past of what is still there, and of a function that was split one part has the past. The merge
gate asks it of a change, the counting of a baseline and a snapshot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quality.model.facts import Function

REVISION = 1  # raised where the pairs change: what was counted by others is counted anew
SIMILAR = 0.5  # of the larger one's lines, as of renamed files
COMMON = 50  # a line that so many functions share says nothing of where one came from
CLOSEST = 5  # functions compared exactly with one


@dataclass(frozen=True, slots=True)
class Placed:
    """A function and where it stands: ``file`` is what tells the files of a side apart, the same
    for a file and its base version; ``lines``: the hashes of its code lines, counted."""

    function: Function
    path: str
    file: int
    lines: Counter[int] = field(default_factory=Counter, compare=False)


def pasts(head: Sequence[Placed], base: Sequence[Placed]) -> dict[int, int]:
    """What each of ``head`` was in ``base``, by their places in the lists, for functions that are
    not the same on both sides: by similar lines first, then by name within a file."""
    pairs = similar(head, base)
    return pairs | by_name(head, base, pairs)


def similar(head: Sequence[Placed], base: Sequence[Placed]) -> dict[int, int]:
    """Pairs of at least SIMILAR lines: those of one name first, then the most similar."""
    holders: dict[int, list[int]] = {}
    for at, one in enumerate(base):
        for line in one.lines:
            holders.setdefault(line, []).append(at)
    pairs = []
    for at, one in enumerate(head):
        shared: Counter[int] = Counter()
        for line in one.lines:
            if len(places := holders.get(line, ())) <= COMMON:
                shared.update(places)
        for place, _ in shared.most_common(CLOSEST):
            other = base[place]
            most = max(one.lines.total(), other.lines.total())
            share = (one.lines & other.lines).total() / most
            if share >= SIMILAR:
                renamed = one.function.name != other.function.name
                pairs.append((renamed, one.file != other.file, -share, at, place))
    found = dict[int, int]()
    taken = set[int]()
    for *_, at, place in sorted(pairs):
        if at not in found and place not in taken:
            found[at] = place
            taken.add(place)
    return found


def by_name(
    head: Sequence[Placed], base: Sequence[Placed], pairs: dict[int, int]
) -> dict[int, int]:
    """The rest by name within a file and its base version, in their order."""
    taken = set(pairs.values())
    named: dict[tuple[int, str], list[int]] = {}
    for place, one in enumerate(base):
        if place not in taken:
            named.setdefault((one.file, one.function.name), []).append(place)
    found = dict[int, int]()
    for at, one in enumerate(head):
        places = named.get((one.file, one.function.name))
        if at not in pairs and places:
            found[at] = places.pop(0)
    return found
