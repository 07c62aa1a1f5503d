"""What a terminal shows: colours for outcomes, help under its short name."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from quality.cli.app import COMMANDS, run

SAY = "from quality.cli.console import verdicts; verdicts('A  ✗ FAILED\\nB  ✓ metal\\n')"


def on_a_terminal(**environment: str) -> str:
    """What a program prints that says verdicts on a terminal."""
    ours, theirs = os.openpty()
    subprocess.run([sys.executable, "-c", SAY], stdout=theirs, check=True,
                   env={"PYTHONUTF8": "1", "TERM": "xterm", **environment})  # fmt: skip
    os.close(theirs)
    with os.fdopen(ours, "rb") as read:
        return read.read1(4096).decode().replace("\r", "")


def test_outcomes_have_a_colour_on_a_terminal_and_nowhere_else() -> None:
    assert on_a_terminal() == "A  \x1b[31m\x1b[1m✗ FAILED\x1b[0m\nB  ✓ metal\n"
    assert on_a_terminal(NO_COLOR="1") == "A  ✗ FAILED\nB  ✓ metal\n"
    piped = subprocess.run([sys.executable, "-c", SAY], capture_output=True, check=True)
    assert b"\x1b" not in piped.stdout


def test_help_has_a_short_name_in_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert run([name, "-h"]) == 0
        assert f"Usage: workmanship {name} " in capsys.readouterr().out
    assert run(["-h"]) == 0
    assert "completion" in capsys.readouterr().out
