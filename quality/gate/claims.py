"""What changed files say of themselves: a claim of the supplier's, which changes no judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collectors.git.checkout import Checkout
from quality.model.repository import TreeFile

HEAD = 2048  # bytes in which a generator signs
SIGNED = re.compile(
    rb"@generated\b|<auto-?generated"
    rb"|\b(code|file|class) (was |is )?(automatically |auto-?)?generated"
    rb"|\b(automatically |auto-?)generated\b|generated code\b",
    re.IGNORECASE,
)


def said_generated(files: Sequence[TreeFile], checkout: Checkout, largest: int) -> list[str]:
    """The paths of those that say at their head that a program wrote them."""
    small = [file for file in files if file.size <= largest]
    contents = checkout.readable([file.oid for file in small])
    return [
        file.path
        for file, (_, content) in zip(small, contents, strict=True)
        if content and SIGNED.search(content[:HEAD])
    ]
