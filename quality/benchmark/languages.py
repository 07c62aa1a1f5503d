"""The languages in which public systems are compared, and the one that a system is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quality.errors import UsageError

SHARE = 70  # percent of a system's NLOC that its language holds at least


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the benchmark: its title, and the languages of the readers that it is of."""

    id: str
    title: str
    read_as: tuple[str, ...]


LANGUAGES = {
    each.id: each
    for each in (
        Language("python", "Python", ("python", "notebook")),
        Language("javascript", "JavaScript/TypeScript",
                 ("javascript", "typescript", "tsx", "vue", "svelte")),
        Language("java", "Java", ("java",)),
        Language("c", "C", ("cpp",)),
        Language("cpp", "C++", ("cpp",)),
        Language("go", "Go", ("go",)),
        Language("php", "PHP", ("php",)),
        Language("csharp", "C#", ("csharp",)),
        Language("ruby", "Ruby", ("ruby",)),
    )
}  # fmt: skip

Row = tuple[str, str, int]
"""A reader's language, a suffix of files, and their NLOC."""

_READERS = {"c": "cpp"} | {read: each.id for each in LANGUAGES.values() for read in each.read_as}
_READERS["cpp"] = "cpp"


def by_language(rows: Iterable[Row]) -> dict[str, int]:
    """NLOC by language. One reader reads C and C++: what ends in ``.c`` is C, and a header goes
    with the larger of the two."""
    found: Counter[str] = Counter()
    headers = 0
    for language, suffix, nloc in rows:
        if language == "cpp" and suffix == ".h":
            headers += nloc
        elif language == "cpp" and suffix == ".c":
            found["c"] += nloc
        else:
            found[_READERS.get(language, language)] += nloc
    if headers:
        found["c" if found["c"] > found["cpp"] else "cpp"] += headers
    return dict(found)


def language_of(rows: Iterable[Row]) -> str:
    """The language that holds at least ``SHARE`` percent of the NLOC; "": none does, or it is none
    of the benchmark's."""
    found = by_language(rows)
    whole = sum(found.values())
    largest = max(found, key=lambda each: (found[each], each), default="")
    enough = whole and 100 * found[largest] >= SHARE * whole
    return largest if enough and largest in LANGUAGES else ""


def known_language(language: str) -> str:
    """A language as a user named it, "" for all (UsageError: the benchmark has none such)."""
    if language and language not in LANGUAGES:
        raise UsageError(f"unknown language {language!r}: use one of {', '.join(LANGUAGES)}")
    return language


def title(language: str) -> str:
    """A language as sentences name it; "" is every language."""
    return LANGUAGES[language].title if language else ""
