"""Which language a path's suffix stands for: the files that lizard can read, and no others."""

from __future__ import annotations

import re

# One line a reader of lizard 1.24.3, under the first name it gives itself, in lower case. A table
# of our own, so that listing a tree does not need to import lizard.
SUFFIXES = {
    "cpp": ("c", "cpp", "cc", "cxx", "h", "hh", "hpp"),
    "java": ("java",),
    "csharp": ("cs",),
    "javascript": ("js", "cjs", "mjs"),
    "python": ("py",),
    "objectivec": ("m", "mm"),
    "ttcn": ("ttcn", "ttcnpp"),
    "ruby": ("rb",),
    "php": ("php",),
    "swift": ("swift",),
    "scala": ("scala",),
    "gdscript": ("gd",),
    "go": ("go",),
    "lua": ("lua",),
    "rust": ("rs",),
    "typescript": ("ts",),
    "fortran": ("f70", "f90", "f95", "f03", "f08", "f", "for", "ftn", "fpp"),
    "kotlin": ("kt", "kts"),
    "solidity": ("sol",),
    "erlang": ("erl", "hrl", "es", "escript"),
    "zig": ("zig",),
    "tsx": ("tsx", "jsx"),
    "vue": ("vue",),
    "perl": ("pl", "pm"),
    "st": ("st",),
    "r": ("r",),
    "plsql": ("sql", "pks", "pkb", "pls", "plb", "pck"),
}

# lizard's own pattern (any case, Unicode folding included), its readers as named groups.
_READERS = "|".join(f"(?P<{name}>{'|'.join(suffixes)})" for name, suffixes in SUFFIXES.items())
_PATTERN = re.compile(rf".*\.(?:{_READERS})$", re.IGNORECASE)


def language(path: str) -> str | None:
    """The language of the file at ``path`` by its suffix; None where no reader knows it."""
    match = _PATTERN.match(path)
    return match.lastgroup if match else None
