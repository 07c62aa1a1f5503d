# ruff: noqa: E501
"""What given values would cost, before a contract is signed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from quality.cli.app import run
from quality.contract.periods import last_finished
from tests.conftest import Desk
from tests.examples import table
from tests.quality.credit_cases import HEAD
from tests.quality.ledgers import BRANCHY, SIMPLE

TERMS = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 200000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60, clause: "Schedule 4, 2.3"}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5, allocation: 40}
  - {id: K, class: key, indicator: size.nloc}
credits: {repeated: [{failures: 2, within: 4, multiplier: 1.5}], earnback: {periods: 1, share: 50}}
consequences: [{kind: notice, failures: 2, of: 4, due_days: 30, text: Tell us.}]
"""


@pytest.fixture
def contract(tmp_path: Path) -> str:
    head = HEAD.format(starts="2026-01-01", ends="2026-12-31", period="quarter")
    path = tmp_path / "acme.contract.yaml"
    path.write_text(head + TERMS, encoding="utf-8")
    return str(path)


def simulated(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    capsys.readouterr()
    assert run(["simulate", *words]) == code
    return capsys.readouterr().out


def test_the_guides_example(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    """14,400 + 9,600 = 24,000, then 14,400 x 1.5 = 21,600; half of B's 9,600 returns in Q2."""
    words = (contract, "--what-if", "A=9,B=6", "--what-if", "A=9")
    text = simulated(capsys, 1, *words)
    for line in (
        "2026-Q1 (2026-01-01 to 2026-03-31): ✗ FAILED\n",
        "credits: EUR 24,000.00 of at most EUR 24,000.00\n",
        "2026-Q2 (2026-04-01 to 2026-06-30): ✗ FAILED\n",
        "A: 9 % is worse than the minimum of 8 % by 1 percentage point. At-risk amount EUR 24,000.00 "
        "x allocation 60 % x multiplier 1.5 (2 failures within 4 periods: 2026-Q1, 2026-Q2) = EUR "
        "21,600.00 (Schedule 4, 2.3)\n",
        "A: notice, due 2026-07-30: 2 failures worse than minimum within 4 periods: 2026-Q1, 2026-Q2",
        "2 periods: credits EUR 45,600.00, returned EUR 4,800.00, net EUR 40,800.00, bonus EUR 0.00\n",
    ):  # fmt: skip
        assert line in text
    found = json.loads(simulated(capsys, 1, *words, "--format", "json"))
    assert found["contract"] == "ACME-2026-01"
    assert [each["credits"]["total"] for each in found["periods"]] == ["24000.00", "21600.00"]
    assert found["sum"] == {
        "total": "45600.00", "returned": "4800.00", "bonus_due": "0.00", "net": "40800.00",
    }  # fmt: skip
    first = found["periods"][0]["service_levels"]
    assert [(each["id"], each["value"], each["outcome"]) for each in first] == [
        ("A", "9", "failed"), ("B", "6", "failed"), ("K", None, "met"),
    ]  # fmt: skip


def test_a_limit_is_met_and_nothing_supposed_is_as_expected(
    contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "credits: EUR 0.00" in simulated(capsys, 0, contract)
    assert "credits: EUR 0.00" in simulated(capsys, 0, contract, "--what-if", "A=8,B=5")
    assert "EUR 14,400.00" in simulated(capsys, 1, contract, "--what-if", "A=8.000001")
    assert simulated(capsys, 0, contract, "--what-if", "A=9", "--exit-zero")


def test_what_is_unknown_is_no_pass(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = simulated(capsys, 3, contract, "--what-if", "A=unknown")
    assert "not computed for A\n" in text
    simulated(capsys, 0, contract, "--what-if", "K=unknown")
    simulated(capsys, 3, contract, "--what-if", "K=unknown", "--strict")


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("A", "--what-if takes ID=VALUE, such as TQ-1=9.0, not 'A'"),
        ("A=1,A=2", "--what-if names 'A' twice in one period"),
        ("Z=1", '"Z" is not a service level of 2026-Q1; use one of A, B, K'),
        ("A=-1", "'-1' is not a value of 'A': give a number of 0 or more, or unknown"),
        ("A=NaN", "'NaN' is not a value of 'A': give a number of 0 or more, or unknown"),
        ("A=1e400", "'1e400' is not a value of 'A': give a number of 0 or more, or unknown"),
        ("A=101", "101 is not a value of A: at most 100 percent"),
        ("A=bad", "'bad' is not a value of 'A': give a number of 0 or more, or unknown"),
    ],
)
def test_what_makes_no_sense_is_said(
    contract: str, capsys: pytest.CaptureFixture[str], what: str, says: str
) -> None:
    assert run(["simulate", contract, "--what-if", what]) == 2
    assert says in capsys.readouterr().err


def test_no_more_periods_than_the_term_has(
    contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", contract, *["--what-if", "A=1"] * 5]) == 2
    assert "the term has 4 periods: give at most so many --what-if" in capsys.readouterr().err


def test_without_terms_there_are_verdicts_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = HEAD.format(starts="2026-01-01", ends="2026-12-31", period="quarter")
    level = "{id: A, class: critical, indicator: duplication.share, expected: 3, minimum: 5}"
    path = tmp_path / "plain.contract.yaml"
    path.write_text(f"{head}service_levels: [{level}]\n", encoding="utf-8")
    text = simulated(capsys, 1, str(path), "--what-if", "A=6")
    assert "✗ FAILED" in text
    assert "credits" not in text
    found = json.loads(simulated(capsys, 1, str(path), "--what-if", "A=6", "--format", "json"))
    assert (found["periods"][0]["credits"], found["sum"]) == (None, None)


LESS = TERMS.replace("at_risk: 12", "at_risk: 8").replace(
    "allocation: 40}", "allocation: 40, grace: 1}"
)


@pytest.fixture
def draft(contract: str) -> str:
    path = Path(contract).with_name("draft.contract.yaml")
    head = HEAD.format(starts="2026-01-01", ends="2026-12-31", period="quarter")
    path.write_text(head + LESS, encoding="utf-8")
    return str(path)


def test_two_drafts_stand_side_by_side(
    contract: str, draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At 8 % 16,000 are at risk: A costs 9,600, B in its grace nothing; then 9,600 x 1.5."""
    words = (contract, draft, "--what-if", "A=9,B=6", "--what-if", "A=9")
    lines = [" ".join(line.split()) for line in simulated(capsys, 1, *words).splitlines()]
    for line in (
        "acme draft",
        "2026-Q1 ✗ FAILED EUR 24,000.00 ✗ FAILED EUR 9,600.00",
        "2026-Q2 ✗ FAILED EUR 21,600.00 ✗ FAILED EUR 14,400.00",
        "credits EUR 45,600.00 EUR 24,000.00",
        "returned EUR 4,800.00 EUR 0.00",
        "net EUR 40,800.00 EUR 24,000.00",
        "A EUR 36,000.00 EUR 24,000.00",
        "B EUR 9,600.00 EUR 0.00",
        "charges.at_risk 12 8",
        "service_levels[B].grace nothing 1",
    ):
        assert line in lines, line
    assert not [line for line in lines if "K" in line.split()]
    found = json.loads(simulated(capsys, 1, *words, "--format", "json"))
    assert [(each["name"], each["sum"]["net"]) for each in found["drafts"]] == [
        ("acme", "40800.00"), ("draft", "24000.00"),
    ]  # fmt: skip
    assert {"key": "charges.at_risk", "stands": ["12", "8"]} in found["differences"]


def test_a_level_that_one_draft_alone_has(
    contract: str, draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(draft)
    level = "  - {id: N, class: critical, indicator: errors.density, expected: 1, minimum: 2,\n"
    text = path.read_text("utf-8").replace("credits:", f"{level}     allocation: 0.5}}\ncredits:")
    text = text.replace("allocation: 40", "allocation: 39.5")
    path.write_text(text, encoding="utf-8")
    text = simulated(capsys, 1, contract, draft, "--what-if", "N=9")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "2026-Q1 ✓ met EUR 0.00 ✗ FAILED EUR 80.00" in lines  # 16,000 x 0.5 %
    assert run(["simulate", contract, draft, "--what-if", "Z=1"]) == 2
    assert '"Z" is not a service level of 2026-Q1' in capsys.readouterr().err


def test_the_same_draft_twice_says_the_same(
    contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "The drafts say the same.\n" in simulated(capsys, 0, contract, contract)


def test_the_past_and_suppositions_are_two_questions(
    contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", contract, "--past", "2", "--what-if", "A=1"]) == 2
    assert "ask one of them" in capsys.readouterr().err


MEASURED = "{id: A, class: critical, indicator: complexity.nloc_share, above: 3, expected: 5, minimum: 8, allocation: 60}"  # fmt: skip
PRICED = "charges: {currency: EUR, at_risk: 12, amounts: [{from: 2028-01-01, amount: 200000}]}\n"


def measured_draft(desk: Desk, claims: str) -> Path:
    """The draft begins in 2028; of 10 NLOC 8 are complex in 2026-Q3."""
    desk.repository("billing", {"a.py": SIMPLE + BRANCHY})
    measured = desk.contract(["billing"])
    desk.measure(periods="2026-Q3")
    text = measured.read_text("utf-8").replace("2026-07-01", "2028-01-01")
    text = text.replace("2027-12-31", "2028-12-31").split("service_levels:")[0]
    path = desk.folder / "draft.contract.yaml"
    path.write_text(f"{text}{PRICED}{claims}service_levels: [{MEASURED}]\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("claims", table(["", "credits: {claim_days: 1}\n"], {0}))
def test_what_a_draft_would_have_paid_in_the_past(
    claims: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """The complex code costs 14,400, also where credits lapse that nobody claims: before a contract
    is signed nobody could."""
    path = measured_draft(desk, claims)
    assert run(["simulate", str(path), "--past", "40", "--format", "json"]) == 3
    printed = capsys.readouterr()
    found = {each["period"]: each for each in json.loads(printed.out)["periods"]}
    assert len(found) == 40
    third = found["2026-Q3"]
    assert [(each["value"], each["outcome"]) for each in third["service_levels"]] == [
        ("80", "failed")
    ]
    assert third["credits"]["total"] == "14400.00"
    assert found["2026-Q2"]["service_levels"][0]["outcome"] == "unknown"
    assert "were not measured: measure them by a contract that begins on" in printed.err


@pytest.mark.slow
def test_two_drafts_stand_side_by_side_in_the_past(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(measured_draft(desk, ""))
    assert "2026-Q3" in simulated(capsys, 3, path, path, "--past", "40")


def test_the_past_is_a_number_of_finished_periods() -> None:
    assert last_finished("quarter", date(2026, 11, 27), 12) == (
        date(2023, 10, 1),
        date(2026, 9, 30),
    )
    assert last_finished("month", date(2026, 1, 31), 1) == (date(2025, 12, 1), date(2025, 12, 31))
    assert last_finished("quarter", date(2026, 10, 1), 1) == (date(2026, 7, 1), date(2026, 9, 30))
