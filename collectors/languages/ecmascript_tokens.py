"""The tokens of JavaScript and TypeScript that tell where comments are, and what follows which.

No two repetitions in a row match the same character, so that a failure is found in linear time
without possessive quantifiers: CPython before 3.11.5 matches those wrongly.
"""

from __future__ import annotations

import re

# U+2028 and U+2029 end a line here, and with it a comment or a regular expression.
TOKEN = re.compile(
    r"""(?P<line>[\n\u2028\u2029])
    | (?P<space>[^\S\n\u2028\u2029]+|\ufeff)
    | (?P<comment>//[^\n\u2028\u2029]*|/\*.*?(?:\*/|\Z))
    | (?P<value>\.?\d[\w.]*
        | "[^"\\\n]*(?:\\.[^"\\\n]*)*"? | '[^'\\\n]*(?:\\.[^'\\\n]*)*'?)
    | (?P<word>(?:[\w$]|\\u\{?[0-9A-Fa-f]*\}?|[^\x00-\x7f])+)
    | (?P<sign>=>|\.\.\.|\?\.(?!\d)|\?\?|\+\+|--|.)""",
    re.VERBOSE | re.DOTALL,
)
HASHBANG = re.compile(r"\#![^\n\u2028\u2029]*")
# Comments of sloppy scripts: everywhere, and where nothing but blanks stands before it.
HTML_COMMENT = re.compile(r"(?:<!--|(?<![^\s])-->)[^\n\u2028\u2029]*")
REGEX = re.compile(
    r"/(?!/)[^/\\\[\n\u2028\u2029]*(?:(?:\\[^\n\u2028\u2029]"
    r"|\[[^\]\\\n\u2028\u2029]*(?:\\[^\n\u2028\u2029][^\]\\\n\u2028\u2029]*)*\])"
    r"[^/\\\[\n\u2028\u2029]*)*/\w*"
)
TEMPLATE = re.compile(r"[^`\\$]*(?:(?:\\.|\$(?!\{))[^`\\$]*)*(?P<end>`|\$\{|\Z)", re.DOTALL)
ELEMENT = re.compile(r"<\s*(?:>|[^\W\d]|[$])")
TYPE_PARAMETERS = re.compile(r"<\s*(?:const\s+)?[\w$]+\s*(?:,|=|extends\s+[^\s=/>])")
IN_TAG = re.compile(
    r"""(?P<comment>//[^\n\u2028\u2029]*|/\*.*?(?:\*/|\Z))
    | (?P<skip>[\s\w$.:@-]+|[^\x00-\x7f]|=>|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))
    | (?P<sign>/\s*>|.)""",
    re.VERBOSE | re.DOTALL,
)
IN_TEXT = re.compile(r"[^<>{}]*(?P<end><\s*/|[<>{}]|\Z)")
OMITTED = re.compile(r"\s*[:,)\];=]")  # behind the question mark of something optional
IS_KEY = re.compile(r"\s*\??:")
ALIAS = re.compile(r"\s+[\w$]+\s*[=<]")  # behind ``type``
ASYNC_FUNCTION = re.compile(r"[^\S\n]+function\b")

# Words that an expression follows, or at least no operator.
BEFORE_EXPRESSION = frozenset(
    {
        *("return", "typeof", "case", "in", "delete", "void", "throw", "new", "instanceof", "else"),
        *("do", "yield", "await", "extends", "default", "break", "continue", "debugger"),
    }
)
# Words whose brace opens no block although that of other names would.
BEFORE_PATTERN = frozenset({"let", "const", "var", "as", "satisfies", "default"})
HEADS = frozenset({"if", "while", "for", "with"})
BEFORE_STATEMENT = frozenset(
    ("", ";", "=>", ")", ">", "}", "else", "do", "break", "continue", "debugger", "void")
)
JSX = frozenset({"javascript", "tsx"})
