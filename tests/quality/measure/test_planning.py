"""The work is known before it begins, cut for the processes, and named while it is in hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from collectors.process.bounded import Chunk, ChunkResult
from quality.catalogue.recipes import load_recipe
from quality.measure.chunks import chunks, work
from tests.conftest import Desk

RECIPE = load_recipe("2026.2")


class Onlooker:
    """Writes down what it is told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []
        self.named: list[list[str]] = []
        self._in_hand: Callable[[], Sequence[str]] = tuple

    def say(self, line: str) -> None: ...

    def expect(self, files: int, work: int) -> None:
        self.told.append(("expect", files, work))

    def done(self, files: int, work: int) -> None:
        self.told.append(("done", files, work))

    def follow(self, in_hand: Callable[[], Sequence[str]]) -> None:
        self._in_hand = in_hand

    def look(self) -> None:
        self.named.append(list(self._in_hand()))


class Elsewhere:
    """An engine that measures where nobody sees what is in hand, as a cluster does."""

    jobs = 1

    def __init__(self, onlooker: Onlooker) -> None:
        self._onlooker = onlooker

    def __call__(
        self, function: Callable[[Chunk], ChunkResult], items: Iterable[Chunk]
    ) -> Iterator[ChunkResult]:
        for item in items:
            self._onlooker.look()
            yield function(item)


@pytest.mark.slow
def test_all_work_is_known_before_it_begins_and_what_is_in_hand_is_named(desk: Desk) -> None:
    desk.repository("billing", {"a.py": b"x = 1\n"})
    desk.repository("shop", {"src/b.js": b"let y = 2\n"})
    desk.contract(["billing", "shop"])
    onlooker = Onlooker()
    session = desk.session
    session.measure(session.ranges(None), Elsewhere(onlooker), onlooker, offline=False)
    kinds = [kind for kind, _, _ in onlooker.told]
    assert kinds == ["expect"] + ["done"] * (len(kinds) - 1)
    _, files, whole = onlooker.told[0]
    assert files == sum(number for kind, number, _ in onlooker.told if kind == "done") > 0
    assert whole == sum(part for kind, _, part in onlooker.told if kind == "done")
    named = [name.rpartition(" (")[0] for names in onlooker.named for name in names]
    assert list(dict.fromkeys(named)) == ["billing: a.py", "shop: src/b.js"]


def test_work_is_what_analyzers_read_and_pylint_reads_slowly() -> None:
    missing = {("a", "python", "lizard"): 99, ("a", "python", "pylint"): 99}
    assert work(missing, missing, RECIPE) == 100 + 800
    assert work(missing, [("a", "python", "lizard"), ("b", "python", "lizard")], RECIPE) == 100


def test_the_fast_analyzers_are_at_work_while_pylint_starts_and_reads_the_library() -> None:
    names = [hashlib.sha1(bytes([n])).hexdigest() for n in range(60)]
    missing = {
        (name, "python", analyzer): 5000 for name in names for analyzer in ("lizard", "pylint")
    }
    cut = list(chunks(missing, RECIPE, 2, lambda oids: ((oid, b"") for oid in oids)))
    assert [each.analyzers for each in cut] == [
        ("lizard",), ("pylint",), ("lizard",), ("pylint",), ("pylint",), ("pylint",)
    ]  # fmt: skip
    done = [(blob.oid, name) for each in cut for name in each.analyzers for blob in each.blobs]
    assert sorted(done) == sorted((oid, name) for oid, _, name in missing)
