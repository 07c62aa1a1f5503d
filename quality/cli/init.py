"""``workmanship init``: a contract to start from."""

from pathlib import Path
from typing import Annotated

import typer

from quality.cli.console import say
from quality.errors import UsageError

EXAMPLE = "workmanship init acme.contract.yaml"


def command(
    file: Annotated[Path, typer.Argument(metavar="[FILE]")] = Path("supplier.contract.yaml"),
) -> None:
    """Write a commented, valid contract to start from."""
    from quality.contract.template import TEMPLATE

    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(TEMPLATE)
    except FileExistsError as error:
        raise UsageError(f"{file} exists already: name another file, or remove it first") from error
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error
    say(f"wrote {file}: edit it, then run: workmanship check {file}")
