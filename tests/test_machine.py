"""What the tests need of the machine, and what they say where it is missing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import browser

ROOT = Path(__file__).parents[1]
ONE = "test_opens_from_disk"


def without_a_browser(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Some browser tests on a machine that has git, and nothing else, on its path."""
    for name in ("git", "env"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    command = ["-m", "pytest", "-p", "no:cacheprovider", "-k", ONE]
    return subprocess.run(
        [sys.executable, *command, "tests/reports/scorecard/test_browser.py"],
        cwd=ROOT,
        env={"PATH": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_without_a_browser_its_tests_are_skipped_with_one_line(tmp_path: Path) -> None:
    done = without_a_browser(tmp_path)
    said = [line for line in done.stdout.splitlines() if "BROWSER" in line]
    assert done.returncode == 0, done.stdout + done.stderr
    why = f"there is no Chromium on this machine ({browser.REMEDY})"
    assert said == [f"15 BROWSER TESTS SKIPPED: {why}"]


@pytest.mark.slow
def test_ci_demands_a_browser(tmp_path: Path) -> None:
    done = without_a_browser(tmp_path, CI="true")
    assert done.returncode == 1
    assert "15 errors" in done.stdout, done.stdout
    assert "SKIPPED" not in done.stdout


def test_nothing_is_said_where_all_was_tested() -> None:
    assert browser.skipped_line([]) == ""
    assert browser.skipped_line(["Skipped: another reason"]) == ""
