"""Plain text for a terminal: aligned, steered by no supplier, and what failed never looks met."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quality.model.verdict import Measured
from reports.scorecard.terminal import MARKS, render, table
from tests.reports.samples import evaluation


def test_columns_stand_under_each_other() -> None:
    assert table(("path", "nloc"), [("a.py", 7), ("longer.py", 1234), ("gone.py", None)]) == (
        "path       nloc\n"
        "a.py          7\n"
        "longer.py  1234\n"
        "gone.py       –\n"
    )  # fmt: skip
    assert table(("a", "b"), []) == "a  b\n"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_no_text_steers_the_terminal(rows: list[tuple[str, str]]) -> None:
    text = table(("one", "two"), rows)
    assert text.count("\n") == len(rows) + 1
    assert all(char == "\n" or not (ord(char) < 32 or 127 <= ord(char) < 160) for char in text)
    text.encode()  # no half of a character


def test_every_outcome_is_a_word_and_not_a_colour_alone() -> None:
    text = render([evaluation()])
    for verdict in evaluation().service_levels:
        assert MARKS[verdict.outcome] in text
    assert f"outcome: {MARKS[evaluation().outcome]}\n" in text
    assert "\x1b" not in text


def test_a_failed_value_never_reads_as_its_minimum() -> None:
    level = replace(
        evaluation().service_levels[0],
        measured=Measured(80_000_001, 1_000_000_000, 100), unit="percent", good="low",
        expected=Decimal(5), minimum=Decimal(8), outcome="failed",
    )  # fmt: skip
    text = render([replace(evaluation(), service_levels=(level,))])
    assert "8.0000001" in text


def test_several_contracts_are_apart() -> None:
    one, two = render([evaluation()]), render([evaluation(), evaluation()])
    assert two == f"{one}\n{one}"
