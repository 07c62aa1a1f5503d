"""The commands as a user meets them: what they print, where, and their exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer

from quality.catalogue.recipes import PYTHONS
from quality.catalogue.tools import RUNNING
from quality.cli.app import app, run
from tests.conftest import Desk
from tests.examples import table
from tests.quality.cli.commands import BRANCHY, FAILS
from tests.quality.measure.modules import module

FAILS_KEY = (FAILS[0].replace("critical", "key"),)


@pytest.mark.parametrize("name", sorted(typer.main.get_command(app()).commands))  # type: ignore[attr-defined]
def test_the_help_of_every_command_has_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    assert f"Example: workmanship {name}" in " ".join(capsys.readouterr().out.split())


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "Begin with: workmanship init" in capsys.readouterr().out
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == "workmanship 0.1.0\n"


@pytest.mark.parametrize(
    "words", [["measure"], ["nonsense"], ["check", "--nonsense"], ["measure", "x", "--jobs", "0"],
              ["evaluate", "x", "--format", "xml"], ["check"]],
)  # fmt: skip
def test_a_wrong_command_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err
    assert "Traceback" not in caught.err


@pytest.mark.parametrize(
    ("levels", "content", "code"),
    table(
        [
            (FAILS, module(1), 0),
            (FAILS, BRANCHY, 1),
            (FAILS_KEY, BRANCHY, 0),
            (FAILS, "x = 1\n", 3),
        ],
        {0, 1},
    ),
    ids=["met", "failed", "failed, but key", "unknown"],
)
def test_exit_codes(
    desk: Desk, levels: tuple[str], content: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.repository("billing", {"a.py": content})
    contract = str(desk.contract(["billing"], levels))
    desk.measure(periods="2026-Q3")
    out = str(desk.folder / "out")
    assert run(["scorecard", contract, "--period", "2026-Q3", "--output", out]) == code
    caught = capsys.readouterr()
    assert re.fullmatch(rf"measured 0 new contents in .* s; wrote {out}/index\.html\n", caught.err)
    words = [contract, "--period", "2026-Q3"]
    assert run(["evaluate", *words]) == code
    assert capsys.readouterr().out == caught.out
    assert run(["evaluate", *words, "--exit-zero"]) == 0
    assert run(["report", *words, "--output", out]) == code
    strict = {0: 0, 1: 1, 3: 3}[code] if levels is FAILS else 1
    assert run(["evaluate", *words, "--strict"]) == strict


@pytest.mark.parametrize("other", [python for python in PYTHONS if python != RUNNING][:1])
def test_a_pinned_python_alone_measures_and_any_reads_what_it_measured(
    desk: Desk, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    desk.repository("billing", {"a.py": module(1)})
    judged = "gate: [{id: G-1, rule: function.ccn, at_most: 9}]\n"
    path = desk.contract(["billing"], FAILS, more=judged)
    words = [str(path), "--period", "2026-Q3"]
    desk.measure(periods="2026-Q3")

    def evaluated(pin: str, code: int) -> dict[str, Any]:
        text = path.read_text(encoding="utf-8").replace(f'  python: "{RUNNING}"\n', "")
        path.write_text(text.replace("  recipe:", f'  python: "{pin}"\n  recipe:'), "utf-8")
        assert run(["evaluate", *words, "--format", "json"]) == code
        return json.loads(capsys.readouterr().out)

    assert evaluated(RUNNING, 0)["recipe"]["tools"]["python"] == RUNNING
    found = evaluated(other, 3)
    assert found["recipe"]["tools"]["python"] == other
    assert found["service_levels"][0]["reason"] == (
        f"billing: measured under Python {RUNNING} alone: run `workmanship measure` under "
        f'Python {other}, or pin python: "{RUNNING}" in the contract'
    )
    out = str(desk.folder / "out")
    gate = [
        "gate",
        str(path),
        "--repository",
        "billing",
        "--path",
        str(desk.folder / "billing.git"),
    ]
    for command in (
        ["measure", *words[:1], "--periods", "2026-Q3"],
        ["scorecard", *words, "--output", out],
        [*gate, "--base", "HEAD"],
    ):
        assert run(command) == 3
        assert (
            f"Python {other} is to measure, but this is Python {RUNNING}" in capsys.readouterr().err
        )


@pytest.mark.slow
def test_a_source_that_cannot_be_read_is_exit_3_and_the_others_are_measured(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.repository("billing", {"a.py": BRANCHY})
    contract = str(desk.contract(["billing", "missing"], FAILS))
    assert run(["measure", contract, "--periods", "2026-Q3"]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("missing: cannot mirror ")
    assert re.fullmatch(r"measured 1 new content in .* s, into .*measurements\.duckdb", lines[1])
    assert len(lines) == 2
    assert run(["evaluate", contract, "--period", "2026-Q3"]) == 3


def test_a_wrong_contract_beats_everything(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """2 beats 3 beats 1, and nothing is measured."""
    good = str(desk.contract(["missing"], FAILS))
    wrong = desk.folder / "wrong.contract.yaml"
    wrong.write_text("format: nonsense\n")
    assert run(["measure", good, str(wrong)]) == 2
    assert all(line.startswith(f"{wrong}:") for line in capsys.readouterr().err.splitlines())
    assert not (desk.folder / ".workmanship").exists()


def test_nothing_measured_yet(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    contract = str(desk.contract(["billing"], FAILS))
    assert run(["evaluate", contract, "--period", "2026-Q3"]) == 3
    assert "not measured yet: run `workmanship measure`" in capsys.readouterr().out
    assert run(["explain", contract, "--service-level", "TQ-1"]) == 3
    assert "has no snapshot" in capsys.readouterr().err
    assert not (desk.folder / ".workmanship").exists()


def test_our_own_fault_is_one_line_and_a_traceback_beside_the_contract(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A database that somebody has broken from outside, say."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    desk.repository("billing", {"a.py": module(1)})
    contract = str(desk.contract(["billing"], FAILS))
    desk.measure(periods="2026-Q3")
    with duckdb.connect(desk.session.database) as broken:
        broken.execute("drop table functions")
        broken.execute("delete from snapshot_values")
    capsys.readouterr()
    assert run(["evaluate", contract, "--period", "2026-Q3"]) == 4
    log = desk.folder / ".workmanship" / "log"
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err == (
        "unexpected CatalogException: this is our fault, please report it with the traceback in "
        f"{log}\n"
    )
    assert "Traceback (most recent call last)" in log.read_text()
    assert not (tmp_path / "elsewhere" / ".workmanship").exists()


def test_a_token_in_a_url_appears_nowhere(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither on the terminal nor in any file but the contract itself."""
    token = "s3cr3t-t0k3n"
    contract = desk.contract([f"https://user:{token}@127.0.0.1:1/x.git"], FAILS)
    out = tmp_path / "out"
    period = ("--period", "2026-Q3")
    commands = (
        ["measure", contract, "--periods", "2026-Q3", "--verbose"],
        ["scorecard", contract, *period, "--output", out],
        ["evaluate", contract, *period, "--format", "json"],
        ["explain", contract, "--service-level", "TQ-1"],
        ["check", contract],
    )
    assert [run([str(word) for word in words]) for words in commands] == [3, 3, 3, 3, 0]
    said = capfd.readouterr()
    assert "127.0.0.1" in said.err
    assert "TQ-1" in said.out
    assert token not in said.out + said.err
    holders = [path for path in tmp_path.rglob("*") if path.is_file() and
               token.encode() in path.read_bytes()]  # fmt: skip
    assert holders == [contract]
    assert (out / "index.html").exists()


@pytest.mark.parametrize(
    ("start", "more"),
    [
        ("from quality.cli.app import run; run(['--version']); run(['--help'])",
         ("pydantic", "duckdb", "rich", "pathspec", "ruamel")),
        ("import quality.cli.app, quality.cli.session", ("http", "quality.measure")),
    ],
    ids=["version and help", "a command"],
)  # fmt: skip
def test_commands_start_without_the_heavy_libraries(start: str, more: tuple[str, ...]) -> None:
    """They are imported where they are used: help and completion stay quick."""
    heavy = ("lizard", "radon", "astroid", "pylint", "git", "distributed",
             "dask", "jinja2", *more)  # fmt: skip
    code = f"import sys; {start}; print([n for n in {heavy} if n in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
