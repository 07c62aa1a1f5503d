"""Findings of every pylint rule over source trees, each file alone: the counts that a recipe's
rule lists are chosen by.

    python -m tests.bench.rules [--recipe ID] FOLDER... > findings.csv
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from hashlib import sha1
from itertools import islice
from pathlib import Path

from collectors.analyzers import pylint
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Facts, Finding
from quality.model.recipe import Recipe

CHUNK = 60
TESTS = frozenset({"tests", "testing"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", default="2026.2")
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    recipe = load_recipe(arguments.recipe)
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(2) as pool:
        for facts in pool.map(partial(measured, recipe), chunks(blobs(arguments.folders))):
            counts.update(rule for one in facts for rule in places(one))
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["rule", "symbol", "list", "findings"])
    table.writerows([rule.id, rule.symbol, rule.list, counts[rule.id]] for rule in recipe.rules)


def blobs(folders: Iterable[Path]) -> Iterator[Blob]:
    """The distinct Python files, tests left out."""
    contents = {
        path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if not TESTS & set(path.parts)
    }
    for content in sorted(contents):
        yield Blob(sha1(b"blob %d\0" % len(content) + content).hexdigest(), "python", content)


def chunks(source: Iterable[Blob]) -> Iterator[list[Blob]]:
    remaining = iter(source)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def measured(recipe: Recipe, chunk: list[Blob]) -> list[Facts]:
    """Facts with no rule excluded, but for those that say a file cannot be judged."""
    rules = tuple(replace(rule, list="warnings") for rule in recipe.rules if rule.id[0] != "F")
    return list(pylint.measure(chunk, replace(recipe, rules=rules)))


def places(facts: Facts) -> Iterator[str]:
    """The rule of each distinct (line, rule)."""
    rows = (row for row in facts.rows if isinstance(row, Finding))
    return (rule for _, rule in {(row.line, row.rule) for row in rows})


if __name__ == "__main__":
    main()
