"""Which contract judges a period: by its first day, in the contract's zone, never two at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quality.contract.amendments import load_families
from quality.contract.text.problem import ContractError
from quality.model.verdict import Measured
from quality.store.database import Store
from tests.conftest import Desk
from tests.quality.contracts import small
from tests.quality.ledgers import BRANCHY, LEVELS, SIMPLE, debt, ledger

HEAD = ("id: ACME-2026-01", "id: {id}\n  amends: {amends}\n  effective: {effective}")


def write(folder: Path, *changes: tuple[str, str], name: str = "acme") -> Path:
    path = folder / f"{name}.contract.yaml"
    path.write_text(small(*changes))
    return path


def amend(
    folder: Path, effective: str, *changes: tuple[str, str], id: str = "A1",
    amends: str = "ACME-2026-01", name: str = "acme.amendment-1",
) -> Path:  # fmt: skip
    new = HEAD[1].format(id=id, amends=amends, effective=effective)
    return write(folder, (HEAD[0], new), *changes, name=name)


def problems(*paths: Path) -> list[str]:
    with pytest.raises(ContractError) as caught:
        load_families(paths)
    return [str(problem).replace(f"{paths[0].parent}/", "") for problem in caught.value.problems]


def in_force(path: Path, today: date = date(2027, 12, 31)) -> dict[str, str]:
    from quality.contract.periods import periods

    (family,) = load_families([path])
    return {period.id: family.in_force(period).id for period in periods(family, today)}


@pytest.mark.parametrize(
    ("effective", "first"),
    [("2026-07-01", "2026-Q3"), ("2026-07-02", "2026-Q4"), ("2026-06-30", "2026-Q3"),
     ("2026-01-01", "2026-Q1"), ("2027-12-31", None)],
)  # fmt: skip
def test_the_contract_of_a_periods_first_day(
    tmp_path: Path, effective: str, first: str | None
) -> None:
    base = write(tmp_path)
    amend(tmp_path, effective)
    found = in_force(base)
    assert next((period for period, id in found.items() if id == "A1"), None) == first


def test_months_and_a_leap_day(tmp_path: Path) -> None:
    months = ("period: quarter", "period: month")
    late = ("ends: 2027-12-31", "ends: 2028-03-31")
    base = write(tmp_path, months, late)
    amend(tmp_path, "2028-02-29", months, late)
    found = in_force(base, date(2028, 3, 31))
    assert (found["2028-02"], found["2028-03"]) == ("ACME-2026-01", "A1")


def test_several_in_a_chain_and_the_amended_end(tmp_path: Path) -> None:
    base = write(tmp_path)
    amend(tmp_path, "2026-07-01")
    later = ("ends: 2027-12-31", "ends: 2028-06-30")
    amend(tmp_path, "2027-01-01", later, id="A2", amends="A1", name="acme.amendment-2")
    found = in_force(base, date(2028, 12, 31))
    assert [found[p] for p in ("2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1")] == [
        "ACME-2026-01", "A1", "A1", "A2",
    ]  # fmt: skip
    assert list(found)[-1] == "2028-Q2"


def test_named_or_beside_makes_no_difference(tmp_path: Path) -> None:
    base, other = write(tmp_path), amend(tmp_path, "2026-07-01", name="elsewhere")
    assert len(load_families([base])[0].contracts) == 1
    assert len(load_families([base, other])[0].contracts) == 2
    beside = amend(tmp_path, "2026-07-01")
    assert len(load_families([base])[0].contracts) == 2
    assert len(load_families([beside, base])[0].contracts) == 2
    assert len(load_families([base, beside, base])) == 1


@pytest.mark.parametrize(
    ("effective", "changes", "said"),
    [
        ("2025-12-31", [], "6:14: contract.effective: 2025-12-31 lies before the start of "
         "ACME-2026-01, 2026-01-01"),
        ("2026-07-01", [("period: quarter", "period: month")],
         "11:11: contract.period: must stay quarter, as in ACME-2026-01: this needs a contract of "
         "its own"),
        ("2026-07-01", [("timezone: Europe/Berlin", "timezone: UTC")],
         "12:13: contract.timezone: must stay Europe/Berlin, as in ACME-2026-01: this needs a "
         "contract of its own"),
        ("2026-07-01", [("starts: 2026-01-01", "starts: 2026-02-01")],
         "9:11: contract.starts: must stay 2026-01-01, as in ACME-2026-01: this needs a contract "
         "of its own"),
        ("2028-01-01", [], "6:14: contract.effective: 2028-01-01 lies after the end, 2027-12-31: "
         "it would never be in force"),
    ],
)  # fmt: skip
def test_what_an_amendment_may_not_do(
    tmp_path: Path, effective: str, changes: list[tuple[str, str]], said: str
) -> None:
    base = write(tmp_path)
    amend(tmp_path, effective, *changes)
    (line,) = problems(base)
    prefix = "acme.amendment-1.contract.yaml:"
    where, _, text = line.removeprefix(prefix).partition(": ")
    assert text == said.partition(": ")[2]
    assert where.count(":") == 1


def test_wrong_doubled_and_cyclic_amendments(tmp_path: Path) -> None:
    base = write(tmp_path)
    one = amend(tmp_path, "2026-07-01", amends="OTHER")
    assert "OTHER is not one of the contracts given: name its file too" in problems(base)[0]
    assert "ACME-2026-01 is not one of the contracts" in problems(amend(tmp_path, "2026-07-01"))[0]
    two = amend(tmp_path, "2026-07-01", id="A2", name="acme.amendment-2")
    assert "2026-07-01 is also the first day of A1: join the two" in problems(base)[0]
    amend(tmp_path, "2026-07-01", amends="A2")
    amend(tmp_path, "2026-10-01", id="A2", amends="A1", name="acme.amendment-2")
    assert all("goes round in a circle" in line for line in problems(one, two))
    amend(tmp_path, "2026-07-01", amends="A1")
    assert "goes round in a circle" in problems(one)[0]
    amend(tmp_path, "2026-07-01", id="A1", name="acme.amendment-2")
    amend(tmp_path, "2026-07-01", id="A1")
    assert "contract A1 is also" in problems(base)[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [("amends: X", "contract.effective: is missing: an amendment needs its first day"),
     ("effective: 2026-07-01", "contract.effective: belongs to an amendment: name the contract in "
      "amends: too")],
)  # fmt: skip
def test_amends_and_effective_belong_together(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path, ("id: ACME-2026-01", f"id: ACME-2026-01\n  {line}"))
    (problem,) = problems(path)
    assert problem.endswith(said)


@pytest.mark.slow
def test_each_period_is_judged_by_its_own_contract(desk: Desk) -> None:
    """Other limits, another repository, one ledger: trend and verdict keep to the contract of the
    period, and measuring counts all that evaluating asks."""
    early = "2026-02-01T00:00:00Z"
    desk.repository("billing", {"a.py": SIMPLE, "b.py": BRANCHY}, at=early)
    desk.repository("shop", {"c.py": SIMPLE}, at=early)
    base = desk.contract(["billing"], LEVELS[:1], starts="2026-01-01")
    old = base.read_text()
    desk.contract(["billing", "shop"], [LEVELS[0].replace("above: 3", "above: 1")],
                  starts="2026-01-01")  # fmt: skip
    text = base.read_text().replace("id: ACME", "id: ACME-A1")
    text = text.replace("  starts", "  amends: ACME\n  effective: 2026-06-15\n  starts", 1)
    (desk.folder / "acme.amendment-1.contract.yaml").write_text(
        text.replace("expected: 5, minimum: 8", "expected: 70, minimum: 90")
    )
    base.write_text(old)
    ledger(desk, debt(more="paths: [b.py], from: 2026-07-01", until="2026-09-29"))
    assert desk.measure(jobs=1).problems == []
    with Store(desk.session.database) as store:
        before = store.connection.execute("select count(*) from snapshot_values").fetchall()
        from quality.verdicts.portfolio import evaluate

        evaluate(store, desk.session.requests("2026-Q4"))
        assert store.connection.execute("select count(*) from snapshot_values").fetchall() == before
    first = desk.evaluate("2026-Q2")[0]
    then = desk.evaluate("2026-Q3")[0]
    assert (first.contract_id, first.amendment) == ("ACME", "")
    assert (then.contract_id, then.amendment) == ("ACME", "ACME-A1")
    assert first.contract_digest != then.contract_digest
    assert first.service_levels[0].measured == Measured(8, 10, 100)
    assert then.service_levels[0].measured == Measured(8, 12, 100)
    assert [first.outcome, then.outcome] == ["failed", "met"]
    assert [s.repository for s in then.snapshots] == ["billing", "shop"]
    assert [each.value for each in then.service_levels[0].trend] == [80.0, 80.0]


@pytest.mark.slow
def test_quarter_ends_in_the_contracts_zone(desk: Desk) -> None:
    """Berlin's quarter ends at 22:00 UTC in summer: a commit at 22:00 is the next one's."""
    billing = desk.repository("billing", {"a.py": SIMPLE}, at="2026-09-30T21:59:59Z")
    billing.commit({"b.py": BRANCHY}, at="2026-09-30T22:00:00Z")
    path = desk.contract(["billing"], LEVELS[:1])
    path.write_text(path.read_text().replace("timezone: UTC", "timezone: Europe/Berlin"))
    desk.now = datetime(2026, 9, 30, 22, 0, tzinfo=UTC)
    desk.measure(jobs=1)
    assert desk.evaluate("2026-Q3")[0].service_levels[0].measured == Measured(0, 2, 100)
    assert desk.evaluate("2026-Q3")[0].state == "dispute_window_open"
    assert desk.evaluate("2026-Q4")[0].service_levels[0].measured == Measured(8, 10, 100)
    assert desk.evaluate("2026-Q4")[0].state == "provisional"
