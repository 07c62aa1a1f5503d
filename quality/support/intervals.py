"""Arithmetic of time: stretches are half-open pairs of whole seconds, sorted and apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

Stretch = tuple[int, int]


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """What any of the stretches covers; they may overlap, touch, and come in any order."""
    found: list[Stretch] = []
    for begins, ends in sorted(stretches):
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = found[-1][0], max(ends, found[-1][1])
        else:
            found.append((begins, ends))
    return found


def less(stretches: Sequence[Stretch], taken: Sequence[Stretch]) -> list[Stretch]:
    """What is left of the stretches without those that are taken; both sorted and apart."""
    found: list[Stretch] = []
    number = 0
    for begins, ends in stretches:
        while number < len(taken) and taken[number][1] <= begins:
            number += 1
        at, here = begins, number
        while here < len(taken) and taken[here][0] < ends:
            if at < taken[here][0]:
                found.append((at, taken[here][0]))
            at = max(at, taken[here][1])
            here += 1
        if at < ends:
            found.append((at, ends))
    return found


def common(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """What both cover."""
    return less(one, less(one, other))


def length(stretches: Iterable[Stretch]) -> int:
    """The seconds of them all."""
    return sum(ends - begins for begins, ends in stretches)


class Course:
    """How time passes where only some stretches count: ``passed`` says how many of their seconds
    lie before a moment, ``reached`` when so many have passed."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self._begins = [begins for begins, _ in stretches]
        self.before = [0, *accumulate(ends - begins for begins, ends in stretches)]

    def passed(self, moment: int) -> int:
        """The seconds that count before a moment."""
        number = bisect_right(self._begins, moment) - 1
        if number < 0:
            return 0
        begins, ends = self.stretches[number]
        return self.before[number] + min(moment, ends) - begins

    def reached(self, seconds: int) -> int | None:
        """The first moment before which so many seconds (more than 0) count; None: there never are
        so many."""
        number = bisect_left(self.before, seconds) - 1
        if number >= len(self.stretches):
            return None
        return self.stretches[number][0] + seconds - self.before[number]
