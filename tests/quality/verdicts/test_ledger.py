"""The ledger's file: problems with their places, credit notes, digests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from quality.contract.text.problem import ContractError
from quality.model.evaluation import Evaluation
from tests.conftest import Desk
from tests.quality.ledgers import BRANCHY, FINDING, LEVELS, SIMPLE, debt, event, ledger, note


@pytest.fixture(scope="module")
def measured(shared_desk: Desk) -> Desk:
    shared_desk.repository("billing", {"a.py": SIMPLE, "old/b.py": BRANCHY, "c.py": FINDING})
    shared_desk.contract(["billing"], LEVELS)
    assert shared_desk.measure(jobs=1).problems == []
    return shared_desk


def judged(desk: Desk, *entries: str, period: str = "2026-Q3") -> Evaluation:
    ledger(desk, *entries)
    (evaluation,) = desk.evaluate(period)
    return evaluation


def problems(desk: Desk, *entries: str) -> list[str]:
    path = ledger(desk, *entries)
    with pytest.raises(ContractError) as caught:
        _ = desk.session
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (event(cause="supplier"),
         "entries[0].cause: the supplier's own acts excuse nothing: no such cause is possible"),
        (event(cause="weather"), "entries[0].cause: \"weather\" is not possible; use customer or "
         "third_party or force_majeure or maintenance"),
        (event(days=("2026-09-30", "2026-07-01")), "entries[0].to: 2026-07-01 lies before its "
         "first day, 2026-09-30: swap or correct the two days"),
        (event(more=", path: [a]"), "entries[0].path: is not a known key here; did you mean "
         "paths?"),
        (event().replace("all", "[TQ-9]"), "entries[0].service_levels[0]: \"TQ-9\" is not a "
         "service level of the contract; did you mean TQ-2?"),
        (event(more=", repositories: [shop]"), "entries[0].repositories[0]: \"shop\" is not a "
         "repository of the contract; it has billing"),
        (event().replace("excused_event", "excused"), "entries[0].kind: \"excused\" is not a known "
         "kind; did you mean excused_event?"),
        (debt(more="paths: [a], rule: W9999"), "entries[0].rule: \"W9999\" is not a rule of recipe "
         "2026.2; "),
        (debt(more="rule: W0612"), "entries[0].paths: is missing"),
        (event().replace("raised_by: supplier, ", ""), "entries[0].raised_by: is missing"),
        (event().replace("date: 2026-08-01", "date: 2026-02-30"),
         "entries[0].approved_by.customer.date: 2026-02-30 is not a day of the calendar"),
        ("id: N-1, kind: credit_note, corrects: 2026-Q3, period: 2026-Q3, amount: 5, reason: r, "
         "raised_by: customer", "entries[0].period: 2026-Q3 must come after 2026-Q3, the period "
         "that it corrects"),
        (note("2026-Q2", "2026-Q4"), "entries[0].corrects: 2026-Q2 lies outside the term, "
         "2026-07-01 to 2027-12-31"),
        (note("2026-Q3", "2028-Q1"), "entries[0].period: 2028-Q1 lies outside the term, "
         "2026-07-01 to 2027-12-31"),
    ],
)  # fmt: skip
def test_a_problem_of_a_ledger_says_where_and_what(measured: Desk, entry: str, said: str) -> None:
    (line,) = problems(measured, entry)
    assert line.startswith("4:")
    assert line.partition(": ")[2].startswith(said)


def test_all_problems_at_once_and_ids_only_once(measured: Desk) -> None:
    found = problems(measured, event(), event(cause="x"), debt("D", until="soon"), event("E-1"))
    assert [line.partition(":")[0] for line in found] == ["5", "5", "6", "7"]


def test_a_ledger_of_another_contract(measured: Desk) -> None:
    ledger(measured).write_text("format: workmanship.events/1\ncontract: OTHER\nentries: []\n")
    with pytest.raises(ContractError, match="must be ACME, the contract beside which"):
        _ = measured.session


def test_the_guides_ledger_is_valid_and_counts(tmp_path: Path) -> None:
    from quality.contract.amendments import load_families
    from quality.contract.ledger.ledger import claims
    from quality.contract.periods import periods
    from tests.quality.contracts import SMALL
    from tests.test_docs import GUIDES

    contract = tmp_path / "acme.contract.yaml"
    contract.write_text(SMALL)
    text = (
        GUIDES["quality/closing"].partition("format: workmanship.events/1")[2].partition("```")[0]
    )
    (tmp_path / "acme.events.yaml").write_text("format: workmanship.events/1" + text)
    (family,) = load_families([contract])
    third = periods(family, date(2026, 12, 1))[2]
    found = claims(family.ledger, family.base, third, date(2026, 12, 1))
    assert [(each.entry.id, each.why_not) for each in found] == [("E-1", ""), ("D-1", "")]
    assert [note.id for note in family.ledger.notes] == ["N-1"]


def test_digests_follow_content_and_order(measured: Desk) -> None:
    def digest(*entries: str) -> str:
        ledger(measured, *entries)
        return measured.session.families[0].ledger.digest

    one = digest(event(), debt())
    assert one == digest(event(), debt())
    assert one != digest(debt(), event())
    assert one != digest(event(), debt(until="2027-01-01"))
    assert len({one, digest(), digest(event())}) == 3
    (measured.folder / "acme.events.yaml").unlink()
    assert measured.session.families[0].ledger.digest == ""
    assert date(2026, 1, 1) < replace(measured.session.families[0]).ends
