"""Every directive that asks an analyzer to look away: a row each, whatever language.

Nothing here is obeyed. A directive counts where its tool would see it: in a comment or, for
annotations and pragmas of compilers, in code; never in a string. A comment counts once a tool,
however often it repeats itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from collectors.languages.comments import comments, masked
from collectors.languages.directives import code_pattern, directives
from collectors.languages.pragmas import hides, pylint_directive
from collectors.languages.source import one_by_one
from quality.model.facts import Blob, Claim, Facts, Suppression
from quality.model.recipe import Recipe

LONGEST = 200  # characters of a directive that are kept
HEADER = 10  # lines in which a file says what it is
_GENERATED = re.compile(
    r"<auto-?generated|@generated\b|\bauto-?(?:matically[ ])?generated\b"
    r"|\bgenerated[ ](?:automatically|by|from)\b|\b(?:code|file|is)[ ]generated\b"
    r"|\bdo[ ]not[ ](?:edit|modify)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"(?:<!--|--+|=begin|[\s#/*%!(])*")  # that open a comment
_SAID = re.compile(r"[^\n#]*")  # in a comment: up to the line's end or the next directive
_SEPARATORS = re.compile(r"[\s,:\[]*")  # before a directive in code
_CALLED = re.compile(r"[^\n)]*\)?\]?")  # in code: up to the end of its arguments


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """A Suppression for each directive, ordered by line and tool, and the Claims of the file's head
    to be generated."""
    return one_by_one("suppressions", _analyze, blobs, recipe)


def _analyze(text: str, language: str) -> tuple[Suppression | Claim, ...]:
    found = comments(text, language)
    rows = [row for comment in found for row in _in_comment(comment.text, comment.line, language)]
    rows += _in_code(_unix(masked(text, found)), language)
    claims = [claim for comment in found for claim in _claims(comment.text, comment.line)]
    return (*sorted(rows, key=lambda row: (row.line, row.tool, row.text)), *claims)


def _claims(text: str, line: int) -> Iterator[Claim]:
    """The lines of a comment in the file's head that say it is generated."""
    lines = _unix(text).split("\n") if line <= HEADER else []
    for number, said in enumerate(lines[: HEADER + 1 - line], line):
        if _GENERATED.search(said):
            start = _behind(_SIGNS, said, 0)
            yield Claim(number, _shown(re.match(r"[^\n]*", said[start:])))


def _in_comment(text: str, line: int, language: str) -> Iterator[Suppression]:
    text = _unix(text)
    seen = set[str]()
    for tool, pattern in _comment_patterns(language):
        match = pattern.search(text)
        if match and tool not in seen:
            seen.add(tool)
            start = _behind(_SIGNS, text, match.start())
            said = _SAID.match(text, start)
            yield Suppression(line + text.count("\n", 0, start), tool, _shown(said))
    if language == "python" and (pragma := pylint_directive(text)) and hides(pragma):
        yield Suppression(line, "pylint", pragma[:LONGEST])


def _behind(signs: re.Pattern[str], text: str, start: int) -> int:
    match = signs.match(text, start)
    return match.end() if match else start


def _in_code(text: str, language: str) -> Iterator[Suppression]:
    pattern = code_pattern(language)
    if pattern is None:
        return
    line, counted = 1, 0
    for match in pattern.finditer(text):
        if match.lastgroup is None or not match.lastgroup.startswith("_"):
            continue  # a string
        start = _behind(_SEPARATORS, text, match.start())
        line += text.count("\n", counted, start)
        counted = start
        tool = directives(language)[int(match.lastgroup[1:])].tool
        yield Suppression(line, tool, _shown(_CALLED.match(text, start)))


@cache
def _comment_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = (directive for directive in directives(language) if directive.where != "code")
    return tuple((directive.tool, re.compile(directive.pattern)) for directive in found)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shown(said: re.Match[str] | None) -> str:
    """One printable line of at most LONGEST characters."""
    line = said[0].strip().rstrip("*/->").rstrip()[:LONGEST] if said else ""
    shown = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line
    )
    return shown[:LONGEST]
