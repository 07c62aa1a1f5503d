"""The evaluations as a table for spreadsheets: a row for each service level in each period, and one
for all else that the balance is made of.

What ``booked`` says in the rows of a period adds up to its balance, which is above 0 where it goes
to the customer.

Numbers stay numbers, with a point and no thousands separator. A text that a spreadsheet would take
for a formula gets an apostrophe in front; control characters are written out as everywhere.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from quality.model.amounts import plain
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.statement import CreditStatement
from quality.model.verdict import Verdict
from reports.scorecard.words import money, places, settlement
from reports.shared.numbers import exact_of
from reports.shared.text import safe_text

SUFFIX = "csv"
ABOUT = "a row for each service level, amount and period"
Cell = str | bool | int | float | Decimal | Fraction | None

COLUMNS = (
    *("contract", "supplier", "customer", "period", "from", "to", "to_date", "state"),
    *("closed_on", "record"),
    *("service_level", "name", "class", "indicator", "value", "unit", "expected", "minimum"),
    *("better_than_percent_of_public_systems", "public_systems"),
    *("outcome", "decided_by", "deciding_value"),
    *("value_without_excusals", "outcome_without_excusals", "excused_by"),
    *("currency", "credit_base", "credit_rate_percent", "multiplier", "credit_amount"),
    *("credit_charged", "credit_paid", "booked", "event", "charged_instead"),
    *("service_points", "clause"),
    *("period_at_risk", "period_credit", "period_lapsed", "period_returned", "period_net"),
    *("period_balance", "period_balance_to", "period_undisputed", "period_uncertain"),
    *("period_not_judged", "explanation"),
)

# Columns by the attribute of an evaluation, a verdict, a step of either kind, a statement.
_CONTRACT = {"contract": "contract_id", "supplier": "supplier", "customer": "customer"}
_LEVEL = {
    "service_level": "id", "name": "name", "class": "level_class", "indicator": "indicator",
    "unit": "unit",
}  # fmt: skip
_EITHER = {"multiplier": "multiplier", "clause": "clause", "explanation": "explanation"}
_POINTS = _EITHER | {"service_points": "charged_points"}
_STEP = _EITHER | {
    "credit_base": "base", "credit_rate_percent": "rate", "credit_amount": "amount",
    "credit_charged": "charged", "credit_paid": "paid", "booked": "paid", "event": "event",
    "charged_instead": "instead",
}  # fmt: skip
_STATEMENT = {
    "currency": "currency", "period_at_risk": "at_risk_amount", "period_credit": "total",
    "period_returned": "returned", "period_net": "net",
}  # fmt: skip

# What a spreadsheet reads as the beginning of a formula, the full-width forms included.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212|%")


def render(evaluations: Sequence[Evaluation]) -> str:
    """The table as RFC 4180 has it, header first. Each contract's periods are oldest first."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for evaluation in evaluations:
        for row in _rows(evaluation):
            writer.writerow([cell(row.get(column)) for column in COLUMNS])
    return stream.getvalue()


def cell(value: Cell) -> str:
    """A value as a cell: numbers as they are, a text never as a formula."""
    if isinstance(value, str):
        text = safe_text(value)
        risky = value.startswith(FORMULA) or text.lstrip().startswith(FORMULA)
        return f"'{text}" if risky else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    return plain(value) if isinstance(value, Fraction) else format(value, "f")


def _rows(evaluation: Evaluation) -> Iterator[dict[str, Cell]]:
    known = {each.id: each for each in evaluation.service_levels}
    for past in evaluation.past:
        for service_level, outcome in past.outcomes:
            verdict = known.get(service_level)
            yield {
                **_head(evaluation, past),
                **(_level(verdict) if verdict else {}),
                "service_level": service_level,
                **_then(verdict, past.period.id),
                "outcome": outcome,
                **_credit(past.credits, service_level),
            }
        yield from _points(evaluation, past)
    for verdict in evaluation.service_levels:
        yield {
            **_head(evaluation, evaluation),
            **_level(verdict),
            "value": exact_of(verdict.measured),
            "expected": verdict.expected,
            "minimum": verdict.minimum,
            "outcome": verdict.outcome,
            **_decided(verdict),
            **_place(verdict),
            **_excused(verdict),
            **_credit(evaluation.credits, verdict.id),
        }
    yield from _points(evaluation, evaluation)
    yield from _clauses(evaluation)


def _points(evaluation: Evaluation, at: Evaluation | PastPeriod) -> Iterator[dict[str, Cell]]:
    """A row for the money of all points of a period, for each lapse that is charged in it, and for
    what the balance is made of beside the credit."""
    step = at.credits.step("") if at.credits else None
    if step:
        yield {**_head(evaluation, at), "name": step.name, **_credit(at.credits, "")}
    for each in at.credits.carried if at.credits else ():
        yield {
            **_head(evaluation, at),
            "name": f"Carried over from {each.period}",
            **_sums(at.credits),
            "credit_paid": each.amount,
            "booked": each.amount,
            "explanation": each.explanation,
        }
    for level, title, amount, why in settlement.booked_lines(at):
        yield {
            **_head(evaluation, at),
            "service_level": level,
            "name": title,
            **_sums(at.credits),
            "booked": amount,
            "explanation": why,
        }


def _clauses(evaluation: Evaluation) -> Iterator[dict[str, Cell]]:
    """What the contract says of interest and taxes, and other clauses that apply."""
    bill = money.priced(evaluation)
    for each in bill.clauses if bill else ():
        yield {
            **_head(evaluation, evaluation),
            "name": each.title,
            **_sums(bill),
            "credit_rate_percent": each.rate,
            "explanation": each.text,
        }


def _head(evaluation: Evaluation, at: Evaluation | PastPeriod) -> dict[str, Cell]:
    return {
        **{name: getattr(evaluation, key) for name, key in _CONTRACT.items()},
        "period": at.period.id,
        "from": at.period.start.isoformat(),
        "to": at.period.end.isoformat(),
        "to_date": at.period.to_date,
        "state": at.state,
        **_closed(at),
        **_between(at),
    }


def _closed(at: Evaluation | PastPeriod) -> dict[str, Cell]:
    """When the period was closed, and the digest of its record, to book by."""
    record = at.frozen if isinstance(at, Evaluation) else None
    return {"closed_on": f"{record.closed_at:%Y-%m-%d}", "record": record.digest} if record else {}


def _between(at: Evaluation | PastPeriod) -> dict[str, Cell]:
    """What goes from whom to whom, and what of it nobody disputes."""
    if not money.priced(at) and not at.notes:
        return {}
    balance = settlement.balance(at)
    return {
        "period_balance": balance,
        "period_balance_to": settlement.favoured(balance),
        "period_undisputed": settlement.undisputed(at),
    }


def _level(verdict: Verdict) -> dict[str, Cell]:
    """What does not change from period to period."""
    return {name: getattr(verdict, key) for name, key in _LEVEL.items()}


def _decided(verdict: Verdict) -> dict[str, Cell]:
    part = verdict.decided_by
    return (
        {"decided_by": part.repository, "deciding_value": exact_of(part.measured)} if part else {}
    )


def _then(verdict: Verdict | None, period: str) -> dict[str, Cell]:
    """The value and the limits of an earlier period."""
    trend = {point.period: point for point in verdict.trend} if verdict else {}
    if (point := trend.get(period)) is None:
        return {}
    value = None if point.value is None else Decimal(repr(point.value))
    return {"value": value, "expected": point.expected, "minimum": point.minimum}


def _place(verdict: Verdict) -> dict[str, Cell]:
    place = verdict.benchmark
    if place is None:
        return {}
    return {
        "better_than_percent_of_public_systems": places.better_than(place),
        "public_systems": place.peers.systems,
    }


def _excused(verdict: Verdict) -> dict[str, Cell]:
    without, by = verdict.without, verdict.relieved_by
    if without is None:
        return {}
    return {
        "value_without_excusals": exact_of(without.measured),
        "outcome_without_excusals": without.outcome,
        "excused_by": "; ".join((*by.entries, *by.parties)) if by else "",
    }


def _credit(statement: CreditStatement | None, service_level: str) -> dict[str, Cell]:
    if statement is None:
        return {}
    points = next((p for p in statement.points if p.service_level == service_level), None)
    found = {name: getattr(points, key) for name, key in _POINTS.items()} if points else {}
    if not statement.has_money:
        return found
    step = statement.step(service_level)
    charged = {name: getattr(step, key) for name, key in _STEP.items()} if step else {}
    return found | _sums(statement) | charged


def _sums(statement: CreditStatement | None) -> dict[str, Cell]:
    """What the statement comes to, on each of its rows."""
    if statement is None:
        return {}
    found: dict[str, Cell] = {name: getattr(statement, key) for name, key in _STATEMENT.items()}
    cap = statement.framework
    return found | {
        "period_lapsed": statement.lapsed_in_all,
        "period_uncertain": cap.uncertain if cap else None,
        "period_not_judged": "; ".join(statement.unknown),
    }
