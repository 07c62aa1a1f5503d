"""Treemaps: areas in proportion, nothing overlaps, the whole is filled."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quality.model.scorecard import Hotspot
from reports.scorecard.page.treemap import boxes, rectangles

FILE = Hotspot("billing", "a.py", 6, 6, 10, 2, 8, 100)


def test_two_to_one_split_the_longer_side() -> None:
    """6 and 3 in 9 x 1: beside each other, 6 and 3 wide."""
    assert rectangles([6, 3], 9, 1) == [(0, 0, 6, 1), (6, 0, 3, 1)]


def test_the_example_of_the_paper() -> None:
    """6, 6, 4, 3, 2, 2, 1 in 6 x 4: two of 3 x 2 above each other, then 4 and 3 beside them."""
    found = rectangles([6, 6, 4, 3, 2, 2, 1], 6, 4)
    assert found[:2] == [(0, 0, 3, 2), (0, 2, 3, 2)]
    seventh = Fraction(12, 7)
    assert found[2] == (3, 0, seventh, Fraction(7, 3))
    assert found[3] == (3 + seventh, 0, Fraction(9, 7), Fraction(7, 3))


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=40))
def test_areas_are_in_proportion_and_do_not_overlap(numbers: list[int]) -> None:
    ordered = sorted(numbers, reverse=True)
    found = rectangles(ordered, 400, 220)
    whole = Fraction(400 * 220, sum(ordered))
    assert [wide * high for _, _, wide, high in found] == [number * whole for number in ordered]
    for n, (x, y, wide, high) in enumerate(found):
        assert x >= 0
        assert y >= 0
        assert x + wide <= 400
        assert y + high <= 220
        for left, top, across, down in found[:n]:
            apart = x >= left + across or left >= x + wide or y >= top + down or top >= y + high
            assert apart


def test_colours_say_how_often_and_small_ones_have_no_number() -> None:
    spots = [FILE, replace(FILE, changes=3), replace(FILE, changes=1, complexity=1)]
    found = boxes(spots)
    assert [(each.number, each.band, each.room) for each in found] == [
        (1, 3, True), (2, 2, True), (3, 1, False),
    ]  # fmt: skip
