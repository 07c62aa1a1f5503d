"""The parts of a component's page (Vue, Svelte) that are scripts: where they stand, and in which
language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARTS = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|<script\b(?P<attributes>[^>]*)(?:>(?P<script>.*?)(?:</script|\Z)|\Z)",
    re.DOTALL | re.IGNORECASE,
)
INK = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # all but what ends a line
LANGUAGE = re.compile(r"\blang\s*=\s*[\"']?([a-z]+)", re.IGNORECASE)
SETUP = re.compile(r"(?:^|\s)setup(?=[\s=/]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Script:
    """A script part: its text, where that begins in the file, the ``lang`` that its tag names ("js"
    without one), and whether it is the set-up of each component."""

    start: int
    text: str
    lang: str
    setup: bool

    @property
    def language(self) -> str:
        """The name of a grammar that reads it."""
        return "tsx" if self.lang in ("jsx", "tsx") else "typescript"


def comments_and_scripts(text: str) -> Iterator[tuple[int, int] | Script]:
    """The comments of the markup, by their places, and the scripts, in the order of the text."""
    for match in PARTS.finditer(text):
        if match["comment"]:
            yield match.span()
        else:
            named = LANGUAGE.search(match["attributes"])
            yield Script(
                match.start("script") if match["script"] is not None else match.end(),
                match["script"] or "",
                named[1].lower() if named else "js",
                SETUP.search(match["attributes"]) is not None,
            )


def scripts(text: str) -> list[Script]:
    """The scripts of a page."""
    return [part for part in comments_and_scripts(text) if isinstance(part, Script)]


def scripts_alone(text: str) -> str:
    """The text with blanks in place of what is no script, so that lines and columns stay."""
    kept, after = list[str](), 0
    for script in scripts(text):
        kept += [_blank(text[after : script.start]), script.text]
        after = script.start + len(script.text)
    return "".join([*kept, _blank(text[after:])])


def page_language(text: str) -> str:
    """The name of a grammar that reads all the scripts of a page."""
    languages = {script.language for script in scripts(text)}
    return "tsx" if "tsx" in languages else "typescript"


def _blank(text: str) -> str:
    return INK.sub(" ", text)
