"""Duplicated lines and blocks, against a search that compares every window with every other one."""

from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from quality.catalogue.recipes import load_recipe
from quality.contract.sections.repositories import FilePatterns
from quality.model.facts import CodeLines, Facts
from quality.model.repository import Commit, TreeFile
from quality.store.counting import Content, Scope
from quality.store.database import Store
from tests.quality.store.test_delivery import at

RECIPE = load_recipe("2026.2")
SIZES = (1, 2, 3, 5, 8, 13, 21, 34)
SPOKEN = {".rb": "ruby", ".js": "javascript", ".ts": "typescript"}
DIALECTS = {"typescript": "javascript"}
Code = dict[tuple[int, str, str], list[int]]
"""The lines of each file, by snapshot, path and language."""


def drawn() -> Code:
    """Two snapshots in which short texts come back often, and a long one twice, in TypeScript and
    in JavaScript."""
    draw = Random(7)  # the same texts each time
    long = [draw.randrange(100, 200) for _ in range(30)]
    code = {
        (snapshot, f"{size}{suffix}", language): [draw.randrange(1, 4) for _ in range(size)]
        for snapshot, size, (suffix, language) in product((0, 1), SIZES, SPOKEN.items())
    }
    copies = (("a.js", "javascript"), ("b.ts", "typescript"))
    return code | {(1, *copy): [n, *long] for n, copy in enumerate(copies)}


@pytest.fixture(scope="module")
def scope(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scope]:
    with Store(tmp_path_factory.mktemp("duplicates") / "m.duckdb") as store:
        code = drawn()
        store.add_facts([
            Facts(f"{snapshot}/{path}", language, "clones", None, (CodeLines(
                tuple(range(10, 10 + len(lines))), tuple(lines),
                tuple(range(50, 50 + len(lines))), tuple(line // 2 for line in lines)),))
            for (snapshot, path, language), lines in code.items()
        ], {"clones": RECIPE.part("clones").digest})  # fmt: skip
        for snapshot in (0, 1):
            files = [TreeFile(path, f"{snapshot}/{path}", 9, "file", language)
                     for number, path, language in code if number == snapshot]  # fmt: skip
            store.add_commit(Commit(str(snapshot), at(7, 1)), files)
        yield Scope(store, RECIPE, [Content(str(number), FilePatterns()) for number in (0, 1)])


def twice(lines: int, code: Code) -> dict[tuple[int, str, int], int]:
    """Each window that stands at two or more places, by its place, and at how many."""
    windows = {
        (snapshot, path, first + 1): (
            snapshot,
            DIALECTS.get(language, language),
            tuple(held[first : first + lines]),
        )
        for (snapshot, path, language), held in code.items()
        for first in range(len(held) - lines + 1)
    }
    places = Counter(windows.values())
    return {place: places[held] for place, held in windows.items() if places[held] > 1}


def ask(scope: Scope, query: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = scope._execute(query, None).fetchall()
    return found


@pytest.mark.parametrize("renamed", [False, True])
@pytest.mark.parametrize("lines", [2, 3, 4, 5, 6, 7, 8, 12, 17, 30, 31, 40, 10**12])
def test_duplicated_windows_and_lines(scope: Scope, lines: int, renamed: bool) -> None:
    code = {
        place: [line // 2 if renamed else line for line in held] for place, held in drawn().items()
    }
    found = twice(lines, code)
    windows = f"duplicates({lines}, {renamed}) join clone_files using (file)"
    told = ask(scope, f"select snapshot, path, position, places from {windows}")
    assert sorted(told) == sorted((*place, places) for place, places in found.items())
    covered = {(snapshot, path, first + n) for snapshot, path, first in found for n in range(lines)}
    assert sorted(ask(scope, f"from duplicated_lines({lines}, {renamed})")) == sorted(covered)
    first = ask(scope, f"from duplicated_lines({lines}, {renamed}, judged := 1)")
    assert sorted(first) == sorted(each for each in covered if each[0] == 0)


def test_a_copy_in_a_dialect_is_one_block(scope: Scope) -> None:
    """Thirty lines, the first in front of them apart."""
    _, columns = scope.table_of("explain/duplication", lines=20, renamed=0)
    assert [row[2:] for row in columns if row[0] == 1 and row[2] == 30] == [(30, [
        {"path": "a.js", "line": 11, "last_line": 40, "position": 2},
        {"path": "b.ts", "line": 11, "last_line": 40, "position": 2},
    ])]  # fmt: skip
