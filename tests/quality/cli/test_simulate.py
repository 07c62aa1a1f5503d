# ruff: noqa: E501
"""What given values would cost, before a contract is signed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quality.cli.app import run
from tests.quality.credit_cases import HEAD

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
        ("Z=1", '"Z" is no service level of 2026-Q1; use one of A, B, K'),
        ("A=-1", "'-1' is no value of 'A': give a number of 0 or more, or unknown"),
        ("A=NaN", "'NaN' is no value of 'A': give a number of 0 or more, or unknown"),
        ("A=1e400", "'1e400' is no value of 'A': give a number of 0 or more, or unknown"),
        ("A=101", "101 is no value of A: at most 100 percent"),
        ("A=bad", "'bad' is no value of 'A': give a number of 0 or more, or unknown"),
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
