"""pylint's inline pragmas, read exactly as pylint reads them but in linear time.

pylint finds its pragma with a regular expression that is cubic in the number of ``#`` in a
comment, so a supplier's comment must never reach it. What it would have obeyed is worked out
here, and only the canonical text is ever shown to pylint.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_PYLINT = re.compile(r"\bpylint:(?=[^;#\n])")
_BODY = re.compile(r"\s*([^;#\n]*)")
_TAKES_NAMES = frozenset({"disable", "disable-next", "disable-msg", "enable", "enable-msg"})
_ALONE = frozenset({"disable-all", "skip-file"})
_TOKEN = re.compile(
    r"(?P<keyword>\b(?:disable-next|disable-all|disable-msg|enable-msg|skip-file|disable|enable)\b)"
    r"|(?P<message>[0-9A-Za-z_-]{2,}|[CREIWF]\d*)"
    r"|(?P<assign>=)"
)
_HIDES = re.compile(r"[ ,](?:(?:disable-all|skip-file)(?=,|$)|disable(?:-next|-msg)?=)")


def pylint_directive(comment_text: str) -> str | None:
    """The pragma that pylint would obey in a comment, as ``pylint: disable=a,b``; None if none.

    ``comment_text`` starts with ``#``. The result is as pylint obeys it (lower-case keywords,
    the last ``#`` that a pragma follows, up to the next ``;`` or ``#``; several keywords are
    joined by commas, which pylint reads alike) and holds nothing but ASCII letters, digits and
    ``-_,=`` after ``pylint: ``.
    """
    parts = []
    for keyword, messages in _pragmas(_body(comment_text)):
        names = [name for name in messages if _is_name(name)]
        if keyword in _ALONE:
            parts.append(keyword)
        elif names:
            parts.append(f"{keyword}={','.join(names)}")
    return f"pylint: {','.join(parts)}" if parts else None


def hides(directive: str, but: Collection[str] = ()) -> bool:
    """Whether a pragma of ``pylint_directive`` hides something: one that only enables does not,
    nor one that names nothing but the messages ``but`` (ids and symbols)."""
    if _HIDES.search(directive) is None:
        return False
    names = re.split("[,=]", directive.removeprefix("pylint: "))
    return any(name not in but and name not in _TAKES_NAMES for name in names)


def _is_name(message: str) -> bool:
    # No message of pylint's is spelt with a foreign digit or starts with a keyword; after a
    # foreign letter such text is a message all the same, and must not become a keyword here.
    token = _TOKEN.match(message)
    return message.isascii() and token is not None and token["keyword"] is None


def _body(comment: str) -> str:
    starts = [match.start() for match in _PYLINT.finditer(comment)]
    if not starts:
        return ""
    last_hash = comment.rfind("#", 0, starts[-1])
    first = next(start for start in starts if start > last_hash)
    body = _BODY.match(comment, first + len("pylint:"))
    return body[1] if body else ""


def _pragmas(body: str) -> Iterator[tuple[str, list[str]]]:
    """Keyword and messages of each pragma up to pylint's first complaint, as pylint yields them."""
    keyword, messages, assign_due = "", list[str](), False
    for token in _TOKEN.finditer(body):
        if token["assign"]:
            if not assign_due:
                return
            assign_due = False
        elif assign_due:
            return
        elif token["keyword"]:
            if keyword:
                if not messages and keyword not in _ALONE:
                    return
                yield keyword, messages
            keyword, messages = token["keyword"], []
            assign_due = keyword not in _ALONE
        else:
            messages.append(token["message"])
    if keyword and (messages or keyword in _ALONE):
        yield keyword, messages
