"""The options that commands share, each with its help."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quality.errors import UsageError
from quality.store.machine import cores

CORES = cores()


class Format(StrEnum):
    """How a result is printed."""

    text = "text"
    json = "json"


def contracts_here() -> list[Path]:
    """The contracts of the workspace that we are in (UsageError: there is none)."""
    from quality.contract.workspace import workspace
    from quality.files import WORKSPACE

    if found := workspace(Path.cwd()):
        return list(found.contracts)
    raise UsageError(f"name at least one contract: there is no {WORKSPACE} here that names them")


def contract_here() -> Path:
    """The one contract of the workspace that we are in (UsageError: there are several)."""
    from quality.contract.workspace import one_of

    found = contracts_here()
    if len(found) > 1:
        raise UsageError(f"name one of the workspace's contracts: {one_of(found)}")
    return found[0]


_DEFAULT = "Default: those of workmanship.yaml here or above."
Contracts = Annotated[
    list[Path],
    typer.Argument(
        metavar="[CONTRACT]...",
        help=f"Contract files, one for each supplier. {_DEFAULT}",
        default_factory=contracts_here,
        show_default=False,
    ),
]
OneContract = Annotated[
    Path,
    typer.Argument(
        metavar="[CONTRACT]",
        help=f"The contract file. {_DEFAULT.replace('those', 'the one')}",
        default_factory=contract_here,
        show_default=False,
    ),
]
Database = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The measurements' database. Default: .workmanship/measurements.duckdb beside the "
        "first contract.",
    ),
]
Memory = Annotated[
    str | None,
    typer.Option(
        metavar="SIZE",
        help="Memory that the database may take, 500MB or 2GB; what needs more is done on disk. "
        "Default: a quarter of the machine's.",
    ),
]
Period = Annotated[
    str | None,
    typer.Option(
        metavar="P",
        help="2026-Q3 or 2026-09. Default: the last finished period, or the current one to date.",
    ),
]
Jobs = Annotated[
    int, typer.Option(min=1, help="Processes that measure at once.", show_default="CPU cores")
]
Engine = Annotated[
    str, typer.Option(metavar="ENGINE", help="processes, or dask://HOST:PORT for a Dask cluster.")
]
Offline = Annotated[bool, typer.Option("--offline", help="Use the mirrors as they are.")]
Language = Annotated[
    str,
    typer.Option(
        "--language", metavar="L", show_default=False,
        help="Only public systems in this language: python, javascript, java, c, cpp, go, php, "
        "csharp or ruby.",
    ),
]  # fmt: skip
Output = Annotated[Path, typer.Option(metavar="DIR", help="Folder for the pages.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Log each step, line by line.")]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", help="Exit with 0 whatever the verdicts: report only.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Let key service levels count like critical ones.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="text or json.")]
