"""Wall time, CPU time and peak memory of a command, as a user would feel them."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COMMAND = [str(Path(sys.executable).with_name("workmanship"))]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds on the wall, the process's own peak memory in MB (children not counted), output, and
    seconds of CPU (children counted): what a busy machine changes least."""

    seconds: float
    megabytes: float
    output: str
    cpu: float = 0.0

    @property
    def told(self) -> str:
        """The numbers in words."""
        return f"{self.seconds:.1f} s ({self.cpu:.1f} s of CPU), {self.megabytes:.0f} MB"


def timed(command: Sequence[str], folder: Path, accept: Sequence[int] = (0,)) -> Timed:
    """Run a command to its end; any exit code but the accepted ones ends the benchmark."""
    begin, before = time.perf_counter(), _cpu()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.02)
        seconds = time.perf_counter() - begin
        output.seek(0)
        text = output.read()
    if process.returncode not in accept:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{text}")
    return Timed(seconds, peak, text, _cpu() - before)


def workmanship(*arguments: str, folder: Path, accept: Sequence[int] = (0, 1, 3)) -> Timed:
    """Run our own command."""
    return timed([*COMMAND, *arguments], folder, accept)


def _cpu() -> float:
    """Seconds of CPU of all children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0")
    return int(line.split()[1]) / 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what was measured, the numbers, the ratio to reach."""

    what: str
    numbers: str
    ratio: str
    target: str
