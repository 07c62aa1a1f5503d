"""Findings of an error analyzer's rules over source trees, each file alone: what a recipe's rule
lists are chosen by.

    python -m tests.bench.rules ANALYZER [--rules ID,...] [--places FILE] NAME=FOLDER... > rules.csv
    python -m tests.bench.rules ANALYZER --density NAME=FOLDER... > density.csv

The first table has a row for each rule of the recipe, excluded ones too: in how many packages it
fires, and how often. ``--places`` writes each place with its line of code, to be read by eye; no
such file belongs in a repository. The second has a row for each package and language: lines of
code and findings of the rules that count.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha1
from itertools import islice
from pathlib import Path

from collectors.analyzers import ANALYZERS, lizard
from collectors.languages.source import AnalyzerDiedError
from collectors.languages.suffixes import language as language_of
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Facts, FileSize, Finding
from quality.model.recipe import Recipe

CHUNK = 60
TESTS = frozenset({"test", "tests", "testing", "__tests__", "spec"})


@dataclass(frozen=True, slots=True)
class Place:
    """A distinct (line, rule) of a file."""

    package: str
    path: str
    language: str
    line: int
    rule: str
    message: str
    code: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("analyzer")
    parser.add_argument("--recipe", default="2026.2")
    parser.add_argument("--rules", help="only these, by their ids")
    parser.add_argument("--places", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000, help="files of a package")
    parser.add_argument("--density", action="store_true")
    parser.add_argument("folders", nargs="+", metavar="NAME=FOLDER")
    arguments = parser.parse_args()
    recipe = load_recipe(arguments.recipe)
    if not arguments.density:
        recipe = every_rule(recipe, arguments.analyzer, arguments.rules)
    table = csv.writer(sys.stdout, lineterminator="\n")
    folders = dict(each.split("=", 1) for each in arguments.folders)
    if arguments.density:
        table.writerow(["language", "package", "nloc", "errors", "warnings", "security"])
        table.writerows(densities(recipe, arguments.analyzer, folders))
        return
    found = list(places(recipe, arguments.analyzer, folders, arguments.most))
    if arguments.places:
        with arguments.places.open("w", encoding="utf-8") as file:
            for each in found:
                print(*astuple_of(each), sep="\t", file=file)
    counts = Counter(each.rule for each in found)
    packages = defaultdict(set)
    for each in found:
        packages[each.rule].add(each.package)
    stated = load_recipe(arguments.recipe).rules_of(arguments.analyzer)
    table.writerow(["rule", "symbol", "list", "packages", "findings"])
    table.writerows(
        [rule.id, rule.symbol, rule.list, len(packages[rule.id]), counts[rule.id]]
        for rule in stated
    )


def every_rule(recipe: Recipe, analyzer: str, chosen: str | None) -> Recipe:
    """The recipe with no rule of the analyzer's excluded, or the chosen ones alone counted; but
    for those that say a file cannot be judged."""
    wanted = set(chosen.split(",")) if chosen else None
    rules = tuple(
        replace(rule, list="warnings" if wanted is None or rule.id in wanted else "excluded")
        for rule in recipe.rules_of(analyzer)
        if rule.id[:2] != "F0" and rule.id != "E0001"
    )
    return replace(recipe, rules=rules)


def densities(
    recipe: Recipe, analyzer: str, folders: dict[str, str]
) -> Iterator[tuple[str, str, int, int, int, int]]:
    """(language, package, NLOC, errors, warnings, weaknesses) of each package."""
    rules = {rule.id: rule for rule in recipe.rules_of(analyzer)}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for place in places(recipe, analyzer, folders):
        rule = rules[place.rule]
        if place.path.rpartition("/")[2] not in rule.unless:
            counts[place.language, place.package].update(
                [rule.list, *(["security"] if rule.security else [])]
            )
    part = recipe.part(analyzer)
    for package, folder in folders.items():
        for blob in blobs(Path(folder), part.languages):
            for facts in lizard.measure([blob[1]], recipe):
                nloc = sum(row.nloc for row in facts.rows if isinstance(row, FileSize))
                counts[blob[1].language, package]["nloc"] += nloc
    for (language, package), found in sorted(counts.items()):
        kinds = ("nloc", "errors", "warnings", "security")
        yield (language, package, *(found[kind] for kind in kinds))  # type: ignore[misc]


def places(
    recipe: Recipe, analyzer: str, folders: dict[str, str], most: int = 1_000_000
) -> Iterator[Place]:
    """Each distinct (line, rule) of the packages' files, tests left out; of a large package so
    many files, by their hash."""
    languages = recipe.part(analyzer).languages
    with ProcessPoolExecutor(2) as pool:
        for package, folder in folders.items():
            files = sorted(blobs(Path(folder), languages), key=lambda each: each[1].oid)[:most]
            for found in pool.map(partial(measured, recipe, analyzer, package), chunks(files)):
                yield from found


def blobs(folder: Path, languages: Sequence[str]) -> Iterator[tuple[str, Blob]]:
    """(path, blob) of each distinct content in these languages, by path."""
    seen = set[bytes]()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if TESTS & set(inside.parts) or not path.is_file():
            continue
        language = language_of(inside.as_posix())
        if language not in languages or (content := path.read_bytes()) in seen:
            continue
        seen.add(content)
        oid = sha1(b"blob %d\0" % len(content) + content).hexdigest()
        yield inside.as_posix(), Blob(oid, language, content)


def chunks(source: Iterable[tuple[str, Blob]]) -> Iterator[list[tuple[str, Blob]]]:
    remaining = iter(source)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def measured(
    recipe: Recipe, analyzer: str, package: str, chunk: list[tuple[str, Blob]]
) -> list[Place]:
    """The places of a chunk; a file that ends the analyzer has none."""
    found = list[Place]()
    left = list(chunk)
    while left:
        done = 0
        try:
            for facts in ANALYZERS[analyzer].measure([blob for _, blob in left], recipe):
                found += _places(package, *left[done], facts)
                done += 1
        except AnalyzerDiedError as error:
            print(f"{package}/{left[done][0]}: {error}", file=sys.stderr)
            done += 1
        left = left[done:]
    return found


def _places(package: str, path: str, blob: Blob, facts: Facts) -> Iterator[Place]:
    if facts.reason:
        print(f"{package}/{path}: {facts.reason}", file=sys.stderr)
    lines = blob.content.decode("utf-8", "replace").splitlines()
    rows = {(row.line, row.rule): row for row in facts.rows if isinstance(row, Finding)}
    for (line, rule), row in sorted(rows.items()):
        code = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        yield Place(package, path, blob.language, line, rule, row.message, code)


def astuple_of(place: Place) -> tuple[str | int, ...]:
    return (place.rule, place.package, place.path, place.line, place.message, place.code)


if __name__ == "__main__":
    main()
