"""What tests of the commands share: contracts that fail, and golden files."""

from __future__ import annotations

BRANCHY = "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))

FAILS = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, "
    "above: 20, expected: 5, minimum: 8}",
)
