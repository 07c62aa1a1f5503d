"""``workmanship recipe``: what measurements are made by."""

from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import show

EXAMPLE = "workmanship recipe 2026.2 --format json"


def command(
    recipe_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    format_: options.FormatOption = options.Format.text,
) -> None:
    """Show a measurement recipe: tools, limits, rules, why each rule is in or out, and which
    weaknesses of ISO/IEC 5055 they look for."""
    from quality.catalogue.recipes import load_recipe, recipe_ids
    from quality.catalogue.weaknesses import looked_for, weaknesses
    from reports.scorecard import recipe

    found = load_recipe(recipe_id or recipe_ids()[-1])
    render = recipe.as_json if format_ is options.Format.json else recipe.text
    show(render(found, looked_for(found), len(weaknesses())))
