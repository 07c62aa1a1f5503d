"""The commands: the only place that prints, and the only one that knows exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from quality.cli.console import INTERRUPTED, UNKNOWN, complain, failure, leave, say, show
from quality.cli.options import (
    CORES,
    Contracts,
    Database,
    EngineOption,
    ExitZero,
    Format,
    FormatOption,
    Jobs,
    Offline,
    OneContract,
    Output,
    PeriodOption,
    Quiet,
    ReportFormat,
    Strict,
    Verbose,
)
from quality.errors import UsageError
from quality.measure.engine import Engine

APP = typer.Typer(
    name="workmanship",
    help="Measures the technical quality of software built by suppliers, against the service "
    "levels in the contract.",
    epilog="Begin with: workmanship init acme.contract.yaml, then workmanship scorecard "
    "acme.contract.yaml --output out/",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"workmanship {version('workmanship')}")
        raise typer.Exit


@APP.callback()
def _common(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@APP.command(epilog="Example: workmanship init acme.contract.yaml")
def init(
    file: Annotated[Path, typer.Argument(metavar="[FILE]")] = Path("supplier.contract.yaml"),
) -> None:
    """Write a commented, valid contract to start from."""
    from quality.contract.contract import TEMPLATE

    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(TEMPLATE)
    except FileExistsError as error:
        raise UsageError(f"{file} exists already: name another file, or remove it first") from error
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error
    say(f"wrote {file}: edit it, then run: workmanship check {file}")


@APP.command(epilog="Example: workmanship check acme.contract.yaml")
def check(
    contracts: Annotated[list[Path] | None, typer.Argument(metavar="CONTRACT...")] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a contract instead.")
    ] = False,
    incentives: Annotated[
        bool, typer.Option("--incentives", help="Warn of clauses that reward bad conduct.")
    ] = False,
) -> None:
    """Validate contracts: every error as file:line:column: key: what is wrong."""
    from quality.cli import commands

    if schema:
        show(commands.schema_text() + "\n")
    elif not contracts:
        raise UsageError("name at least one contract, or --schema")
    else:
        for line in commands.checked(contracts):
            say(line)
        for line in commands.warnings(contracts) if incentives else ():
            show(line + "\n")


@APP.command(epilog="Example: workmanship measure acme.contract.yaml --periods 2026-Q1..2026-Q3")
def measure(
    contracts: Contracts,
    periods: Annotated[
        str | None,
        typer.Option(
            metavar="P..P", help="Which periods. Default: every one of the contract so far."
        ),
    ] = None,
    jobs: Jobs = CORES,
    engine: EngineOption = "processes",
    offline: Offline = False,
    database: Database = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Mirror the repositories and measure what nobody measured yet."""
    from quality.cli import commands
    from quality.cli.progress import watch

    session = commands.Session(contracts, database, datetime.now(UTC))
    with watch(quiet, verbose) as watcher:
        result = session.measure(session.ranges(periods), _engine(engine, jobs), watcher, offline)
    complain([*result.problems, *result.absent, *result.notices])
    say(f"measured {len(result.blobs)} new contents into {session.database}")
    if result.problems or result.absent:
        raise typer.Exit(UNKNOWN)


@APP.command(
    epilog="Example: workmanship evaluate acme.contract.yaml --period 2026-Q3 --format json"
)
def evaluate(
    contracts: Contracts,
    period: PeriodOption = None,
    format_: FormatOption = Format.text,
    database: Database = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Judge one period by what was measured."""
    from quality.cli import commands
    from reports.scorecard import json as report_json
    from reports.scorecard import terminal

    session = commands.Session(contracts, database, datetime.now(UTC))
    evaluations = session.evaluate(session.requests(period))
    report = report_json if format_ is Format.json else terminal
    show(report.render(evaluations))
    leave(commands.exit_code(evaluations, strict), exit_zero)


@APP.command(epilog="Example: workmanship close acme.contract.yaml --period 2026-Q3 --by 'J. Doe'")
def close(
    contracts: Contracts,
    period: Annotated[str, typer.Option(metavar="P", help="2026-Q3 or 2026-09.")],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who closes it. Default: your login name.")
    ] = None,
    agreed: Annotated[
        bool,
        typer.Option("--agreed", help="Both parties agree not to wait for the dispute window."),
    ] = False,
    database: Database = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Freeze a period's evaluation for good: no later change of data or contract touches it."""
    from quality.cli import commands
    from reports.scorecard import terminal

    session = commands.Session(contracts, database, datetime.now(UTC))
    evaluation = session.close(period, commands.closer(by), agreed)
    show(terminal.render([evaluation]))
    say(f"closed; the record is {session.record(evaluation)}: both parties keep a copy")


@APP.command(
    epilog="Example: workmanship report acme.contract.yaml --output out/, or for a spreadsheet: "
    "workmanship report acme.contract.yaml --format csv > acme.csv"
)
def report(
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
    from quality.cli import commands

    if output is None and format_ is ReportFormat.html:
        raise UsageError("html pages need a folder: --output DIR")
    session = commands.Session(contracts, database, datetime.now(UTC))
    requests = session.requests(period)
    if format_ is ReportFormat.html and output:
        with commands.charts_prepared():
            evaluations = session.evaluate(requests)
        say(f"wrote {commands.write_pages(evaluations, output)}")
    else:
        evaluations = session.evaluate(requests)
        if output:
            say(f"wrote {commands.write_report(evaluations, format_.value, output)}")
        else:
            show(commands.report_text(evaluations, format_.value))
    leave(commands.exit_code(evaluations, strict), exit_zero)


@APP.command(epilog="Example: workmanship scorecard acme.contract.yaml --output out/")
def scorecard(
    contracts: Contracts,
    output: Output,
    period: PeriodOption = None,
    jobs: Jobs = CORES,
    engine: EngineOption = "processes",
    offline: Offline = False,
    database: Database = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Measure, evaluate and report in one go."""
    from quality.cli import commands
    from quality.cli.progress import watch
    from reports.scorecard import terminal

    session = commands.Session(contracts, database, datetime.now(UTC))
    requests = session.requests(period)
    with commands.charts_prepared():
        with watch(quiet, verbose) as watcher:
            result = session.measure(session.ranges(None), _engine(engine, jobs), watcher, offline)
        evaluations = session.evaluate(requests)
    page = commands.write_pages(evaluations, output)
    show(terminal.render(evaluations))
    complain([*result.problems, *result.absent, *result.notices])
    say(f"wrote {page}")
    code = commands.exit_code(evaluations, strict)
    leave(UNKNOWN if result.problems else code, exit_zero)


@APP.command(epilog="Example: workmanship recipe 2026.1 --format json")
def recipe(
    recipe_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    format_: FormatOption = Format.text,
) -> None:
    """Show a measurement recipe: tools, limits, rules, and why each rule is in or out."""
    from quality.catalogue.recipes import load_recipe, recipe_ids
    from reports.scorecard import recipe as recipe_report

    found = load_recipe(recipe_id or recipe_ids()[-1])
    render = recipe_report.as_json if format_ is Format.json else recipe_report.text
    show(render(found))


@APP.command(epilog="Example: workmanship explain acme.contract.yaml --service-level TQ-1 --top 10")
def explain(
    contract: OneContract,
    service_level: Annotated[str, typer.Option(metavar="ID", help="The service level's id.")],
    period: PeriodOption = None,
    top: Annotated[int, typer.Option(min=1, help="How many rows.")] = 20,
    format_: FormatOption = Format.text,
    database: Database = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the rows behind a number, worst first: functions, files, findings."""
    from quality.cli import commands
    from reports.scorecard import explanation as report

    session = commands.Session([contract], database, datetime.now(UTC))
    found = session.explain(session.requests(period)[0], service_level, top)
    head = {"contract": found.contract_id, "period": found.period, "commits": dict(found.commits)}
    render = report.as_json if format_ is Format.json else report.text
    show(render(head, found.verdict, found.columns, found.rows, found.total))


@APP.command(
    epilog="Example: workmanship gate acme.contract.yaml --repository billing --base origin/main "
    "--output sarif=gate.sarif"
)
def gate(
    repository: Annotated[
        str, typer.Option(metavar="NAME", help="The repository's name in the contract.")
    ],
    base: Annotated[
        str, typer.Option(metavar="REV", help="Where the change goes, such as origin/main.")
    ],
    contract: Annotated[
        Path | None,
        typer.Argument(
            metavar="CONTRACT", help="The contract file; not read with --contract-from."
        ),
    ] = None,
    path: Annotated[Path, typer.Option(metavar="DIR", help="The checkout or bare clone.")] = Path(),
    head: Annotated[str, typer.Option(metavar="REV", help="The change's last commit.")] = "HEAD",
    output: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT=FILE",
            help="Also write text, markdown, sarif, junit, gitlab, github or json; FILE - is "
            "standard output. May be repeated.",
        ),
    ] = None,
    contract_from: Annotated[
        str | None,
        typer.Option(
            metavar="REV:PATH",
            help="Read the contract from this revision of the checkout, so that the change "
            "cannot loosen it.",
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="RULE", help="Explain one rule (G-1, function.ccn) with this change's numbers."
        ),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Reuse and keep facts there. Default: none are kept."),
    ] = None,
    jobs: Jobs = CORES,
    exit_zero: ExitZero = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Judge a change before it is merged: only what it changes, by the contract's gate rules."""
    from quality.cli import gate as gate_command
    from quality.cli.progress import watch

    order = gate_command.Order(
        contract=contract,
        source=contract_from,
        repository=repository,
        folder=path,
        base=base,
        head=head,
        outputs=gate_command.outputs(output or ()),
        explain=explain,
        database=database,
        jobs=jobs,
    )
    with watch(quiet, verbose) as watcher:
        result, shown = gate_command.run(order, watcher)
    show(shown)
    leave(gate_command.EXIT_CODES[result.outcome], exit_zero)


def _engine(name: str, jobs: int) -> Engine:
    from collectors.process.bounded import stop
    from quality.measure.engine import engine

    return engine(name, jobs, stop)


def main() -> None:
    """Run a command; every failure ends in one line and its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    try:
        code = APP(list(arguments), prog_name="workmanship", standalone_mode=False) or 0
        if code == INTERRUPTED:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
        return code
    except typer.Exit as error:
        return error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return failure(error, arguments)
