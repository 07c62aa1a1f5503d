"""What must be proved before a fact is believed: tools, known samples, and every Python here."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

import collectors
from collectors.analyzers import ANALYZERS, SELF_PROVING
from collectors.languages.comments import SCANNERS, comments, masked
from collectors.languages.interpolated import CODE
from collectors.process import worker
from quality.catalogue.tools import RUNNING
from tests.collectors.process.blobs import RECIPE
from tests.examples import table
from tests.interpreters import interpreters


def test_other_tools_than_the_recipe_says_are_refused(tmp_path: Path) -> None:
    """A worker of a cluster may have other versions than the machine that asked."""
    other = (
        "from dataclasses import replace; right = worker.load_recipe;"
        "worker.load_recipe = lambda *a: replace(right(*a), tools=(('lizard', '1.0'),))"
    )
    assert prepared(other, "lizard", "python").startswith(
        "recipe 2026.2 measures with lizard 1.0, but"
    )


def prepared(before: str, *task: str) -> str:
    """What a worker says to a task (analyzer and language) when ``before`` went wrong."""
    code = (
        "import sys; from collectors.process import worker\n"
        "from quality.errors import MeasureError\n"
        f"{before}\n"
        "task = [sys.argv[1], '', sys.argv[2]]\n"
        f"head = {{'recipe': '2026.2', 'python': {RUNNING!r}, 'begun': [], 'tasks': [task]}}\n"
        "try:\n    print(worker.prepare(head), worker.prepare(head))\n"
        "except MeasureError as error:\n    print(error)"
    )
    run = [sys.executable, "-c", code, *task]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


BLIND = "from collectors.analyzers import {0}; {0}.comments = lambda text, language: ()"

SAMPLES = json.loads((worker.SAMPLES / "facts.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("analyzer", "broken"),
    table(
        [
            ("clones", BLIND.format("clones")),
            ("suppressions", BLIND.format("suppressions")),
            ("lizard", "from collectors.analyzers import lizard; lizard.EXPRESSIONS = {'if'}"),
            ("radon", "import math; math.log = lambda *_: 1.0"),
        ],
        {0},
    ),
)
def test_a_reader_that_misreads_a_known_sample_gives_no_fact(analyzer: str, broken: str) -> None:
    start = f"{analyzer} misreads a known sample of python under Python"
    assert prepared(broken, analyzer, "python").startswith(start)
    assert prepared("pass", analyzer, "python") == "True False"


def test_a_reader_proves_itself_on_the_languages_it_is_to_read_alone() -> None:
    broken = "from collectors.languages import comments; comments.PARSED.pop('javascript')"
    assert "misreads" in prepared(broken, "suppressions", "javascript")
    assert prepared(broken, "suppressions", "python") == "True False"


def test_every_analyzer_has_samples_of_what_it_reads() -> None:
    assert set(SAMPLES) == set(ANALYZERS) - set(SELF_PROVING)
    texts = {path.name for path in worker.SAMPLES.iterdir()} - {"facts.json"}
    for name, known in SAMPLES.items():
        assert {f"{each}.txt" for each in known} == {
            text for text in texts if RECIPE.part(name).reads(text.removesuffix(".txt"))
        }


@pytest.mark.parametrize("language", SAMPLES["clones"])
def test_the_samples_are_known_by_hand(language: str) -> None:
    """In a comment they say yes, elsewhere no."""
    text = (worker.SAMPLES / f"{language}.txt").read_text("utf-8")
    rest = masked(text, comments(text, language))
    assert "yes" not in rest
    assert re.findall(r"\bno\b", rest) == re.findall(r"\bno\b", text)


PURE = """
import sys; sys.path.insert(0, sys.argv[1])
from collectors.analyzers import ANALYZERS
from collectors.process.worker import SAMPLES, encode
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob
for language in sys.argv[2:]:
    blob = Blob("", language, (SAMPLES / f"{language}.txt").read_bytes())
    print(*map(encode, ANALYZERS["suppressions"].measure([blob], load_recipe("2026.2"))))
"""


@pytest.mark.slow
def test_every_python_on_the_machine_finds_the_same_comments() -> None:
    """With the standard library alone, so that nothing need be installed there."""
    languages = sorted(set(SAMPLES["clones"]) & {*SCANNERS, *CODE})
    assert len(languages) == 9
    root = str(Path(collectors.__file__).parent.parent)
    said = {
        version: subprocess.run(
            [path, "-I", "-c", PURE, root, *languages], capture_output=True, text=True, check=True
        ).stdout
        for version, path in interpreters().items()
    }
    if len(said) == 1:
        pytest.skip(f"only Python {platform.python_version()} is on this machine")
    assert len(set(said.values())) == 1
    assert len(next(iter(said.values())).splitlines()) == len(languages)
