"""Slots of time say the same as counting stretch by stretch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quality.store.slots import passed, reached, slots_before
from quality.support.intervals import Course, Stretch, union

BEGINS, ENDS = 1_000_000, 1_200_000
MOMENTS = st.integers(BEGINS, ENDS)
LENGTHS = st.sampled_from([1, 7, 59, 600, 3_600, 10_800, 90_000])
COURSES = st.lists(
    st.lists(st.tuples(MOMENTS, LENGTHS), max_size=12).map(
        lambda each: union((begin, min(begin + length, ENDS)) for begin, length in each)
    ),
    min_size=1,
    max_size=3,
)


@given(COURSES, st.lists(MOMENTS, min_size=1, max_size=20))
def test_what_passes_before_a_moment(courses: list[list[Stretch]], moments: list[int]) -> None:
    size, rows = passed(courses, BEGINS, ENDS)
    by_slot = {slot: rest for _, slot, *rest in rows}
    assert len(by_slot) == len(rows)
    for number, course in enumerate(courses):
        edges = [edge for stretch in course for edge in stretch]
        for moment in [*moments, *edges, BEGINS, ENDS]:
            slot = slots_before(number, size, BEGINS, ENDS) + moment // size
            before, b1, e1, b2, e2 = by_slot[slot]
            found = before + max(0, min(moment, e1) - b1) + max(0, min(moment, e2) - b2)
            assert found == Course(course).passed(moment)


@given(COURSES, st.lists(st.integers(1, ENDS - BEGINS), max_size=20))
def test_when_so_many_seconds_have_passed(courses: list[list[Stretch]], counted: list[int]) -> None:
    size, rows = reached(courses)
    by_slot = {(number, slot): rest for number, slot, *rest in rows}
    assert len(by_slot) == len(rows)
    for number, course in enumerate(courses):
        whole = Course(course)
        for seconds in [*counted, *whole.before[1:], *(each + 1 for each in whole.before)]:
            shift, beyond, shift_beyond, last = by_slot.get(
                (number, (seconds - 1) // size), (0, 0, 0, 0)
            )
            at = seconds + (shift_beyond if seconds > beyond else shift)
            assert (at if seconds <= last else None) == whole.reached(seconds)
