"""Size and functions of a file: lizard's own numbers, and those of the syntax tree where lizard is
blind or does not know the language.

lizard obeys comments: ``#lizard forgives`` removes a function, ``GENERATED CODE`` the rest of the
file. Here its readers and counters run with a comment counter that obeys nobody, so the numbers
are those of the same file without such comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from collectors.analyzers.bodies import digest
from collectors.analyzers.matching import Listed
from collectors.analyzers.two_readers import Joined, join
from collectors.languages.comments import readers
from collectors.languages.imports import imports
from collectors.languages.oddities import oddities
from collectors.languages.source import one_by_one, unix
from collectors.languages.trees import GRAMMARS
from collectors.languages.units import tree_units
from quality.model.facts import Blob, Facts, FileSize, Function, Row
from quality.model.recipe import Recipe

NAME = "lizard"
EXPRESSIONS = frozenset({"lambda", "ternary"})  # no structures


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """A FileSize and the Functions of each blob: lizard's in its order, then the tree's; what it
    imports, and its Oddities."""
    return one_by_one(NAME, partial(_rows, recipe.limits.unread_percent), blobs, recipe)


def _rows(unread_percent: int, text: str, language: str) -> list[Row]:
    size, joined, others = read(unix(text), language, unread_percent)
    return [size, *joined.functions, *others]


def read(text: str, language: str, unread_percent: int) -> tuple[FileSize, Joined, list[Row]]:
    r"""The size of a text whose lines end with \n and its functions, by both readers where the
    language has a tree, which also shows what is imported and what is odd; by the tree alone where
    lizard does not read the language."""
    size, listed = _by_lizard(text, language) if language in readers() else (None, [])
    if size and language not in GRAMMARS:
        return size, Joined([each.function for each in listed]), []
    tree = tree_units(text, language)
    joined = join(listed, tree, language, unread_percent)
    others: list[Row] = [*imports(tree.root, language), *oddities(tree, language)]
    return size or FileSize(tree.lines.all), joined, others


def _by_lizard(text: str, language: str) -> tuple[FileSize, list[Listed]]:
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
    tokens = preprocessing(reader.generate_tokens(text), reader)
    tokens = line_counter(_without_comments(tokens, reader), reader)
    tokens = condition_counter(token_counter(tokens, reader), reader)
    for _ in reader(observer.watch(tokens), reader):
        pass
    functions = [
        Listed(
            Function(
                name=function.name,
                start_line=function.start_line,
                end_line=function.end_line,
                nloc=function.nloc,
                ccn=function.cyclomatic_complexity,
                tokens=function.token_count,
                parameters=function.parameter_count,
                nesting=observer.seen(function).nesting,
                body=digest(observer.seen(function).code, language),
                reader="lizard",
                cognitive=None,
            ),
            observer.seen(function).lines,
        )
        for function in context.fileinfo.function_list
    ]
    return FileSize(context.fileinfo.nloc), functions


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


@dataclass(slots=True)
class _Seen:
    """What belongs to one function and to none inside it: its tokens, the lines that they stand
    on, its deepest nesting."""

    code: list[str] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
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
        context, first, line = counter.context, 1, 1
        for token in tokens:
            counter.process(token)
            if counter.function is not function:
                own.lines.append((first, line))
                first = context.current_line
                function, top = counter.function, None
                own = self.seen(function)
            line = context.current_line
            own.code.append(token)
            frames = counter.state.frames
            if frames and frames[-1] is not top:
                top = frames[-1]
                if top.kind not in EXPRESSIONS and len(frames) > own.nesting:
                    structures = sum(frame.kind not in EXPRESSIONS for frame in frames)
                    own.nesting = max(own.nesting, structures)
            yield token
        own.lines.append((first, line))
