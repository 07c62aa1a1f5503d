"""What the commands print: evaluations, explanations, JSON, and where."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from quality.cli.app import run
from tests.conftest import Desk
from tests.examples import table
from tests.quality.cli.commands import BRANCHY, FAILS, GOLDEN, golden
from tests.quality.measure.modules import MAIN, module


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
