"""The digest of a function's code: what tells a changed function from one that was moved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collectors.analyzers.findings import digest64

ANY_QUOTES = frozenset({"python", "javascript", "typescript", "tsx", "vue"})
PLAIN_STRING = re.compile(r"""\A(\w*)'([^'"\\]*)'\Z""")
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
USES = frozenset({".", "%", "+", "*", "[", "(", ","})  # what does something with a string before it


def digest(code: Sequence[str], language: str) -> int:
    """64 bits of a function's tokens from its parameters on, wherever and however it is set out:
    line continuations, commas before a closing bracket and Python's docstring are left out, white
    space in a token of several lines is folded, and plain strings are quoted alike where both
    quotes mean the same. Formatters and writers change all of these, and none of a function's
    numbers but its NLOC hangs on them."""
    any_quotes, docstring = language in ANY_QUOTES, range(0)
    if language == "python":
        docstring = _docstring(code)
    kept: list[str] = []
    for token in (*code[: docstring.start], *code[docstring.stop :]):
        text = " ".join(token.split()) if "\n" in token else token
        if not text.strip(" \t\n\f\v\\"):
            continue
        if text in CLOSING and kept and kept[-1] == ",":
            kept.pop()
        kept.append(PLAIN_STRING.sub(r'\1"\2"', text) if any_quotes else text)
    return digest64("\n".join(kept))


def _docstring(code: Sequence[str]) -> range:
    """The tokens of the docstring: a string behind the colon of the parameters that nothing is
    done with. An empty range where there is none."""
    depth = 0
    for at, each in enumerate(code):
        depth += (each in OPENING) - (each in CLOSING)
        if each == ":" and depth == 0:
            prefix = at + 1 < len(code) and code[at + 1].lower() in ("r", "u")
            end = at + 2 + prefix
            used = end < len(code) and code[end] in USES
            if end <= len(code) and code[end - 1][:1] in ("'", '"') and not used:
                return range(at + 1, end)
            break
    return range(0)
