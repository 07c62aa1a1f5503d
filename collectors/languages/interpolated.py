"""Where comments are in languages whose strings hold code that holds strings: a scanner of one
pass for C#, Kotlin, PHP and Scala."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

NESTED = re.compile(r"/\*|\*/")
# Code: comments, literals that hold no code, the start of a string that may, braces.
CODE = {
    "csharp": r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)) | (?P<line>(?m:^)[ \t]*\#
            [ \t]*(?:region|endregion|error|warning)\b[^\n]*)
        | @"[^"]*(?:""[^"]*)*(?:"|\Z) | (?P<q>"{3,}).*?(?:(?P=q)"*|\Z)
        | "[^"\\\n]*(?:\\.[^"\\\n]*)*"?
        | '(?:[^'\\\n]|\\[^\n][^'\n]*)'
        | (?P<string>(?:\$@|@\$)"|\$+"(?:"{2,})?) | (?P<brace>[{}])""",
    "kotlin": r"""(?P<comment>//[^\n]*) | (?P<nested>/\*) | '(?:[^'\\\n]|\\[^\n][^'\n]*)'
        | `[^`\n]*`? | (?P<string>\$*"{3}|") | (?P<brace>[{}])""",
    "php": r"""(?:\A|\?>).*?(?:<\?(?:php\b|=)?|\Z)
        | (?P<comment>(?://|\#(?!\[))(?:[^\n?]|\?(?!>))*|/\*.*?(?:\*/|\Z))
        | '[^'\\]*(?:\\.[^'\\]*)*(?:'|\Z)
        | <<<[ \t]*(?P<h>["']?)(?P<id>\w+)(?P=h)(?=\n).*?(?:\n[ \t]*(?P=id)\b|\Z)
        | (?P<string>["`]) | (?P<brace>[{}])""",
    "scala": r"""(?P<comment>//[^\n]*) | (?P<nested>/\*) | '(?:[^'\\\n]|\\[^\n][^'\n]*)'
        | `[^`\n]*`? | (?P<string>\b[^\W\d]\w*"(?:"")?)
        | "{3}.*?(?:"{3,}|\Z) | "[^"\\\n]*(?:\\.[^"\\\n]*)*"? | (?P<brace>[{}])""",
}
PATTERNS = {name: re.compile(p, re.VERBOSE | re.DOTALL) for name, p in CODE.items()}


def interpolated_comments(text: str, language: str) -> Iterator[tuple[int, int]]:
    r"""Starts and ends of the comments in a text whose lines end with \n.

    What never ends runs to the end of its line or of the text. Linear in the text's length.
    """
    code = PATTERNS[language]
    strings: list[tuple[re.Pattern[str], int]] = []  # around here, and the braces open in each
    depth = at = 0
    while at < len(text) and (match := code.search(text, at)):
        start, at = match.span()
        if match.lastgroup == "comment":
            yield start, at
        elif match.lastgroup == "nested":
            at = _nested_end(text, start)
            yield start, at
        elif match.lastgroup == "string":
            at, depth = _through(text, at, _rest(language, match[0]), strings, depth)
        elif match.lastgroup == "brace" and match[0] == "{":
            depth += 1
        elif match.lastgroup == "brace" and depth:
            depth -= 1
        elif match.lastgroup == "brace" and strings:
            rest, depth = strings.pop()
            at, depth = _through(text, at, rest, strings, depth)


def _through(
    text: str,
    at: int,
    rest: re.Pattern[str],
    strings: list[tuple[re.Pattern[str], int]],
    depth: int,
) -> tuple[int, int]:
    """Where a string ends or code in it begins, and the braces open there."""
    match = rest.match(text, at)
    if match is None or not match["code"]:
        return (match.end() if match else len(text)), depth
    strings.append((rest, depth))
    return match.end(), 0


def _nested_end(text: str, start: int) -> int:
    depth = 0
    for match in NESTED.finditer(text, start):
        depth += 1 if match[0] == "/*" else -1
        if not depth:
            return match.end()
    return len(text)


@cache
def _rest(language: str, opening: str) -> re.Pattern[str]:
    """What follows the ``opening`` of a string up to its end or to code in it."""
    quote, signs = opening.lstrip("$@").count('"'), opening.count("$")
    if language == "php":
        pattern = rf"(?:\\.|[^\\])*?(?:{opening}|(?P<code>\{{(?=\$)|\$\{{)|\Z)"
    elif language == "csharp" and quote > 1:
        pattern = rf'.*?(?:"{{{quote},}}|(?P<code>\{{{{{signs}}}(?!\{{))|\Z)'
    elif language == "csharp" and "@" in opening:
        pattern = r'(?:""|\{\{|.)*?(?:"(?!")|(?P<code>\{(?!\{))|\Z)'
    elif language == "csharp":
        pattern = r'(?:\\.|\{\{|[^\\\n])*?(?:"|(?P<code>\{(?!\{))|(?=\n)|\Z)'
    elif language == "kotlin" and quote > 1:
        pattern = rf'.*?(?:"{{3,}}|(?P<code>\${{{max(signs, 1)}}}\{{)|\Z)'
    elif quote > 1:  # Scala
        pattern = r'(?:\$\$|.)*?(?:"{3,}|(?P<code>\$\{)|\Z)'
    else:
        pattern = r'(?:\\.|\$\$|[^\\\n])*?(?:"|(?P<code>\$\{)|(?=\n)|\\?\Z)'
    return re.compile(pattern, re.DOTALL)
