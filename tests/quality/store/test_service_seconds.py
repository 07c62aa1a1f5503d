"""Every second of a service's time against a count second by second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.catalogue.indicators import INDICATORS
from quality.contract.sections.defects import Defects
from quality.contract.sections.services import Maintenance, Service
from quality.contract.sections.support import Support
from quality.model.records import Outage, Probed
from quality.store.agreed_time import Hours, Operation
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.store.records import Arrival, Intake, add_source, batches
from quality.store.scope import MetricQuery
from quality.store.views import Cut, Excusal, View, Window
from tests.examples import examples

BASE = 1_780_000_000
BEFORE, LENGTH = 30, 90  # seconds looked at before the window, and in it


def at(second: int) -> datetime:
    return datetime.fromtimestamp(BASE + second, UTC)


@dataclass(frozen=True)
class Case:
    outages: tuple[tuple[str, int, int, int], ...]  # kind or cause, begin, end, announced
    probes: tuple[tuple[int, int, bool], ...]
    excused: tuple[tuple[int, int], ...]
    same: int
    most: int
    owed: bool


SECONDS = st.integers(-BEFORE, LENGTH + 20)
STRETCH = st.tuples(SECONDS, st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1]))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kinds = st.sampled_from(("out", "out", "maintenance", "caused"))
    outages = draw(st.lists(st.tuples(kinds, STRETCH, SECONDS), max_size=6))
    marks = sorted(draw(st.sets(SECONDS, max_size=8)))
    states = draw(st.lists(st.sampled_from((True, True, False, None)), min_size=9, max_size=9))
    probes = tuple(
        (begin, end, state)
        for begin, end, state in zip(marks, marks[1:], states, strict=False)
        if state is not None
    )
    return Case(
        tuple((kind, *stretch, announced) for kind, stretch, announced in outages),
        probes,
        tuple(draw(st.lists(STRETCH, max_size=1))),
        draw(st.integers(0, 8)),
        draw(st.integers(1, 30)),
        draw(st.booleans()),
    )


def expected(case: Case) -> dict[str, tuple[int, int]]:
    """The four indicators, second by second."""

    def over(second: int, *kinds: str) -> bool:
        return any(k in kinds and b <= second < e for k, b, e, _ in case.outages)

    def probed(second: int, up: bool) -> bool:
        return any(b <= second < e and state is up for b, e, state in case.probes)

    left, states, failed = case.most, list[str](), list[bool]()
    watched = bool(case.probes)
    for second in range(-BEFORE, LENGTH):
        down = over(second, "out", "caused") or probed(second, up=False)
        down |= not watched and over(second, "maintenance")
        unsaid = watched and not probed(second, up=True) and not probed(second, up=False)
        in_time = any(k == "maintenance" and b <= second < e and a + 5 <= b
                      for k, b, e, a in case.outages)  # fmt: skip
        state = "down" if down else "missed" if unsaid and not down else "up"
        if state != "up":
            if any(b <= second < e for b, e in case.excused):
                state = "excused"
            elif in_time and (second < 0 or left > 0):
                state, left = "maintenance", left - (second >= 0)
            elif not in_time and over(second, "caused") and not over(second, "out"):
                state = "caused"
        states.append(state)
        failed.append(down)
    return _counted(case, states, failed)


def _counted(case: Case, states: list[str], failed: list[bool]) -> dict[str, tuple[int, int]]:
    inside = states[BEFORE:]
    up, down, missed = (inside.count(each) for each in ("up", "down", "missed"))
    breaks = list[list[int]]()
    for second in (second for second, fails in enumerate(failed) if fails):
        gap = second - breaks[-1][-1] - 1 if breaks else None
        if gap is None or (gap > 0 and gap >= case.same):
            breaks.append([])
        breaks[-1].append(second)
    counted = [(each, [s for s in each if states[s] == "down"]) for each in breaks]
    counted = [(each, downs) for each, downs in counted if downs]
    ended = [downs for each, downs in counted if BEFORE <= each[-1] + 1 < BEFORE + LENGTH]
    return {
        "service.availability": (up, up + down + (missed if case.owed else 0)),
        "service.outages": (sum(downs[0] >= BEFORE for _, downs in counted), 1),
        "service.longest_outage": (
            max((len(downs) for _, downs in counted if downs[-1] >= BEFORE), default=0), 1,
        ),
        "service.mttr": (sum(map(len, ended)), max(len(ended), 1)),
    }  # fmt: skip


@pytest.fixture(scope="module")
def stores() -> Iterator[Store]:
    with Store(Path(os.devnull) / "none", read_only=True) as store:  # in memory
        yield store


def found(store: Store, case: Case) -> dict[str, tuple[int, int]]:
    cuts = tuple(_cuts(store, case))
    planned = Maintenance(at_most=f"{case.most} s", announced="5 s")
    same = {"same_outage": f"{case.same} s"} if case.same else {}
    terms = Service(name="shop", not_counted=("our*",), maintenance=planned, **same)
    owed = ("watch",) if case.owed else ()
    view = View(
        cuts, Support(), (), Operation((terms,), Defects(), owed),
        tuple(Excusal(None, "shop", BASE + b, BASE + e) for b, e in case.excused),
    )  # fmt: skip
    all_time = ((BASE - BEFORE, BASE + LENGTH),)
    hours = (Hours(terms, None, all_time, all_time),)
    scope = RecordScope(store, [Window(view, BASE, BASE + LENGTH, hours)])
    counts = {}
    for name in expected(case):
        chosen = ("shop", None) + ((None,) if name == "service.availability" else ())
        (count,) = scope.count(MetricQuery(INDICATORS[name], None, chosen)).values()
        counts[name] = (count.numerator, count.denominator)
    return counts


def _cuts(store: Store, case: Case) -> Iterator[Cut]:
    kept = {
        "list": [
            Outage(
                str(n), "Shop", "maintenance" if kind == "maintenance" else "outage",
                at(begin), at(end), at(announced), "Our doing" if kind == "caused" else "",
            )
            for n, (kind, begin, end, announced) in enumerate(case.outages)
        ],
        "watch": [Probed("shop", at(b), at(e), up, 1, int(not up)) for b, e, up in case.probes],
    }  # fmt: skip
    received = at(LENGTH + 1000)
    for name, kind in (("list", "outages"), ("watch", "probes")):
        if name == "watch" and not case.probes:
            continue
        known = len(store.connection.execute("from record_sources").fetchall())
        number = add_source(store, f"C{known}", name, kind)  # type: ignore[arg-type]
        Intake(store, number, whole=True).keep(
            Arrival(number, 1, "", received, received), kept[name]
        )
        batch = batches(store, number)[-1].number
        yield Cut(number, name, kind, batch, BASE + LENGTH + 1000)  # type: ignore[arg-type]


@examples(60)
@given(case=cases())
def test_every_second_is_in_one_state(stores: Store, case: Case) -> None:
    assert found(stores, case) == expected(case)


def test_more_bad_news_never_lifts_the_availability(stores: Store) -> None:
    """Splitting, nesting or adding an outage: none makes more seconds up."""
    one = Case((("out", 10, 40, 0),), (), (), 0, 30, owed=False)
    parts = Case((("out", 10, 25, 0), ("out", 25, 40, 0), ("out", 12, 20, 0)), (), (), 0, 30,
                 owed=False)  # fmt: skip
    assert found(stores, one) == found(stores, parts)
