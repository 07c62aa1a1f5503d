"""Supplier text in Markdown: in code spans, where no platform looks for links, mentions, issue
numbers, HTML or commands; only plain words stay prose.
"""

import re

from reports.shared.numbers import UNKNOWN
from reports.shared.text import clip, safe_text

# A word that no platform makes anything of: letters and digits, but no commit id.
_PLAIN = re.compile(
    r"(?!.*[0-9a-f]{7})"
    r"\(?(?:[^\W_]+(?:['\u2019-][^\W\d_]+)*|\d{1,6}\.\d{1,6})\)?[.,;:?]?"
)
_TICKS = re.compile(r"`+")


def code(text: str, length: int = 300) -> str:
    """``text`` as a code span that also stands in a table's cell: nothing in it has a meaning."""
    shown = clip(safe_text(text), length)
    if not shown.strip():
        return UNKNOWN
    # A cell ends at a bar even inside code; escaped it is a bar again, but renderers disagree
    # about a backslash before it, so there a bar that only looks like one.
    shown = re.sub(r"(?<!\\)\|", r"\\|", re.sub(r"(?<=\\)\|+", _box, shown))
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(shown)), default=0))
    padded = f" {shown} " if shown[0] in "` " or shown[-1] in "` " else shown
    return f"{ticks}{padded}{ticks}"


def _box(match: re.Match[str]) -> str:
    return "\u2502" * len(match[0])


def prose(text: str, length: int = 400) -> str:
    """``text`` as prose: plain words as they are, whatever else as code spans."""
    said: list[str] = []
    odd: list[str] = []
    for word in [*clip(safe_text(text), length).split(), ""]:
        plain = not word or bool(_PLAIN.fullmatch(word))
        if plain and odd:
            said.append(_odd(" ".join(odd), length + 50))
            odd = []
        (said if plain else odd).append(word)
    return " ".join(said).strip()


def _odd(text: str, length: int) -> str:
    """A code span, with the sentence's own comma and brackets left outside of it."""
    inner, comma = (text[:-1], text[-1]) if len(text) > 1 and text[-1] in ".,:;?" else (text, "")
    if re.fullmatch(r"\([^()]+\)", inner):
        return f"({code(inner[1:-1], length)}){comma}"
    if re.fullmatch(r"[^()]+\)", inner):  # a bracket that plain words opened, or will close
        return f"{code(inner[:-1], length)}){comma}"
    if re.fullmatch(r"\([^()]+", inner):
        return f"({code(inner[1:], length)}{comma}"
    return f"{code(inner, length)}{comma}"
