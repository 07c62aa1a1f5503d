"""How many made-up examples a test takes.

`make test` takes a quarter of them, `make test-slow` takes them all: it runs the same tests once
more with ``--hypothesis-profile many``.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

LEAST = 5
PROFILES = {"few": 25, "many": 100}  # percent of the examples, and of Hypothesis' own hundred


def examples(number: int) -> settings:
    """Settings of a test that takes so many examples in all."""
    return settings(max_examples=max(number * settings().max_examples // 100, LEAST))


def register_profiles() -> None:
    """Make the profiles known, and take ``few`` unless ``--hypothesis-profile`` names another. No
    test asserts time."""
    for name, percent in PROFILES.items():
        settings.register_profile(
            name, max_examples=percent, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        )
    settings.load_profile("few")
