"""The options that commands share, each with its help."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quality.store.machine import cores

CORES = cores()


class Format(StrEnum):
    """How a result is printed."""

    text = "text"
    json = "json"


Contracts = Annotated[
    list[Path], typer.Argument(metavar="CONTRACT...", help="Contract files, one a supplier.")
]
OneContract = Annotated[Path, typer.Argument(metavar="CONTRACT", help="The contract file.")]
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
Verbose = Annotated[bool, typer.Option("--verbose", help="Say what happens, line by line.")]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", help="Exit 0 whatever the verdicts: report only.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="key service levels count like critical ones.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="text or json.")]
