"""The code lines that a change brings: what moved to another file is not among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quality.gate.change import FileChange
from quality.gate.facts import GateFacts
from quality.gate.new import new_lines
from quality.model.facts import CodeLines
from quality.model.repository import TreeFile


@dataclass(frozen=True, slots=True)
class NewLines:
    """A changed file's code lines, and for each whether it is new."""

    file: TreeFile
    lines: CodeLines
    new: Sequence[bool]


def new_code(
    changes: Sequence[FileChange], facts: GateFacts, gone: Sequence[TreeFile] = ()
) -> list[NewLines]:
    """Each changed file's lines against its base version, and what is new there against what went
    elsewhere: a line that moved to another file is not new."""
    found, away = list[NewLines](), Counter[tuple[str, int]]()
    for each in changes:
        lines, base = code_lines(facts, each.head), code_lines(facts, each.base)
        if lines:
            found.append(NewLines(each.head, lines, new_lines(lines, base)))
        if base and each.base:
            left = Counter(base.hashes) - Counter(lines.hashes if lines else ())
            away.update(_of(each.base, left))
    if any(any(each.new) for each in found):
        facts.measure((file, "clones") for file in gone)
        for file in gone:
            if lines := code_lines(facts, file):
                away.update(_of(file, Counter(lines.hashes)))
    return [replace(each, new=_less(each, away)) for each in found]


def _of(file: TreeFile, lines: Counter[int]) -> dict[tuple[str, int], int]:
    return {(file.language or "", line): number for line, number in lines.items()}


def _less(code: NewLines, away: Counter[tuple[str, int]]) -> list[bool]:
    """Which lines are new after those that moved; these are taken off ``away``."""
    new = []
    for line, fresh in zip(code.lines.hashes, code.new, strict=True):
        key = (code.file.language or "", line)
        moved = fresh and away[key] > 0
        away[key] -= moved
        new.append(fresh and not moved)
    return new


def code_lines(facts: GateFacts, file: TreeFile | None) -> CodeLines | None:
    """The code lines of a file; None where it has none to tell."""
    return next(iter(facts.rows(file, "clones", CodeLines)), None)
