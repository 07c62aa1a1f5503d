"""PHP in pages. The grammar of PHP knows no markup around the code, so what stands there is made a
statement of one string, at the same place and of the same length: `?><br><?php` becomes
`;'<br>';   `. What is shown is echoed or, where there is no room for the word, assigned to `$_`.
Lines and columns of the code stay what they are.
"""

from __future__ import annotations

import re

# In code: what may hold the sign that ends it, but for line comments, which it does end.
_CODE = re.compile(
    r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `(?:[^`\\]|\\.)*` | /\*.*?\*/
    | (?P<line>(?://|\#(?!\[))[^\n]*?(?=\?>|\n|\Z))
    | <<<[ \t]*(?P<quote>["']?)(?P<name>\w+)(?P=quote)\n.*?\n[ \t]*(?P=name)\b
    | (?P<end>\?>)""",
    re.VERBOSE | re.DOTALL,
)
_OPEN = re.compile(r"<\?(?:php\b|=)?", re.IGNORECASE)


def php_alone(text: str) -> str:
    """The text with its markup as statements; the text itself where it has none."""
    if text.startswith("<?") and "?>" not in text:
        return text
    parts, place, code = list[str](), 0, False
    while place < len(text):
        if code:
            said, place = _code(text, place)
            parts.append(said)
        else:
            tag = _OPEN.search(text, place)
            end = tag.end() if tag else len(text)
            parts.append(_statement(text[place:end], tag[0] if tag else "", begun=place > 0))
            place = end
        code = not code
    return "".join(parts)


def _code(text: str, start: int) -> tuple[str, int]:
    """The code up to where it ends. A comment in its last line would go on behind that."""
    for match in _CODE.finditer(text, start):
        if match["end"]:
            return text[start : match.start()], match.start()
        if match["line"] and text.startswith("?>", match.end()):
            return text[start : match.start()] + " " * len(match[0]), match.end()
    return text[start:], len(text)


def _statement(markup: str, tag: str, *, begun: bool) -> str:
    """Markup from the end of the code before it up to and with the sign that begins the next; the
    first of a text has no code before it."""
    if markup == tag and tag != "<?=":
        return markup
    opening = ";'" if begun else "'"
    closing = "';echo " if tag == "<?=" else "';".ljust(len(tag))
    inner = len(markup) - len(opening) - len(closing)
    if inner > 0:
        end = len(opening) + inner
        lost = markup[: len(opening)] + markup[end:]
        if "\n" not in lost:
            return opening + re.sub(r"['\\]", "_", markup[len(opening) : end]) + closing
    signs = ["\n" if sign == "\n" else " " for sign in markup]  # no room for a string
    if begun:
        signs[0] = ";"
    if tag == "<?=" and len(signs) > 5 and "\n" not in signs[-5:]:
        signs[-5:] = "echo "
    elif tag == "<?=":
        signs[-3:] = "$_="
    return "".join(signs)
