"""``workmanship report``: the scorecard, as pages or as one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli import options
from quality.cli.chromium import browser, printed
from quality.cli.console import leave, say, show, verdicts
from quality.cli.pages import Pages
from quality.errors import UsageError
from quality.files import write, write_bytes
from reports.scorecard.formats import FILES, FORMATS, Told

if TYPE_CHECKING:
    from quality.model.evaluation import Evaluation

EXAMPLE = (
    "workmanship report acme.contract.yaml --output out/, or for a spreadsheet: "
    "workmanship report acme.contract.yaml --format csv > acme.csv"
)
ABOUT = {"html": "an index and a page for each supplier"}
ONE_FILE: dict[str, Told] = {**FORMATS, **FILES}
ABOUT |= {name: each.ABOUT for name, each in ONE_FILE.items()}
ABOUT |= {"pdf": "the pages, printed by the Chromium of this machine"}
ReportFormat = StrEnum("ReportFormat", {name: name for name in ABOUT})  # type: ignore[misc]
PAGES, PDF = ReportFormat("html"), ReportFormat("pdf")
*_FIRST, _LAST = (f".{each.SUFFIX}" for each in ONE_FILE.values())


def command(
    contracts: options.Contracts,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=f"Folder for the pages, or for scorecard{', '.join(_FIRST)} or {_LAST}. html, "
            "pdf and xlsx need one; the others are printed without.",
        ),
    ] = None,
    format_: Annotated[
        ReportFormat,
        typer.Option(
            "--format", help="; ".join(f"{name}: {about}" for name, about in ABOUT.items()) + "."
        ),
    ] = PAGES,
    period: options.Period = None,
    all_periods: Annotated[
        bool, typer.Option("--all-periods", help="Also write the pages of all periods before it.")
    ] = False,
    database: options.Database = None,
    memory: options.Memory = None,
    strict: options.Strict = False,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the scorecard with its credit statement: as pages, or as one file."""
    from quality.cli.session import begin, exit_code
    from reports.scorecard import summary

    if output is None and format_ not in FORMATS:
        what = "html pages need" if format_ == PAGES else f"{format_.value} needs"
        raise UsageError(f"{what} a folder: --output DIR")
    if all_periods and format_ != PAGES:
        raise UsageError(
            f"--all-periods is for pages: {format_.value} has the periods as its trend"
        )
    program = browser() if format_ == PDF else ""
    session = begin(contracts, database, memory)
    requests = session.requests(period)
    session.witness()
    if output and format_ not in (*FORMATS, PAGES):
        evaluations = session.evaluate(requests)
        for name, content in _files(format_, evaluations, program):
            write_bytes(output / name, content)
            say(f"wrote {output / name}")
    elif format_ == PAGES and output:
        with closing(Pages(output)) as pages:
            if all_periods:
                histories = session.history(requests, pages.rows)
                evaluations = tuple(each[-1] for each in histories)
                shown = tuple(filter(_measured, chain.from_iterable(histories)))
            else:
                evaluations = shown = session.evaluate(requests, sink=pages.rows)
            say(f"wrote {pages.write(session, shown)}")
        if len(evaluations) > 1:
            verdicts(summary.shown(evaluations, verbose))
    else:
        evaluations = session.evaluate(requests, pages=False)
        text = FORMATS[format_].render(evaluations)
        if output:
            name = f"scorecard.{FORMATS[format_].SUFFIX}"
            write(output / name, text)
            say(f"wrote {output / name}")
        else:
            show(text)
    leave(exit_code(evaluations, strict), exit_zero)


def _files(
    format_: ReportFormat, evaluations: Sequence[Evaluation], program: str
) -> Iterator[tuple[str, bytes]]:
    """The files of a format that is no text: one of all contracts, or a page of each."""
    if format_ != PDF:
        yield f"scorecard.{FILES[format_].SUFFIX}", FILES[format_].render(evaluations)
        return
    from reports.scorecard.page import html, site

    for entry, each in zip(site.entries(evaluations, ()), evaluations, strict=True):
        yield entry.file.removesuffix("html") + "pdf", printed(program, html.page(each))


def _measured(evaluation: Evaluation) -> bool:
    return any(snapshot.commit for snapshot in evaluation.snapshots)
