"""Measuring that ends by a kill, by Ctrl-C or by a signal: what is kept, and how it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quality.cli.app import run
from reports.scorecard import json
from tests.conftest import Desk
from tests.examples import table
from tests.processes import alive, below, until
from tests.quality.measure.modules import module

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A repository whose measurement takes several chunks, measured by nobody who disturbs."""
    desk = Desk(tmp_path_factory.mktemp("large"))
    files = {f"m{n}.py": "".join(module(100 * n + k) for k in range(15)) for n in range(45)}
    files |= {f"s{n}.js": f"function s{n}(a) {{ return a || {n}; }}\n" * 20 for n in range(20)}
    desk.repository("billing", files)
    desk.contract(["billing"])
    desk.measure()
    return desk


@pytest.fixture
def busy(large: Desk, tmp_path: Path) -> Desk:
    """The same, to be measured into a database of its own."""
    return Desk(tmp_path, database=tmp_path / "busy.duckdb", contracts=large.contracts)


STOPS = """\
import os, signal
from quality.cli.app import main
from quality.measure.backlog import Backlog
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
keep = Backlog.keep
def keep_and_stop(self, facts):
    keep(self, facts)
    os.kill(os.getpid(), signal.SIGSTOP)
Backlog.keep = keep_and_stop
main()
"""


@contextmanager
def measuring(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    """A process that measures and stands still by itself as soon as its first chunk is kept; gone
    in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", STOPS, "measure", str(desk.contracts[0]), "--jobs", "2",
         "--database", str(desk.session.database)],
        cwd=desk.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        found = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        assert found is not None
        assert found.si_code == os.CLD_STOPPED, "it ended before it could be interrupted"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_process_is_told_to_wait_and_after_a_kill_the_next_run_goes_on(
    busy: Desk, large: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with measuring(busy) as process:
        children = below(process.pid)
        for command in ("measure", "evaluate"):
            assert run([command, str(busy.contracts[0]), "--database", str(busy.database)]) == 3
            assert capsys.readouterr() == (
                "",
                f"{busy.session.database} is in use by another process: wait until it has "
                "finished, or stop it\n",
            )
    until(lambda: not any(map(alive, children)), seconds=2)
    goes_on(busy, large)


@pytest.mark.parametrize("asked", table([signal.SIGINT, signal.SIGTERM, signal.SIGHUP], {1}))
def test_ctrl_c_ends_in_one_line_and_keeps_what_was_measured(
    busy: Desk, large: Desk, asked: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So do a build server that gives up and a terminal that is closed; nothing is left behind."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    with measuring(busy) as process:
        children = below(process.pid)
        process.send_signal(asked)
        process.send_signal(signal.SIGCONT)
        out, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == ""
    assert said.startswith("interrupted: what was measured is kept; to go on: workmanship measure ")
    assert len(said.splitlines()) == 1
    until(lambda: not any(map(alive, children)), seconds=2)
    assert list((tmp_path / "tmp").iterdir()) == []
    goes_on(busy, large)


def goes_on(busy: Desk, large: Desk) -> None:
    """What was measured before the end is kept, and the next run measures the rest."""
    assert 0 < len(busy.facts()["measurements"]) < len(large.facts()["measurements"])
    assert busy.measure().problems == []
    assert json.render(busy.evaluate(pages=True)) == json.render(large.evaluate(pages=True))
    assert busy.facts() == large.facts()
