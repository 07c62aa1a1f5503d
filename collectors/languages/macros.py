"""Control flow behind a macro's name: what each use of a macro of the same file brings along.

A macro from another file stays what its name says: a measurement sees one content. Operators in a
macro's text count at its definition alone, as those of an ordinary MIN or MAX.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from collectors.languages.unit import Unit

BRANCHES = re.compile(r"\b(?:if|for|while|case|catch)\b")
NAME = re.compile(r"[^\W\d]\w*")
DEEPEST = 5  # macros in macros
MOST = 1_000  # decisions of one use: macros in macros grow without end


def charge_uses(units: Sequence[Unit], text: str) -> None:
    """Add to each function the branches of the macros that it uses. ``text``: without comments and
    directives; ``units``: in the order of the text."""
    weights = _weights([unit for unit in units if unit.role == "macros"])
    if not weights:
        return
    functions = [unit for unit in units if unit.role != "macros"]
    starts = [unit.start for unit in functions]
    for match in NAME.finditer(text):
        weight = weights.get(match[0])
        if weight is None:
            continue
        at = bisect_right(starts, match.start()) - 1
        unit = functions[at] if at >= 0 else None
        while unit is not None and unit.end <= match.start():
            unit = unit.parent
        if unit is not None:
            unit.decisions += weight
            unit.cognitive += weight


def _weights(macros: Sequence[Unit]) -> Mapping[str, int]:
    """How many branches each macro's text has, those of macros in it included; none without any."""
    texts = {unit.bare: unit.node.field("value") for unit in macros}
    words = {name: value.text() for name, value in texts.items() if value is not None}
    own = {name: len(BRANCHES.findall(text)) for name, text in words.items()}
    used = {
        name: [each for each in NAME.findall(text) if each in own and each != name]
        for name, text in words.items()
    }
    total = own
    for _ in range(DEEPEST):
        total = {
            name: min(MOST, own[name] + sum(total[each] for each in used[name])) for name in own
        }
    return {name: weight for name, weight in total.items() if weight}
