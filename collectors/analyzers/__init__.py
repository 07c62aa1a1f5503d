"""The analyzers: pure functions from one blob to facts, registered in one dict.

An analyzer is a module. It sees no path, no neighbour, no configuration and no clock, so its
facts can be kept for ever under (blob, language, analyzer, its part of the recipe). Which languages
it reads is said by that part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from collectors.analyzers import (
    clones,
    cppcheck,
    lizard,
    oxlint,
    pmd,
    pylint,
    radon,
    ruff,
    suppressions,
    treerules,
)
from quality.model.facts import Blob, Facts
from quality.model.recipe import Recipe


class Analyzer(Protocol):
    """What a module in this package offers."""

    def measure(self, blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
        """Facts of each blob, in order; what cannot be measured carries its reason.

        Runs inside a bounded process and may die there: the caller then measures the blobs
        that got no facts one by one.
        """


ANALYZERS: dict[str, Analyzer] = {
    "clones": clones,
    "cppcheck": cppcheck,
    "lizard": lizard,
    "oxlint": oxlint,
    "pmd": pmd,
    "pylint": pylint,
    "radon": radon,
    "ruff": ruff,
    "suppressions": suppressions,
    "treerules": treerules,
}
# They take long to start.
SLOW_TO_START: dict[str, Callable[[Recipe], None]] = {"pylint": pylint.begin}
# They have no samples with known facts: each proves by itself that it can be believed.
SELF_PROVING: dict[str, Callable[[Recipe], None]] = {
    "cppcheck": cppcheck.prepare,
    "oxlint": oxlint.prepare,
    "pmd": pmd.prepare,
    "pylint": pylint.prepare,
    "ruff": ruff.prepare,
    "treerules": treerules.prepare,
}
