"""Where comments are in JavaScript and TypeScript, JSX included: a scanner of one pass.

Whether a slash opens a regular expression, a brace a block and an angle bracket an element is told
by what stands before it, as acorn's tokenizer does (its ``tokencontext.js``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from collectors.languages import ecmascript_tokens as js

Kind = Literal["block", "object", "paren", "function", "template", "tag", "closing", "text"]
MARKUP = frozenset({"tag", "closing", "text"})


@dataclass(slots=True)
class _Open:
    """Something open: a bracket, a ``function`` or ``class`` without its body yet, a template or
    an element."""

    kind: Kind
    before: str = ""  # the word before a parenthesis, the token before an element
    start: int = 0  # of an element
    found: int = 0  # comments before an element
    expression: bool = False  # a function's or class's value
    ternaries: int = 0  # that wait for their colon
    alias: bool = False  # whether its last statement gives a type a name
    angles: int = 0  # of a tag's type arguments


def script_comments(text: str, language: str) -> Iterator[tuple[int, int]]:
    r"""Starts and ends of the comments in a text whose lines end with \n.

    What never ends runs to the end of its line or of the text. Linear in the text's length.
    """
    return iter(_Scanner(text, language).run())


class _Scanner:
    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.jsx = language in js.JSX
        self.html = language == "javascript"
        self.at = 0
        self.open = [_Open("block")]
        self.previous = ""  # significant token
        self.value = False  # whether it ends one, so that an operator follows
        self.new_line = True  # since then
        self.no_regex = -1  # up to here none can close
        self.refused: set[int] = set()  # angle brackets that open no element after all
        self.patience = 4 * len(text)  # characters to be read twice for that
        self.spans: list[tuple[int, int]] = []

    def run(self) -> list[tuple[int, int]]:
        if match := js.HASHBANG.match(self.text):
            self._comment(*match.span())
        while self.at < len(self.text) or self._refuse():
            kind = self.open[-1].kind
            if kind == "template":
                self._template()
            elif kind == "text":
                self._in_text()
            elif kind in MARKUP:
                self._in_tag()
            else:
                self._code()
        return self.spans

    def _comment(self, start: int, end: int) -> None:
        self.spans.append((start, end))
        self.at = end

    def _was(self, token: str, value: bool) -> None:
        self.previous, self.value, self.new_line = token, value, False

    # ------------------------------------------------------------ code

    def _code(self) -> None:
        match = js.TOKEN.match(self.text, self.at)
        if match is None:  # pragma: no cover - the pattern matches any character
            raise AssertionError(self.at)
        start, kind = self.at, match.lastgroup
        if kind == "comment":
            self._comment(*match.span())
            self.new_line = self.new_line or "\n" in match[0]
            return
        if self.html and (html := self._html_comment()):
            self._comment(*html.span())
            return
        self.at = match.end()
        if kind == "line":
            self.new_line = True
        elif kind == "value":
            self._was("value", True)
        elif kind == "word":
            self._word(match[0])
        elif kind == "sign":
            self._sign(match[0], start)

    def _html_comment(self) -> re.Match[str] | None:
        if self.text[self.at] == "<" or (self.new_line and self.text[self.at] == "-"):
            return js.HTML_COMMENT.match(self.text, self.at)
        return None

    def _word(self, word: str) -> None:
        if self.new_line and (self.value or self.previous == "}"):
            self.open[-1].alias = False
        if self.previous in {".", "?.", "#"}:
            self._was("name", True)
        elif word == "type":
            self.open[-1].alias = js.ALIAS.match(self.text, self.at) is not None
            self._was(word, True)
        elif self.previous in {"break", "continue"} and not self.new_line:
            self._was(self.previous, False)
        elif word in {"function", "class"} and not js.IS_KEY.match(self.text, self.at):
            self.open.append(_Open("function", expression=not self._function_is_statement()))
            self._was(word, True)
        elif word == "of":
            self._was(word, not (self.value and self.open[-1].before == "for"))
        elif word == "async" and js.ASYNC_FUNCTION.match(self.text, self.at):
            pass  # the function stands where this does
        elif not (word == "await" and self.previous == "for"):
            self._was(word, word not in js.BEFORE_EXPRESSION)

    def _sign(self, sign: str, start: int) -> None:
        if sign == "`":
            self.open.append(_Open("template"))
        elif sign == "/" and self._operand_follows() and (end := self._regex(start)):
            self.at = end
            self._was("value", True)
        elif sign == "<" and not self.value and self._element(start):
            self.open.append(_Open("tag", self.previous, start, len(self.spans)))
        elif sign == "(":
            before = self.previous if self.previous in js.HEADS else ""
            self.open.append(_Open("paren", before))
            self._was(sign, False)
        elif sign == ")":
            self._close_paren()
        elif sign == "{":
            self._open_brace()
        elif sign == "}":
            self._close_brace()
        elif sign in {"++", "--"} or (sign == "!" and self.value and not self.new_line):
            pass  # behind a value it leaves a value, before one it leaves none
        else:
            self._operator(sign)

    def _operator(self, sign: str) -> None:
        innermost = self.open[-1]
        if sign == ";":
            while self.open[-1].kind == "function":
                self.open.pop()  # declared without a body
            self.open[-1].ternaries, self.open[-1].alias = 0, False
        elif sign == "?" and self.value and not js.OMITTED.match(self.text, self.at):
            innermost.ternaries += 1
        elif sign == ":" and innermost.ternaries:
            innermost.ternaries -= 1
            sign = "?:"
        self._was(sign, sign == "]")

    def _operand_follows(self) -> bool:
        ends_type = self.previous == "}" and self.new_line and self.open[-1].alias
        return ends_type or not self.value

    def _regex(self, start: int) -> int:
        """The end of the regular expression from ``start``, 0 if there is none."""
        if start < self.no_regex:
            return 0
        if match := js.REGEX.match(self.text, start):
            return match.end()
        end = self.text.find("\n", start)
        self.no_regex = end if end >= 0 else len(self.text)
        return 0

    # ------------------------------------------------------------ brackets

    def _statement_follows(self) -> bool:
        if self.value:
            return True
        if self.previous in {"{", ":"}:
            return self.open[-1].kind == "block"
        if self.previous == "return":
            return self.new_line
        return self.previous in js.BEFORE_STATEMENT

    def _function_is_statement(self) -> bool:
        if self.previous == "default":
            return True
        return self.previous not in {"=>", "void"} and self._statement_follows()

    def _open_brace(self) -> None:
        innermost = self.open[-1]
        if innermost.kind == "function":
            body = self.value or self.previous in {")", ">", "}", "void"}
        else:
            body = self.previous not in js.BEFORE_PATTERN and self._statement_follows()
        self.open.append(_Open("block" if body else "object"))
        self._was("{", False)

    def _close_brace(self) -> None:
        while len(self.open) > 1 and self.open[-1].kind in {"function", "paren"}:
            self.open.pop()
        value = False
        if len(self.open) > 1:
            value = self.open.pop().kind == "object"
            if not value and self.open[-1].kind == "function":
                value = self.open.pop().expression
        self._was("}", value)

    def _close_paren(self) -> None:
        while self.open[-1].kind == "function":
            self.open.pop()
        head = self.open.pop().before if self.open[-1].kind == "paren" else ""
        self._was(")", not head)

    def _template(self) -> None:
        match = js.TEMPLATE.match(self.text, self.at)
        self.at = match.end() if match else len(self.text)
        if match and match["end"] == "${":
            self.open.append(_Open("object"))
            self._was("{", False)
        else:
            self.open.pop()
            self._was("value", True)

    # ------------------------------------------------------------ elements

    def _element(self, start: int) -> bool:
        return (
            self.jsx
            and start not in self.refused
            and js.ELEMENT.match(self.text, start) is not None
            and js.TYPE_PARAMETERS.match(self.text, start) is None
        )

    def _in_tag(self) -> None:
        match = js.IN_TAG.match(self.text, self.at)
        innermost = self.open[-1]
        sign = match["sign"] if match else None
        if match and match["comment"]:
            self._comment(*match.span())
            return
        start, self.at = self.at, match.end() if match else len(self.text)
        if sign == "{":
            self.open.append(_Open("object"))
            self._was(sign, False)
        elif sign == "<":
            if self.text[max(0, start - 99) : start].rstrip().endswith("="):
                self.open.append(_Open("tag", "=", start, len(self.spans)))
            else:
                innermost.angles += 1
        elif sign == ">" and innermost.angles:
            innermost.angles -= 1
        elif sign == ">" and innermost.kind == "tag":
            innermost.kind = "text"
        elif sign and sign.endswith(">"):
            self.open.pop()
            self._was("value", True)
        elif sign and sign not in "=#" and not innermost.angles:
            self._refuse()

    def _in_text(self) -> None:
        match = js.IN_TEXT.match(self.text, self.at)
        start, self.at = self.at, match.end() if match else len(self.text)
        end = match["end"] if match else ""
        if end == "{":
            self.open.append(_Open("object"))
            self._was(end, False)
        elif end == "<":
            self.open.append(_Open("tag", "", self.at - 1, len(self.spans)))
        elif end.startswith("<"):
            self.open[-1].kind = "closing"
        elif end or self.at == start:
            self._refuse()

    def _refuse(self) -> bool:
        """Go back to the outermost of the elements that are open here: what cannot stand in an
        element does, so that its angle bracket was one of a type. False if there is none."""
        first = len(self.open)
        while self.open[first - 1].kind in MARKUP:
            first -= 1
        if first == len(self.open):
            return False
        wrong = self.open[first]
        if self.patience < self.at - wrong.start:
            return False
        self.patience -= self.at - wrong.start
        self.refused.update(element.start for element in self.open[first:])
        del self.open[first:], self.spans[wrong.found :]
        self.at = wrong.start + 1
        self._was("<", False)
        return True
