"""Size, risk profile and duplication over the periods: the charts with their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quality.model.evaluation import Evaluation
from quality.model.scorecard import HistoryPoint, RiskBand
from reports.scorecard.page import charts
from reports.scorecard.words.levels import Spark, spark
from reports.shared import numbers

Values = Mapping[str, tuple[Fraction | int, ...]]


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of the small table beside a chart: now, the period before, the first one."""

    name: str
    now: str
    before: str
    first: str
    change: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart with its words: the metrics beside it, every period's numbers below it. ``unit`` is
    the axis's, ``missing`` the periods without value; ``before`` and ``first`` name periods."""

    chart: charts.Chart
    unit: str
    metrics: tuple[Metric, ...]
    rows: tuple[tuple[str, ...], ...]
    before: str
    first: str
    missing: int


def periods(evaluation: Evaluation) -> tuple[str, ...]:
    """Every period the evaluation knows of up to its own, oldest first (ids sort by time)."""
    card = evaluation.scorecard
    known = {point.period for point in card.size} | {point.period for point in card.risk}
    known |= {point.period for point in card.duplication}
    known |= {point.period for verdict in evaluation.service_levels for point in verdict.trend}
    current = evaluation.period.id
    return (*sorted(period for period in known if period < current), current)


def size(evaluation: Evaluation) -> Trend | None:
    """Production code over the periods; None where no period was measured."""
    values: Values = {
        point.period: (point.nloc, point.files, point.functions, point.test_nloc)
        for point in evaluation.scorecard.size
    }
    names = ("Lines of code (NLOC)", "Files", "Functions", "NLOC of tests")
    return _trend(evaluation, values, names, ("", "", "", ""))


def duplication(evaluation: Evaluation) -> Trend | None:
    """Duplicated lines over the periods; None where no period was measured."""
    values: Values = {
        point.period: (exact, point.measured.numerator, point.measured.denominator)
        for point in evaluation.scorecard.duplication
        if (exact := point.measured.exact) is not None
    }
    names = ("Duplicated code", "Duplicated lines", "Code lines")
    return _trend(evaluation, values, names, ("percent", "", ""))


def risk(evaluation: Evaluation) -> Trend | None:
    """The share of code in each band of complexity; None where no period was measured."""
    profiles = {point.period: point.bands for point in evaluation.scorecard.risk}
    whole = {period: sum(band.nloc for band in found) for period, found in profiles.items()}
    values: Values = {
        period: tuple(Fraction(100 * band.nloc, whole[period]) for band in found)
        for period, found in profiles.items()
        if whole[period]
    }
    names = [band_name(band) for band in profiles[next(iter(values))]] if values else []
    return _trend(evaluation, values, names, ["percent"] * len(names), stacked=True)


def bands(evaluation: Evaluation) -> tuple[RiskBand, ...]:
    """The risk profile of the evaluation's own period; empty where it was not measured."""
    points = {point.period: point.bands for point in evaluation.scorecard.risk}
    return points.get(evaluation.period.id, ())


def band_name(band: RiskBand) -> str:
    """A band of the risk profile in words: CCN 11 to 20."""
    return f"CCN above {band.low - 1}" if band.high is None else f"CCN {band.low} to {band.high}"


def history(points: Sequence[HistoryPoint]) -> Spark | None:
    """A function's or file's number over the periods as a trend line."""
    return spark([(point.period, point.value) for point in points], numbers.number)


def growth(evaluation: Evaluation) -> Spark | None:
    """The NLOC over the periods as a trend line."""
    nloc = {point.period: point.nloc for point in evaluation.scorecard.size}
    return spark([(at, nloc.get(at)) for at in periods(evaluation)], numbers.number)


def _trend(
    evaluation: Evaluation,
    values: Values,
    names: Sequence[str],
    units: Sequence[str],
    stacked: bool = False,
) -> Trend | None:
    """Columns of the first number, or ``stacked`` of all; ``names`` and ``units``: one a number."""
    axis, current = periods(evaluation), evaluation.period.id
    known = [period for period in axis if period in values]
    if not known:
        return None
    earlier = [period for period in known if period != current]
    before, first = (earlier[-1], earlier[0]) if earlier else ("", "")

    def text(period: str, column: int) -> str:
        if period not in values:
            return numbers.UNKNOWN
        if not units[column]:
            return numbers.number(values[period][column])
        return numbers.with_unit(values[period][column], units[column])

    def change(column: int) -> str:
        if current not in values or before not in values:
            return ""
        now, then = values[current][column], values[before][column]
        if units[column]:
            shown = numbers.change(now, then, 2)
            return shown if shown == "unchanged" else f"{shown}\u00a0points"
        return numbers.growth(int(now), int(then)) or numbers.change(now, then)

    everything = range(len(names))
    metrics = tuple(
        Metric(names[at], text(current, at), text(before, at), text(first, at), change(at))
        for at in everything
    )
    rows = tuple((period, *(text(period, at) for at in everything)) for period in axis)
    span = known[0] if len(known) == 1 else f"{known[0]} to {known[-1]}"
    what = "Share of code with a CCN above 10" if stacked else "Columns"
    title = f"{what}, {span}; the numbers are in the table"
    if stacked:
        chart = charts.shares(axis, values, title)
    else:
        chart = charts.columns(axis, {at: values[at][0] for at in known}, current, title)
    missing = len(axis) - len(known)
    return Trend(chart, units[0], metrics, rows, before, first, missing)
