"""The program: its commands put together, and every ending turned into an exit code."""

import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated, Protocol

import typer

from quality.cli import (
    check,
    close,
    evaluate,
    explain,
    gate,
    init,
    measure,
    recipe,
    report,
    scorecard,
)
from quality.cli.console import INTERRUPTED, failure


class Command(Protocol):
    """A command: a module with a function that typer calls, and an example of its use."""

    __name__: str
    EXAMPLE: str
    command: Callable[..., None]


COMMANDS: tuple[Command, ...] = (  # each called by its module's name
    init, check, measure, evaluate, close, report, scorecard, recipe, explain, gate,
)  # fmt: skip
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
for _module in COMMANDS:
    _name = _module.__name__.rpartition(".")[2]
    APP.command(_name, epilog=f"Example: {_module.EXAMPLE}")(_module.command)


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
