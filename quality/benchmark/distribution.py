"""How an indicator's values spread over systems: what share of them reaches, where a value stands.

One definition serves all: a level that p percent reach is the best value that at least p percent of
the systems (or of their NLOC) have or better. It is always the value of a system: nothing between
two of them is invented, and half of the systems may share one value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import ceil, comb

from quality.model.benchmark import SystemValue
from quality.model.verdict import Good

SURE = 90  # percent of samples whose level lies in the interval


def best_first(good: Good) -> Callable[[SystemValue], tuple[Fraction, str]]:
    """The order of values; low comes first where neither side is good."""
    sign = -1 if good == "high" else 1
    return lambda each: (sign * each.value, each.system)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Values of systems, the best first."""

    values: tuple[SystemValue, ...]
    good: Good

    @classmethod
    def of(cls, values: Sequence[SystemValue], good: Good) -> Distribution:
        """The distribution of values in any order."""
        return cls(tuple(sorted(values, key=best_first(good))), good)

    def reached_by(self, percent: int, weight: Callable[[SystemValue], int] | None = None) -> int:
        """The place (from 0) of the best value that at least so many percent of the systems reach;
        with ``weight``: systems that have so much of the weight."""
        if weight is None:
            return max(ceil(Fraction(percent * len(self.values), 100)), 1) - 1
        sums = list(accumulate(map(weight, self.values)))
        return next(n for n, each in enumerate(sums) if 100 * each >= percent * sums[-1])

    def level(self, percent: int) -> Fraction:
        """The best value that at least so many percent of the systems reach."""
        return self.values[self.reached_by(percent)].value

    def interval(self, percent: int) -> tuple[Fraction, Fraction]:
        """Where that level lies in ``SURE`` percent of bootstrap samples, the better end first.

        No sample is drawn: that the k-th best of n values drawn with replacement is no worse than
        the j-th of the distribution has the probability that at least k of n draws are among its
        first j, a binomial sum. So it is what infinitely many samples say, without a seed
        (A. D. Hutson and M. D. Ernst, The exact bootstrap mean and variance of an L-estimator,
        Journal of the Royal Statistical Society B 62, 2000).
        """
        count, rank = len(self.values), self.reached_by(percent) + 1
        tail = (100 - SURE) / 200
        low, high = (
            bisect_left(range(1, count), bound, key=lambda j: _at_least(rank, count, j / count))
            for bound in (tail, 1 - tail)  # it grows with j
        )
        return self.values[low].value, self.values[high].value

    def place(self, value: Fraction) -> tuple[int, int]:
        """How many systems have a worse value, and how many the very same."""
        sign = -1 if self.good == "high" else 1
        begin, end = (
            search(self.values, sign * value, key=lambda each: sign * each.value)
            for search in (bisect_left, bisect_right)
        )
        return len(self.values) - end, end - begin

    def reach(self, value: Fraction) -> int:
        """How many systems reach a level of this value."""
        return len(self.values) - self.place(value)[0]


def _at_least(successes: int, draws: int, chance: float) -> float:
    ways = _ways(draws)
    return sum(
        ways[n] * chance**n * (1 - chance) ** (draws - n) for n in range(successes, draws + 1)
    )


@cache
def _ways(draws: int) -> tuple[int, ...]:
    return tuple(comb(draws, successes) for successes in range(draws + 1))
