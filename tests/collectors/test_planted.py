"""Errors that were planted before anybody looked at what the rules find: the share found by our
worker, held against the table in the guide; and their correct twins, in which nothing is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.languages.suffixes import language as spoken_by
from collectors.process.bounded import Chunk, Supervisor
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Finding
from tests.java import needs_pmd

pytestmark = pytest.mark.slow

RECIPE = load_recipe("2026.2")
PLANTED = Path(__file__).parent / "planted"
GUIDE = Path(__file__).parents[2] / "quality" / "catalogue" / "README.md"
MARK = re.compile(r"[ \t]*(?://|#) planted: (.*)")
LANGUAGES = sorted(folder.name for folder in PLANTED.iterdir() if folder.is_dir())
EACH = [
    pytest.param(language, marks=needs_pmd) if language == "java" else language
    for language in LANGUAGES
]


@pytest.fixture(scope="module")
def lines() -> dict[Path, set[int]]:
    """The lines of each file with a finding that counts as error or warning. The marks are taken
    out first: a comment in an empty handler is a word of why."""
    blobs: dict[str, Path] = {}
    found: dict[Path, set[int]] = {}
    with Supervisor() as supervisor:
        for language in LANGUAGES:
            texts = {path: MARK.sub("", path.read_text("utf-8")) for path in _files(language)}
            for suffix in {path.suffix for path in texts}:  # a folder may hold dialects
                dialect = spoken_by(f"a{suffix}") or ""
                mine = {path: text for path, text in texts.items() if path.suffix == suffix}
                finders = tuple(part.name for part in RECIPE.finders if part.reads(dialect))
                chunk = Chunk("2026.2", finders, tuple(
                    Blob(f"{len(blobs) + number:040x}", dialect, text.encode())
                    for number, text in enumerate(mine.values())
                ))  # fmt: skip
                blobs.update(zip((blob.oid for blob in chunk.blobs), mine, strict=True))
                for facts in supervisor.measure(chunk).facts:
                    assert facts.reason is None, (blobs[facts.blob], facts)
                    rows = [row for row in facts.rows if isinstance(row, Finding)]
                    found.setdefault(blobs[facts.blob], set()).update(row.line for row in rows)
    return found


def _files(language: str) -> Iterator[Path]:
    yield from sorted((PLANTED / language).iterdir())


def _planted(path: Path) -> set[int]:
    texts = path.read_text("utf-8").split("\n")
    return {number for number, text in enumerate(texts, 1) if MARK.search(text)}


@pytest.mark.parametrize("language", EACH)
def test_the_guide_says_how_many_are_found(language: str, lines: dict[Path, set[int]]) -> None:
    planted = {(path, line) for path in _files(language) for line in _planted(path)}
    found = {(path, line) for path, line in planted if line in lines[path]}
    said = re.search(
        rf"^\| {language} \| (\d+) \| (\d+) \|", GUIDE.read_text("utf-8"), re.MULTILINE
    )
    assert said, f"| {language} | {len(planted)} | {len(found)} |"
    assert (int(said[1]), int(said[2])) == (len(planted), len(found))
    assert len(planted) >= 60 or language not in ("csharp", "go", "php")


@pytest.mark.parametrize("language", EACH)
def test_nothing_else_is_found(language: str, lines: dict[Path, set[int]]) -> None:
    surplus = {
        (path.name, line) for path in _files(language) for line in lines[path] - _planted(path)
    }
    assert surplus == set()
