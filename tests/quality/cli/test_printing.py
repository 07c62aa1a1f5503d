"""The PDF of a page: printed by a real Chromium, or a plain word that there is none."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from quality.cli import chromium
from quality.cli.app import run
from quality.errors import MeasureError
from tests import browser
from tests.conftest import Desk
from tests.quality.cli.commands import FAILS

Said = pytest.CaptureFixture[str]


def _program() -> str:
    found = browser.path()
    if found is None:
        if browser.demanded():
            pytest.fail(browser.REMEDY)
        pytest.skip(f"{browser.UNUSABLE}: there is no Chromium on this machine ({browser.REMEDY})")
    return found


@pytest.mark.slow
def test_each_page_is_printed(desk: Desk, tmp_path: Path, capsys: Said) -> None:
    _program()
    desk.repository("billing", {"a.py": "def f(a):\n    return a\n"})
    path = desk.contract(["billing"], FAILS)
    desk.measure()
    words = ["report", str(path), "--period", "2026-Q3", "--format", "pdf"]
    assert run([*words, "--output", str(tmp_path / "out")]) in (0, 1)
    (pdf,) = (tmp_path / "out").iterdir()
    assert (pdf.name, pdf.read_bytes()[:5]) == ("ACME.2026-Q3.pdf", b"%PDF-")


@pytest.mark.slow
def test_nothing_is_asked_of_any_network(tmp_path: Path) -> None:
    """A page that names a server on this machine, by its number: nobody connects."""
    import socket

    program = _program()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        port = server.getsockname()[1]
        html = f'<h1>x</h1><img src="http://127.0.0.1:{port}/x.png">'
        assert chromium.printed(program, html).startswith(b"%PDF-")
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_machine_without_a_browser_is_told(
    desk: Desk, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = desk.contract(["billing"], FAILS)
    words = ["report", str(path), "--format", "pdf", "--output", str(tmp_path / "out")]
    assert run(words) == 2
    assert "pdf needs a Chromium" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def _script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_browser_that_prints_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="printed no PDF"):
        chromium.printed(_script(tmp_path / "chromium", "exit 0"), "<p>x</p>")


def test_a_browser_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "SECONDS", 1)
    child = tmp_path / "child"
    program = _script(tmp_path / "chromium", f"sleep 100 & echo $! > {child}; wait")
    with pytest.raises(MeasureError, match="within 1 seconds"):
        chromium.printed(program, "<p>x</p>")
    pid = int(child.read_text())
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text():
            break
        time.sleep(0.1)
    else:
        os.kill(pid, 9)
        pytest.fail("what the browser started still runs")


def test_the_browser_gets_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKMANSHIP_TOKEN_GIT_EXAMPLE", "s3cr3t")
    seen = tmp_path / "seen"
    with pytest.raises(MeasureError):
        chromium.printed(_script(tmp_path / "chromium", f"env > {seen}"), "<p>x</p>")
    assert "s3cr3t" not in seen.read_text()
    assert "PATH=" in seen.read_text()
