"""A service level for which several suppliers answer, each for a part: by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.cli.app import run
from quality.contract.checks.dead_terms import dead_terms
from quality.contract.checks.shared import uneven
from quality.contract.incentives.clauses import incentives
from quality.contract.text.problem import ContractError
from reports.scorecard.words import invoice
from tests.quality.credit_cases import HEAD, Contract, bills, contract, d
from tests.reports import money_samples

TERMS = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 200000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     %s, shared: {id: PORTAL, percent: %s}}
"""


def terms(credit: str = "allocation: 60", percent: float = 70) -> Contract:
    return contract(TERMS % (credit, percent), "quarter")


def test_the_guides_example_of_a_shared_level():
    """24,000 x 60 % x 70 % = 10,080 here, and 24,000 x 60 % x 30 % = 4,320 there."""
    (ours,), (theirs,) = (bills(terms(percent=each), {"A": "failed"}) for each in (70, 30))
    assert (ours.total, theirs.total) == (10080, 4320)
    assert "x allocation 60 % x part 70 % of PORTAL = EUR 10,080.00" in ours.steps[0].explanation
    (line,) = [
        each for each in invoice.lines(money_samples.worked(credits=ours)) if each.about == "A"
    ]
    assert [name for _, name in line.factors] == ["at-risk amount", "allocation", "part"]


@pytest.mark.parametrize(
    ("credit", "total"),
    [
        ("credit: {kind: fixed, amount: 1000}", 700),
        ("credit: {kind: per_day, amount: 100}", 6300),  # 90 days
        ("credit: {kind: per_day, amount: 100, cap: 5000}", 5000),  # this supplier's own cap
        ("credit: {kind: ladder, steps: [{worse_than: 8, percent: 2}]}", 2800),
    ],
)
def test_each_kind_is_divided(credit, total):
    assert bills(terms(credit), {"A": "failed"})[0].total == total


def test_points_and_bonus_are_divided_alike():
    points = terms("credit: {kind: points, steps: [{worse_than: 8, points: 4}]}")
    (bill,) = bills(points, {"A": "failed"})
    assert bill.points_total == d("2.8")
    assert bill.points[0].explanation.endswith("Service points 4 x part 70 % = 2.8")
    better = terms("bonus: {better_than: 2, amount: 1000}, allocation: 60")
    assert bills(better, {"A": d("1")})[0].bonus_due == 700


def test_parts_of_all_contracts_at_hand_make_a_whole():
    ours, theirs, more = (
        terms(percent=each).model_copy(update={"id": name})
        for name, each in (("X-1", 70), ("X-2", 30), ("X-3", 40))
    )
    assert list(uneven([ours])) == []
    assert list(uneven([ours, theirs])) == []
    ((of, place, text),) = uneven([ours, more])
    assert (of.id, place) == ("X-3", ("service_levels", 0, "shared"))
    assert text == "the parts of PORTAL come to 110 %: X-1 70 %, X-3 40 %"


def test_check_warns_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = HEAD.format(starts="2026-01-01", ends="2026-12-31", period="quarter")
    paths = []
    for name, percent in (("one", 70), ("two", 40)):
        path = tmp_path / f"{name}.contract.yaml"
        text = head.replace("ACME-2026-01", name) + TERMS % ("allocation: 60", percent)
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    assert run(["check", *paths]) == 0
    assert "the parts of PORTAL come to 110 %: one 70 %, two 40 %" in capsys.readouterr().err


def test_dead_and_dangerous():
    bare = TERMS % ("clause: x", 70)
    of = contract(bare, "quarter")
    assert ("service_levels", 0, "shared") in [place for place, _ in dead_terms(of)]
    whole = [place for place, _ in dead_terms(terms(percent=100))]
    assert ("service_levels", 0, "shared", "percent") in whole
    with pytest.raises(ContractError, match="is 0: its credit could never be charged"):
        terms(percent=0)
    found = [each.location for each in incentives(terms())]
    assert ("service_levels", 0, "shared") in found
