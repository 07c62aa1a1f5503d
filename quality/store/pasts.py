"""Which function of the baseline each changed function was: the one table of a scope that no SQL
makes, for pairs are chosen one after the other. The merge gate chooses them by the same code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from quality.model.facts import Function
from quality.pairing import CLOSEST, COMMON, REVISION, SIMILAR, Placed, by_name, similar

NAME = "function_pasts"
QUERY = "comparison/functions"  # what it is made of, by snapshot
COLUMNS = "number bigint, past bigint, kept boolean"  # numbers of compared_functions
STATED = [REVISION, SIMILAR, COMMON, CLOSEST]  # all that the pairs depend on beside both sides


def function_pasts(changed: Iterable[tuple[Any, ...]]) -> list[tuple[int, int, bool]]:
    """The rows of the table from those of the query. ``kept``: half of the lines are still there;
    else only the name tells what it was."""
    found = []
    for _, rows in groupby(changed, key=lambda row: row[0]):
        sides: tuple[list[tuple[int, Placed]], ...] = ([], [])
        files = dict[str, int]()
        for row in rows:
            sides[row[1]].append(_placed(row, files))
        head, base = ([placed for _, placed in side] for side in sides)
        alike = similar(head, base)
        named = by_name(head, base, alike)
        for n, was in (alike | named).items():
            found.append((sides[0][n][0], sides[1][was][0], n in alike))
    return found


def _placed(row: tuple[Any, ...], files: dict[str, int]) -> tuple[int, Placed]:
    _, _, number, path, language, hashes, *numbers = row
    place = files.setdefault(f"{language}:{path}", len(files))
    return number, Placed(Function(*numbers), path, place, Counter(hashes))
