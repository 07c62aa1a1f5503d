"""Native programs that read files: run on a batch of texts, privately, bounded, never believed
without proof.

The texts become files of names that nobody can guess, in a folder of their own: no file can name
its neighbour, and no folder above holds a configuration that is looked for beside the file. The
program gets no input, nothing of our environment, the limits of one file for the whole batch, and
it dies with the process that started it. The first and the last files are our canaries.

What ends or upsets the program in company is looked for by halves, so that it costs its own facts
alone.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import Generic, TypeVar

from collectors.languages.source import AnalyzerDiedError
from collectors.nursery.client import ending
from collectors.nursery.limits import bound
from collectors.nursery.server import die_with
from quality.errors import MeasureError
from quality.model.recipe import Limits

Row = TypeVar("Row")
PATIENCE = 45  # seconds of wall clock for one of CPU time; what needs more is stuck


@dataclass(frozen=True, slots=True)
class Source:
    """A text under a key of ours; ``suffix``, with its dot, tells the program the language."""

    key: str
    suffix: str
    text: str


@dataclass(frozen=True, slots=True)
class Canary(Generic[Row]):
    """A text of ours and what the program must say of it, whatever else it says."""

    suffix: str
    text: str
    rows: frozenset[Row]


@dataclass(frozen=True, slots=True)
class Said:
    """What a run wrote."""

    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Program(Generic[Row]):
    """A program and how it is spoken to.

    ``command``: the path of the program and its arguments for files of these names, which lie in
    the current folder; ``rows``: (name, row) for each thing that it said (ValueError: it did not
    read all of these names, or says what cannot be); ``settings``: files of ours by name, in the
    folder above; ``done``: exit codes of a run that came to its end; ``batch``: files of one run.
    """

    name: str
    command: Callable[[Sequence[str]], Sequence[str]]
    rows: Callable[[Said, Sequence[str]], Iterable[tuple[str, Row]]]
    canaries: tuple[Canary[Row], ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    done: frozenset[int] = frozenset({0})
    batch: int = 100

    def prove(self, limits: Limits) -> None:
        """Have it read the canaries alone (MeasureError: nothing that it says is believed)."""
        try:
            self._run((), limits)
        except AnalyzerDiedError as error:
            if error.transient:
                raise MeasureError(f"{self.name} does not come to its end: run it again") from error
            raise MeasureError(
                f"{self.name} does not report what it must: nothing it says is believed: "
                f"install workmanship anew"
            ) from error

    def read(self, sources: Sequence[Source], limits: Limits) -> Iterator[tuple[str, list[Row]]]:
        """What it says of each text by its key, in order.

        Raises AnalyzerDiedError at the text that ends or upsets it, and MeasureError if it does
        not report what it must even on texts of ours.
        """
        for start in range(0, len(sources), self.batch):
            yield from self._settled(sources[start : start + self.batch], limits)

    def _settled(
        self, sources: Sequence[Source], limits: Limits
    ) -> Iterator[tuple[str, list[Row]]]:
        try:
            found = self._run(sources, limits)
        except AnalyzerDiedError as error:
            half = len(sources) // 2
            if half:
                yield from self._settled(sources[:half], limits)
                yield from self._settled(sources[half:], limits)
                return
            if not error.transient:
                self.prove(limits)
            raise
        for source, rows in zip(sources, found, strict=True):
            yield source.key, rows

    def _run(self, sources: Sequence[Source], limits: Limits) -> list[list[Row]]:
        """What one run says of each text (AnalyzerDiedError: it died, or cannot be believed)."""
        songs = [Source("", canary.suffix, canary.text) for canary in self.canaries]
        files = [*songs, *sources, *songs]
        stem = f"m{secrets.token_hex(8)}"
        names = [f"{stem}{number:04}{file.suffix}" for number, file in enumerate(files)]
        with tempfile.TemporaryDirectory(prefix="program-") as folder:
            said = self._said(Path(folder), dict(zip(names, files, strict=True)), limits)
        found: dict[str, list[Row]] = {name: [] for name in names}
        try:
            for name, row in self.rows(said, names):
                found[name].append(row)
        except (ValueError, LookupError, TypeError) as error:
            raise AnalyzerDiedError(
                f"{self.name} is upset by the file: no readable answer"
            ) from error
        first, last = names[: len(songs)], names[len(names) - len(songs) :]
        for canary, *sung in zip(self.canaries, first, last, strict=True):
            if any(not canary.rows.issubset(found[name]) for name in sung):
                raise AnalyzerDiedError(
                    f"{self.name} is upset by the file: known findings went missing"
                )
        return [found[name] for name in names[len(songs) : len(names) - len(songs)]]

    def _said(self, folder: Path, files: Mapping[str, Source], limits: Limits) -> Said:
        for name, text in self.settings.items():
            (folder / name).write_text(text, "utf-8")
        home = folder / "files"
        home.mkdir()
        for name, source in files.items():
            (home / name).write_bytes(source.text.encode())
        with (folder / "stdout").open("wb") as stdout, (folder / "stderr").open("wb") as stderr:
            here = {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
            try:
                process = subprocess.Popen(
                    self.command(list(files)),
                    stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, cwd=home, env=here,
                    preexec_fn=partial(_bound, limits, os.getpid()),  # noqa: PLW1509 - one thread
                )  # fmt: skip
            except (FileNotFoundError, PermissionError) as error:
                raise MeasureError(
                    f"{self.name} does not start: install workmanship anew"
                ) from error
            code = _waited(process, PATIENCE * limits.cpu_seconds)
        if code not in self.done:
            reason, transient = ending(code, limits.cpu_seconds)
            raise AnalyzerDiedError(reason, transient=transient)
        return Said(*((folder / name).read_text("utf-8") for name in ("stdout", "stderr")))


@cache
def installed_program(distribution: str, name: str) -> str:
    """The path of a program that an installed distribution brought, itself and not a script that
    starts it (MeasureError: it did not)."""
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if file.name == name and os.access(path, os.X_OK) and path.is_file() and _native(path):
            return str(path.resolve())
    raise MeasureError(f"{distribution} brought no program {name}: install workmanship anew")


def _native(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) != b"#!"


def _bound(limits: Limits, parent: int) -> None:
    """In the new process, before it becomes the program."""
    die_with(parent)
    bound(limits)


def _waited(process: subprocess.Popen[bytes], seconds: float) -> int:
    """The exit code; what is stuck ends as if it had been killed from outside."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        process.kill()
        process.wait()
