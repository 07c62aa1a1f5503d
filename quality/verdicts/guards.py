"""What every verdict looks at first: how much of the code that can bear on it was measured.

A damaged file voids the value that it could have changed and no other: a Python file holds no
Java, whatever is wrong with it. A repository that could not be read at all may hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from quality.catalogue.indicators import INDICATORS, Indicator, Parameter
from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.model.recipe import FINDERS
from quality.store.scope import MetricQuery

_UNREADABLE = Indicator(
    "unreadable.share", "Unreadable code", "percent", "low", 100,
    "bytes of production files that cannot be read as they were delivered, of all", "unmeasured",
    (),
)  # fmt: skip
MEASURED_SHARE = MetricQuery(INDICATORS["measured.share"], None)
UNREADABLE_SHARE = MetricQuery(_UNREADABLE, None)
UNSEEN_SHARE = MetricQuery(INDICATORS["unseen.share"], None)


@dataclass(frozen=True, slots=True)
class Guard:
    """The code that bears on a service level: ``measured`` and ``unreadable`` count how much of it
    was, and ``code`` names it. ``language``: it is what is written in certain languages, so that a
    repository without any has nothing to answer for."""

    measured: MetricQuery = MEASURED_SHARE
    unreadable: MetricQuery = UNREADABLE_SHARE
    code: str = "production code"
    language: bool = False

    @property
    def queries(self) -> tuple[MetricQuery, MetricQuery]:
        """What must be counted for it."""
        return self.measured, self.unreadable


def guard(level: ServiceLevel, contract: Contract) -> Guard:
    """What stands before a service level's value: of one language's files where it names one, else
    of those that its indicator's analyzers read, where nothing else can move it."""
    return _bearing(level.language, level.indicator.within, contract.measured_by)


@cache
def _bearing(language: str, within: str, measured_by: tuple[str, str]) -> Guard:
    if language:
        return _guard((language,), f"production code in {language}", language=True)
    if not within:
        return Guard()
    recipe = load_recipe(*measured_by)
    parts = map(recipe.part, recipe.named((within,)))
    read = tuple(sorted({language for part in parts for language in part.languages}))
    if within == FINDERS:
        return _guard(read, "production code that is searched for errors", language=False)
    return _guard(read, f"production code that {within} reads", language=True)


def _guard(languages: tuple[str, ...], code: str, *, language: bool) -> Guard:
    takes = Parameter("languages", optional=True)
    measured, unreadable = (
        MetricQuery(replace(query.indicator, parameter=takes), ",".join(languages))
        for query in (MEASURED_SHARE, UNREADABLE_SHARE)
    )
    return Guard(measured, unreadable, code, language)


def query_of(level: ServiceLevel) -> MetricQuery:
    """What a service level counts in every snapshot."""
    given, indicator = dict(level.parameters), level.indicator
    own = given.get(indicator.parameter.name) if indicator.parameter else None
    return MetricQuery(indicator, own, tuple(given.get(name) for name in indicator.selects))
