"""``workmanship report``: the scorecard, as pages or as one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli.console import leave, say, show
from quality.cli.options import (
    Contracts,
    Database,
    ExitZero,
    PeriodOption,
    Quiet,
    ReportFormat,
    Strict,
    Verbose,
)
from quality.errors import MeasureError, UsageError

if TYPE_CHECKING:
    from quality.model.evaluation import Evaluation

EXAMPLE = (
    "workmanship report acme.contract.yaml --output out/, or for a spreadsheet: "
    "workmanship report acme.contract.yaml --format csv > acme.csv"
)
SUFFIXES = {"json": "json", "csv": "csv", "markdown": "md"}


def command(
    contracts: Contracts,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder for the pages, or for scorecard.json, .csv or .md. html needs one; the "
            "others are printed without.",
        ),
    ] = None,
    format_: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="html: an index and a page a supplier; json: the evaluations; csv: a row for each "
            "service level and period; markdown: a short statement for a mail.",
        ),
    ] = ReportFormat.html,
    period: PeriodOption = None,
    database: Database = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the scorecard with its credit statement: HTML, JSON, CSV or Markdown."""
    from quality.cli.session import Session, exit_code

    if output is None and format_ is ReportFormat.html:
        raise UsageError("html pages need a folder: --output DIR")
    session = Session(contracts, database, datetime.now(UTC))
    requests = session.requests(period)
    if format_ is ReportFormat.html and output:
        with charts_prepared():
            evaluations = session.evaluate(requests)
        say(f"wrote {write_pages(evaluations, output)}")
    else:
        evaluations = session.evaluate(requests)
        text = _text(evaluations, format_.value)
        if output:
            name = f"scorecard.{SUFFIXES[format_.value]}"
            _write([(name, text)], output)
            say(f"wrote {output / name}")
        else:
            show(text)
    leave(exit_code(evaluations, strict), exit_zero)


def _text(evaluations: Sequence[Evaluation], format_: str) -> str:
    """The evaluations as one text: json, csv or markdown."""
    from reports.scorecard import csv as report_csv
    from reports.scorecard import json as report_json
    from reports.scorecard import markdown

    render = {
        "json": report_json.render,
        "csv": report_csv.render,
        "markdown": markdown.render,
    }[format_]
    return render(evaluations)


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

    _write(html.pages(evaluations), folder)
    return folder / "index.html"


def _write(files: Sequence[tuple[str, str]], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files:
            half = folder / f".{name}.part"
            half.write_text(text, encoding="utf-8", newline="")
            half.replace(folder / name)
    except OSError as error:
        raise MeasureError(f"cannot write {folder}: {error.strerror}") from error
