from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model.verdict import Measured
from reports.shared import numbers

LIMITS = (Decimal(5), Decimal(8))


def read(shown: str) -> Fraction:
    """The number a reader takes from a printed one."""
    return Fraction(shown.replace(",", "").replace(numbers.MINUS, "-"))


@pytest.mark.parametrize(
    ("exact", "unit", "shown"),
    [
        (Fraction("8.004"), "percent", "8.004 %"),
        (Fraction("7.996"), "percent", "7.996 %"),
        (Fraction(8), "percent", "8.0 %"),
        (Fraction("9.173"), "percent", "9.2 %"),
        (Fraction("99.999"), "percent", "99.999 %"),
        (Fraction(100), "percent", "100.0 %"),
        (Fraction(0), "percent", "0.0 %"),
        (Fraction(1, 100_000), "percent", "0.00001 %"),
        (Fraction(1, 3), "per KNLOC", "0.33\u00a0per KNLOC"),
        (Fraction(12_345_678), "NLOC", "12,345,678\u00a0NLOC"),
        (Fraction(1), "findings", "1\u00a0finding"),
        (None, "percent", "–"),
    ],
)
def test_values_read_well_and_never_look_better_than_they_are(
    exact: Fraction | None, unit: str, shown: str
) -> None:
    assert numbers.with_unit(exact, unit, LIMITS) == shown.replace(" ", numbers.THIN).replace(
        f"per{numbers.THIN}", "per "
    )


@given(
    st.integers(0, 10**9), st.integers(1, 10**9), st.decimals(0, 1000, places=3), st.integers(0, 9)
)
def test_a_value_keeps_its_side_of_every_limit(
    top: int, bottom: int, limit: Decimal, scale: int
) -> None:
    exact = Fraction(top, bottom) * 10**scale
    for bound in (limit, Decimal(exact.numerator // exact.denominator)):
        shown = read(numbers.value(exact, "percent", (bound, None)))
        assert (shown > bound, shown < bound) == (exact > bound, exact < bound)
        assert (shown == 0) == (exact == 0)


@given(st.fractions(), st.integers(0, 6))
def test_rounds_like_fractions_do(exact: Fraction, decimals: int) -> None:
    assert read(numbers.number(exact, decimals)) == round(exact, decimals)


def test_limits_print_as_the_contract_states_them() -> None:
    assert numbers.limit(Decimal("0.25"), "per KNLOC", "low") == f"≤{numbers.THIN}0.25"
    assert numbers.limit(Decimal("1E+2"), "percent", "high") == f"≥{numbers.THIN}100{numbers.THIN}%"
    assert numbers.limit(Decimal("8.50"), "", "none") == "8.5"
    assert numbers.limit(None, "percent", "low") == "–"


def test_changes_carry_their_sign_and_never_vanish() -> None:
    assert numbers.change(7, 9) == f"{numbers.MINUS}2"
    assert numbers.change(Fraction("5.0001"), 5, 2) == "+0.0001"
    assert numbers.change(3, 3) == "unchanged"
    assert numbers.growth(110, 100) == f"+10.0{numbers.THIN}%"
    assert numbers.growth(1, 0) == ""


def test_exact_numbers_behind_a_value() -> None:
    thin = numbers.THIN
    assert numbers.ratio(Measured(812, 21410, 100)) == f"812{thin}/{thin}21,410"
    assert numbers.ratio(Measured(14, 1, 1)) == "14"
    assert numbers.ratio(None) == "–"


def test_sizes_in_bytes() -> None:
    shown = [numbers.size(octets) for octets in (0, 999, 1000, 1_234_567, 5_400_000_000)]
    assert [text.replace(numbers.THIN, " ") for text in shown] == [
        "0 B", "999 B", "1.0 kB", "1.2 MB", "5.4 GB",
    ]  # fmt: skip
