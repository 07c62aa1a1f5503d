"""What tests of the commands share: contracts that fail, and golden files."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden"

BRANCHY = "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))

FAILS = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, "
    "above: 20, expected: 5, minimum: 8}",
)


def golden(path: Path, text: str) -> None:
    """Compare with a kept file; with UPDATE_GOLDEN set it is written instead."""
    if "UPDATE_GOLDEN" in os.environ:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
