"""Service levels and repositories' states to judge, without a store."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from quality.catalogue.indicators import INDICATORS
from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.store.scope import Count
from quality.verdicts.guards import MEASURED_SHARE, UNREADABLE_SHARE, UNSEEN_SHARE, query_of
from quality.verdicts.verdict import RepositoryState
from tests.quality.contracts import parse, small

CONTRACT: Contract = parse(small())
LOW = INDICATORS["complexity.nloc_share"]
HIGH = INDICATORS["tests.ratio"]
ALL_MEASURED = Count(100, 100)


def level(
    good: str = "low",
    expected: str | None = "5",
    minimum: str | None = "8",
    scope: Literal["contract", "each-repository"] = "contract",
    level_class: Literal["critical", "key"] = "critical",
) -> ServiceLevel:
    indicator = LOW if good == "low" else HIGH
    limits = {"expected": expected, "minimum": minimum}
    content = {"id": "TQ", "name": "a level", "class": level_class, "indicator": indicator}
    given = {key: Decimal(limit) for key, limit in limits.items() if limit is not None}
    return ServiceLevel.model_construct(**content, **given, scope=scope)


def state(
    asked: ServiceLevel, numerator: int, denominator: int, name: str = "a",
    measured: Count = ALL_MEASURED, unreadable: int = 0,
) -> RepositoryState:  # fmt: skip
    counts = {query_of(asked): Count(numerator, denominator), MEASURED_SHARE: measured,
              UNREADABLE_SHARE: Count(unreadable, measured.denominator),
              UNSEEN_SHARE: Count(0, 1)}  # fmt: skip
    return RepositoryState(name, counts)
