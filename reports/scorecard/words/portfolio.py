"""What an index over all suppliers says beyond a row for each: periods, money, what to look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import ReliefEvent
from quality.model.statement import Consequence, CreditStatement, FrameworkCap
from quality.model.verdict import Outcome, Period
from reports.scorecard.words import money, settlement, standing, view
from reports.scorecard.words.levels import WORDS

NOT_KNOWN = "not known"  # no credit could be computed, which is not nothing
SHOWN = 12
"""Periods in one row of the matrix: as many as a sheet of paper takes."""
Bill = tuple[CreditStatement, Evaluation | PastPeriod]
"""The money of a period, and the period itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A contract in a period: its outcome, and how many service levels were failed of how many."""

    outcome: Outcome
    failed: int
    text: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Contracts against some periods, oldest first; None where a contract had no such period.
    ``failed`` and ``known``: contracts that failed, of those with a known outcome, by period."""

    periods: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell | None, ...]], ...]
    failed: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """The money of all contracts in one currency: in their last period, or in all of theirs.
    ``balance``: as each page has it, bonuses and credit notes included. It and ``claimed`` are not
    known where nothing is claimed and something could not be judged."""

    currency: str
    contracts: int
    at_risk: str
    claimed: str
    lapsed: str
    returned: str
    balance: str


@dataclass(frozen=True, slots=True)
class SharedCap:
    """The cap of a framework in a span: what its contracts took of it up to the newest period, or
    what is set aside for those that nobody knows, and what is left."""

    framework: str
    starts: date
    ends: date
    cap: str
    taken: str
    left: str


def matrices(evaluations: Sequence[Evaluation]) -> tuple[Matrix, ...]:
    """All periods of all contracts, the newest ``SHOWN`` first; empty where none has a past."""
    if not any(each.past for each in evaluations):
        return ()
    known: dict[str, Period] = {}
    for each in evaluations:
        for at in _periods(each):
            known.setdefault(at.period.id, at.period)
    order = sorted(known, key=lambda name: (known[name].start, known[name].end, name))
    chunks = [tuple(order[max(0, at - SHOWN) : at]) for at in range(len(order), 0, -SHOWN)]
    cells = [_cells(each) for each in evaluations]
    return tuple(_matrix(chunk, cells) for chunk in chunks)


def _periods(evaluation: Evaluation) -> tuple[Evaluation | PastPeriod, ...]:
    return (*evaluation.past, evaluation)


def _matrix(periods: tuple[str, ...], cells: Sequence[dict[str, Cell]]) -> Matrix:
    rows = [(row, tuple(each.get(name) for name in periods)) for row, each in enumerate(cells)]
    counts = []
    for name in periods:
        outcomes = Counter(each[name].outcome for each in cells if name in each)
        counts.append((outcomes["failed"], outcomes.total() - outcomes["unknown"]))
    return Matrix(periods, tuple(row for row in rows if any(row[1])), tuple(counts))


def _cells(evaluation: Evaluation) -> dict[str, Cell]:
    before = {
        past.period.id: _cell(
            past, view.outcome_of(evaluation, past), [outcome for _, outcome in past.outcomes]
        )
        for past in evaluation.past
    }
    outcomes = [each.outcome for each in evaluation.service_levels]
    now = _cell(evaluation, view.shown_outcome(evaluation), outcomes)
    return before | {evaluation.period.id: now}


def _cell(at: Evaluation | PastPeriod, shown: Outcome, outcomes: Sequence[Outcome]) -> Cell:
    failed = outcomes.count("failed")
    text = WORDS[shown]
    if failed:
        text += f", {failed} of {len(outcomes)} service levels failed"
    if (credit := money.priced(at)) and credit.total:
        text += f", {money.money(credit, credit.total)} credited"
    return Cell(shown, failed, text)


def sums(evaluations: Sequence[Evaluation], whole: bool) -> tuple[Sums, ...]:
    """Money by currency: of the evaluated periods, or (``whole``) of all periods up to them."""
    found: dict[str, list[Bill]] = defaultdict(list)
    contracts: Counter[str] = Counter()
    for each in evaluations:
        bills = list(_bills(_periods(each) if whole else (each,)))
        contracts.update({statement.currency for statement, _ in bills})
        for bill in bills:
            found[bill[0].currency].append(bill)
    return tuple(_sums(name, contracts[name], found[name]) for name in sorted(found))


def course(evaluations: Sequence[Evaluation]) -> tuple[tuple[str, Sums], ...]:
    """Money by period and currency over all contracts, the newest period first."""
    found: dict[tuple[date, str, str], list[Bill]] = defaultdict(list)
    for each in evaluations:
        for statement, at in _bills(_periods(each)):
            found[at.period.start, at.period.id, statement.currency].append((statement, at))
    newest = sorted(found, key=lambda key: (-key[0].toordinal(), key[1], key[2]))
    return tuple((key[1], _sums(key[2], len(found[key]), found[key])) for key in newest)


def _bills(periods: Iterable[Evaluation | PastPeriod]) -> Iterator[Bill]:
    yield from ((statement, at) for at in periods if (statement := money.priced(at)))


def _sums(currency: str, contracts: int, bills: Sequence[Bill]) -> Sums:
    rows = [
        (s.at_risk_amount, s.total, s.lapsed_in_all, s.returned, settlement.balance(at))
        for s, at in bills
    ]
    totals = [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]
    sums = Sums(currency, contracts, *(money.money(bills[0][0], total) for total in totals))
    if not totals[1] and any(statement.unknown for statement, _ in bills):
        return replace(sums, claimed=NOT_KNOWN, balance=NOT_KNOWN)
    return sums


def frameworks(evaluations: Sequence[Evaluation]) -> tuple[SharedCap, ...]:
    """The caps that contracts share, those of the newest periods of each framework first."""
    newest: dict[tuple[date, str], tuple[date, CreditStatement, FrameworkCap]] = {}
    for each in evaluations:
        bill = money.priced(each)
        if bill and (cap := bill.framework):
            known = newest.get((cap.starts, cap.id))
            if known is None or known[0] < each.period.end:
                newest[cap.starts, cap.id] = each.period.end, bill, cap
    order = sorted(newest, key=lambda key: (-key[0].toordinal(), key[1]))
    return tuple(_shared(*newest[key][1:]) for key in order)


def _shared(bill: CreditStatement, cap: FrameworkCap) -> SharedCap:
    beside = (each.most for each in cap.draws if each.how == "beside")
    left = max(cap.left - sum(beside, cap.asked), Decimal(0))
    amounts = (money.money(bill, each) for each in (cap.cap, cap.cap - left, left))
    return SharedCap(cap.id, cap.starts, cap.ends, *amounts)


def due(evaluations: Sequence[Evaluation]) -> list[tuple[int, Consequence]]:
    """What is due in any contract, chronic failures first, each contract's by day."""
    found = [(row, one) for row, each in enumerate(evaluations) for one in standing.due(each)]
    found.sort(key=lambda pair: pair[1].kind != "chronic_failure")
    return found


def excused(evaluations: Sequence[Evaluation]) -> list[tuple[int, ReliefEvent]]:
    """The ledger entries that count anywhere."""
    return [(row, one) for row, each in enumerate(evaluations) for one in standing.counted(each)]
