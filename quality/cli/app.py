"""The program: its commands put together, and every ending turned into an exit code."""

import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Protocol, cast

import typer

from quality.cli.console import INTERRUPTED, failure
from quality.files import workspace_file


class Command(Protocol):
    """A command: a module with a function that typer calls, and an example of its use."""

    EXAMPLE: str
    command: Callable[..., None]


COMMANDS = (  # each the module of this package that bears its name
    "init", "check", "measure", "import", "evaluate", "close", "closing", "report", "scorecard",
    "recipe", "explain", "gate", "doctor", "calibrate", "simulate", "evidence", "verify",
    "acknowledge",
)  # fmt: skip
WORKSPACE = frozenset({  # those that read the workspace file
    "check", "measure", "import", "evaluate", "close", "report", "scorecard", "explain", "simulate",
    "evidence",
})  # fmt: skip
HELP = {"help_option_names": ["--help", "-h"]}


def app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The program with these commands; only their modules are loaded."""
    made = typer.Typer(
        name="workmanship",
        help="Measures the technical quality of software built by suppliers, against the service "
        "levels in the contract.",
        epilog="Begin with: workmanship init acme.contract.yaml, then workmanship scorecard "
        "acme.contract.yaml --output out/",
        no_args_is_help=True,
        context_settings=HELP,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for name in names:
        module = cast("Command", import_module(f"quality.cli.{_module(name)}"))
        example = f"Example: {module.EXAMPLE}"
        made.command(name, epilog=example, context_settings=HELP)(module.command)
    made.callback()(_common)
    return made


def _module(name: str) -> str:
    """Where a command stands: what is a word of Python's gets a line behind it."""
    return f"{name}_" if iskeyword(name) else name


def _of_the_workspace(program: typer.Typer, name: str) -> dict[str, dict[str, object]]:
    """What a command takes from the workspace where its command line says nothing."""
    if name not in WORKSPACE or workspace_file(Path.cwd()) is None:
        return {}
    from quality.contract.workspace import workspace

    found = workspace(Path.cwd())
    command = typer.main.get_command(program).commands[name]  # type: ignore[attr-defined]
    known = {each.name for each in command.params}
    return {name: {option: value for option, value in found.options if option in known}} \
        if found else {}  # fmt: skip


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version  # slow to load

        typer.echo(f"workmanship {version('workmanship')}")
        raise typer.Exit


def _common(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run a command; every failure ends in one line and its exit code. A build server that gives
    up, and a terminal that is closed, interrupt it as Ctrl-C does."""
    for asked in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(asked) is signal.SIG_DFL:  # nohup stays what it is
            signal.signal(asked, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    try:
        named = [name for name in arguments[:1] if name in COMMANDS]
        program = app(named or COMMANDS)
        given = {"default_map": _of_the_workspace(program, named[0])} if named else {}
        words = list(arguments)
        code = program(words, prog_name="workmanship", standalone_mode=False, **given) or 0
        if code == INTERRUPTED:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
        return code
    except typer.Exit as error:
        return error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return failure(error, arguments)
