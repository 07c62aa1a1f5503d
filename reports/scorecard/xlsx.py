"""The evaluations as an Excel workbook: contracts, service levels, statement, past periods and what
lies behind the values, a sheet each.

Every text is a text: a cell that a spreadsheet would take for a formula is marked as quoted, so
that it stays one when somebody edits it. Money is a number in the contract's currency. The same
evaluations give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.statement import CreditStatement
from quality.model.verdict import Verdict
from reports.scorecard.csv import FORMULA
from reports.scorecard.words import money, settlement
from reports.scorecard.words.levels import WORDS
from reports.shared.numbers import exact_of
from reports.shared.text import clip, safe_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

SUFFIX = "xlsx"
ABOUT = "an Excel workbook"
LONGEST = 32_000  # characters of a cell; Excel knows 32,767
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # no clock stands in the file
_NO_CHARACTERS = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}  # XML has none such


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of a currency, with its decimals."""

    value: Decimal
    currency: str
    digits: int


Value = str | int | Decimal | Fraction | date | Amount | None
Row = Sequence[Value]
COLUMNS: dict[str, tuple[tuple[str, int], ...]] = {  # header and width, by sheet
    "Contracts": (
        ("Contract", 18), ("Supplier", 28), ("Customer", 28), ("Period", 10), ("From", 11),
        ("To", 11), ("State", 22), ("Outcome", 16), ("At risk", 16), ("Credit", 16),
        ("Lapsed", 16), ("Returned", 16), ("Balance", 16), ("Payable to", 12), ("Record", 22),
        ("Recipe", 10), ("Commits", 50),
    ),
    "Service levels": (
        ("Contract", 18), ("Period", 10), ("Service level", 14), ("Name", 28), ("Class", 10),
        ("Indicator", 26), ("Parameters", 18), ("Value", 12), ("Unit", 14), ("Expected", 10),
        ("Minimum", 10), ("Outcome", 16), ("Decided by", 18), ("Deciding value", 14),
        ("Numerator", 12), ("Denominator", 12), ("Credit paid", 16), ("Reason", 60),
    ),
    "Statement": (
        ("Contract", 18), ("Period", 10), ("Line", 34), ("Service level", 14), ("Base", 16),
        ("Rate %", 10), ("Multiplier", 10), ("Amount", 16), ("Clause", 20), ("Explanation", 90),
    ),
    "Past periods": (
        ("Contract", 18), ("Period", 10), ("State", 12), ("Service level", 14), ("Value", 12),
        ("Outcome", 16), ("Credit of the period", 18), ("Balance", 16),
    ),
    "Evidence": (
        ("Contract", 18), ("Period", 10), ("Service level", 14), ("Rows behind it", 44),
        ("Rows", 10), ("Group", 34), ("Rows in group", 14),
    ),
    "Snapshots": (
        ("Contract", 18), ("Period", 10), ("Repository", 20), ("Commit", 44), ("Of", 18),
        ("Production files", 16), ("Unmeasured files", 16), ("Reason", 60),
    ),
}  # fmt: skip


def render(evaluations: Sequence[Evaluation]) -> bytes:
    """The workbook's bytes."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with Workbook(stream, options) as book:
        book.set_properties({"title": "Scorecard", "created": _MADE})
        formats = _Formats(book)
        for name, rows in _sheets(evaluations).items():
            _write(book, formats, name, rows)
    return stream.getvalue()


def _sheets(evaluations: Sequence[Evaluation]) -> dict[str, list[Row]]:
    rows = {
        "Contracts": _contract, "Service levels": _levels, "Statement": _statement,
        "Past periods": _past, "Evidence": _evidence, "Snapshots": _snapshots,
    }  # fmt: skip
    return {name: [row for each in evaluations for row in of(each)] for name, of in rows.items()}


def _contract(evaluation: Evaluation) -> Iterator[Row]:
    bill, period = money.priced(evaluation), evaluation.period
    sums: list[Value] = [None] * 5
    if bill:
        unknown = bool(bill.unknown) and not bill.total  # not computed is not nothing
        sums = [
            _amount(bill, bill.at_risk_amount),
            "not known" if unknown else _amount(bill, bill.total),
            _amount(bill, bill.lapsed_in_all),
            _amount(bill, bill.returned),
            "not known" if unknown else _amount(bill, settlement.balance(evaluation)),
        ]
    commits = (f"{each.repository} {each.commit or 'none'}" for each in evaluation.snapshots)
    yield (
        evaluation.contract_id, evaluation.supplier, evaluation.customer, period.id, period.start,
        period.end, evaluation.state.replace("_", " "), WORDS[evaluation.outcome], *sums,
        settlement.favoured(settlement.balance(evaluation)) if bill else None,
        evaluation.frozen.digest if evaluation.frozen else None,
        evaluation.recipe.id, ", ".join(commits),
    )  # fmt: skip


def _levels(evaluation: Evaluation) -> Iterator[Row]:
    bill = money.priced(evaluation)
    for each in evaluation.service_levels:
        part, step = each.decided_by, bill.step(each.id) if bill else None
        measured = each.measured
        yield (
            evaluation.contract_id, evaluation.period.id, each.id, each.name, each.level_class,
            each.indicator, ", ".join(f"{key} {value}" for key, value in each.parameters),
            exact_of(measured), each.unit, each.expected, each.minimum, WORDS[each.outcome],
            part.repository if part else None, exact_of(part.measured) if part else None,
            measured.numerator if measured else None, measured.denominator if measured else None,
            _amount(bill, step.paid) if bill and step else None, each.reason,
        )  # fmt: skip


def _statement(evaluation: Evaluation) -> Iterator[Row]:
    """The statement as it is computed by hand, line by line; what is taken off is below 0."""
    bill = money.priced(evaluation)
    head = (evaluation.contract_id, evaluation.period.id)
    if bill is None:
        return

    def line(title: str, amount: Decimal, why: str = "", about: str = "") -> Row:
        return (*head, title, about, None, None, None, _amount(bill, amount), None, why)

    yield line("At-risk amount", bill.at_risk_amount, bill.charges_explanation)
    for step in bill.steps:
        yield (
            *head, step.name, step.service_level, _amount(bill, step.base), step.rate,
            step.multiplier, _amount(bill, step.charged), step.clause, step.explanation,
        )  # fmt: skip
    if bill.unknown:
        names = ", ".join(bill.unknown)
        yield (*head, "Not judged", names, None, None, None, None, None, "no credit was computed")
    yield line("Sum", bill.uncapped)
    for name, taken, why in money.taken_off(bill):
        yield line(name, -taken, why)
    for carried in bill.carried:
        yield line(f"Carried over from {carried.period}", carried.amount, carried.explanation)
    yield line("Credit of the period", bill.total)
    for back in bill.earnbacks:
        yield line(f"Earned back, of {back.period}", -back.amount, back.explanation,
                   back.service_level)  # fmt: skip
    for bonus in bill.bonuses:  # what is not offset above is due below
        yield (
            *head, f"Bonus: {bonus.name}", bonus.service_level, _amount(bill, bonus.amount), None,
            None, None, bonus.clause, bonus.explanation,
        )  # fmt: skip
    if bill.bonus_due:
        yield line("Bonus that is due", -bill.bonus_due)
    for note in evaluation.notes:
        yield line(f"Credit note {note.id}, corrects {note.corrects}", note.amount, note.reason)
    if change := settlement.settled(evaluation):
        yield line("Settled disputes", change)
    yield line("Balance", settlement.balance(evaluation), "below 0 it goes to the supplier")
    for clause in bill.clauses:
        yield (*head, clause.title, None, None, clause.rate, None, None, None, clause.text)


def _past(evaluation: Evaluation) -> Iterator[Row]:
    known = {each.id: each for each in evaluation.service_levels}
    for past in evaluation.past:
        bill = money.priced(past)
        for level, outcome in past.outcomes:
            yield (
                evaluation.contract_id, past.period.id, past.state, level,
                _then(known.get(level), past), WORDS[outcome],
                _amount(bill, bill.total) if bill else None,
                _amount(bill, settlement.balance(past)) if bill else None,
            )  # fmt: skip


def _then(verdict: Verdict | None, past: PastPeriod) -> Value:
    trend = {point.period: point.deciding for point in verdict.trend} if verdict else {}
    value = trend.get(past.period.id)
    return None if value is None else Decimal(repr(value))


def _evidence(evaluation: Evaluation) -> Iterator[Row]:
    for each in evaluation.scorecard.evidence:
        head = evaluation.contract_id, evaluation.period.id, each.service_level, each.what
        for group in each.groups:
            yield (*head, each.total, group.name, group.total)
        if not each.groups:
            yield (*head, each.total, None, None)


def _snapshots(evaluation: Evaluation) -> Iterator[Row]:
    for each in evaluation.snapshots:
        yield (
            evaluation.contract_id, evaluation.period.id, each.repository, each.commit,
            each.committed_at.astimezone(UTC).date() if each.committed_at else None, each.files,
            len({one.path for one in each.unmeasured}), "; ".join((each.reason, *each.notices)),
        )  # fmt: skip


def _amount(bill: CreditStatement | None, value: Decimal) -> Amount | None:
    return Amount(value, bill.currency, bill.minor_digits) if bill else None


# ---------------------------------------------------------------- cells


@dataclass(slots=True)
class _Formats:
    """The formats of a workbook, each made once."""

    book: Workbook
    made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def of(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]


def _write(book: Workbook, formats: _Formats, name: str, rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(name)
    columns = COLUMNS[name]
    for number, (_, width) in enumerate(columns):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, (title, _) in enumerate(columns):
        sheet.write_string(0, number, title, formats.of(bold=True, bottom=1))
    for at, row in enumerate(rows, 1):
        for number, value in enumerate(row):
            _cell(sheet, formats, (at, number), value)


def _cell(sheet: Any, formats: _Formats, at: tuple[int, int], value: Value) -> None:
    match value:
        case None | "":
            return
        case Amount(amount, currency, digits):
            decimals = f".{'0' * digits}" if digits else ""
            shown = f"[${currency}] #,##0{decimals}"
            sheet.write_number(*at, float(amount), formats.of(num_format=f"{shown};-{shown}"))
        case date():
            day = datetime(value.year, value.month, value.day)  # a day has no zone
            sheet.write_datetime(*at, day, formats.of(num_format="yyyy-mm-dd"))
        case str():
            text = clip(safe_text(value).translate(_NO_CHARACTERS), LONGEST)
            risky = text.lstrip().startswith(FORMULA)
            sheet.write_string(*at, text, formats.of(quote_prefix=True) if risky else None)
        case _:
            sheet.write_number(*at, float(value), formats.of(num_format="#,##0.######"))
