"""Disputes in the ledger: what is said of them, and what they keep from being closed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from quality.contract.text.problem import ContractError
from quality.errors import UsageError
from reports.scorecard.words import settlement
from tests.conftest import Desk
from tests.quality.closing.conftest import close, judged
from tests.quality.ledgers import LEVELS, event, ledger

CHARGES = "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}], at_risk: 10}\n"
SIGNED = "approved_by: {customer: {name: Ann, date: %s}, supplier: {name: Bob, date: %s}}"


def entry(kind: str, more: str, id: str = "X-1", on: str = "2026-10-12", by: str = "supplier"):
    signed = SIGNED % (on, on)
    return f"id: {id}, kind: {kind}, reason: why, raised_by: {by}, {signed}, {more}"


DISPUTE = entry("dispute", "period: 2026-Q3, service_levels: [TQ-1], amount: 2500")
SETTLED = entry("settlement", "settles: X-1, amount: 1000", "S-1", on="2026-11-02")


@pytest.fixture
def billed(desk: Desk, billing: object) -> Desk:
    """A quarter that failed, at 10,000."""
    level = LEVELS[0].removesuffix("}") + ", allocation: 100}"
    desk.contract(["billing"], [level], more=CHARGES, head="settle_days: 30")
    return desk


def test_a_period_in_dispute_is_not_closed_until_it_is_settled(billed: Desk) -> None:
    ledger(billed, DISPUTE)
    now = judged(billed)
    assert (now.disputes[0].state, now.disputes[0].amount) == ("lapsed", 2500)  # after 11 November
    text = billed.contracts[0].read_text("utf-8").replace("settle_days: 30", "settle_days: 60")
    billed.contracts[0].write_text(text, encoding="utf-8")
    assert settlement.undisputed(judged(billed)) == 7500
    with pytest.raises(UsageError, match=r"X-1 disputes 2026-Q3 and is open: .* 2026-12-11"):
        close(billed)
    ledger(billed, DISPUTE, SETTLED)
    closed = close(billed)
    assert settlement.balance(closed) == Decimal(8500)  # 10,000 - 2,500 + 1,000
    assert settlement.balance(judged(billed, "2026-Q4").past[0]) == Decimal(8500)
    ledger(billed, DISPUTE)
    with pytest.raises(ContractError, match="S-1"):  # the closing rests on it
        judged(billed)


def test_what_comes_after_the_closing_is_refused(billed: Desk) -> None:
    close(billed)
    ledger(billed, DISPUTE)
    with pytest.raises(ContractError) as caught:
        judged(billed)
    assert "entries[0].period: 2026-Q3 was closed on 2026-11-22: correct it by a credit note" in (
        str(caught.value)
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (entry("settlement", "settles: X-2, amount: 1"),
         'entries[0].settles: "X-2" is not a dispute in this ledger; it has none'),
        (entry("claim", "period: 2026-Q3, service_levels: all"), "entries[0].raised_by: this is "
         "the customer's to say: raised_by: customer"),
        (entry("dispute", "period: 2026-Q3, service_levels: all", by="customer"),
         "entries[0].amount: is missing: say how much more the customer claims"),
        (entry("dispute", "period: 2026-Q3, service_levels: all, amount: 0.001"),
         "entries[0].amount: 0.001 is too fine: EUR has 2 decimals"),
        (entry("choice", "period: 2026-Q3, service_levels: all", by="customer"),
         "entries[0].service_levels: must name one service level: the one to be credited"),
        (entry("incident", "from: 2026-08-02, to: 2026-08-01, service_levels: all"),
         "entries[0].to: 2026-08-01 lies before its first day, 2026-08-02: swap the two days"),
        (entry("reallocation", "effective: 2026-10-01, allocations: [{service_level: TQ-9, "
         "allocation: 5}]", by="customer"), 'entries[0].allocations[0].service_level: "TQ-9" is '
         "not a service level of the contract; did you mean TQ-1?"),
    ],
)  # fmt: skip
def test_a_problem_says_where_and_what(billed: Desk, more: str, said: str) -> None:
    ledger(billed, more)
    with pytest.raises(ContractError) as caught:
        judged(billed)
    assert said in str(caught.value)


def at(desk: Desk, day: int, month: int = 10) -> None:
    """A command reads the ledger on a day, and the journal keeps what it finds."""
    desk.now = datetime(2026, month, day, 12, tzinfo=UTC)
    desk.session.witness()


def test_a_notice_is_no_older_than_a_reading_that_did_not_find_it(billed: Desk) -> None:
    ledger(billed, event(approved=""))
    at(billed, 20)
    ledger(billed, event(approved=""), DISPUTE)  # dated 12 October
    at(billed, 25)
    (found,) = judged(billed).disputes
    assert (found.on, found.state) == (date(2026, 10, 20), "open")


@pytest.mark.slow
def test_a_notice_that_is_dated_back_is_out_of_time(billed: Desk) -> None:
    ledger(billed, event(approved=""))
    at(billed, 2, 11)
    ledger(billed, event(approved=""), DISPUTE)
    for _ in range(2):  # before and after the journal has it
        (found,) = judged(billed).disputes
        assert found.why_not == (
            "raised on 2026-11-02, after the dispute window, which ended on 2026-10-30"
        )
        at(billed, 3, 11)
    assert close(billed).disputes[0].state == ""


def test_a_period_is_closed_once_its_credits_are_claimed_or_have_lapsed(billed: Desk) -> None:
    path = billed.contracts[0]
    text = path.read_text("utf-8").replace("charges:", "credits: {claim_days: 60}\ncharges:")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"claimed until 2026-11-29: TQ-1\. .* from 2026-11-30 on"):
        close(billed)
    billed.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    lapsed = judged(billed)
    assert lapsed.credits
    assert (lapsed.credits.total, lapsed.unclaimed) == (0, ("TQ-1", ""))
    ledger(billed, entry("claim", "period: 2026-Q3, service_levels: [TQ-1]", by="customer"))
    billed.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    closed = close(billed)
    assert closed.credits
    assert closed.credits.total == Decimal(10_000)
