"""Where comments are in Perl, which has no tree here: a scanner of one pass.

Only perl itself can read Perl. What stands before a slash tells a regular expression from a
division, as in PPI; formats and code in replacements are not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(
    r"""(?P<comment>^=[A-Za-z].*?(?:^=cut\b[^\n]*|\Z)|\#[^\n]*)
    | (?P<data>^__(?:END|DATA)__\b[^\n]*\n(?:(?!=[A-Za-z])[^\n]*\n?)*)
    | (?P<line>\n) | [^\S\n]+
    | (?P<heredoc><<(?P<indented>~?)(?P<quote>["'`]?)(?P<end>[A-Za-z_]\w*)(?P=quote))
    | (?P<variable>[$@%&*]+(?:\#(?=[\w{$]))?(?:\w|::|'(?=[A-Za-z_]))+|\$\#?[^\w\s{])
    | (?P<quoted>(?<![-\w>:])(?:tr|q[qwxr]?|[msy])(?!\w|\s*(?:=>|[)}])|\s+[\#=,;]))
    | (?P<number>\d[\w.]*)
    | (?P<word>(?:sub\s+|->\s*|-)?[A-Za-z_]\w*(?:(?:::|')[A-Za-z_]\w*)*)
    | (?P<string>["'`]) | (?P<slash>//?) | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
# Words that an operand follows: a slash behind them begins a regular expression.
BEFORE_OPERAND = frozenset(
    {
        *("and", "cmp", "else", "elsif", "eq", "ge", "grep", "gt", "if", "join", "le", "lt", "map"),
        *("ne", "not", "or", "push", "return", "split", "unless", "until", "when", "while", "x"),
    }
)


def perl_comments(text: str) -> Iterator[tuple[int, int]]:
    r"""Starts and ends of the comments and POD in a text whose lines end with \n.

    What never ends runs to the end of the text. Linear in the text's length.
    """
    heredocs: list[re.Pattern[str]] = []  # whose bodies begin at the next line
    at, value = 0, False  # whether an operator follows
    while match := TOKEN.match(text, at):
        start, at = match.span()
        kind = match.lastgroup
        if kind == "comment":
            yield start, at
        elif kind == "line":
            for end in heredocs:
                at = last.end() if (last := end.search(text, at)) else len(text)
            heredocs.clear()
        elif kind == "heredoc":
            blank = r"[ \t]*" if match["indented"] else ""
            heredocs.append(re.compile(rf"^{blank}{re.escape(match['end'])}$", re.MULTILINE))
            value = True
        elif kind == "quoted":
            at = _quoted(text, at, 2 if match[0] in ("s", "tr", "y") else 1)
            at, value = _behind_flags(text, at), True
        elif kind == "string":
            at, value = _end(text, start), True
        elif kind == "slash" and not value:
            at, value = _behind_flags(text, _end(text, start)), True
        elif kind == "word":
            value = match[0] not in BEFORE_OPERAND
        elif kind in ("variable", "number"):
            value = True
        elif kind in ("slash", "sign"):
            value = match[0] in ")]}"


def _quoted(text: str, at: int, parts: int) -> int:
    """The end of a quote-like operator of one or two parts."""
    while at < len(text) and text[at].isspace():
        at += 1
    bracket = text[at : at + 1] in BRACKETS
    at = _end(text, at)
    if parts == 2 and bracket:
        return _quoted(text, at, 1)
    return _end(text, at - 1) if parts == 2 else at


def _behind_flags(text: str, at: int) -> int:
    while text[at : at + 1].isalpha():
        at += 1
    return at


def _end(text: str, start: int) -> int:
    """Behind the delimiter that closes the one at ``start``; brackets nest."""
    opening = text[start : start + 1] or "\0"
    closing = BRACKETS.get(opening, opening)
    either = rf"{re.escape(opening)}|{re.escape(closing)}"
    depth = 0
    for match in re.compile(rf"\\.|{either}", re.DOTALL).finditer(text, start):
        if match[0] == opening and (closing != opening or match.start() == start):
            depth += 1
        elif match[0] == closing:
            depth -= 1
        if not depth:
            return match.end()
    return len(text)
