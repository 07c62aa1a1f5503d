"""``workmanship init``: a contract to start from."""

from pathlib import Path
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import say
from quality.errors import UsageError

EXAMPLE = "workmanship init acme.contract.yaml"


def command(
    file: Annotated[Path, typer.Argument(metavar="[FILE]")] = Path("supplier.contract.yaml"),
    language: options.Language = "",
) -> None:
    """Write a commented, valid contract to start from, with levels that public systems suggest."""
    from quality.benchmark.data import benchmark
    from quality.benchmark.languages import known_language
    from quality.catalogue.recipes import load_recipe, recipe_ids
    from quality.contract.template import template

    text = template(benchmark(load_recipe(recipe_ids()[-1])), known_language(language))
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(f"{file} already exists: name another file, or remove it first") from error
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error
    say(f"wrote {file}: edit it, then run: workmanship check {file}")
