"""Results of probes become stretches, and what nobody probed stays a gap."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.records.stretches import Stretches
from collectors.records.text import UnreadableError
from quality.model.records import Probed
from tests.collectors.records.exports import at, read, refused

BEGIN = at("2026-03-02 09:00")


def stretches(
    results: list[tuple[datetime, bool]], interval: int = 60, newest_first: bool = False
) -> list[Probed]:
    """The stretches of one service, oldest first."""
    taken = Stretches(interval)
    found = list[Probed]()
    for moment, up in reversed(results) if newest_first else results:
        found += taken.add("a", moment, up)
    return sorted([*found, *taken.rest()])


def every(seconds: int, ups: str) -> list[tuple[datetime, bool]]:
    """Results at a beat: u is up, d is down, anything else was not probed."""
    return [
        (BEGIN + timedelta(seconds=seconds * number), said == "u")
        for number, said in enumerate(ups)
        if said in "ud"
    ]


def short(found: list[Probed]) -> list[tuple[str, str, bool, int, int]]:
    return [(f"{s.begins:%M:%S}", f"{s.ends:%M:%S}", s.up, s.results, s.failed) for s in found]


@pytest.mark.parametrize("newest_first", [False, True])
def test_equal_results_in_a_row_are_one_stretch_and_gaps_stay(newest_first: bool) -> None:
    found = stretches(every(60, "uuddd...uu"), newest_first=newest_first)
    assert short(found) == [
        ("00:00", "02:00", True, 2, 0),
        ("02:00", "05:00", False, 3, 3),  # 5 to 8 was not probed
        ("08:00", "10:00", True, 2, 0),
    ]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_stretch_ends_with_the_quarter_of_an_hour(newest_first: bool) -> None:
    found = stretches(every(300, "uuuuuu"), 360, newest_first)
    assert short(found) == [
        ("00:00", "15:00", True, 3, 0),
        ("15:00", "30:00", True, 3, 0),
        ("30:00", "31:00", True, 0, 0),  # the last result still speaks, six minutes in all
    ]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_result_speaks_no_longer_than_the_interval(newest_first: bool) -> None:
    # Promised every 60 s, probed every 100 s: 40 s of each are unknown.
    found = stretches(every(100, "uuu"), 60, newest_first)
    assert [(s.ends - s.begins).seconds for s in found] == [60, 60, 60]


def test_of_two_results_at_one_moment_the_failed_one_decides() -> None:
    found = stretches([(BEGIN, True), (BEGIN, False), (BEGIN + timedelta(seconds=60), True)])
    assert short(found) == [("00:00", "01:00", False, 2, 1), ("01:00", "02:00", True, 1, 0)]


def test_results_in_no_order_are_refused() -> None:
    text = "at,up\n" + "".join(f"2026-03-02T09:0{minute}:00Z,1\n" for minute in (1, 2, 0))
    refused("csv", text, "line 4: results out of order", kind="probes", service="a", interval=60)


def test_an_interval_has_to_be_stated() -> None:
    for interval in (0, -1, 86_401):
        with pytest.raises(UnreadableError, match="state the source's interval"):
            Stretches(interval)


RESULTS = st.lists(
    st.tuples(st.integers(0, 4_000), st.booleans()), min_size=1, max_size=60,
    unique_by=lambda each: each[0],
)  # fmt: skip


@given(RESULTS, st.integers(1, 1_200))
def test_stretches_are_what_a_count_of_each_second_gives(
    results: list[tuple[int, bool]], interval: int
) -> None:
    seconds = dict[int, bool]()
    for moment, up in sorted(results):
        seconds |= dict.fromkeys(range(moment, moment + interval), up)
    ordered = [(BEGIN + timedelta(seconds=moment), up) for moment, up in sorted(results)]
    found = stretches(ordered, interval)
    assert found == stretches(ordered, interval, newest_first=True)
    counted = dict[int, bool]()
    for each in found:
        first = int((each.begins - BEGIN).total_seconds())
        last = int((each.ends - BEGIN).total_seconds())
        assert not counted.keys() & range(first, last)
        assert first // 900 == (last - 1) // 900
        counted |= dict.fromkeys(range(first, last), each.up)
    assert counted == seconds
    assert sum(each.results for each in found) == len(results)
    assert sum(each.failed for each in found) == sum(not up for _, up in results)
    assert all(before.ends <= after.begins for before, after in pairwise(found))


def test_services_may_be_mixed_and_words_be_the_source_s_own() -> None:
    text = (
        "when,what,state\n2026-03-02T09:00:00Z,a,Grün\n2026-03-02T09:00:00Z,b,rot\n"
        "2026-03-02T09:01:00Z,b,rot\n2026-03-02T09:01:00Z,a,gelb\n"
    )
    fields = {
        "at": "when",
        "service": "what",
        "up": "state",
        "up.yes": "grün | gelb",
        "up.no": "rot",
    }
    found = read("csv", text, "probes", fields=fields, interval=60)
    assert [(each.service, *short([each])[0]) for each in found] == [
        ("a", "00:00", "02:00", True, 2, 0),
        ("b", "00:00", "02:00", False, 2, 2),
    ]
    refused("csv", text, "line 2: Grün is neither up nor down", kind="probes", interval=60,
            fields={"at": "when", "service": "what", "up": "state"})  # fmt: skip


def test_counts_of_requests_are_added_up() -> None:
    text = (
        "at,total,failed\n2026-03-02T09:00:00Z,100,1\n2026-03-02T09:05:00Z,100,0\n"
        "2026-03-02T09:10:00Z,10,5\n2026-03-02T09:15:00Z,0,0\n"
    )
    found = read("csv", text, "probes", service="shop", interval=300)
    assert short(found) == [
        ("00:00", "10:00", True, 200, 1),
        ("10:00", "15:00", False, 10, 5),
        ("15:00", "20:00", True, 0, 0),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("10,11", "more requests failed than there were"),
        ("-1,0", "-1 is not a number of requests"),
        ("1.5,0", "1.5 is not a number of requests"),
        ("x,0", "x is not a number of requests"),
        (",0", "nothing is not a number of requests"),
        ("9999999999999999,0", "is not a number of requests"),
    ],
)
def test_counts_that_cannot_be_are_refused(row: str, why: str) -> None:
    text = f"at,total,failed\n2026-03-02T09:00:00Z,{row}\n"
    refused("csv", text, f"line 2: {why}|line 2: .*{why}", kind="probes", service="a", interval=60)


def test_a_result_without_service_or_word_is_refused() -> None:
    text = "at,service,up\n2026-03-02T09:00:00Z,{},{}\n"
    refused("csv", text.format("", 1), "line 2: a result of no service", kind="probes", interval=9)
    refused("csv", text.format("a", ""), "line 2: nothing is neither", kind="probes", interval=9)
    refused("csv", text.format("a", "maybe"), "line 2: maybe is neither", kind="probes", interval=9)
    refused("csv", "at,up\n", "it has no field service", kind="probes", interval=9)
