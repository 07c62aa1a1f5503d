"""What the two readers of functions see in source trees: the evidence of a recipe.

    python -m tests.bench.readers PACKAGE=FOLDER... > readers.csv

One line a package and language: what both see and in how many of these the numbers agree, what
only one of them sees, and the files that neither understands. ``stands``: functions of lizard's in
whose place the tree's numbers stand.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from collectors.analyzers.lizard import read
from collectors.languages.source import UnmeasurableError, decode, unix
from collectors.languages.suffixes import SUFFIXES
from collectors.languages.trees import GRAMMARS
from collectors.languages.units import TOP_LEVEL
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob

FILES = 150  # of a package and language, chosen as if by lot
COLUMNS = (
    "files", "unread", "both", "ccn", "nloc", "parameters", "only_lizard", "only_tree",
    "top_level", "stands",
)  # fmt: skip
LIMITS = load_recipe("2026.2").limits
LANGUAGES = {f".{end}": name for name, ends in SUFFIXES.items() if name in GRAMMARS for end in ends}


def main(packages: list[str]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["package", "language", *COLUMNS])
    with ProcessPoolExecutor(2) as pool:
        for package in packages:
            name, _, folder = package.partition("=")
            for language, files in sorted(by_language(Path(folder))):
                counts: Counter[str] = Counter()
                for counted in pool.map(seen, files, [language] * len(files)):
                    counts.update(counted)
                table.writerow([name, language, *(counts[column] for column in COLUMNS)])


def by_language(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """The files of each language that has a tree."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if (language := LANGUAGES.get(path.suffix)) and path.is_file():
            found.setdefault(language, []).append(path)
    for language, paths in found.items():
        random.Random(0).shuffle(paths)
        yield language, paths[:FILES]


def seen(path: Path, language: str) -> Counter[str]:
    """What stands in a line of the table, for one file; nothing for a file over the limits."""
    try:
        text = unix(decode(Blob("", language, path.read_bytes()), LIMITS))
    except (UnmeasurableError, SyntaxError):
        return Counter()
    try:
        _, joined, _ = read(text, language, LIMITS.unread_percent)
    except UnmeasurableError:
        return Counter(files=1, unread=1)
    counts = Counter(files=1, both=len(joined.pairs))
    for lizards, trees in joined.pairs:
        for number in ("ccn", "nloc", "parameters"):
            counts[number] += getattr(lizards, number) == getattr(trees, number)
    tree = [function for function in joined.functions if function.reader == "tree"]
    counts["top_level"] = sum(function.name == TOP_LEVEL for function in tree)
    counts["stands"] = joined.stands
    counts["only_tree"] = len(tree) - counts["top_level"] - joined.stands
    counts["only_lizard"] = len(joined.functions) - len(tree) - (len(joined.pairs) - joined.stands)
    return counts


if __name__ == "__main__":
    main(sys.argv[1:])
