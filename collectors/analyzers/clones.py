"""The normalised code lines of a file, hashed: duplication is a query over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from collectors.languages.comments import comments, masked
from collectors.languages.source import one_by_one, unix
from quality.model.facts import Blob, CodeLines, Facts, Row
from quality.model.recipe import Recipe

NAME = "clones"


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """One CodeLines row of each blob."""
    return one_by_one(NAME, _rows, blobs, recipe)


def _rows(text: str, language: str) -> list[Row]:
    text = unix(text)
    code = masked(text, comments(text, language)).split("\n")
    numbers, hashes = [], []
    for number, (line, bare) in enumerate(zip(text.split("\n"), code, strict=True), 1):
        if bare and not bare.isspace():
            numbers.append(number)
            hashes.append(_digest(" ".join(line.split())))
    return [CodeLines(tuple(numbers), tuple(hashes))]


def _digest(line: str) -> int:
    return int.from_bytes(blake2b(line.encode(), digest_size=8).digest(), "big")
