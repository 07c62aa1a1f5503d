"""What the findings of all error analyzers have in common, whichever program reports them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

MESSAGE_LENGTH = 300


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What a program said of a place, line and column as it counts them."""

    line: int
    column: int
    rule: str
    text: str


def shortened(text: str) -> str:
    """A message with white space folded, cut to a length."""
    return " ".join(text.split())[:MESSAGE_LENGTH]


def digest64(text: str) -> int:
    """64 bits that stand for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def context(code: Sequence[str], line: int) -> int:
    """A finding's context: the digest of its line's code, white space folded; of nothing where
    there is no such line."""
    return digest64(" ".join(code[line - 1].split()) if line <= len(code) else "")
