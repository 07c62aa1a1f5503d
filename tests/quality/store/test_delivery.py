"""What was seen of branches, asked for several at once: each gets its own, as if it stood alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quality.model.delivery import Branch, Observation
from quality.model.repository import Commit
from quality.store import delivery
from quality.store.baselines import BaselineKey, FoundBaseline, baselines, keep_baseline
from quality.store.database import SnapshotKey, Store, naive
from quality.store.delivery import NamedPlace, Span, StoredChallenge

MAIN, OLD = Branch("x.git", "main"), Branch("x.git", "old")
OTHER, UNREAD = Branch("y.git", "main"), Branch("z.git", "main")


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


JULY, AUGUST, SEPTEMBER = at(7, 1), at(8, 1), at(9, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three branches, each read on the tenth of July and August; "c" stands on two of them."""
    line = {
        MAIN: [("b", at(7, 20)), ("a", at(7, 5))],
        OLD: [("c", at(7, 2)), ("a", at(7, 5))],  # dated before the commit that it follows
        OTHER: [("c", at(6, 1)), ("d", at(8, 8))],  # which the reading of July found already
    }
    with Store(tmp_path / "m.duckdb") as made:
        for number, (branch, commits) in enumerate(line.items()):
            for reading in (1, 2):
                seen = at(6 + reading, 10)
                observation = Observation(3 * reading + number, seen, seen, commits[0][0])
                found = [Commit(sha, dated) for sha, dated in commits[2 - reading :]]
                since = at(7, 10) if reading == 2 else None
                delivery.observe(made, branch, observation, since, found)
        yield made


def test_readings_are_each_branchs_own(store: Store) -> None:
    found = delivery.observations(store, [OTHER, MAIN, UNREAD])
    assert {branch: [each.number for each in read] for branch, read in found.items()} == {
        OTHER: [5, 8], MAIN: [3, 6], UNREAD: [],
    }  # fmt: skip
    assert delivery.observations(store, []) == {}


def test_dates_are_odd_in_their_own_span_alone(store: Store) -> None:
    july, august = Span(MAIN, JULY, AUGUST), Span(MAIN, AUGUST, SEPTEMBER)
    spans = [july, august, Span(OLD, JULY, AUGUST), Span(OTHER, JULY, AUGUST), july]
    found = delivery.odd_dates(store, spans)
    told = {
        (span.branch, span.start.month): [(o.kind, o.commits, o.commit, o.claimed, o.bound)
                                          for o in odd]
        for span, odd in found.items()
    }  # fmt: skip
    assert told == {
        (MAIN, 7): [],
        (MAIN, 8): [],
        (OLD, 7): [("back", 1, "c", at(7, 2), at(7, 10)),
                   ("disordered", 1, "c", at(7, 2), at(7, 5))],
        (OTHER, 7): [("back", 1, "c", at(6, 1), at(7, 10)),
                     ("disordered", 1, "c", at(6, 1), at(8, 8)),
                     ("future", 1, "d", at(8, 8), at(7, 10))],
    }  # fmt: skip
    assert found == {span: delivery.odd_dates(store, [span])[span] for span in spans}


def test_challenges_and_places_are_told_apart_by_all_that_names_them(store: Store) -> None:
    quarter, half = naive(at(7, 1)), naive(at(8, 1))
    keys = [SnapshotKey("x.git", "main", quarter), SnapshotKey("x.git", "main", half),
            SnapshotKey("x.git", "old", quarter)]  # fmt: skip
    for key, commit, number in ((keys[0], "b", 6), (keys[0], None, 3), (keys[2], "c", 7)):
        delivery.challenge(store, key, commit, dropped=commit is None, number=number)
    assert delivery.challenges(store, keys) == {
        keys[0]: [StoredChallenge(None, True, at(7, 10)), StoredChallenge("b", False, at(8, 10))],
        keys[1]: [],
        keys[2]: [StoredChallenge("c", False, at(8, 10))],
    }
    one, two = NamedPlace("A-1", "billing", quarter), NamedPlace("A-1", "billing", half)
    for place, key in ((one, keys[0]), (one, keys[2]), (one, keys[2]), (two, keys[1])):
        delivery.name_place(store, place, key)
    elsewhere = NamedPlace("B-1", "billing", quarter)
    assert delivery.places(store, [elsewhere, two, one]) == {
        elsewhere: [], two: [MAIN], one: [MAIN, OLD],
    }  # fmt: skip


def test_of_each_baseline_the_first_commit_stands(store: Store) -> None:
    tag, moved = BaselineKey("x.git", "", "tag v1"), BaselineKey("y.git", "", "tag v1")
    gone = FoundBaseline(None, "there is no tag v1", at(7, 1))
    first, second = FoundBaseline("a", "", at(7, 2)), FoundBaseline("b", "", at(7, 3))
    for key, each in ((tag, gone), (moved, gone), (moved, first), (moved, second)):
        keep_baseline(store, key, each)
    found = baselines(store, [tag, moved, BaselineKey("z.git", "", "tag v1")])
    assert {key: (each.first, each.later) for key, each in found.items()} == {
        tag: (gone, ()), moved: (first, (second,)),
    }  # fmt: skip
