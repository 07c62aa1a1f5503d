"""What is new in a file: the items and lines that its base version does not have.

Everything is counted: a second copy of what stands once in the base is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from quality.model.facts import CodeLines

Item = TypeVar("Item")


class Compared(NamedTuple, Generic[Item]):
    """Items of a head, each with its key, that its base has too, and those it has not; ``left``:
    how many of each key the base had and the head has no more."""

    kept: list[tuple[Hashable, Item]]
    new: list[tuple[Hashable, Item]]
    left: Counter[Hashable]


def compare(head: Iterable[tuple[Hashable, Item]], base: Counter[Hashable]) -> Compared[Item]:
    """Match items by their keys; of several equal ones, those that come last are new."""
    compared = Compared[Item]([], [], Counter(base))
    for key, item in head:
        (compared.kept if _take(compared.left, key) else compared.new).append((key, item))
    return compared


def _take(counts: Counter[Hashable], key: Hashable) -> bool:
    if counts[key] <= 0:
        return False
    counts[key] -= 1
    return True


def new_lines(head: CodeLines, base: CodeLines | None) -> list[bool]:
    """For each code line of the head whether it is new. Lines are matched with their neighbours
    first and alone then, so a closing bracket is new where the block is that it closes."""
    hashes = head.hashes
    if base is None:
        return [True] * len(hashes)
    places: dict[tuple[int, ...], list[int]] = {}
    for place in range(len(base.hashes) - 1, -1, -1):
        places.setdefault(_around(base.hashes, place), []).append(place)
    new, matched = [True] * len(hashes), set[int]()
    for place in range(len(hashes)):
        if found := places.get(_around(hashes, place)):
            matched.add(found.pop())
            new[place] = False
    left = Counter(line for place, line in enumerate(base.hashes) if place not in matched)
    for place, line in enumerate(hashes):
        if new[place] and left[line] > 0:
            left[line] -= 1
            new[place] = False
    return new


def _around(hashes: Sequence[int], place: int) -> tuple[int, ...]:
    before = hashes[place - 1] if place else -1
    after = hashes[place + 1] if place + 1 < len(hashes) else -1
    return before, hashes[place], after
