"""Both sides of the preprocessor's conditions, each a text of its own: where a statement begins on
one side and ends behind it, no grammar reads all of them together."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.analyzers.cppcheck_text import c_or_cplusplus
from collectors.languages.comments import comments
from collectors.languages.preprocessor import configured, spliced


def sides(text: str) -> Iterator[str]:
    """A text of C or C++ with one side of each condition, that on which more code stands, and with
    the other one; both without directives, and with the same lines and columns."""
    found = comments(text, "cpp")
    plain = spliced(text, found)
    lines = plain.split("\n")
    # What is said in one line may be a word of why.
    told = spliced(text, [each for each in found if "\n" in each.text]).split("\n")
    known = {"__cplusplus": c_or_cplusplus(plain)[0] == ".cpp"}
    for other in (False, True):
        read = configured(plain, known, other=other).split("\n")
        yield "\n".join(
            said if line == kept else kept
            for said, line, kept in zip(told, lines, read, strict=True)
        )
