"""Functions that were cut into crumbs: no rule forbids it, and a reviewer must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quality.gate.pairs import Touched

FALLEN = 5  # CCN that a function lost
CRUMBS = 5  # new functions in its file, each of
LINES = 3  # NLOC at most


def splits(functions: Sequence[Touched]) -> Iterator[str]:
    """A line for each function that lost paths where tiny functions came in."""
    for each in functions:
        now, before = each.now, each.before
        if now is None or before is None or before.function.ccn - now.function.ccn < FALLEN:
            continue
        crumbs = sum(
            other.now is not None
            and other.before is None
            and other.now.file == now.file
            and other.now.function.nloc <= LINES
            for other in functions
        )
        if crumbs >= CRUMBS:
            yield (
                f"{now.path}:{now.function.start_line}: {now.function.name} fell from "
                f"{before.function.ccn} to {now.function.ccn} CCN, and {crumbs} new functions of "
                f"at most {LINES} lines came with it: see that they mean something"
            )
