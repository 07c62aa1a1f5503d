"""The index over many contracts: suppliers in the order of their urgency, and how far each service
level lies from its limit."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quality.model.evaluation import Evaluation
from quality.model.verdict import WORST_FIRST, Outcome, Verdict
from reports.scorecard.words import money, portfolio, view
from reports.shared import numbers

MANY = 12
"""Contracts beyond which the index tells of each in a line, and sums up each supplier first."""
SIDE_BY_SIDE = 6
"""Indicators in one heat map: as many as a sheet of paper takes."""
FAR = Fraction(1, 4)
"""How much of a limit a value lies beyond it, or within it, to be far from it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A supplier with his contracts by their number, the most urgent first; ``money``: the sums of
    the evaluated periods, by currency."""

    supplier: str
    rows: tuple[int, ...]
    outcomes: Counter[Outcome]
    money: tuple[portfolio.Sums, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A service level of a contract: its outcome, its value, how far it lies from the minimum, and
    where the contract's page has it. ``tone``: far, over, below, met, well, unknown, excused."""

    outcome: Outcome
    value: str
    distance: str
    anchor: str
    tone: str
    name: str


@dataclass(frozen=True, slots=True)
class Heat:
    """Contracts by their number against some indicators, each with its unit; None where a contract
    has none such."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, tuple[HeatCell | None, ...]], ...]


def ordered(evaluations: Sequence[Evaluation]) -> list[int]:
    """The contracts' numbers, grouped by supplier, the most urgent supplier and contract first."""
    return [row for group in groups(evaluations) for row in group.rows]


def groups(evaluations: Sequence[Evaluation]) -> tuple[Group, ...]:
    """The suppliers, worst first by the money that is claimed and then by outcome."""
    weigh = stakes(evaluations)
    held: dict[str, list[int]] = defaultdict(list)
    for row, each in enumerate(evaluations):
        held[each.supplier].append(row)

    def urgency(row: int) -> tuple[Fraction, int]:
        return -weigh[row], WORST_FIRST.index(view.shown_outcome(evaluations[row]))

    found = []
    for supplier, rows in held.items():
        rows.sort(key=urgency)
        total = sum((weigh[row] for row in rows), Fraction(0))
        found.append(((-total, min(urgency(row)[1] for row in rows)), supplier, rows))
    found.sort(key=lambda each: each[0])
    return tuple(
        Group(
            supplier,
            tuple(rows),
            Counter(view.shown_outcome(evaluations[row]) for row in rows),
            portfolio.sums([evaluations[row] for row in rows], False),
        )
        for _, supplier, rows in found
    )


def one_currency(evaluations: Sequence[Evaluation]) -> bool:
    """Whether all amounts can be compared."""
    priced = (money.priced(each) for each in evaluations)
    return len({statement.currency for statement in priced if statement}) < 2


def stakes(evaluations: Sequence[Evaluation]) -> list[Fraction]:
    """What is claimed of each contract, in money where all have one currency, else as a share of
    what is at risk."""
    same, found = one_currency(evaluations), []
    for each in evaluations:
        statement = money.priced(each)
        if statement is None:
            found.append(Fraction(0))
        elif same:
            found.append(Fraction(statement.total))
        else:
            at_risk = Fraction(statement.at_risk_amount)
            found.append(Fraction(statement.total) / at_risk if at_risk else Fraction(0))
    return found


def summary(evaluations: Sequence[Evaluation]) -> list[str]:
    """The portfolio in some sentences."""
    if len(evaluations) < 2:
        return []
    suppliers = len({each.supplier for each in evaluations})
    whose = "one supplier" if suppliers == 1 else f"{suppliers} suppliers"
    found = [f"{len(evaluations)} contracts of {whose}."]
    failed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in evaluations:
        for verdict in each.service_levels:
            if verdict.level_class == "critical":
                asked[verdict.indicator] += 1
                failed[verdict.indicator] += verdict.outcome == "failed"
    if failed and (most := failed.most_common(1)[0])[1]:
        found.append(
            f"Failed most often: {most[0]}, in {most[1]} of {asked[most[0]]} critical service "
            "levels."
        )
    weigh = stakes(evaluations)
    worst = max(range(len(evaluations)), key=lambda row: weigh[row])
    statement = money.priced(evaluations[worst])
    if statement and weigh[worst]:
        word = "Largest claim" if one_currency(evaluations) else "Largest claim of what is at risk"
        found.append(
            f"{word}: {money.claimed(statement)}, {evaluations[worst].supplier}, "
            f"{evaluations[worst].contract_id}."
        )
    return found


# ---------------------------------------------------------------- the heat map


def heat(evaluations: Sequence[Evaluation]) -> tuple[Heat, ...]:
    """All service levels with limits by indicator, those that most contracts have first, as many
    side by side as a sheet takes, contracts in the order given; empty where there is one alone."""
    if len(evaluations) < 2:
        return ()
    rows: list[dict[str, HeatCell]] = []
    names: Counter[str] = Counter()
    units: dict[str, str] = {}
    for each in evaluations:
        cells: dict[str, HeatCell] = {}
        for number, verdict in enumerate(view.ordered(each), start=1):
            if verdict.minimum is not None and verdict.good != "none":
                cells.setdefault(indicator(verdict), _cell(verdict, f"#level-{number}"))
                units[indicator(verdict)] = "" if verdict.unit == "percent" else verdict.unit
        names.update(cells.keys())
        rows.append(cells)
    columns = sorted(names, key=lambda name: (-names[name], name))
    found = []
    for start in range(0, len(columns), SIDE_BY_SIDE):
        chunk = columns[start : start + SIDE_BY_SIDE]
        lines = [(row, tuple(map(cells.get, chunk))) for row, cells in enumerate(rows)]
        heads = tuple((name, units[name]) for name in chunk)
        found.append(Heat(heads, tuple(line for line in lines if any(line[1]))))
    return tuple(found)


def indicator(verdict: Verdict) -> str:
    """What a service level measures, with the contract's own parameters: complexity.nloc_share,
    above 20."""
    return ", ".join((verdict.indicator, *parameters(verdict)))


def parameters(verdict: Verdict) -> list[str]:
    """The contract's own parameters: above 20."""
    return [f"{name} {value}" for name, value in verdict.parameters]


def _cell(verdict: Verdict, anchor: str) -> HeatCell:
    exact, limits = numbers.exact(verdict), (verdict.expected, verdict.minimum)
    value = "unknown" if exact is None else numbers.value(exact, verdict.unit, limits)
    if exact is not None and verdict.unit == "percent":
        value += numbers.unit_after(verdict.unit)
    distance = _distance(verdict)
    return HeatCell(verdict.outcome, value, distance, anchor, _tone(verdict), verdict.name)


def _distance(verdict: Verdict) -> str:
    """How far a value lies from the minimum, in percent of it, plus where it is worse; as a number
    where the minimum is nothing."""
    exact, minimum = numbers.exact(verdict), Fraction(verdict.minimum or 0)
    if exact is None:
        return ""
    beyond = (minimum - exact) if verdict.good == "high" else (exact - minimum)
    if beyond == 0:
        return "at the minimum"
    if minimum:
        percent = 100 * beyond / minimum
        return f"{numbers.change(percent, 0, 0 if abs(percent) >= 1 else 1)}{numbers.THIN}%"
    return numbers.change(beyond, 0, 0 if beyond.denominator == 1 else 2)


def _tone(verdict: Verdict) -> str:
    exact = numbers.exact(verdict)
    if verdict.outcome in {"unknown", "excused"} or exact is None:
        return "unknown" if verdict.outcome != "excused" else "excused"
    if verdict.outcome == "below_expected":
        return "below"
    minimum = Fraction(verdict.minimum or 0)
    limit = minimum if verdict.outcome == "failed" else Fraction(verdict.expected or minimum)
    room = abs(exact - limit)
    wide = abs(100 - limit) if verdict.good == "high" and verdict.unit == "percent" else abs(limit)
    far = room >= FAR * wide and room > 0
    if verdict.outcome == "failed":
        return "far" if far else "over"
    return "well" if far else "met"
