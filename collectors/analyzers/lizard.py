"""Size and functions of a file in any of lizard's languages: lizard's own numbers.

lizard obeys comments: ``#lizard forgives`` removes a function, ``GENERATED CODE`` the rest of the
file. Here its readers and counters run with a comment counter that obeys nobody, so the numbers
are those of the same file without such comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from collectors.languages.comments import readers
from collectors.languages.source import one_by_one, unix
from quality.model.facts import Blob, Facts, FileSize, Function, Row
from quality.model.recipe import Recipe

NAME = "lizard"
EXPRESSIONS = frozenset({"lambda", "ternary"})  # no structures
ANY_QUOTES = frozenset({"python", "javascript", "typescript", "tsx", "vue"})
PLAIN_STRING = re.compile(r"""\A(\w*)'([^'"\\]*)'\Z""")
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
USES = frozenset({".", "%", "+", "*", "[", "(", ","})  # what does something with a string before it


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """A FileSize and the Functions of each blob, in lizard's order."""
    return one_by_one(NAME, _rows, blobs, recipe)


def _rows(text: str, language: str) -> list[Row]:
    from lizard_core.file_analyzer import (
        condition_counter,
        line_counter,
        preprocessing,
        token_counter,
    )
    from lizard_core.file_info_builder import FileInfoBuilder

    context = FileInfoBuilder("")
    reader = readers()[language](context)
    observer = _Observer(reader)
    tokens = preprocessing(reader.generate_tokens(unix(text)), reader)
    tokens = line_counter(_without_comments(tokens, reader), reader)
    tokens = condition_counter(token_counter(tokens, reader), reader)
    for _ in reader(observer.watch(tokens), reader):
        pass
    functions = (
        Function(
            name=function.name,
            start_line=function.start_line,
            end_line=function.end_line,
            nloc=function.nloc,
            ccn=function.cyclomatic_complexity,
            tokens=function.token_count,
            parameters=function.parameter_count,
            nesting=observer.seen(function).nesting,
            body=_digest(observer.seen(function).code, language),
        )
        for function in context.fileinfo.function_list
    )
    return [FileSize(context.fileinfo.nloc), *functions]


def _without_comments(tokens: Iterable[str], reader: Any) -> Iterator[str]:
    """As lizard's comment_counter, without its directives: of a comment remain its line ends."""
    for token in tokens:
        comment = reader.get_comment_from_token(token)
        if comment is None:
            yield token
            continue
        if "lizard" in token:  # some readers answer a directive with another text
            comment = reader.get_comment_from_token(token.replace("lizard", "______"))
        for _ in comment.splitlines()[1:]:
            yield "\n"


def _digest(code: Sequence[str], language: str) -> int:
    """64 bits of a function's tokens from its parameters on, wherever and however it is set out:
    line continuations, commas before a closing bracket and Python's docstring are left out, white
    space in a token of several lines is folded, and plain strings are quoted alike where both
    quotes mean the same. Formatters and writers change all of these, and none of a function's
    numbers but its NLOC hangs on them."""
    any_quotes, docstring = language in ANY_QUOTES, range(0)
    if language == "python":
        docstring = _docstring(code)
    kept: list[str] = []
    for token in (*code[: docstring.start], *code[docstring.stop :]):
        text = " ".join(token.split()) if "\n" in token else token
        if not text.strip(" \t\n\f\v\\"):
            continue
        if text in CLOSING and kept and kept[-1] == ",":
            kept.pop()
        kept.append(PLAIN_STRING.sub(r'\1"\2"', text) if any_quotes else text)
    return int.from_bytes(blake2b("\n".join(kept).encode(), digest_size=8).digest(), "big")


def _docstring(code: Sequence[str]) -> range:
    """The tokens of the docstring: a string behind the colon of the parameters that nothing is
    done with. An empty range where there is none."""
    depth = 0
    for at, each in enumerate(code):
        depth += (each in OPENING) - (each in CLOSING)
        if each == ":" and depth == 0:
            prefix = at + 1 < len(code) and code[at + 1].lower() in ("r", "u")
            end = at + 2 + prefix
            used = end < len(code) and code[end] in USES
            if end <= len(code) and code[end - 1][:1] in ("'", '"') and not used:
                return range(at + 1, end)
            break
    return range(0)


@dataclass(slots=True)
class _Seen:
    """What belongs to one function and to none inside it: its tokens, its deepest nesting."""

    code: list[str] = field(default_factory=list)
    nesting: int = 0


class _Observer:
    """Sees in lizard's own pass what lizard does not count: a function's code and its nesting.

    Nesting is the most open structures (condition, loop, switch, exception handler), as lizard's
    extension for cognitive complexity tracks them. Its "nd" and "ns" follow braces alone: in
    Python they never close a block, and "nd" not even C's blocks without braces. Where blocks
    have neither braces nor indentation (Ruby, Lua, Erlang, Fortran, PL/SQL, Structured Text)
    nesting is not tracked and is 0.
    """

    def __init__(self, reader: Any) -> None:
        from lizard_core.function_info import FunctionInfo
        from lizard_ext.cognitive_indent import _counter_for

        FunctionInfo.cognitive_complexity = 0  # what the counter adds to
        self._counter = _counter_for(reader)
        self._functions: dict[Any, _Seen] = {}

    def seen(self, function: Any) -> _Seen:
        """What was seen of lizard's ``function``."""
        return self._functions.setdefault(function, _Seen())

    def watch(self, tokens: Iterable[str]) -> Iterator[str]:
        """The tokens as they come; each belongs to the innermost function then open."""
        counter, function, own, top = self._counter, None, _Seen(), None
        for token in tokens:
            counter.process(token)
            if counter.function is not function:
                function, top = counter.function, None
                own = self.seen(function)
            own.code.append(token)
            frames = counter.state.frames
            if frames and frames[-1] is not top:
                top = frames[-1]
                if top.kind not in EXPRESSIONS and len(frames) > own.nesting:
                    structures = sum(frame.kind not in EXPRESSIONS for frame in frames)
                    own.nesting = max(own.nesting, structures)
            yield token
