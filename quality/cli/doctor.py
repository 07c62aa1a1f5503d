"""``workmanship doctor``: what is on this machine, what is missing, and how to get it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from quality.catalogue.doctor import Check, examine, sound
from quality.cli import options
from quality.cli.console import MET, UNKNOWN, leave, show

EXAMPLE = "workmanship doctor --format json"
WORDS = {"ready": "ready", "missing": "MISSING", "wrong": "WRONG", "optional": "not here"}


def command(
    recipe_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    format_: options.FormatOption = options.Format.text,
) -> None:
    """Show what measuring needs, what of it is installed here, and how to get the rest. Exit code 3
    if measuring cannot begin; what is optional and not here changes no exit code."""
    from quality.catalogue.recipes import load_recipe, recipe_ids, stated_tools

    recipe = load_recipe(recipe_id or recipe_ids()[-1])
    checks = examine(recipe, stated_tools(recipe.id)["pmd"])
    show(_json(checks) if format_ is options.Format.json else _text(checks))
    leave(MET if sound(checks) else UNKNOWN, exit_zero=False)


def _json(checks: tuple[Check, ...]) -> str:
    content = {
        "format": "workmanship.doctor/1",
        "ready": sound(checks),
        "tools": [asdict(check) for check in checks],
    }
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def _text(checks: tuple[Check, ...]) -> str:
    from reports.shared.text import safe_text

    rows = [("tool", "wanted", "found", "state", "what for")]
    rows += [
        (check.name, check.wanted or "any", check.found or "none", WORDS[check.state],
         check.purpose)
        for check in checks
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join(safe_text(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    advice = [safe_text(f"{check.name}: {check.how}") for check in checks if check.how]
    end = "measuring can begin" if sound(checks) else "measuring cannot begin"
    return "\n".join(line.rstrip() for line in [*lines, "", *advice, end]) + "\n"
