"""Verdicts: exact comparisons, unknown above met, nothing that improves makes a verdict worse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.catalogue.indicators import INDICATORS
from quality.cli.session import exit_code
from quality.contract.contract import Contract
from quality.contract.levels import ServiceLevel
from quality.model.verdict import Measured, Outcome, overall
from quality.store.counting import Count
from quality.verdicts.verdict import (
    MEASURED_SHARE,
    RepositoryState,
    combined,
    compare,
    query_of,
    verdict,
)
from tests.quality.contracts import parse, small

CONTRACT: Contract = parse(small())
LOW = INDICATORS["complexity.nloc_share"]
HIGH = INDICATORS["tests.ratio"]
BEST_FIRST: tuple[Outcome, ...] = ("met", "below_expected", "failed")
ALL_MEASURED = Count(100, 100)


def level(
    good: str = "low",
    expected: str | None = "5",
    minimum: str | None = "8",
    scope: Literal["contract", "each-repository"] = "contract",
    level_class: Literal["critical", "key"] = "critical",
) -> ServiceLevel:
    indicator = LOW if good == "low" else HIGH
    limits = {"expected": expected, "minimum": minimum}
    content = {"id": "TQ", "name": "a level", "class": level_class, "indicator": indicator}
    given = {key: Decimal(limit) for key, limit in limits.items() if limit is not None}
    return ServiceLevel.model_construct(**content, **given, scope=scope)


def state(
    asked: ServiceLevel, numerator: int, denominator: int, name: str = "a",
    measured: Count = ALL_MEASURED,
) -> RepositoryState:  # fmt: skip
    counts = {query_of(asked): Count(numerator, denominator), MEASURED_SHARE: measured}
    return RepositoryState(name, counts)


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
         "only 94.99 % of the production code could be measured, the contract asks for 95 %"),
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
        ((9, 0, 0), "failed", "a: 1 percentage points over the minimum of 8"),
        ((9, 0, 10), "failed",
         "a: 1 percentage points over the minimum of 8; "
         "c: 2 percentage points over the minimum of 8"),
        ((6, 0, 0), "below_expected", ""),
        ((5, 5, 5), "met", ""),
        ((9, None, 0), "failed", "a: 1 percentage points over the minimum of 8; b: no commit"),
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


# ---------------------------------------------------------------- the whole


@pytest.mark.parametrize(
    ("critical", "key", "outcome", "strict"),
    [
        (("met", "below_expected"), ("failed",), "met", "failed"),
        (("met",), ("unknown",), "met", "unknown"),
        (("unknown", "met"), (), "unknown", "unknown"),
        (("unknown", "failed"), (), "failed", "failed"),
        (("met", "excused"), (), "met", "met"),
        ((), (), "met", "met"),
    ],
)
def test_failed_above_unknown_above_met(
    critical: tuple[str, ...], key: tuple[str, ...], outcome: str, strict: str
) -> None:
    judged = verdict(level(), CONTRACT, [state(level(), 1, 100)])
    verdicts = [
        *(replace(judged, outcome=each) for each in critical),
        *(replace(judged, outcome=each, level_class="key") for each in key),
    ]
    assert (overall(verdicts), overall(verdicts, strict=True)) == (outcome, strict)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [(["met", "below_expected", "excused"], 0), (["met", "failed"], 1), (["unknown"], 3),
     (["failed", "unknown"], 3), ([], 0)],
)  # fmt: skip
def test_exit_codes_of_verdicts(outcomes: list[Outcome], code: int) -> None:
    """Unknown beats failed: 3 beats 1."""
    from tests.reports.samples import evaluation

    sample = evaluation()
    one = verdict(level(), CONTRACT, [state(level(), 1, 100)])
    key = [replace(one, outcome=each, level_class="key") for each in outcomes]
    critical = [replace(one, outcome=each) for each in outcomes]
    assert exit_code([replace(sample, service_levels=tuple(critical))], strict=False) == code
    assert exit_code([replace(sample, service_levels=tuple(key))], strict=False) == 0
    assert exit_code([replace(sample, service_levels=tuple(key))], strict=True) == code


def test_a_repository_without_snapshot_is_never_a_pass() -> None:
    """Not even where all service levels are key ones."""
    from quality.verdicts.portfolio import _outcome
    from tests.reports.samples import evaluation

    sample = evaluation()
    met = replace(verdict(level(), CONTRACT, [state(level(), 1, 100)]), level_class="key")
    unread = replace(sample.snapshots[0], commit=None, reason="no branch 'main'")
    assert _outcome((met,), sample.snapshots) == "met"
    assert _outcome((met,), (*sample.snapshots, unread)) == "unknown"
    failed = replace(met, level_class="critical", outcome="failed")
    assert _outcome((failed,), (unread,)) == "failed"
    one = replace(sample, service_levels=(met,), outcome=_outcome((met,), (unread,)))
    assert exit_code([one], strict=False) == 3


# ---------------------------------------------------------------- invariants

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
