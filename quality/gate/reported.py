"""What tests report of a head: from files that the gate is given, or from the head itself, where
the contract's section coverage: names a path."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from pathspec import GitIgnoreSpec

from collectors.git.checkout import Checkout
from collectors.records.text import UnreadableError
from quality.contract.contract import Contract
from quality.contract.sections.sources import CoverageSource
from quality.errors import UsageError
from quality.gate.change import Tree
from quality.model.reports import MATCHED, Covered, NamedFile

NO_REPORT = (
    "no report of tests: give one with --coverage FILE, or name a path under coverage: in the "
    "contract"
)

Lines = dict[int, bool]  # whether tests ran a line


@dataclass(slots=True)
class HeadReports:
    """What reports say of the head: whether tests ran a line, by path and line. ``languages``:
    those that tests are to cover (none: all); ``named``, ``known``: how many files they name, and
    how many of these the head has; ``why``: why nothing of them can be believed."""

    files: dict[str, Lines] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    named: int = 0
    known: int = 0
    why: str = NO_REPORT

    def add(self, file: IO[bytes], head: Tree) -> None:
        """Take a report (UnreadableError)."""
        from collectors.records.formats import by_themselves, reader_of  # slow, and rarely needed
        from collectors.records.places import matched

        reader, rows = reader_of("coverage", file)  # type: ignore[arg-type]
        said: list[Covered] = []
        names: dict[int, str] = {}
        for row in rows:
            if isinstance(row, Covered):
                said.append(row)
            elif isinstance(row, NamedFile) and row.path:
                names[row.file] = row.path
        found = matched(names.values(), head.files, by_themselves(reader))
        self.named += len(set(names.values()))
        self.known += len(found)
        for row in said:
            if path := found.get(names.get(row.file, "")):
                lines = self.files.setdefault(path, {})
                for line, hit in zip(row.lines, row.hit, strict=True):
                    lines[line] = lines.get(line, False) or hit


def read_tests(
    contract: Contract, repository: str, given: Sequence[Path], head: Tree, checkout: Checkout
) -> HeadReports:
    """The reports on a head: those that are ``given``, else those that lie in it (UsageError: a
    given one cannot be opened)."""
    sources = [each for each in contract.coverage if each.repository == repository]
    run = HeadReports(languages=_languages(sources))
    copies: dict[str, Callable[[IO[bytes]], None]] = {
        str(path): partial(_copy, path) for path in given
    }
    if not given:
        spec = GitIgnoreSpec.from_lines(
            [each.path if "/" in each.path else f"/{each.path}" for each in sources if each.path]
        )
        copies = {
            name: partial(checkout.copy, entry.oid)
            for name, entry in head.files.items()
            if entry.kind == "file" and spec.match_file(name)
        }
    for place, copy in copies.items():
        with tempfile.TemporaryFile(prefix="workmanship-") as file:
            copy(file)
            file.seek(0)
            try:
                run.add(file, head)
            except UnreadableError as error:
                run.why = f"{place} cannot be read: {error}"
                return run
    if copies:
        few = 100 * run.known < MATCHED * run.named
        run.why = (
            f"only {run.known:,} of the {run.named:,} files that the report names are in the head, "
            f"at least {MATCHED} % must be"
            if few
            else ""
        )
    return run


def _languages(sources: Sequence[CoverageSource]) -> frozenset[str]:
    """What tests are to cover; none: every language."""
    if not sources or not all(each.languages for each in sources):
        return frozenset()
    return frozenset(language for each in sources for language in each.languages)


def _copy(path: Path, into: IO[bytes]) -> None:
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                into.write(chunk)
    except OSError as error:
        raise UsageError(f"--coverage {path}: {error.strerror}") from None
