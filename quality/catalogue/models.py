"""Rating models that contracts name, each as the numbers that its authors published.

A model's file in ``data/models`` has a row a limit or a cost, with its source; what it does with
them is the SQL of its indicator.
"""

from __future__ import annotations

import csv
from functools import cache

from quality.catalogue.recipes import RECIPES

TABLES = {
    "sig_limits": (
        "sig-2007",
        "property varchar, measure varchar, above integer, up_to integer, scale integer, "
        "five integer, four integer, three integer, two integer, weight integer",
    ),
    "sonar_costs": ("sonar", "what varchar, above integer, offset_minutes integer, each integer"),
}


@cache
def model_tables() -> dict[str, tuple[str, list[tuple[int | str | None, ...]]]]:
    """Columns and rows, by name, of the tables that the models' SQL reads; the sources are left
    out. An empty cell is null."""
    return {name: (columns, _rows(file)) for name, (file, columns) in TABLES.items()}


def _rows(file: str) -> list[tuple[int | str | None, ...]]:
    with (RECIPES / "models" / f"{file}.csv").open(encoding="utf-8") as lines:
        return [
            tuple(int(cell) if cell.isdigit() else cell or None for cell in row[:-1])
            for row in list(csv.reader(lines))[1:]
        ]
