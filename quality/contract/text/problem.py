"""Something wrong in a file of ours, and the error that carries all of it to the user."""

import re
from dataclasses import dataclass
from pathlib import Path

from quality.contract.text.values import escaped, shown
from quality.contract.text.yaml import Found, Location, Position
from quality.errors import UsageError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a contract file. Line and column are 1-based; ``key`` is dotted."""

    file: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.key}: {self.message}"


class ContractError(UsageError):
    """A contract that cannot be used; its text is a line for each of its ``problems``."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def problem(path: Path, location: Location, place: Position | None, message: str) -> Problem:
    """A problem as the user sees it; the key is dotted, such as ``service_levels[2].minimum``.
    Without a ``place`` it is the file's beginning."""
    place = place or Position(1, 1)
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{_word(part)}" for part in location)
    return Problem(
        escaped(str(path)), place.line, place.column, key.removeprefix(".") or "file", message
    )


def all_of(path: Path, found: list[Found]) -> ContractError:
    """The error that says all that was found in a file, in the order of the file."""
    problems = {problem(path, *each) for each in found}
    return ContractError(tuple(sorted(problems, key=lambda p: (p.line, p.column, p.key))))


def broken(path: Path, message: str, place: Position | None = None) -> ContractError:
    """The error of a file that cannot be read as a whole."""
    return ContractError((problem(path, (), place, message),))


def _word(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_<>-]{1,60}", key) else shown(key)
