"""What no value, limit or order may ever do to a verdict."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from quality.model.verdict import Outcome
from quality.store.scope import Count
from quality.verdicts.limits import compare
from quality.verdicts.verdict import RepositoryState, verdict
from tests.quality.verdicts.levels import CONTRACT, level, state

BEST_FIRST: tuple[Outcome, ...] = ("met", "below_expected", "failed")

limits = st.decimals(0, 100, places=3)
values = st.fractions(0, 100)


@given(st.sampled_from(["low", "high"]), limits, limits, values, values)
def test_improving_a_value_never_makes_the_outcome_worse(
    good: str, one: Decimal, other: Decimal, first: Fraction, second: Fraction
) -> None:
    strict, loose = sorted([one, other], reverse=good == "high")
    asked = level(good, str(strict), str(loose))
    better, worse = sorted([first, second], reverse=good == "high")
    rank = BEST_FIRST.index
    assert rank(compare(better, asked)) <= rank(compare(worse, asked))


@given(st.sampled_from(["low", "high"]), limits, limits, limits, values)
def test_loosening_a_limit_never_makes_the_outcome_worse(
    good: str, one: Decimal, two: Decimal, three: Decimal, value: Fraction
) -> None:
    strict, loose, looser = sorted([one, two, three], reverse=good == "high")
    rank = BEST_FIRST.index
    before = rank(compare(value, level(good, str(strict), str(loose))))
    assert rank(compare(value, level(good, str(strict), str(looser)))) <= before
    assert rank(compare(value, level(good, str(loose), str(looser)))) <= before


counts = st.integers(0, 1000).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)
repositories = st.lists(st.tuples(counts, counts, st.booleans()), min_size=1, max_size=4)


@given(repositories, st.randoms(), st.sampled_from(["contract", "each-repository"]))
def test_the_order_of_repositories_never_matters(
    found: list[tuple[tuple[int, int], tuple[int, int], bool]],
    random: object,
    scope: Literal["contract", "each-repository"],
) -> None:
    asked = level(scope=scope)
    states = [
        state(asked, *count, f"r{n}", Count(*measured))
        if known
        else RepositoryState(f"r{n}", {}, "x")
        for n, (count, measured, known) in enumerate(found)
    ]
    shuffled = list(states)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (verdict(asked, CONTRACT, order) for order in (states, shuffled))
    assert (one.outcome, one.measured) == (other.outcome, other.measured)
    assert sorted(one.reason.split("; ")) == sorted(other.reason.split("; "))
    assert set(one.repositories) == set(other.repositories)


@given(counts, counts)
def test_unknown_is_never_met(count: tuple[int, int], measured: tuple[int, int]) -> None:
    judged = verdict(level(), CONTRACT, [state(level(), *count, "a", Count(*measured))])
    enough = measured[1] and Fraction(100 * measured[0], measured[1]) >= 95
    assert (judged.outcome == "unknown") == (not enough or count[1] == 0)
    assert (judged.measured is None) == (judged.outcome == "unknown")
    assert bool(judged.reason) == (judged.outcome in ("unknown", "failed"))
