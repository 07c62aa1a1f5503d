"""Levels and places counted by hand, and what must hold for any values."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.benchmark.distribution import SURE, Distribution
from quality.model.benchmark import SystemValue
from quality.model.verdict import Good

VALUES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10**6)), min_size=1, max_size=60)


def spread(values: list[float | int], good: Good = "low") -> Distribution:
    return weighted([(value, 1000) for value in values], good)


def weighted(values: list[tuple[float | int, int]], good: Good = "low") -> Distribution:
    rows = [SystemValue(f"s{n}", nloc, Fraction(value)) for n, (value, nloc) in enumerate(values)]
    return Distribution.of(rows, good)


def test_a_quarter_of_eight_systems_is_two() -> None:
    found = spread([8, 7, 6, 5, 4, 3, 2, 1])
    assert found.level(25) == 2  # 1 and 2
    assert found.level(26) == 3  # 26 % of 8 is 2.08: two are not enough
    assert found.level(80) == 7  # 6.4 of 8: seven
    assert found.level(100) == 8
    assert found.level(0) == 1


def test_where_high_is_good_the_best_come_first() -> None:
    found = spread([8, 7, 6, 5, 4, 3, 2, 1], "high")
    assert (found.level(25), found.level(80)) == (7, 2)
    assert found.place(Fraction(6)) == (5, 1)  # five are lower, one is the same


def test_a_large_system_weighs_as_much_as_its_lines() -> None:
    found = weighted([(1, 100), (2, 100), (3, 800)])
    at = found.reached_by(25, lambda each: each.nloc)
    assert found.values[at].value == 3  # 1 and 2 hold 20 % of the lines
    assert found.level(25) == 1


def test_systems_that_share_a_value_are_no_worse_than_it() -> None:
    found = spread([0, 0, 0, 5])
    assert found.place(Fraction(0)) == (1, 3)
    assert found.place(Fraction(5)) == (0, 1)
    assert found.place(Fraction(9)) == (0, 0)
    assert found.reach(Fraction(0)) == 3


def test_the_interval_of_two_systems_by_hand() -> None:
    # Of two draws from {1, 2} both are 2 in one of four cases, so the best is 2 in 25 %.
    assert spread([1, 2]).interval(50) == (1, 2)


@pytest.mark.slow
def test_the_interval_is_the_one_that_many_drawn_samples_show() -> None:
    found, random = spread(list(range(40))), Random(7)
    drawn = sorted(
        spread(random.choices(range(40), k=40)).level(80) for _ in range(4000)
    )  # fmt: skip
    tail = (100 - SURE) * len(drawn) // 200
    low, high = found.interval(80)
    assert abs(low - drawn[tail]) <= 1
    assert abs(high - drawn[-tail]) <= 1


@given(VALUES, st.sampled_from(["low", "high"]))
def test_more_systems_reach_a_worse_level(values: list[tuple[int, int]], good: Good) -> None:
    found = weighted(values, good)
    sign = -1 if good == "high" else 1
    for weight in (None, lambda each: each.nloc):
        levels = [found.values[found.reached_by(p, weight)].value for p in range(0, 101, 5)]
        assert [sign * each for each in levels] == sorted(sign * each for each in levels)
    for percent in (25, 80):
        level = found.level(percent)
        assert 100 * found.reach(level) >= percent * len(values)
        better = [each.value for each in found.values if sign * each.value < sign * level]
        if better:  # no better value is reached by as many
            assert 100 * found.reach(better[-1]) < percent * len(values)


@given(VALUES, st.sampled_from(["low", "high"]))
def test_the_interval_holds_the_level(values: list[tuple[int, int]], good: Good) -> None:
    found = weighted(values, good)
    for percent in (25, 80):
        low, high = found.interval(percent)
        assert min(low, high) <= found.level(percent) <= max(low, high)


@given(VALUES, st.integers(0, 50))
def test_every_system_is_worse_the_same_or_better(values: list[tuple[int, int]], at: int) -> None:
    found = weighted(values)
    worse, equal = found.place(Fraction(at))
    assert worse + equal + sum(each.value < at for each in found.values) == len(values)
