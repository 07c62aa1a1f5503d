"""Size, risk and duplication over the periods, of all repositories of a contract together."""

from __future__ import annotations

from quality.catalogue.indicators import INDICATORS, Indicator, Parameter
from quality.model.scorecard import RiskBand, RiskPoint, SharePoint, SizePoint
from quality.model.verdict import Period
from quality.store.scope import MetricQuery
from quality.verdicts.history import History

BANDS = ((1, 10), (11, 20), (21, 50), (51, None))
_FUNCTION_SHARE = Indicator(
    "complexity.function_share", "Complex functions", "percent", "low", 100,
    "functions whose cyclomatic complexity is above the limit, of all functions", "functions",
    ("lizard",), Parameter("above"),
)  # fmt: skip
FILES, FUNCTIONS, NLOC, TESTS = (
    MetricQuery(INDICATORS[name], None)
    for name in ("size.files", "size.functions", "size.nloc", "tests.ratio")
)
DUPLICATION = MetricQuery(INDICATORS["duplication.share"], 6)
NLOC_ABOVE = {
    low - 1: MetricQuery(INDICATORS["complexity.nloc_share"], low - 1) for low, _ in BANDS
}
FUNCTIONS_ABOVE = {low - 1: MetricQuery(_FUNCTION_SHARE, low - 1) for low, _ in BANDS}
QUERIES = (
    FILES, FUNCTIONS, NLOC, TESTS, DUPLICATION, *NLOC_ABOVE.values(), *FUNCTIONS_ABOVE.values(),
)  # fmt: skip


def _known(history: History) -> list[Period]:
    return [p for p in history.request.periods if history.whole(p, FILES) is not None]


def _number(history: History, period: Period, query: MetricQuery) -> int:
    measured = history.whole(period, query)
    return measured.numerator if measured else 0


def size(history: History) -> tuple[SizePoint, ...]:
    """Files, functions and lines of each period."""
    queries = (FILES, FUNCTIONS, NLOC, TESTS)
    return tuple(
        SizePoint(period.id, *(_number(history, period, query) for query in queries))
        for period in _known(history)
    )


def risk(history: History) -> tuple[RiskPoint, ...]:
    """How much of each period's code lies in which band of complexity."""
    return tuple(
        RiskPoint(period.id, tuple(_band(history, period, *band) for band in BANDS))
        for period in _known(history)
    )


def _band(history: History, period: Period, low: int, high: int | None) -> RiskBand:
    def between(queries: dict[int, MetricQuery]) -> int:
        above = _number(history, period, queries[low - 1])
        return above - (_number(history, period, queries[high]) if high else 0)

    return RiskBand(low, high, between(FUNCTIONS_ABOVE), between(NLOC_ABOVE))


def duplication(history: History) -> tuple[SharePoint, ...]:
    """The duplicated share of each period."""
    return tuple(
        SharePoint(period.id, measured)
        for period in _known(history)
        if (measured := history.whole(period, DUPLICATION)) and measured.denominator
    )
