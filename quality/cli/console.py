"""What commands print, and how they end: exit codes, and one line for every failure."""

from __future__ import annotations

import os
import re
import shlex
import sys
import traceback
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quality.errors import UsageError, WorkmanshipError
from quality.store.folder import FOLDER, make_folder

if TYPE_CHECKING:
    from quality.model.verdict import Verdict

MET, UNKNOWN, FAULT, INTERRUPTED = 0, 3, 4, 130
_COLOURS = {"✓": "green", "!": "yellow", "✗": "red", "○": "cyan", "?": "magenta"}
_OUTCOME = re.compile(r"[✓!✗○?] (?:met|passed|below expected|FAILED|failed|excused|unknown)\b")
EXIT_CODES = {"failed": 1, "unknown": UNKNOWN}  # of verdicts and of the gate; all others: 0


def leave(code: int, exit_zero: bool) -> None:
    """End the command with its exit code; ``exit_zero``: it only reports."""
    raise typer.Exit(MET if exit_zero else code)


def highest(found: Iterable[Verdict], strict: bool) -> int:
    """The highest exit code of the outcomes of critical service levels (``strict``: of all), so
    that 3 beats 1 (see ``quality.errors``)."""
    judged = (each for each in found if strict or each.level_class == "critical")
    return max((EXIT_CODES.get(each.outcome, MET) for each in judged), default=MET)


def show(text: str) -> None:
    """The result, on standard output; a reader that has seen enough of it changes no exit code."""
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def verdicts(text: str) -> None:
    """The result, with its outcomes in colour where it is read on a terminal."""
    show(text if os.environ.get("NO_COLOR") else _OUTCOME.sub(_coloured, text))


def _coloured(found: re.Match[str]) -> str:
    return typer.style(found[0], fg=_COLOURS[found[0][0]], bold=found[0][0] == "✗")


def say(line: str) -> None:
    """A line for the user beside the result, on standard error."""
    from reports.shared.text import safe_text

    typer.echo(safe_text(line), err=True)


def complain(problems: Sequence[str]) -> None:
    """Say each problem once."""
    for problem in dict.fromkeys(problems):
        say(problem)


def failure(error: BaseException, arguments: Sequence[str]) -> int:
    """Tell the user in a line what went wrong; returns the exit code."""
    match error:
        case KeyboardInterrupt() | typer.Abort():
            again = f"workmanship {shlex.join(arguments)}"
            say(f"interrupted: what was measured is kept; to go on: {again}")
            return INTERRUPTED
        case typer.TyperException():
            getattr(error, "show", lambda: say(str(error)))()
            return UsageError.exit_code
        case WorkmanshipError():
            for line in str(error).splitlines():
                say(line)
            return error.exit_code
        case _:
            say(f"unexpected {type(error).__name__}: {_log(error, arguments)}")
            return FAULT


def _log(error: BaseException, arguments: Sequence[str]) -> str:
    """Write the traceback to .workmanship/log and say where it is: beside the first contract that
    the command names, or here."""
    from collectors.git.address import redact

    contracts = (Path(word) for word in arguments if word.endswith((".yaml", ".yml")))
    log = next(contracts, Path()).parent / FOLDER / "log"
    try:
        make_folder(log.parent)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"--- {datetime.now(UTC).isoformat()} {shlex.join(arguments)}\n")
            stream.write(redact("".join(traceback.format_exception(error))))
    except OSError:
        return f"{error} (and no traceback could be written to {log})"
    return f"this is our fault, please report it with the traceback in {log}"
