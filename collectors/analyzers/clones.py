"""The normalised code lines of a file, hashed, and their shapes: duplication is a query over
them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collectors.analyzers.findings import digest64
from collectors.languages.comments import Comment, comments, masked, replaced
from collectors.languages.shapes import shapes, telling
from collectors.languages.source import one_by_one, unix
from quality.model.facts import Blob, CodeLines, Facts, Row
from quality.model.recipe import Recipe

NAME = "clones"


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """One CodeLines row of each blob."""
    return one_by_one(NAME, _rows, blobs, recipe)


def _rows(text: str, language: str) -> list[Row]:
    text = unix(text)
    found = comments(text, language)
    numbers, hashes = [], []
    for number, line in enumerate(_without(text, found).split("\n"), 1):
        if words := line.split():
            numbers.append(number)
            hashes.append(digest64(" ".join(words)))
    told = telling(shapes(masked(text, found), language))
    return [
        CodeLines(tuple(numbers), tuple(hashes), tuple(told), tuple(map(digest64, told.values())))
    ]


def _without(text: str, found: Sequence[Comment]) -> str:
    """The text without its comments, line by line; one between two words leaves a blank."""
    kept = dict[Comment, str]()
    for comment in found:
        start, end = comment.start, comment.end
        between = text[start - 1 : start] + text[end : end + 1]
        blank = " " if len(between) == 2 and between.isalnum() else ""
        kept[comment] = "\n" * comment.text.count("\n") or blank
    return replaced(text, kept)
