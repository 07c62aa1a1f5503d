"""The other side of a nursery: start it, ask it, learn why a child ended, end it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quality.errors import MeasureError

PYTHON = (sys.executable, "-P", "-s", "-B")  # no module but installed ones, nothing written there


@dataclass(frozen=True, slots=True)
class _Running:
    """A nursery that runs, where it takes connections, and the folder of its children's folders."""

    process: subprocess.Popen[bytes]
    door: socket.socket
    folder: Path
    starter: int


class Nursery:
    """A nursery of ours, started when first asked and anew when it died; usable from any thread.

    ``arguments``: what Python runs; the number of the descriptor to listen at is added.
    ``environment``: variables beside the bare ones. ``apart``: in a process group of its own, so
    that ``stop`` ends it with all that it started; else it is part of ours.
    """

    def __init__(
        self, arguments: Sequence[str], environment: dict[str, str], *, apart: bool
    ) -> None:
        self._arguments, self._environment, self._apart = arguments, environment, apart
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._proven: _Running | None = None
        self._finalizer: weakref.finalize[[_Running, bool], Nursery] | None = None

    def begin(self) -> None:
        """Start it, where it does not run, and wait for nothing (MeasureError: as ``connect``)."""
        with self._lock:
            self._started()

    def prove(self, proof: Callable[[], object]) -> None:
        """Run ``proof``, which raises where it is not to be believed, once in each of its lives."""
        if not self.alive() or self._proven is not self._running:
            proof()
            self._proven = self._running

    def connect(self) -> socket.socket:
        """A connection for one request (MeasureError: no process can be run). A process forked
        from the one that started it may connect too, but starts none."""
        with self._lock:
            for _ in range(2):  # one that is idle may go just now
                ours, theirs = socket.socketpair()
                with theirs:
                    try:
                        socket.send_fds(self._started().door, [b"?"], [theirs.fileno()])
                    except OSError:
                        ours.close()
                        if not self._ours():
                            break
                    else:
                        return ours
        raise MeasureError("no process can be run for the analyzers: run it again")

    def alive(self) -> bool:
        """Whether it runs; only for the process that started it."""
        return self._running is not None and self._running.process.poll() is None

    def broken(self) -> bool:
        """Whether it ended of its own accord with an error: what it needs is not installed."""
        running = self._running
        return running is not None and self._ours() and (running.process.poll() or 0) > 0

    def stop(self) -> None:
        """End it and its children now; the next request starts another."""
        with self._lock:
            if self._finalizer:
                self._finalizer()
            self._running = None

    def _ours(self) -> bool:
        return self._running is None or self._running.starter == os.getpid()

    def _started(self) -> _Running:
        if self._running is None or (self._ours() and not self.alive()):
            if self._finalizer:
                self._finalizer()
            try:
                self._running = self._start()
            except OSError as error:
                raise MeasureError(
                    f"no process can be run for the analyzers: {error.strerror}: give this "
                    "machine more room (ulimit, memory, disk) and run it again"
                ) from error
            self._finalizer = weakref.finalize(self, _end, self._running, self._apart)
        return self._running

    def _start(self) -> _Running:
        folder = Path(tempfile.mkdtemp(prefix="workmanship-"))
        door, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        with inside:
            process = subprocess.Popen(
                [*PYTHON, *self._arguments, str(inside.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=_environment(folder) | self._environment,
                pass_fds=[inside.fileno()],
                start_new_session=self._apart,
            )
        return _Running(process, door, folder, os.getpid())


def death(status: int, seconds: int) -> tuple[str, bool]:
    """Why a child with this wait status said no more, and whether the machine is to blame."""
    return ending(os.waitstatus_to_exitcode(status), seconds)


def ending(code: int, seconds: int) -> tuple[str, bool]:
    """The same by a process's exit code, negative for a signal's number."""
    if code == -signal.SIGXCPU:
        return f"over the time limit of {seconds} s", False
    if code == -signal.SIGXFSZ:
        return "says more than anybody can read", False
    if code == os.EX_TEMPFAIL:
        return "the machine cannot measure", True
    if -code in CRASHES:
        return f"the analyzer crashed ({signal.Signals(-code).name})", False
    if code < 0:
        return KILLED, True
    return "the analyzer gave up", False


PATIENCE = 2  # seconds for a nursery to end itself and its children
CRASHES = {
    *(signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGTRAP),
    signal.SIGSYS,
}  # what a program does to itself; any other signal came from somebody
KILLED = "killed from outside, or stuck"


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the caller's environment: no PYTHONPATH, so no module but installed ones."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
    }


def _end(running: _Running, apart: bool) -> None:
    process = running.process
    running.door.close()
    if running.starter != os.getpid():
        return
    if process.stdin:
        process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    with suppress(ProcessLookupError):  # what is stuck, and what was left
        os.killpg(process.pid, signal.SIGKILL) if apart else process.kill()
    process.wait()
    shutil.rmtree(running.folder, ignore_errors=True)
