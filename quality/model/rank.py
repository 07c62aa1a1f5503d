"""Where a value stands among the public systems of the open benchmark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peers:
    """Which public systems something is held against: of a ``language`` ("" for all), how many,
    between ``least`` and ``most`` NLOC (0: no bound), measured by which recipe."""

    language: str
    systems: int
    recipe: str
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """A value's place among public systems: how many of them are ``worse``, and how many have the
    very same value."""

    peers: Peers
    worse: int
    equal: int
