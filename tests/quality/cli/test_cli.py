"""The commands as a user meets them: what they print, where, and their exit codes."""

from __future__ import annotations

import json
import os
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
from tests.quality.measure.test_pipeline import MAIN, module

GOLDEN = Path(__file__).parents[2] / "golden"
BRANCHY = "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))
FAILS = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, "
    "above: 20, expected: 5, minimum: 8}",
)
FAILS_KEY = (FAILS[0].replace("critical", "key"),)


# ---------------------------------------------------------------- help


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


# ---------------------------------------------------------------- exit codes


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


# ---------------------------------------------------------------- what it prints


def test_the_evaluation_and_the_explanation_as_text(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.repository("billing", {"a.py": BRANCHY, "b.py": module(1), "c.js": "var x = 1;\n" * 8})
    levels = (
        *FAILS,
        "{id: TQ-2, name: 'Errors [red]in[/red] code', class: critical, "
        "indicator: errors.density, expected: 0, minimum: 50}",
        "{id: TQ-3, name: Size, class: key, indicator: size.nloc}",
        "{id: TQ-4, name: Duplicates, class: key, indicator: duplication.share, expected: 3, "
        "minimum: 6}",
    )
    contract = str(desk.contract(["billing"], levels, starts="2026-04-01"))
    desk.measure()
    assert run(["measure", contract]) == 3  # it has no commit of the first quarter
    capsys.readouterr()
    assert run(["evaluate", contract, "--period", "2026-Q3"]) == 1
    text = [capsys.readouterr().out]
    for level in ("TQ-1", "TQ-2", "TQ-3", "TQ-4"):
        words = ["explain", contract, "--service-level", level, "--period", "2026-Q3"]
        assert run(words) == 0
        text.append(capsys.readouterr().out)
    golden(GOLDEN / "commands.txt", "\n".join(text))


def golden(path: Path, text: str) -> None:
    """Compare with a kept file; with UPDATE_GOLDEN set it is written instead."""
    if "UPDATE_GOLDEN" in os.environ:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_json_of_one_and_of_several(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.repository("billing", {"a.py": module(1)})
    one = str(desk.contract(["billing"], FAILS))
    two = str(desk.contract(["billing"], FAILS, name="beta"))
    desk.measure(periods="2026-Q3")
    assert run(["evaluate", one, "--period", "2026-Q3", "--format", "json"]) == 0
    single = json.loads(capsys.readouterr().out)
    assert run(["evaluate", one, two, "--period", "2026-Q3", "--format", "json"]) == 0
    several = json.loads(capsys.readouterr().out)
    assert several[0] == single
    assert [each["contract"]["id"] for each in several] == ["ACME", "BETA"]
    assert run(["explain", one, "--service-level", "TQ-1", "--format", "json",
                "--period", "2026-Q3"]) == 0  # fmt: skip
    assert json.loads(capsys.readouterr().out)["service_level"]["denominator"] == 4


def test_explain_says_what_changed_and_what_to_repair(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    simple = "def f(a):\n    return a\n"
    complex_ = "def g(a):\n" + "    if a:\n        a += 1\n" * 21 + "    return a\n"  # 44 NLOC
    repository = desk.repository("billing", {"a.py": simple}, at="2026-05-01T00:00:00Z")
    repository.commit({"b.py": complex_}, at="2026-08-01T00:00:00Z")
    contract = str(desk.contract(["billing"], FAILS, starts="2026-04-01"))
    desk.measure()
    words = ["explain", contract, "--service-level", "TQ-1", "--period", "2026-Q3"]
    assert run(words) == 0
    text = capsys.readouterr().out.replace("\u202f", " ")
    assert "95.7 % = 100 x 44 / 46" in text
    assert "Since 2026-Q2: 1 new, 0 worse, 0 gone\n  new: billing: g b.py:1\n" in text
    assert (
        "minimum of 8 % and the expected level of 5 %: repair 1 function with 44 NLOC; 0.0 %"
        in text
    )
    assert run([*words, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["changes"]["since"] == "2026-Q2"
    assert [each["function"] for each in told["changes"]["new"]["first"]] == ["g"]
    assert [(each["to"], each["rows"], each["numerator"]) for each in told["repairs"]] == [
        ("minimum", 1, 0), ("expected", 1, 0),
    ]  # fmt: skip


@pytest.mark.slow
def test_explain_lists_for_the_expected_level_what_the_minimum_does_not_take(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """88 of 748 NLOC are complex; without one of the two functions 44 are, 5.9 %."""
    simple = "".join(f"def f{number}(a):\n    return a\n" for number in range(330))
    branchy = "(a):\n" + "    if a:\n        a += 1\n" * 21 + "    return a\n"
    desk.repository("billing", {"a.py": simple, "b.py": f"def g{branchy}def h{branchy}"})
    contract = str(desk.contract(["billing"], FAILS))
    desk.measure(periods="2026-Q3")
    assert run(["explain", contract, "--service-level", "TQ-1", "--period", "2026-Q3"]) == 0
    text = capsys.readouterr().out.replace("\u202f", " ")
    assert (
        "To meet the minimum of 8 %: repair 1 function with 44 NLOC; 5.9 % then.\n"
        "  billing: g b.py:1\n"
        "To meet the expected level of 5 %: repair 2 functions with 88 NLOC; 0.0 % then.\n"
        "  besides what the minimum takes:\n"
        "  billing: h b.py:45\n"
    ) in text


def test_explain_knows_the_service_levels(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    contract = str(desk.contract(["billing"], FAILS))
    assert run(["explain", contract, "--service-level", "TQ-9"]) == 2
    assert capsys.readouterr().err == "ACME has no service level 'TQ-9': it has TQ-1\n"


def test_two_contracts_of_one_id(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    one = desk.contract(["billing"], FAILS)
    two = desk.folder / "copy.contract.yaml"
    two.write_bytes(one.read_bytes())
    assert run(["check", str(one), str(two)]) == 2
    assert "contract ACME is also" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("periods", "measured"),
    table([("2026-Q2..2026-Q3", {"2026-Q2", "2026-Q3"}), ("2026-Q3", {"2026-Q3"}),
     ("2026-08..2026-08", {"2026-Q3"}), ("2020-Q1..2026-Q2", {"2026-Q2"})], {0}),
)  # fmt: skip
def test_ranges_of_periods(desk: Desk, periods: str, measured: set[str]) -> None:
    desk.repository("billing", {"a.py": module(1)}, at="2026-04-10T00:00:00Z")
    desk.contract(["billing"], FAILS, starts="2026-04-01")
    assert desk.measure(periods=periods).problems == []
    found = {q for q in ("2026-Q2", "2026-Q3") if desk.verdicts(q)["TQ-1"].measured}
    assert found == measured


def test_a_second_init_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "acme.contract.yaml")
    assert run(["init", file]) == 0
    assert run(["check", file]) == 0
    assert run(["init", file]) == 2
    assert "already exists" in capsys.readouterr().err


def test_a_reader_that_ends_early_changes_no_exit_code(desk: Desk) -> None:
    """``workmanship recipe | head -1``: what is not read is no failed service level."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as broken:
        done = subprocess.run(
            [*MAIN, "recipe"], check=False, stdout=broken, stderr=subprocess.PIPE, text=True
        )
    assert (done.returncode, done.stderr) == (0, "")


# ---------------------------------------------------------------- secrets


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


# ---------------------------------------------------------------- speed of starting


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
    heavy = ("lizard", "radon", "astroid", "pylint", "altair", "vl_convert", "git", "distributed",
             "dask", "jinja2", *more)  # fmt: skip
    code = f"import sys; {start}; print([n for n in {heavy} if n in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
