"""``workmanship calibrate``: levels for a request for proposals, from public systems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli import options
from quality.cli.console import UNKNOWN, complain, say, show
from quality.errors import UsageError

if TYPE_CHECKING:
    from quality.calibration.systems import Calibrated, System
    from quality.measure.watcher import Watcher
    from quality.store.machine import Resources

EXAMPLE = "workmanship calibrate ../shop ../billing --like 20000 --page levels.html"


def command(
    repositories: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REPOSITORY]...", help="Paths or URLs of systems to compare."),
    ] = None,
    language: options.Language = "",
    like: Annotated[
        int,
        typer.Option(
            metavar="NLOC", min=0, show_default=False,
            help="Only public systems of a quarter to four times this size.",
        ),
    ] = 0,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The file for the section of a contract. Default: standard output."
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write a page that shows every distribution."),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The database. Default: .workmanship/calibration.duckdb here."
        ),
    ] = None,
    jobs: options.Jobs = options.CORES,
    engine: options.Engine = "processes",
    memory: options.Memory = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:  # fmt: skip
    """Propose service levels from the open benchmark, and show where your systems stand."""
    from quality.benchmark.data import benchmark
    from quality.benchmark.languages import known_language
    from quality.calibration.calibrate import calibrate
    from quality.catalogue.recipes import load_recipe, recipe_ids
    from reports.calibration import page as html
    from reports.calibration import section

    known_language(language)
    recipe = load_recipe(recipe_ids()[-1])
    systems: tuple[System, ...] = ()
    problems: list[str] = []
    if repositories:
        from quality.cli.progress import watch
        from quality.store.machine import Resources, parse_memory

        resources = Resources(jobs, parse_memory(memory))
        with watch(quiet, verbose) as watcher:
            found = _measured(repositories, recipe.id, database, resources, engine, watcher)
        systems, problems = found.systems, found.measurement.problems
    complain(problems)
    result = calibrate(benchmark(recipe), systems, language, like)
    complain(result.notes)
    if page:
        _write(page, html.render(result))
    text = section.render(result)
    if output:
        _write(output, text)
        say(f"wrote {output}: put it into a contract, then run: workmanship check CONTRACT")
    else:
        show(text)
    if problems:
        raise typer.Exit(UNKNOWN)


def _measured(
    repositories: list[str],
    recipe_id: str,
    database: Path | None,
    resources: Resources,
    engine: str,
    watcher: Watcher,
) -> Calibrated:
    """The repositories as they stand today, in a database of their own: no observation of a
    contract's is touched."""
    from datetime import UTC, datetime

    from quality.calibration.systems import Bench, measure_systems
    from quality.measure.engine import engine as engine_of
    from quality.measure.planning import Mirrors
    from quality.store.database import Store
    from quality.store.folder import FOLDER, make_folder

    home = Path.cwd() / FOLDER
    make_folder(home)
    mirrors = Mirrors(home / "mirrors", False, datetime.now(UTC))
    with Store(database or home / "calibration.duckdb", resources=resources) as store:
        work = engine_of(engine, resources.threads)
        return measure_systems(Bench(store, mirrors, work, watcher), repositories, recipe_id)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error
