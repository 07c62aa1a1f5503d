"""radon's numbers for Python: complexity of each block, raw counts, Halstead, maintainability.

The numbers are radon's own, bit for bit, its known gaps included: ``except*`` handlers count 0,
closures and classes inside functions are in no block, methods of inner classes neither, and the
raw counts refuse a file whose strings hold a form feed, U+0085 or U+2028 (they split lines at
those). No comment changes what radon counts, besides being counted as a comment.

What differs is the cost. radon's raw counts tokenize every prefix of a statement that spans
lines, which is quadratic in one long literal; here every line is tokenized once.
"""

from __future__ import annotations

import ast
import contextlib
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from collectors.languages.source import one_by_one
from quality.model.facts import Blob, Block, Facts, PythonFile
from quality.model.recipe import Recipe

_END = tokenize.TokenInfo(tokenize.ENDMARKER, "", (0, 0), (0, 0), "")
_LINE_END = frozenset({tokenize.NEWLINE, tokenize.NL})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """A Block for each function and method that ``radon cc`` lists, and one PythonFile."""
    return one_by_one("radon", _analyze, blobs, recipe)


def _analyze(text: str, _language: str) -> tuple[Block | PythonFile, ...]:
    from radon.visitors import ComplexityVisitor, Function

    with warnings.catch_warnings():
        # A warning made an error by the environment must not refuse what radon accepts.
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    complexity = ComplexityVisitor.from_ast(tree)
    blocks = tuple(_block(block) for block in complexity.blocks if isinstance(block, Function))
    return (*blocks, _python_file(tree, raw(text), complexity.total_complexity))


def _block(function) -> Block:  # type: ignore[no-untyped-def]  # radon has no types
    kind: Literal["function", "method"] = "method" if function.is_method else "function"
    return Block(function.fullname, kind, function.lineno, function.endline, function.complexity)


def _python_file(tree: ast.Module, counts: Raw, complexity: int) -> PythonFile:
    """The file's numbers; the index is ``mi_visit(code, multi=True)``, as ``radon mi`` gives it."""
    from radon.metrics import h_visit_ast, mi_compute

    halstead = h_visit_ast(tree).total
    documented = counts.comments + counts.multi
    percent = documented / float(counts.sloc) * 100 if counts.sloc else 0
    mi = mi_compute(halstead.volume, complexity, counts.lloc, percent)
    return PythonFile(
        loc=counts.loc,
        lloc=counts.lloc,
        sloc=counts.sloc,
        comments=counts.comments,
        multi=counts.multi,
        single_comments=counts.single_comments,
        blank=counts.blank,
        volume=float(halstead.volume),
        difficulty=float(halstead.difficulty),
        effort=float(halstead.effort),
        mi_millionths=round(mi * 1_000_000),
    )


# ---------------------------------------------------------------- raw counts


@dataclass(frozen=True, slots=True)
class Raw:
    """radon's raw counts, in lines but for ``lloc`` (logical lines) and ``comments`` (all
    comments, those behind code too). loc = sloc + multi + single_comments + blank."""

    loc: int
    lloc: int
    sloc: int
    comments: int
    multi: int
    single_comments: int
    blank: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """The fewest lines that radon tokenizes without complaint: mostly one statement."""

    tokens: list[tokenize.TokenInfo]
    lines: list[str]


def raw(text: str) -> Raw:
    """What ``radon.raw.analyze`` counts, each line tokenized once.

    Raises SyntaxError where radon does.
    """
    from radon.raw import _logical, is_single_token

    lloc = sloc = comments = multi = single_comments = blank = 0
    for unit in _units([line.strip() for line in text.splitlines()]):
        filled = sum(1 for line in unit.lines if line)
        comments += sum(1 for token in unit.tokens if token.type == tokenize.COMMENT)
        lloc += _logical(unit.tokens)
        if is_single_token(tokenize.COMMENT, unit.tokens):
            single_comments += 1
        elif not is_single_token(tokenize.STRING, unit.tokens):
            sloc += filled
            blank += len(unit.lines) - filled
        elif unit.tokens[0].start[0] == unit.tokens[0].end[0]:
            single_comments += 1
        else:
            multi += filled
            blank += len(unit.lines) - filled
    loc = sloc + blank + multi + single_comments
    return Raw(loc, lloc, sloc, comments, multi, single_comments, blank)


def _units(lines: list[str]) -> Iterator[_Unit]:
    """Cut stripped lines into radon's units.

    radon adds lines until the tokenizer reaches their end with no string, bracket or backslash
    open, then starts anew. At such a point a running tokenizer is as good as new, so one run
    serves all units. As the last line has no line end, a blank one is nothing to the tokenizer:
    it closes no backslash before it.
    """
    tokens = _tokens_by_line(lines)
    first, depth, closed = 0, 0, True
    for number, (line, found) in enumerate(zip(lines, tokens, strict=True)):
        depth += sum(_depth(token) for token in found)
        closed_before = closed
        closed = depth == 0 and bool(found) and found[-1].type in _LINE_END
        if closed if line else closed_before:
            unit = [token for part in tokens[first : number + 1] for token in part]
            yield _Unit([*unit, _END], lines[first : number + 1])
            first = number + 1
    if first < len(lines):
        raise SyntaxError(f"unfinished statement at line {first + 1}")


def _tokens_by_line(lines: list[str]) -> list[list[tokenize.TokenInfo]]:
    """The tokens by the line they end in; a line inside a string has none."""
    tokens: list[list[tokenize.TokenInfo]] = [[] for _ in lines]
    source = iter(lines)
    with contextlib.suppress(tokenize.TokenError):  # the end is missing: the last unit's affair
        for token in tokenize.generate_tokens(lambda: next(source) + "\n"):
            if token.type == tokenize.ERRORTOKEN:
                raise SyntaxError(f"unreadable character at line {token.start[0]}")
            if token.type != tokenize.ENDMARKER:
                tokens[token.end[0] - 1].append(token)
    return tokens


def _depth(token: tokenize.TokenInfo) -> int:
    if token.type != tokenize.OP:
        return 0
    return (token.string in _OPENING) - (token.string in _CLOSING)
