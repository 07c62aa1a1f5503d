"""Size, risk and duplication over the periods, of all repositories of a contract together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quality.catalogue.indicators import INDICATORS, Indicator, Parameter
from quality.model.scorecard import RiskBand, RiskPoint, SharePoint, SizePoint
from quality.model.verdict import Measured
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


@dataclass(frozen=True, slots=True)
class Growth:
    """Of each period that is known: files, functions and lines; how much of the code lies in which
    band of complexity; and the duplicated share."""

    size: tuple[SizePoint, ...]
    risk: tuple[RiskPoint, ...]
    duplication: tuple[SharePoint, ...]


def growth(history: History) -> Growth:
    """How a contract's code grew."""
    sizes, risks, shares = [], [], []
    for period in history.request.periods:
        if known := history.whole(period, QUERIES):
            numbers = [known[each].numerator for each in (FILES, FUNCTIONS, NLOC, TESTS)]
            sizes.append(SizePoint(period.id, *numbers))
            risks.append(RiskPoint(period.id, tuple(_band(known, *band) for band in BANDS)))
            if known[DUPLICATION].denominator:
                shares.append(SharePoint(period.id, known[DUPLICATION]))
    return Growth(tuple(sizes), tuple(risks), tuple(shares))


def _band(known: Mapping[MetricQuery, Measured], low: int, high: int | None) -> RiskBand:
    def between(above: dict[int, MetricQuery]) -> int:
        beyond = known[above[high]].numerator if high else 0
        return known[above[low - 1]].numerator - beyond

    return RiskBand(low, high, between(FUNCTIONS_ABOVE), between(NLOC_ABOVE))
