"""How many made-up examples a test takes, and how many rows of a table.

Of examples `make test` takes a tenth, `make test-slow` takes them all: it runs the same tests
once more with ``--hypothesis-profile many``. Of long tables `make test` takes the telling rows and
`make test-slow` the others.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import pytest
from _pytest.mark import ParameterSet
from hypothesis import HealthCheck, settings

LEAST = 3
PROFILES = {"few": 10, "many": 100}  # percent of the examples, and of Hypothesis' own hundred


def examples(number: int) -> settings:
    """Settings of a test that takes so many examples in all."""
    return settings(max_examples=max(number * settings().max_examples // 100, LEAST))


def table(rows: Iterable[object], telling: Container[int | str]) -> list[ParameterSet]:
    """Rows for ``parametrize``. The fast tests take those whose place, or whose name, is among
    ``telling``; the slow ones take the others."""

    def row(place: int, values: object) -> ParameterSet:
        fast = place in telling or (isinstance(values, str) and values in telling)
        each = values if isinstance(values, tuple) else (values,)
        return pytest.param(*each, marks=[] if fast else pytest.mark.slow)

    return [row(place, values) for place, values in enumerate(rows)]


def register_profiles() -> None:
    """Make the profiles known, and take ``few`` unless ``--hypothesis-profile`` names another. No
    test asserts time."""
    for name, percent in PROFILES.items():
        settings.register_profile(
            name, max_examples=percent, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        )
    settings.load_profile("few")
