"""Verdicts: exact comparisons, unknown above met, every repository by itself where agreed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quality.catalogue.indicators import INDICATORS
from quality.model.verdict import Measured
from quality.store.scope import Count
from quality.verdicts.guards import MEASURED_SHARE
from quality.verdicts.limits import compare
from quality.verdicts.verdict import RepositoryState, combined, verdict
from tests.quality.verdicts.levels import CONTRACT, level, state


@pytest.mark.parametrize(
    ("good", "value", "outcome"),
    [
        ("low", "5", "met"),
        ("low", "5.0000000000000000001", "below_expected"),
        ("low", "8", "below_expected"),
        ("low", "8.0000000000000000001", "failed"),
        ("low", "0", "met"),
        ("high", "8", "met"),
        ("high", "7.9999999999999999999", "below_expected"),
        ("high", "5", "below_expected"),
        ("high", "4.9999999999999999999", "failed"),
    ],
)
def test_at_the_limit_is_met_and_beyond_it_is_not(good: str, value: str, outcome: str) -> None:
    limits = ("5", "8") if good == "low" else ("8", "5")
    assert compare(Fraction(value), level(good, *limits)) == outcome


def test_a_value_that_rounds_to_the_minimum_has_failed() -> None:
    judged = verdict(level(), CONTRACT, [state(level(), 8_000_000_001, 100_000_000_000)])
    assert judged.measured
    assert judged.measured.value == 8.0
    assert (judged.outcome, judged.reason) == (
        "failed", "less than 0.000001 percentage points over the minimum of 8",
    )  # fmt: skip


def test_a_limit_that_no_float_holds() -> None:
    """0.1 percent is 1 of 1000, although 0.1 is no binary number."""
    assert verdict(level(expected="0.1", minimum="0.1"), CONTRACT,
                   [state(level(), 1, 1000)]).outcome == "met"  # fmt: skip


@pytest.mark.parametrize(
    ("good", "numerator", "reason"),
    [
        ("low", 812, "0.12 percentage points over the minimum of 8"),
        ("low", 80001, "792.01 percentage points over the minimum of 8"),
        ("high", 799, "0.01 percentage points under the minimum of 8"),
    ],
)
def test_a_shortfall_in_words(good: str, numerator: int, reason: str) -> None:
    asked = level(good, "8", "8")
    assert verdict(asked, CONTRACT, [state(asked, numerator, 10_000)]).reason == reason


def test_without_a_minimum_nothing_fails() -> None:
    assert compare(Fraction(99), level(minimum=None)) == "below_expected"
    assert compare(Fraction(99), level(expected=None, minimum=None)) == "met"


# ---------------------------------------------------------------- unknown


def test_one_unknown_repository_makes_the_value_unknown() -> None:
    asked = level()
    states = [state(asked, 1, 100), RepositoryState("b", {}, "no commit")]
    judged = verdict(asked, CONTRACT, states)
    assert (judged.outcome, judged.reason, judged.measured) == ("unknown", "b: no commit", None)
    assert [each.measured for each in judged.repositories] == [Measured(1, 100, 100), None]


@pytest.mark.parametrize(
    ("measured", "reason"),
    [
        (Count(95, 100), ""),
        (Count(94_999_999, 100_000_000),
         "only 94.99 % of the production code could be measured, the contract asks for 95 %; "
         "5.01 % is beyond our limits or tools"),
        (Count(0, 0), "there are no production files"),
    ],
)  # fmt: skip
def test_too_little_measured(measured: Count, reason: str) -> None:
    judged = verdict(level(), CONTRACT, [state(level(), 1, 100, measured=measured)])
    assert (judged.outcome, judged.reason) == ("unknown" if reason else "met", reason)


def test_the_measured_share_itself_is_judged_however_small() -> None:
    share = level("high", "99", "95").model_copy(update={"indicator": INDICATORS["measured.share"]})
    states = [RepositoryState("a", {MEASURED_SHARE: Count(1, 100)})]
    assert verdict(share, CONTRACT, states).outcome == "failed"


# ---------------------------------------------------------------- each repository by itself


@pytest.mark.parametrize(
    ("numerators", "outcome", "reason"),
    [
        ((9, 0, 0), "failed", "a: 1 percentage point over the minimum of 8"),
        ((9, 0, 10), "failed",
         "a: 1 percentage point over the minimum of 8; "
         "c: 2 percentage points over the minimum of 8"),
        ((6, 0, 0), "below_expected", ""),
        ((5, 5, 5), "met", ""),
        ((9, None, 0), "failed", "a: 1 percentage point over the minimum of 8; b: no commit"),
        ((0, None, 0), "unknown", "b: no commit"),
    ],
)  # fmt: skip
def test_every_repository_must_meet_it(
    numerators: tuple[int | None, ...], outcome: str, reason: str
) -> None:
    asked = level(scope="each-repository")
    states = [
        RepositoryState(name, {}, "no commit")
        if number is None
        else state(asked, number, 100, name)
        for name, number in zip("abc", numerators, strict=True)
    ]
    judged = verdict(asked, CONTRACT, states)
    assert (judged.outcome, judged.reason) == (outcome, reason)
    assert len([each for each in judged.repositories if each.outcome]) == 3


def test_the_contracts_value_hides_what_each_repository_shows() -> None:
    states = [state(level(), 9, 100, "a"), state(level(), 0, 9900, "b")]
    assert verdict(level(), CONTRACT, states).outcome == "met"
    assert verdict(level(scope="each-repository"), CONTRACT, states).outcome == "failed"


@pytest.mark.parametrize(
    ("indicator", "counts", "expected"),
    [
        ("complexity.max", [(7, 1), (12, 1), (0, 0)], (12, 1)),
        ("complexity.max", [(0, 0)], (0, 0)),
        ("size.nloc", [(7, 1), (12, 1), (0, 0)], (19, 1)),
        ("suppressions.hidden", [(2, 1), (3, 1)], (5, 1)),
        ("size.files", [(0, 0)], (0, 0)),
        ("errors.density", [(1, 1000), (2, 500), (0, 0)], (3, 1500)),
    ],
)
def test_repositories_combined(
    indicator: str, counts: list[tuple[int, int]], expected: tuple[int, int]
) -> None:
    found = INDICATORS[indicator]
    assert combined(found, [Count(*each) for each in counts]) == Measured(*expected, found.scale)
