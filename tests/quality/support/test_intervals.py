"""The arithmetic of time, held against sets of single seconds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quality.support.intervals import Course, Stretch, common, length, less, union

LAST = 60
raw = st.lists(st.tuples(st.integers(0, LAST), st.integers(0, LAST)), max_size=12)


def seconds(stretches: list[Stretch]) -> set[int]:
    return {second for begins, ends in stretches for second in range(begins, ends)}


@given(raw)
def test_a_union_covers_what_any_covers_and_its_stretches_stand_apart(some: list[Stretch]) -> None:
    found = union(some)
    assert seconds(found) == seconds(some)
    assert all(begins < ends for begins, ends in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@given(raw, raw)
def test_what_is_taken_is_gone_and_what_is_common_is_in_both(
    one: list[Stretch], other: list[Stretch]
) -> None:
    one, other = union(one), union(other)
    assert seconds(less(one, other)) == seconds(one) - seconds(other)
    assert seconds(common(one, other)) == seconds(one) & seconds(other)
    assert length(one) == len(seconds(one))
    assert less(one, other) == union(less(one, other))


@given(raw, st.integers(-5, LAST + 5), st.integers(1, LAST + 1))
def test_what_has_passed_is_counted_second_by_second(
    some: list[Stretch], moment: int, wanted: int
) -> None:
    course, counting = Course(union(some)), sorted(seconds(some))
    assert course.passed(moment) == sum(second < moment for second in counting)
    # reached is the end of the wanted-th second that counts
    expected = counting[wanted - 1] + 1 if wanted <= len(counting) else None
    assert course.reached(wanted) == expected


@given(raw, st.integers(1, LAST))
def test_the_moment_at_which_so_much_has_passed_is_the_first_one(
    some: list[Stretch], wanted: int
) -> None:
    course = Course(union(some))
    at = course.reached(wanted)
    if at is not None:
        assert course.passed(at) == wanted
        assert course.passed(at - 1) == wanted - 1
