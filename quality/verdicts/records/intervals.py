"""How far a share or a rate may lie from what was counted, by chance alone, at 95 %.

A share: Wilson's interval (Probable inference, the law of succession, and statistical inference,
JASA 22, 1927). A rate: the exact interval of a Poisson count (Garwood, Fiducial limits for the
Poisson distribution, Biometrika 28, 1936), as limits of the sums of its probabilities.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

Z = 1.959963984540054  # 97.5 % of the normal distribution lie below
TAIL = 0.025


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of a share, from 0 to 1; ``of`` is above 0."""
    share, square = hits / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / of + square / of / 4) / (1 + square)
    return (max(middle - half, 0.0) if hits else 0.0, min(middle + half, 1.0) if hits < of else 1.0)


def poisson(count: int) -> tuple[float, float]:
    """The interval of the mean of which ``count`` was counted."""
    reach = count + 10 * sqrt(count + 1) + 10
    low = 0.0
    if count:
        low = _where(lambda mean: 1 - _below(count, mean), TAIL, 0.0, float(count))
    high = _where(lambda mean: -_below(count + 1, mean), -TAIL, float(count), reach)
    return low, high


def _below(count: int, mean: float) -> float:
    """The probability of less than ``count``."""
    if mean <= 0:
        return 1.0
    span = int(12 * sqrt(mean)) + 40  # what lies farther from the mean is no longer seen
    first = max(0, min(count, int(mean)) - span)
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(first, count))


def _where(rising: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a rising function reaches a level, by bisection."""
    for _ in range(100):
        middle = (low + high) / 2
        if rising(middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
