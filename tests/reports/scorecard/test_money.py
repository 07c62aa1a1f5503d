"""The statement's lines, sentences and sums, against amounts worked out by hand."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from quality.model.evaluation import Evaluation
from quality.model.relief import CreditNote
from reports.scorecard import terminal
from reports.scorecard.page import html
from reports.scorecard.words import invoice, money, portfolio, settlement, standing
from tests.reports import money_samples as samples
from tests.reports import samples as plain
from tests.reports.scorecard.test_html import Tree


def words(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def lines(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [(words(line.title), words(line.amount)) for line in invoice.lines(evaluation)]


def test_the_worked_example_line_by_line() -> None:
    assert lines(samples.worked()) == [
        ("Charges", "EUR 200,000.00"),
        ("At risk", "EUR 24,000.00"),
        ("Code in overly complex functions", "EUR 14,400.00"),
        ("Duplicated code", "EUR 14,400.00"),
        ("Sum of the credits", "EUR 28,800.00"),
        ("Above the period's cap", "−EUR 4,800.00"),
        ("Credit for 2026-Q3", "EUR 24,000.00"),
    ]
    assert (
        words(money.headline(samples.worked()))
        == "EUR 24,000.00 credited for 2026-Q3, all that is at risk"
    )


def test_who_owes_whom_is_said_first_and_what_for() -> None:
    owed = money.owed(samples.worked())
    assert owed is not None
    assert (owed.debtor, owed.verb, owed.creditor) == ("Acme Software", "owes", "Northwind Retail")
    assert words(owed.amount) == "EUR 24,000.00"
    assert [(level, words(amount)) for level, amount in owed.parts] == [
        ("TQ-1", "EUR 12,000.00"), ("TQ-3", "EUR 12,000.00"),
    ]  # fmt: skip
    text = words(Tree(html.page(samples.worked())).text)
    assert "Acme Software owes Northwind Retail EUR 24,000.00: EUR 12,000.00 for TQ-1, " in text


def test_the_customer_owes_what_credit_notes_leave_and_nobody_owes_nothing() -> None:
    note = CreditNote("CN-1", "2026-Q3", "2026-Q1", Decimal(-1200), "twice", "mail", "")
    less = replace(samples.worked(), credits=samples.nothing_due(), credit_notes=(note,))
    owed = money.owed(less)
    assert owed is not None
    assert (owed.debtor, owed.creditor) == ("Northwind Retail", "Acme Software")
    assert words(owed.amount) == "EUR 1,200.00"
    assert money.owed(replace(less, credit_notes=())) is None
    assert money.owed(plain.evaluation()) is None
    both = money.owed(replace(samples.worked(), credit_notes=(note,)))
    assert both is not None
    assert (words(both.amount), both.parts) == ("EUR 22,800.00", ())  # the levels alone are more
    early = replace(samples.worked(), credits=samples.statement(provisional=True))
    assert (owed := money.owed(early))
    assert owed.verb == "would owe"


def test_every_factor_of_an_amount_has_its_name() -> None:
    second = invoice.lines(samples.worked())[3]
    assert [(words(factor), name) for factor, name in second.factors] == [
        ("EUR 24,000.00", "at-risk amount"),
        ("40 %", "allocation"),
        ("1.5", "2 failures within 4 periods: 2026-Q2, 2026-Q3"),
    ]
    assert second.clause == "Schedule 4, 2.5"


def test_an_event_is_charged_once_and_the_other_line_says_so() -> None:
    second = invoice.lines(samples.single_event())[3]
    assert (words(second.amount), words(second.product)) == ("EUR 0.00", "EUR 14,400.00")
    assert second.struck
    assert second.why.endswith("the same event (EV-7) is charged once, as TQ-1.")


def test_what_goes_to_the_supplier_comes_after_the_credit() -> None:
    found = lines(samples.everything_at_once())
    assert found[5:] == [
        ("Above the period's cap", "−EUR 4,800.00"),
        ("Above the cap of contract year 2", "−EUR 12,000.00"),
        ("Credit for 2026-Q3", "EUR 12,000.00"),
        ("Returned for 2025-Q4: Duplicated code", "−EUR 9,600.00"),
        ("Bonus due", "−EUR 2,000.00"),
        ("Credit note CN-1: correction of 2026-Q1", "−EUR 1,200.00"),
        ("Balance in favour of the supplier", "EUR 800.00"),
    ]
    assert settlement.balance(samples.everything_at_once()) == Decimal(-800)  # CN-2 is not signed


def test_an_amount_has_its_currencys_decimals() -> None:
    yen = samples.quiet()
    assert lines(yen)[-1] == ("Credit for 2026-Q3", "JPY 0")
    assert money.headline(yen) == "No credit for 2026-Q3"


def test_without_charges_there_is_no_money_but_there_are_consequences() -> None:
    made = samples.without_money()
    assert (money.priced(made), invoice.lines(made), money.headline(made)) == (None, (), "")
    tree = Tree(html.page(made))
    assert "money" not in {at.get("id") for _, at in tree.tags}
    assert "Rectification plan due on 14 October 2026" in tree.text


def test_a_contract_without_terms_shows_nothing_of_it() -> None:
    text = html.page(
        replace(plain.evaluation(), state="dispute_window_open", past=samples.past(()))
    )
    ids = {at.get("id") for _, at in Tree(text).tags}
    assert not ids & {"money", "points", "due", "excused", "standing"}
    assert 'class="wide brief"' not in text


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (samples.worked(), "May be disputed until 30 October 2026"),
        (samples.without_money(), "Provisional"),
        (samples.everything_at_once(), "Closed on 2 November 2026"),
    ],
)
def test_the_state_of_the_period_is_said(made: Evaluation, says: str) -> None:
    state = standing.standing(made)
    assert state is not None
    assert state.word == says
    assert says in Tree(html.page(made)).text


def test_a_closed_period_shows_its_digest_and_what_a_recomputation_says() -> None:
    text = Tree(html.page(samples.everything_at_once())).text
    for said in (
        samples.DIGEST,
        ["9.173284 (1964/21410)", " (1925/21410)"][0],
        "8.99 (1925/21410)",
        "Closed on 2 November 2026 by M. Winter",
        "amendment ACME-2026-01-A2",
        "Does not count: not approved by the supplier",
    ):
        assert said in text


def test_what_was_excused_stands_beside_the_value_without_it() -> None:
    text = Tree(html.page(samples.worked())).text
    assert "2 of 3 entries of the ledger count." in text
    assert "TQ-2 3.8 %, met; without it 8.5 %, failed" in text
    assert "Without relief by EV-7: 8.5 %, failed" in text
    assert "not approved by the customer" in text


def test_the_effect_of_excusals_in_money() -> None:
    better = samples.statement(total=Decimal("9600.00"))
    made = samples.worked(credits=better, credits_without=samples.statement())
    assert words(money.effect(made)) == (
        "The credit is EUR 9,600.00; had nothing been excused it would be EUR 24,000.00. "
        "The excusals make it EUR 14,400.00 less."
    )


def test_what_one_entry_is_worth_stands_beside_it() -> None:
    made = samples.worked()
    first, *rest = made.excusals
    text = Tree(html.page(replace(made, excusals=(
        replace(first, amount=Decimal("4800.00")), *rest
    )))).text  # fmt: skip
    assert "It lowers the credit by EUR 4,800.00." in text


def test_a_level_that_could_not_be_judged_is_said_to_be_without_price() -> None:
    text = Tree(html.page(samples.everything_at_once())).text
    assert "1 critical service level could not be judged, so no credit was computed" in text


# ---------------------------------------------------------------- all suppliers


def test_sums_are_by_currency_for_the_latest_and_for_all_periods() -> None:
    every = samples.everything()[:6]
    latest = {each.currency: words(each.claimed) for each in portfolio.sums(every, whole=False)}
    # 24,000 + 14,400 + 12,000 + 24,000 (the hostile one), and the yen of one contract
    assert latest == {"EUR": "EUR 74,400.00", "JPY": "JPY 0"}
    whole = portfolio.sums(every, whole=True)[0]
    # four contracts with two failed quarters of 9,600 each before
    assert words(whole.claimed) == "EUR 151,200.00"


def test_the_matrix_has_every_period_of_every_contract_once() -> None:
    long = samples.worked(past=samples.past(plain.quarters(30)[:-1]))
    matrices = portfolio.matrices((long, samples.quiet()))
    assert [len(each.periods) for each in matrices] == [12, 12, 6]
    names = [name for each in reversed(matrices) for name in each.periods]
    assert tuple(names) == plain.quarters(30)
    newest = matrices[0]
    assert newest.failed[-1] == (1, 2)
    assert newest.rows[1][1][:-1] == (None,) * 11  # Globex has one period only
    assert not matrices[1].rows[1:]


def test_chronic_failures_come_first() -> None:
    kinds = [each.kind for _, each in portfolio.due(samples.everything()[:6])]
    assert kinds[:3] == ["chronic_failure"] * 3
    assert "rectification_plan" in kinds[3:]


def test_a_date_orders_what_is_due() -> None:
    late = replace(samples.PLAN, due=date(2027, 1, 1))
    made = samples.worked(credits=samples.statement(consequences=(late, samples.PLAN)))
    assert [each.due for each in standing.due(made)] == [date(2026, 10, 14), date(2027, 1, 1)]


# ---------------------------------------------------------------- what is left, and who gets it


def test_a_step_says_what_the_caps_left_of_it() -> None:
    """Two steps of 14,400 share the 24,000 that the cap leaves."""
    first = invoice.lines(samples.worked())[2]
    assert words(first.why).endswith("Of it EUR 12,000.00 is left after the period's cap.")
    both = invoice.lines(samples.everything_at_once())[2]
    assert both.why.endswith("is left after the period's cap and the year's cap.")


def test_the_first_page_shows_what_is_paid_and_why_it_is_less() -> None:
    made = samples.worked()
    assert words(money.of_level(made, "TQ-3")) == "EUR 12,000.00"
    why = "of EUR 14,400.00 before caps"
    assert words(money.instead_of(made, "TQ-3")) == why
    assert why in Tree(html.page(made)).text.replace("\u00a0", " ")
    once = samples.single_event()
    assert words(money.of_level(once, "TQ-3")) == "EUR 0.00"
    assert money.instead_of(once, "TQ-3") == "charged as TQ-1"
    assert money.instead_of(once, "TQ-1") == money.instead_of(once, "TQ-2") == ""


def test_bonus_notes_and_balance_stand_beside_the_credit() -> None:
    """12,000 - 9,600 returned - 2,000 bonus - 1,200 of the note = -800."""
    made = samples.everything_at_once()
    assert [(name, words(amount)) for name, amount in money.beside(made)] == [
        ("Bonus due to the supplier", "EUR 2,000.00"),
        ("Credit notes, to the supplier", "EUR 1,200.00"),
        ("Balance, to the supplier", "EUR 800.00"),
    ]
    assert list(money.beside(samples.worked())) == []
    assert list(money.beside(samples.without_money())) == []


def test_a_terminal_says_currency_direction_and_why_less() -> None:
    text = terminal.render([samples.everything_at_once()])
    for line in (
        "CN-1: credit note of EUR 1,200.00 in favour of the supplier corrects 2026-Q1\n",
        "balance: EUR 800.00 in favour of the supplier\n",
        "TQ-3: EUR 12,000.00 of EUR 14,400.00 is left after the period's cap and the year's cap\n",
    ):
        assert line in text
    once = terminal.render([samples.single_event()])
    assert "TQ-3: charged as TQ-1, the same event EV-7\n" in once
    assert "balance" not in once


@pytest.mark.parametrize(("day", "late"), [(14, False), (15, True)])
def test_what_was_due_yesterday_is_overdue(day: int, late: bool) -> None:
    """The plan is due on 14 October; on that day it is in time."""
    made = replace(samples.worked(), as_of=date(2026, 10, day))
    line = "Rectification plan due on 14 October 2026" + ", overdue unless it was done" * late
    assert standing.due_line(samples.PLAN, made) == line
    assert ("overdue" in html.page(made)) == late
    assert ("overdue" in terminal.render([made])) == late
    assert "overdue" not in html.page(samples.worked())  # nobody says what day it is
