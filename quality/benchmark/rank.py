"""Where a value stands among public systems of its language and size."""

from __future__ import annotations

from fractions import Fraction

from quality.benchmark.data import ENOUGH, Benchmark, Query
from quality.model.rank import Rank


def rank(
    benchmark: Benchmark, query: Query, value: Fraction, language: str, nloc: int
) -> Rank | None:
    """The value's place among the systems of a like size, or of any size where too few are alike.
    None: nothing can be compared."""
    alike = benchmark.found(query, language, nloc)
    if alike is None or alike.peers.systems < ENOUGH:
        alike = benchmark.found(query, language)
    if alike is None or alike.distribution.good == "none":
        return None
    worse, equal = alike.distribution.place(round(value, 6))
    return Rank(alike.peers, worse, equal)
