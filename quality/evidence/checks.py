"""What verifying a bundle found: what agrees, what differs, what was taken as given, what could not
be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["agrees", "differs", "given", "not seen", "signed"]
SHOWN = 20  # differences of one part


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified, in words. ``asked``: the user asked to see what could not be
    seen."""

    kind: Kind
    text: str
    asked: bool = False


def compared(what: str, differences: Sequence[str]) -> Iterator[Check]:
    """One line where a part agrees, else a line a difference, the first of them."""
    if not differences:
        yield Check("agrees", what)
    for each in differences[:SHOWN]:
        yield Check("differs", each)
    more = len(differences) - SHOWN
    if more > 0:
        yield Check("differs", f"{more:,} more of {what}")


def number(of: int, word: str) -> str:
    """``1 count``, ``2 counts``."""
    return f"{of:,} {word}" if of == 1 else f"{of:,} {word}s"


def exit_code(checks: Sequence[Check]) -> int:
    """1: something differs; 3: what was asked for could not be seen; 0: all else."""
    kinds = Counter(each.kind for each in checks)
    if kinds["differs"]:
        return 1
    return 3 if any(each.asked for each in checks if each.kind == "not seen") else 0


def line(check: Check) -> str:
    """One of them for a terminal. What it quotes of a bundle is hostile: whoever prints it makes it
    safe, as the one line that it is."""
    return f"{check.kind:<9} {check.text}"
