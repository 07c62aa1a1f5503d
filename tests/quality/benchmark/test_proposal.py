"""Proposed levels counted by hand, and why some distributions cannot carry any."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from quality.benchmark.data import Benchmark, benchmark, made_by, queries
from quality.benchmark.proposal import proposal, proposals, rounded
from quality.benchmark.rank import rank
from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import load_recipe
from tests.public import RECIPE, rows, shipped

COMPLEX = ("complexity.nloc_share", 20)
ERRORS = ("errors.density", None)
TESTS = ("tests.ratio", None)
TO_40 = [n / 100 for n in range(1, 4001, 100)]  # 0.01, 1.01, ... 39.01


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Benchmark:
    found = rows("python", {COMPLEX: TO_40, ERRORS: [0] * 25 + list(range(1, 16)), TESTS: TO_40})
    found += rows("go", {COMPLEX: [50] * 10}, nloc=[10**6] * 10)
    return shipped(found, tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def afterwards() -> None:
    benchmark.cache_clear()


def test_expected_is_the_median_of_the_better_half_and_minimum_what_four_fifths_reach(
    public: Benchmark,
) -> None:
    made = proposal(public, COMPLEX, "python")
    assert made
    assert made.peers.systems == 40
    assert made.expected.value == Decimal("9.1")  # the tenth of forty, 9.01, rounded up
    assert made.minimum.value == Decimal("31.1")  # the thirty-second, 31.01
    assert made.doubts == ()


def test_where_high_is_good_levels_are_rounded_down(public: Benchmark) -> None:
    made = proposal(public, TESTS, "python")
    assert made
    assert made.expected.value == Decimal("30.0")  # the tenth best: 30.01
    assert made.minimum.value == Decimal("8.0")  # 8.01


def test_most_systems_at_the_edge_carry_no_level(public: Benchmark) -> None:
    made = proposal(public, ERRORS, "python")
    assert made
    assert made.expected.value == 0
    assert made.minimum.value == 7  # the thirty-second: 25 zeros, then 1 to 7
    assert made.doubts == (
        "62 % of the systems are at 0: it tells bad systems from the others, not good from better",
    )


def test_few_systems_carry_no_level(public: Benchmark) -> None:
    made = proposal(public, COMPLEX, "go")
    assert made
    assert made.doubts == ("only 10 systems: at least 20 say something",)


def test_levels_that_cannot_be_told_apart_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whether a quarter of a sample reaches 1 is chance, and so is whether four fifths reach 2.
    values = [1] * 8 + [2] * 12 + [90] * 5
    known = shipped(rows("python", {COMPLEX: values}), tmp_path, monkeypatch)
    made = proposal(known, COMPLEX, "python")
    assert made
    assert (made.expected.value, made.minimum.value) == (1, 2)
    assert (made.expected.high, made.minimum.low, made.minimum.high) == (2, 2, 90)
    assert made.doubts == (
        "in 90 of 100 samples of as many systems expected lies anywhere from 1 to 2 and the "
        "minimum from 2 to 90: they cannot be told apart",
    )


def test_a_like_size_has_a_fourth_to_four_times_the_lines(public: Benchmark) -> None:
    both = proposal(public, COMPLEX)
    assert both
    assert both.peers.systems == 50
    like = proposal(public, COMPLEX, nloc=40_000)
    assert like
    assert (like.peers.systems, like.peers.least, like.peers.most) == (40, 10_000, 160_000)
    assert like.values[0].system == "python00 1.0"
    assert proposal(public, COMPLEX, "python", nloc=44_000) is None  # from 11,000 NLOC on


def test_an_indicator_that_is_neither_good_nor_bad_has_no_level(public: Benchmark) -> None:
    main, others = proposals(public, "python")
    assert [each.indicator for each in main] == [COMPLEX[0], ERRORS[0], TESTS[0]]
    assert others == []
    assert "size.nloc" not in {name for name, _ in queries()}


@pytest.mark.parametrize(
    ("value", "good", "shown"),
    [("3.01", "low", "3.1"), ("3.09", "high", "3.0"), ("3", "low", "3.0")],
)
def test_a_rounded_level_is_never_better(value: str, good: str, shown: str) -> None:
    indicator = replace(INDICATORS["complexity.nloc_share"], good=good)
    assert rounded(indicator, Fraction(value)) == Decimal(shown)


def test_a_place_names_how_many_are_worse_and_how_many_the_same(public: Benchmark) -> None:
    found = rank(public, ERRORS, Fraction(0), "python", 10_000)
    assert found
    assert (found.worse, found.equal, found.peers.systems) == (15, 25, 40)
    assert (found.peers.language, found.peers.least, found.peers.most) == ("Python", 2_500, 40_000)


def test_too_few_of_a_like_size_are_held_against_all_sizes(public: Benchmark) -> None:
    found = rank(public, COMPLEX, Fraction(5), "python", 10**7)
    assert found
    assert (found.peers.systems, found.peers.least, found.peers.most) == (40, 0, 0)
    assert found.worse == 35  # 0.01 to 4.01 are better


def test_another_rule_or_revision_is_another_benchmark_and_nothing_is_compared(
    public: Benchmark,
) -> None:
    errors, complex_ = INDICATORS["errors.density"], INDICATORS["complexity.nloc_share"]
    pylint = RECIPE.part("pylint")
    changed = replace(
        RECIPE,
        digest="sha256:changed",
        parts=tuple(
            replace(part, revision=part.revision + 1) if part is pylint else part
            for part in RECIPE.parts
        ),
    )
    assert made_by(changed, errors, "python") != made_by(RECIPE, errors, "python")
    assert made_by(changed, errors, "go") == made_by(RECIPE, errors, "go")
    assert made_by(changed, complex_, "python") == made_by(RECIPE, complex_, "python")
    here = Benchmark(changed, public._systems, public._digests)
    assert here.stale() == [("errors.density", "python")]
    assert here.found(ERRORS, "python") is None
    assert rank(here, ERRORS, Fraction(0), "python", 0) is None
    assert here.found(COMPLEX, "python")


def test_a_reworded_reason_changes_nothing(public: Benchmark) -> None:
    first = RECIPE.rules[0]
    reworded = replace(
        RECIPE,
        digest="sha256:reworded",
        rules=(replace(first, reason="another reason"), *RECIPE.rules[1:]),
    )
    assert Benchmark(reworded, public._systems, public._digests).stale() == []


def test_a_rule_that_moves_to_another_list_does(public: Benchmark) -> None:
    rule = next(rule for rule in RECIPE.rules_of("ruff") if rule.list == "errors")
    moved = replace(
        RECIPE,
        digest="sha256:moved",
        rules=tuple(
            replace(each, list="warnings") if each is rule else each for each in RECIPE.rules
        ),
    )
    stale = Benchmark(moved, public._systems, public._digests).stale()
    assert ("errors.density", "python") in stale
    assert ("complexity.nloc_share", "python") not in stale


def test_a_recipe_without_benchmark_says_nothing(tmp_path: Path) -> None:
    unknown = replace(RECIPE, id="1999.1", digest="sha256:none")
    assert benchmark(unknown).found(COMPLEX) is None


def test_another_python_measures_alike_and_a_machine_without_pmd_does_not() -> None:
    errors = INDICATORS["errors.density"]
    newer = load_recipe("2026.2", "3.13")
    assert newer.digest != RECIPE.digest
    assert made_by(newer, errors, "python") == made_by(RECIPE, errors, "python")
    parts = tuple(part for part in RECIPE.parts if "java" not in part.languages)
    bare = replace(RECIPE, digest="sha256:bare", parts=parts)
    if len(parts) < len(RECIPE.parts):  # where PMD is installed
        assert made_by(bare, errors, "java") != made_by(RECIPE, errors, "java")
    assert made_by(bare, errors, "c") == made_by(RECIPE, errors, "c")
