"""The measurement recipe: tools, limits and rule lists that a contract pins by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

FINDERS = "finders"  # stands for every error analyzer of the recipe
Severity = Literal["critical", "major", "minor"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # worst first


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """The recipe that measured: id, digest, exact tool versions by name."""

    id: str
    digest: str
    tools: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of an analyzer that the recipe decided on: counted as error or warning, or excluded,
    and why. Ids are unique over all analyzers. ``cwe``: the weakness it finds, 0 where it has no
    number; ``security``: that weakness is one of the recipe's security list.

    ``only`` and ``near``, of ruff's rules: expressions that the message, and the code of the
    statement with the line that begins its function, must match; ``unless``: names of files in
    which it says nothing; ``yields``: rules that report the same defect: where one of them stands,
    this one is not counted."""

    analyzer: str
    id: str
    symbol: str
    list: Literal["errors", "warnings", "excluded"]
    reason: str
    severity: Severity
    cwe: int = 0
    security: bool = False
    only: str = ""
    near: str = ""
    unless: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the recipe counts what it reports."""
        return self.list != "excluded"

    def judges(self, path: str) -> bool:
        """Whether it says anything of the file at ``path``."""
        return path.rpartition("/")[2] not in self.unless


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Bytes, lines and columns are of the file (of a notebook, lines and
    columns are its code's); CPU seconds and bytes of memory of the process that measures it.
    ``unread_percent``: of its lines of code, those that neither reader of functions understands."""

    file_bytes: int
    file_lines: int
    line_columns: int
    cpu_seconds: int
    memory_bytes: int
    notebook_bytes: int
    unread_percent: int


@dataclass(frozen=True, slots=True)
class AnalyzerPart:
    """What an analyzer's facts depend on, our revision of it and the tools it runs, and which files
    it reads: ``languages`` (empty: every one), ``tests``: test files beside production files.
    ``finds``: an error analyzer, whose findings the recipe's rules judge. ``slow``: it travels in
    chunks of its own, so that the others never wait for it; ``together``: with so many files, for
    its start costs as much as many of them (0: as the others)."""

    name: str
    revision: int
    tools: tuple[tuple[str, str], ...]
    digest: str
    languages: tuple[str, ...] = ()
    tests: bool = False
    finds: bool = False
    slow: bool = False
    together: int = 0

    def reads(self, language: str) -> bool:
        """Whether it reads files of ``language``."""
        return not self.languages or language in self.languages

    def measures(self, language: str, file_class: str) -> bool:
        """Whether a file of this language and class is not fully measured without it."""
        wanted = file_class == "production" or (file_class == "test" and self.tests)
        return wanted and self.reads(language)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe as its data file states it; ``digest`` covers everything in it."""

    id: str
    digest: str
    tools: tuple[tuple[str, str], ...]
    limits: Limits
    parts: tuple[AnalyzerPart, ...]
    rules: tuple[Rule, ...]

    def __hash__(self) -> int:
        return hash(self.digest)  # not of some hundred rules, each time

    def part(self, analyzer: str) -> AnalyzerPart:
        """The part of ``analyzer``."""
        return next(part for part in self.parts if part.name == analyzer)

    def rules_of(self, analyzer: str) -> tuple[Rule, ...]:
        """The rules of one error analyzer."""
        return tuple(rule for rule in self.rules if rule.analyzer == analyzer)

    def counted(self, analyzer: str) -> tuple[str, ...]:
        """The ids of an error analyzer's rules that count."""
        return tuple(rule.id for rule in self.rules_of(analyzer) if rule.counts)

    def listed(self, name: str) -> tuple[Rule, ...]:
        """The rules of the list ``errors``, ``warnings`` or ``excluded``."""
        return tuple(rule for rule in self.rules if rule.list == name)

    @property
    def finders(self) -> tuple[AnalyzerPart, ...]:
        """The parts of the error analyzers."""
        return tuple(part for part in self.parts if part.finds)

    @property
    def slow(self) -> frozenset[str]:
        """The names of the slow analyzers."""
        return frozenset(part.name for part in self.parts if part.slow)

    def named(self, analyzers: tuple[str, ...]) -> tuple[str, ...]:
        """The analyzers, with all error analyzers in place of FINDERS."""
        finders = tuple(part.name for part in self.finders)
        return tuple(
            name for each in analyzers for name in (finders if each == FINDERS else (each,))
        )

    @property
    def info(self) -> RecipeInfo:
        """The recipe as reports name it."""
        return RecipeInfo(self.id, self.digest, self.tools)
