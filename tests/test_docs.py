"""The documents against the code, so that they cannot go stale."""

import re
from pathlib import Path

import pytest

from quality.catalogue.indicators import INDICATORS
from quality.cli.app import APP

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_the_readme_lists_every_command_and_no_other() -> None:
    commands = {command.name or command.callback.__name__ for command in APP.registered_commands}
    assert set(re.findall(r"^\| `workmanship ([a-z]+)` \|", README, re.M)) == commands
    assert set(re.findall(r"\bworkmanship ([a-z]+) ", README)) <= commands | {"is"}


def test_the_readme_lists_the_catalogue_of_indicators() -> None:
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_.]+)` \| ([A-Za-z ]+) \| (.+) \|$", README, re.M)
    assert rows == [(each.id, each.unit, each.measures) for each in INDICATORS.values()]


@pytest.mark.parametrize("text", [README, CONTRIBUTING])
def test_every_make_target_exists(text: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M))
    targets = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.M))
    assert named
    assert named <= targets


def test_every_file_that_the_documents_name_exists() -> None:
    for text in (README, CONTRIBUTING):
        for path in re.findall(r"`((?:quality|collectors|reports|tests)/[\w./]*)`", text):
            assert (ROOT / path).exists(), path
        for path in re.findall(r"\]\(([\w./-]+)\)", text):
            assert (ROOT / path).exists(), path


def test_the_help_of_every_command_has_an_example() -> None:
    for command in APP.registered_commands:
        name = command.name or command.callback.__name__
        assert f"Example: workmanship {name}" in (command.epilog or ""), name
