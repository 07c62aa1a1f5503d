"""A treemap: rectangles whose areas are in proportion to numbers, as square as may be.

The layout is the squarified one of Bruls, Huizing and van Wijk (2000): rows along the shorter side,
each taken up as long as its worst ratio of sides gets better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quality.model.scorecard import Hotspot
from reports.shared.numbers import coordinate

WIDTH, HEIGHT = 400, 220
_ROOM = 16  # what a number inside takes


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map: its place in the table (from 1), x, y, width and height, and how
    often its file changed: 1 (seldom) to 3 (in two thirds of all steps or more). ``room``: whether
    its number fits in."""

    number: int
    x: str
    y: str
    width: str
    height: str
    band: int
    room: bool
    middle: tuple[str, str]


def boxes(hotspots: Sequence[Hotspot]) -> tuple[Box, ...]:
    """The rectangles of hotspots, which come largest first."""
    areas = rectangles([each.weight for each in hotspots], WIDTH, HEIGHT)
    found = []
    for number, (hotspot, area) in enumerate(zip(hotspots, areas, strict=True), start=1):
        x, y, width, height = area
        middle = coordinate(x + width / 2), coordinate(y + height / 2)
        sides = coordinate(x), coordinate(y), coordinate(width), coordinate(height)
        room = min(width, height) >= _ROOM
        found.append(Box(number, *sides, _band(hotspot), room, middle))
    return tuple(found)


def _band(hotspot: Hotspot) -> int:
    share = Fraction(hotspot.changes, max(hotspot.steps, 1))
    return 3 if share >= Fraction(2, 3) else 2 if share >= Fraction(1, 3) else 1


Area = tuple[Fraction, Fraction, Fraction, Fraction]


def rectangles(numbers: Sequence[int], width: int, height: int) -> list[Area]:
    """(x, y, width, height) of each of some numbers above 0, largest first: they fill the whole."""
    total = sum(numbers)
    scaled = [Fraction(number * width * height, total) for number in numbers]
    found: list[Area] = []
    x, y, wide, high = Fraction(0), Fraction(0), Fraction(width), Fraction(height)
    while scaled[len(found) :]:
        row = _row(scaled[len(found) :], min(wide, high))
        depth = sum(row) / min(wide, high)
        found += _placed(row, x, y, depth, along_x=wide < high)
        if wide < high:
            y, high = y + depth, high - depth
        else:
            x, wide = x + depth, wide - depth
    return found


def _row(left: Sequence[Fraction], side: Fraction) -> list[Fraction]:
    """As many of what is left as make their worst ratio of sides better."""
    row = [left[0]]
    for each in left[1:]:
        if _worst([*row, each], side) > _worst(row, side):
            break
        row.append(each)
    return row


def _worst(row: Sequence[Fraction], side: Fraction) -> Fraction:
    total = sum(row)
    square = side * side
    return max(square * max(row) / (total * total), total * total / (square * min(row)))


def _placed(
    row: Sequence[Fraction], x: Fraction, y: Fraction, depth: Fraction, *, along_x: bool
) -> Iterator[Area]:
    for area in row:
        length = area / depth
        if along_x:
            yield x, y, length, depth
            x += length
        else:
            yield x, y, depth, length
            y += length
