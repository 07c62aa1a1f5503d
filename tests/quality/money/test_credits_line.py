"""Money over the whole line: repositories, periods, verdicts, and what the commands say of it."""

import json

import pytest

from quality.cli.app import run
from tests.conftest import Desk

BRANCHY = "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))
CLEAN = "def f(a):\n    return a\n"
LEVEL = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, "
    "above: 20, expected: 5, minimum: 8, allocation: 60, clause: 'Schedule 4, 2.3'}",
)
TERMS = """\
charges:
  currency: EUR
  amounts: [{from: 2026-01-01, amount: 200000}]
  at_risk: 12
credits:
  repeated: [{failures: 2, within: 4, multiplier: 1.5}]
  earnback: {periods: 1, share: 50}
consequences:
  - {kind: rectification_plan, failures: 2, of: 4, due_days: 30, text: Send a plan., clause: "7"}
"""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str]:
    """Failed in the first two quarters of 2026, repaired in the third."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    repository = desk.repository("billing", {"a.py": BRANCHY}, at="2026-02-01T10:00:00Z")
    repository.commit({"a.py": CLEAN}, at="2026-08-01T10:00:00Z")
    contract = str(desk.contract(["billing"], LEVEL, starts="2026-01-01", more=TERMS))
    desk.measure()
    return desk, contract


def evaluated(contract: str, period: str, capsys: pytest.CaptureFixture[str], code: int):
    capsys.readouterr()
    words = ["evaluate", contract, "--period", period]
    assert run([*words, "--format", "json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert run(words) == code
    return found, capsys.readouterr().out


def test_credits_follow_from_the_history_of_verdicts(judged, capsys):
    _, contract = judged
    found, text = evaluated(contract, "2026-Q1", capsys, 1)
    assert found["credits"]["total"] == "14400.00"  # 200,000 x 12 % x 60 %
    (step,) = found["credits"]["steps"]
    assert (step["multiplier"], step["clause"], step["limit"]) == ("1", "Schedule 4, 2.3", "8")
    assert "credits: EUR 14,400.00 of at most EUR 24,000.00\n" in text
    assert "credits_without_excusals" not in found

    found, text = evaluated(contract, "2026-Q2", capsys, 1)
    assert found["credits"]["total"] == "21600.00"  # x 1.5
    assert found["credits"]["consequences"] == [
        {
            "clause": "7",
            "due": "2026-07-30",
            "kind": "rectification_plan",
            "service_level": "TQ-1",
            "text": "Send a plan.",
            "why": "2 failures worse than minimum within 4 periods: 2026-Q1, 2026-Q2",
        }
    ]
    assert (
        "TQ-1: rectification plan, due 2026-07-30, overdue unless it was done: 2 failures worse "
        "than minimum" in text
    )

    found, text = evaluated(contract, "2026-Q3", capsys, 0)
    assert (found["credits"]["total"], found["credits"]["net"]) == ("0.00", "-10800.00")
    assert "credits: EUR 0.00 of at most EUR 24,000.00, earned back EUR 10,800.00\n" in text


@pytest.mark.slow
def test_a_contract_without_terms_says_nothing_of_money(desk, capsys):
    desk.repository("billing", {"a.py": CLEAN})
    contract = str(desk.contract(["billing"]))
    desk.measure()
    found, text = evaluated(contract, "2026-Q3", capsys, 0)
    assert "credits" not in found
    assert "credits" not in text


def test_check_warns_of_incentives_and_still_succeeds(judged, capsys):
    _, contract = judged
    assert run(["check", contract]) == 0
    assert capsys.readouterr().out == ""
    assert run(["check", "--incentives", contract]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(": warning: " in line and "Remedy: " in line for line in lines)
    assert [line for line in lines if "one good period returns" in line] == []  # it returns half
    (sample,) = [line for line in lines if "without a minimum sample" in line]
    assert sample.startswith(f"{contract}:24:5: service_levels[0]: warning: TQ-1: ")
