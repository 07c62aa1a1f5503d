r"""Words as the compiler reads them, where a language lets them be spelt otherwise: in Java by \u
escapes, in C over two lines by a backslash between them. Readers of text know the plain word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

# In pairs, so that an escaped backslash begins no escape.
_ESCAPE = re.compile(r"\\(?:u+([0-9a-fA-F]{4})|.)", re.DOTALL)
_CUT = re.compile(r"\w+(?:(?:\\\r?\n)+\w+)+")
_SPLICE = re.compile(r"\\\r?\n")


def plain_java(text: str) -> str:
    r"""The text with \u escapes of ASCII replaced wherever they stand, as Java's compiler does
    before it reads anything else (specification, 3.3); control characters stay escaped, but for
    line ends and tabs."""
    return _ESCAPE.sub(_character, text) if "\\u" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[0]
    character = chr(int(escape[1], 16))
    ascii_text = character.isascii() and (character.isprintable() or character in "\n\r\t")
    return character if ascii_text else escape[0]


def whole_words(text: str) -> str:
    """The text with each word that a continued line cuts in the first of its lines; the lines stay
    as many."""
    return _CUT.sub(_joined, text) if "\\" in text else text


def _joined(cut: re.Match[str]) -> str:
    return _SPLICE.sub("", cut[0]) + "".join(_SPLICE.findall(cut[0]))


RESPELT: Mapping[str, Callable[[str], str]] = {
    "cpp": whole_words,
    "java": plain_java,
    "objectivec": whole_words,
}
