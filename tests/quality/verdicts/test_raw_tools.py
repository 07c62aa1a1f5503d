"""The whole line against the raw tools, on the same bytes of a package nobody wrote for us."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from quality.catalogue.recipes import load_recipe
from quality.store.database import Store
from tests.conftest import Desk

pytestmark = pytest.mark.slow

PACKAGE = "pathspec"
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sources() -> dict[str, bytes]:
    """The package's own Python files by their path."""
    files = metadata.files(PACKAGE) or []
    return {
        str(file): Path(str(file.locate())).read_bytes()
        for file in files
        if file.suffix == ".py" and file.parts[0] == PACKAGE
    }


@pytest.fixture(scope="module")
def measured(shared_desk: Desk, sources: dict[str, bytes]) -> Desk:
    shared_desk.repository("package", dict(sources))
    shared_desk.contract(["package"])
    assert shared_desk.measure().problems == []
    return shared_desk


def rows(desk: Desk, sql: str) -> list[tuple[object, ...]]:
    with Store(desk.session.database, read_only=True) as store:
        return store.connection.execute(
            f"select path, t.* from ({sql}) as t join measurements as m on m.id = t.measurement "
            "join files as f on f.blob = m.blob order by all"
        ).fetchall()


def test_lizards_numbers(measured: Desk, sources: dict[str, bytes]) -> None:
    import lizard

    raw = {
        path: lizard.analyze_file.analyze_source_code(path, content.decode())
        for path, content in sources.items()
    }
    found = rows(measured, "select nloc, measurement from file_sizes")
    assert [row[:-1] for row in found] == sorted((path, info.nloc) for path, info in raw.items())
    found = rows(
        measured,
        "select start_line, end_line, name, nloc, ccn, parameters, tokens, measurement "
        "from functions where reader = 'lizard'",
    )
    expected = sorted(
        (path, f.start_line, f.end_line, f.name, f.nloc, f.cyclomatic_complexity,
         f.parameter_count, f.token_count)
        for path, info in raw.items() for f in info.function_list
    )  # fmt: skip
    assert [row[:-1] for row in found] == expected
    assert len(expected) > 100


def test_radons_numbers(measured: Desk, sources: dict[str, bytes]) -> None:
    from radon.complexity import cc_visit
    from radon.metrics import mi_visit
    from radon.raw import analyze

    blocks, files = [], []
    for path, content in sources.items():
        code = content.decode()
        for block in cc_visit(code):
            if block.letter != "C":
                blocks.append((path, block.lineno, block.endline, block.fullname, block.complexity))
        raw = analyze(code)
        files.append((path, raw.loc, raw.lloc, raw.sloc, raw.comments,
                      round(mi_visit(code, multi=True) * 1_000_000)))  # fmt: skip
    found = rows(measured, "select start_line, end_line, name, cc, measurement from blocks")
    assert [row[:-1] for row in found] == sorted(blocks)
    found = rows(measured, "select loc, lloc, sloc, comments, mi_millionths, measurement "
                 "from python_files")  # fmt: skip
    assert [row[:-1] for row in found] == sorted(files)
    assert len(blocks) > 100


PROVEN = frozenset(
    re.findall(
        r'^    "(\w+)": \w+\.\w+,',
        (ROOT / "collectors/analyzers/pylint_process/proof.py").read_text("utf-8"),
        re.MULTILINE,
    )
)


def test_pylints_findings(measured: Desk, sources: dict[str, bytes], tmp_path: Path) -> None:
    """Each file alone, under a name that no import can spell, pragmas out of reach."""
    recipe = load_recipe("2026.2")
    rules = [rule.id for rule in recipe.rules_of("pylint") if rule.list != "excluded"]
    names = {f"m-{number}": path for number, path in enumerate(sorted(sources))}
    folder = tmp_path / "alone"
    folder.mkdir()
    for name, path in names.items():
        text = sources[path].decode()
        assert "pylint:" not in text
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-m", "pylint", "--rcfile=/dev/null", "--disable=all",
         f"--enable={','.join(rules)}", "--output-format=json2", "--persistent=no",
         *(f"{name}.py" for name in names)],
        cwd=folder, check=False, capture_output=True, text=True,
    )  # fmt: skip
    raw = {
        (names[message["module"]], message["line"], message["messageId"])
        for message in json.loads(done.stdout)["messages"]
    }
    found = {row[:-1] for row in rows(measured, "select line, rule, measurement from findings")}
    found = {row for row in found if row[2] in rules}
    assert found <= raw
    assert {row[2] for row in raw - found} <= PROVEN  # what the file does not prove
    assert found
