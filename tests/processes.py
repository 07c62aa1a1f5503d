"""What runs: the processes that a test's own process started, and waiting for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def below(parent: int) -> list[int]:
    """The processes that ``parent`` started, and theirs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [parent]
    for pid in found:
        found += [child for child, above in parents.items() if above == pid]
    return found[1:]


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be asked how does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait for a condition, which fails the test where it does not come true in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
