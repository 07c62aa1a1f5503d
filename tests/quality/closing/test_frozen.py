"""Closed periods under attack through code, data and terms: what was frozen stands. What must fail
loudly is in ``test_evading`` and ``test_tampering``."""

from __future__ import annotations

import json as plain_json
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from quality.closing import records as frozen_module
from quality.contract.text.problem import ContractError
from quality.errors import MeasureError, UsageError
from quality.model.canonical import decode, dumps, encode
from quality.model.evaluation import Evaluation
from quality.model.verdict import Measured
from reports.scorecard import json, terminal
from tests.conftest import Desk
from tests.examples import table
from tests.quality.closing.conftest import LATER, apart_from_differences, close, judged
from tests.quality.ledgers import APPROVED, BRANCHY, LEVELS, SIMPLE, closing, debt, ledger
from tests.repositories import Repository


def test_a_closed_period_is_what_was_evaluated(desk: Desk, billing: Repository) -> None:
    before = judged(desk, pages=True)
    assert (before.state, before.disputed_until) == ("dispute_window_closed", date(2026, 10, 30))
    closed = close(desk)
    after = judged(desk)
    assert after == closed
    assert replace(after, state="dispute_window_closed", disputed_until=before.disputed_until,
                   frozen=None) == before  # fmt: skip
    assert after.frozen
    assert (after.frozen.closed_by, after.frozen.differences, after.frozen.notes) == ("Ann", (), ())
    record = desk.folder / "acme.closed" / "2026-Q3.json"
    assert frozen_module.digest_of(record.read_text()) == after.frozen.digest
    text = plain_json.loads(json.render([after]))
    assert text["state"] == "closed"
    assert text["frozen"]["digest"] == after.frozen.digest
    assert f"closed on 2026-11-22 by Ann: {after.frozen.digest}" in terminal.render([after])


def test_the_codec_gives_back_what_it_got(desk: Desk, billing: Repository) -> None:
    ledger(desk, debt(more="paths: [b.py]"))
    evaluation = judged(desk)
    again = decode(Evaluation, plain_json.loads(dumps(encode(evaluation))))
    assert again == evaluation
    assert dumps(encode(again)) == dumps(encode(evaluation))


# ---------------------------------------------------------------- when it may be closed


@pytest.mark.parametrize(
    ("now", "state", "why"),
    table([
        (datetime(2026, 9, 30, 23, 59, tzinfo=UTC), "provisional",
         "2026-Q3 has not ended: its last day is 2026-09-30"),
        (datetime(2026, 10, 1, tzinfo=UTC), "dispute_window_open",
         "the dispute window of 2026-Q3 is open until 2026-10-30: close it from 2026-10-31 on, or "
         "with --agreed once both parties agree"),
        (datetime(2026, 10, 30, 23, 59, tzinfo=UTC), "dispute_window_open", "until 2026-10-30:"),
        (datetime(2026, 10, 31, tzinfo=UTC), "dispute_window_closed", ""),
    ], {0, 3}),
)  # fmt: skip
def test_not_before_its_time(
    desk: Desk, billing: Repository, now: datetime, state: str, why: str
) -> None:
    desk.now = now
    assert judged(desk).state == state
    if why:
        with pytest.raises(UsageError, match=why):
            close(desk)
    else:
        assert close(desk).state == "closed"


def test_agreed_closes_in_the_dispute_window_but_not_before_the_end(
    desk: Desk, billing: Repository
) -> None:
    ledger(desk, closing("2026-Q3", "dispute_window", days=("2026-10-01", "2026-10-02")))
    desk.now = datetime(2026, 9, 30, tzinfo=UTC)
    with pytest.raises(UsageError, match="has not ended"):
        close(desk, agreed=True)
    desk.now = datetime(2026, 10, 2, tzinfo=UTC)
    record = close(desk, agreed=True).frozen
    assert record
    assert record.agreed


@pytest.mark.slow
def test_the_end_is_the_contracts_midnight(desk: Desk) -> None:
    """In Auckland the quarter is over 13 hours before it is in London."""
    desk.repository("billing", {"a.py": SIMPLE})
    desk.contract(["billing"], LEVELS[:1])
    text = desk.contracts[0].read_text().replace("UTC", "Pacific/Auckland")
    desk.contracts[0].write_text(text.replace("timezone:", "dispute_days: 0\n  timezone:"))
    desk.now = datetime(2026, 9, 30, 10, 59, tzinfo=UTC)
    desk.measure(jobs=1)
    with pytest.raises(UsageError, match="has not ended"):
        close(desk)
    desk.now = datetime(2026, 9, 30, 11, 0, tzinfo=UTC)  # midnight there: 1 October begins
    with pytest.raises(MeasureError, match="last read on 2026-09-30 10:59 UTC, before 2026-Q3"):
        close(desk)
    desk.measure(jobs=1)
    assert close(desk).state == "closed"


@pytest.mark.slow
def test_not_what_nobody_measured_or_fetched_before_the_end(desk: Desk) -> None:
    billing = desk.repository("billing", {"a.py": SIMPLE})
    desk.contract(["billing"], LEVELS[:1])
    with pytest.raises(MeasureError, match="billing: not measured yet"):
        close(desk)
    desk.now = datetime(2026, 9, 20, tzinfo=UTC)
    desk.measure(jobs=1)
    billing.commit({"b.py": BRANCHY}, at="2026-09-25T00:00:00Z")
    desk.now = LATER
    with pytest.raises(MeasureError, match="billing: last read on 2026-09-20 00:00 UTC, before"):
        close(desk)
    desk.measure(jobs=1, periods="2026-Q4")  # another period's snapshot makes this no fresher
    with pytest.raises(MeasureError, match="last read on 2026-09-20"):
        close(desk)
    desk.measure(jobs=1)
    assert close(desk).service_levels[0].measured == Measured(8, 10, 100)


def test_closed_only_once(desk: Desk, billing: Repository) -> None:
    digest = close(desk).frozen.digest  # type: ignore[union-attr]
    with pytest.raises(UsageError, match=r"2026-Q3 of ACME was closed on 2026-11-22 by Ann \(sha"):
        close(desk, agreed=True)
    assert judged(desk).frozen.digest == digest  # type: ignore[union-attr]


# ---------------------------------------------------------------- every door


def _contract(desk: Desk, billing: Repository) -> None:
    desk.contract(["billing"], [LEVELS[0].replace("minimum: 8", "minimum: 100"), LEVELS[1]])


def _dropped_level(desk: Desk, billing: Repository) -> None:
    desk.contract(["billing"], LEVELS[1:])


def _patterns(desk: Desk, billing: Repository) -> None:
    desk.contract(["billing"], LEVELS[:1], more="files: {vendored: ['b.py']}\n")


def _ledger(desk: Desk, billing: Repository) -> None:
    ledger(desk, debt(more="paths: [b.py]"))


def _amendment(desk: Desk, billing: Repository) -> None:
    text = desk.contracts[0].read_text().replace("id: ACME", "id: ACME-A1", 1)
    text = text.replace("  starts", "  amends: ACME\n  effective: 2026-07-01\n  starts")
    amendment = desk.folder / "acme.amendment-1.contract.yaml"
    amendment.write_text(text.replace("above: 3", "above: 1"))


def _history(desk: Desk, billing: Repository) -> None:
    billing.commit({"a.py": SIMPLE}, at="2026-08-02T00:00:00Z", parents=())
    desk.measure(jobs=1)


def _facts(desk: Desk, billing: Repository) -> None:
    with duckdb.connect(desk.session.database) as con:
        con.execute("update functions set ccn = 1")
        con.execute("delete from snapshot_values")


def _values(desk: Desk, billing: Repository) -> None:
    with duckdb.connect(desk.session.database) as con:
        con.execute("update snapshot_values set numerator = 0")


def _snapshots(desk: Desk, billing: Repository) -> None:
    with duckdb.connect(desk.session.database) as con:
        con.execute("delete from snapshots")


DOORS = [
    _contract, _dropped_level, _patterns, _ledger, _amendment, _history, _facts, _values,
    _snapshots,
]  # fmt: skip


@pytest.mark.parametrize("door", table(DOORS, {0, 3, 6}), ids=lambda door: door.__name__.strip("_"))
def test_a_closed_period_never_changes(desk: Desk, billing: Repository, door: object) -> None:
    closed = close(desk)
    assert callable(door)
    door(desk, billing)
    after = judged(desk)
    assert apart_from_differences(after) == closed
    assert after.frozen
    assert after.frozen.differences


@pytest.mark.parametrize("name", table(["production_functions", "complexity_nloc_share"], {0}))
def test_another_program_changes_nothing(
    desk: Desk, billing: Repository, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SQL of a later release counts differently: the frozen value stands, the difference is
    shown with both numbers."""
    from quality.store import counts, definitions

    closed = close(desk)
    text = definitions.definitions()[name]
    changed = text.replace("f.ccn,", "1 as ccn,").replace("ccn > above", "ccn > 1000")
    assert changed != text
    monkeypatch.setitem(definitions.definitions(), name, changed)
    counts._inputs.cache_clear()
    try:
        after = judged(desk)
    finally:
        counts._inputs.cache_clear()
    assert apart_from_differences(after) == closed
    assert after.frozen
    different = {each.what: (each.frozen, each.now) for each in after.frozen.differences}
    assert different["TQ-1 value"] == ("15.686275 (8/51)", "0.0 (0/51)")
    assert different["TQ-1 outcome"] == ("failed", "met")


def test_both_digests_are_shown(desk: Desk, billing: Repository) -> None:
    closed = close(desk)
    _contract(desk, billing)
    after = judged(desk)
    assert after.frozen
    different = {each.what: (each.frozen, each.now) for each in after.frozen.differences}
    now = desk.session.families[0].base.digest
    assert different["contract digest"] == (closed.contract_digest, now)
    assert different["TQ-1 outcome"] == ("failed", "below_expected")
    assert different["TQ-2 outcome"] == ("none", "failed")
    text = terminal.render([after])
    assert "a recomputation differs: TQ-1 outcome: frozen failed, now below_expected" in text


@pytest.mark.slow
def test_an_entry_that_a_closed_period_relied_on(desk: Desk, billing: Repository) -> None:
    unsigned = debt("D-2", "paths: [x]", approved="evidence: x")
    ledger(desk, debt(more="paths: [b.py]"), unsigned)
    assert close(desk).service_levels[0].outcome == "met"
    signed = debt("D-2", "paths: [x]", approved=f"evidence: x, {APPROVED}")
    ledger(desk, debt(more="paths: [b.py]"), signed, debt("D-3", "paths: [y]"))
    assert judged(desk).frozen.differences == ()  # type: ignore[union-attr]
    ledger(desk, debt(more="paths: [b.py]", until="2026-12-30"), signed)
    with pytest.raises(ContractError, match="until: was '2026-12-31' and is '2026-12-30'"):
        judged(desk)
    (desk.folder / "acme.events.yaml").unlink()
    with pytest.raises(ContractError, match="entry D-1 was removed"):
        judged(desk)
    _forget_the_journal(desk)
    gone = judged(desk)
    assert gone.frozen
    lost = {each.what: each.now for each in gone.frozen.differences}
    assert lost["ledger entry D-1"] == "none"
    assert gone.service_levels[0].outcome == "met"


def _forget_the_journal(desk: Desk) -> None:
    """The record knows by itself which entries it counted."""
    (desk.folder / "acme.journal.jsonl").unlink()
    with duckdb.connect(desk.session.database) as con:
        con.execute("delete from ledger_journal")


def test_check_finds_what_was_taken_from_the_ledger(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    from quality.cli.app import run

    ledger(desk, debt(more="paths: [b.py]"))
    close(desk)
    contract = str(desk.contracts[0])
    assert run(["check", contract]) == 0
    _forget_the_journal(desk)
    for entries, how in (([debt("D-9")], "removed"), ([debt(until="2027-01-01")], "changed")):
        path = ledger(desk, *entries)
        capsys.readouterr()
        assert run(["check", contract]) == 2
        said = f"{path}: D-1 was {how} after 2026-Q3 was closed with it: restore it"
        assert capsys.readouterr().err.startswith(said)


def test_later_periods_build_on_the_frozen_value(desk: Desk, billing: Repository) -> None:
    close(desk)
    _facts(desk, billing)
    (verdict,) = judged(desk, "2026-Q4").service_levels
    assert verdict.outcome == "met"
    assert [(each.period, each.value) for each in verdict.trend] == [("2026-Q3", 15.686275)]
