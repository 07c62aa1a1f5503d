"""``workmanship report``: the scorecard, as pages or as one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli import options
from quality.cli.console import leave, say, show
from quality.errors import UsageError
from quality.files import write
from reports.scorecard.formats import FORMATS

if TYPE_CHECKING:
    from quality.model.evaluation import Evaluation

EXAMPLE = (
    "workmanship report acme.contract.yaml --output out/, or for a spreadsheet: "
    "workmanship report acme.contract.yaml --format csv > acme.csv"
)
ABOUT = {"html": "an index and a page a supplier"}
ABOUT |= {name: each.ABOUT for name, each in FORMATS.items()}
ReportFormat = StrEnum("ReportFormat", {name: name for name in ABOUT})  # type: ignore[misc]
PAGES = ReportFormat("html")
*_FIRST, _LAST = (f".{each.SUFFIX}" for each in FORMATS.values())


def command(
    contracts: options.Contracts,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=f"Folder for the pages, or for scorecard{', '.join(_FIRST)} or {_LAST}. html "
            "needs one; the others are printed without.",
        ),
    ] = None,
    format_: Annotated[
        ReportFormat,
        typer.Option(
            "--format", help="; ".join(f"{name}: {about}" for name, about in ABOUT.items()) + "."
        ),
    ] = PAGES,
    period: options.Period = None,
    database: options.Database = None,
    memory: options.Memory = None,
    strict: options.Strict = False,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the scorecard with its credit statement: as pages, or as one file."""
    from quality.cli.session import begin, exit_code

    if output is None and format_ == PAGES:
        raise UsageError("html pages need a folder: --output DIR")
    session = begin(contracts, database, memory)
    requests = session.requests(period)
    if format_ == PAGES and output:
        with charts_prepared():
            evaluations = session.evaluate(requests)
        say(f"wrote {write_pages(evaluations, output)}")
    else:
        evaluations = session.evaluate(requests)
        text = FORMATS[format_].render(evaluations)
        if output:
            name = f"scorecard.{FORMATS[format_].SUFFIX}"
            write(output / name, text)
            say(f"wrote {output / name}")
        else:
            show(text)
    leave(exit_code(evaluations, strict), exit_zero)


@contextmanager
def charts_prepared() -> Iterator[None]:
    """Load what draws charts beside what waits for git, workers and the database."""
    from reports.scorecard import charts

    thread = Thread(target=charts.prepare)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def write_pages(evaluations: Sequence[Evaluation], folder: Path) -> Path:
    """Write the scorecard and return its index; no page is ever left half written."""
    from reports.scorecard import html

    for name, text in html.pages(evaluations):
        write(folder / name, text)
    return folder / "index.html"
