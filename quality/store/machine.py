"""What the database may take of the machine: threads and memory."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path

from quality.errors import MeasureError, UsageError
from quality.model.memory import GB, HINT, LEAST, MB, bytes_of

ADDRESSES = 2 * GB  # under a narrower `ulimit -v` DuckDB dies in the middle, without a word
GROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Resources:
    """Threads and bytes of memory; beyond these bytes DuckDB writes to disk. ``threads`` 0: the
    machine's cores; ``memory`` 0: a quarter of its memory."""

    threads: int = 0
    memory: int = 0

    def settings(self) -> dict[str, str]:
        """The same as DuckDB's settings (MeasureError: a shell's limit leaves too little)."""
        addresses = resource.getrlimit(resource.RLIMIT_AS)[0]
        limited = addresses != resource.RLIM_INFINITY
        if limited and addresses < ADDRESSES:
            raise MeasureError(
                f"`ulimit -v` leaves {addresses // MB} MB of addresses, the database needs "
                f"{ADDRESSES // MB} MB: raise it, such as by `ulimit -v unlimited`"
            )
        threads, memory = self.threads or cores(), self.memory or machine_memory() // 4
        if limited:
            threads, memory = min(threads, addresses // GB), min(memory, addresses // 4)
        return {"threads": str(threads), "memory_limit": f"{max(memory, LEAST)}B"}


MACHINE = Resources()


def cores() -> int:
    """The cores that this process may use: its affinity, and its control group's quota."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    quota, _, period = _group("cpu.max").partition(" ")
    allowed = int(quota) // int(period) if quota.isdigit() and period.isdigit() else 0
    return max(1, min(usable or 1, allowed or usable or 1))


def machine_memory() -> int:
    """Bytes of memory: the machine's, or less where the control group says so."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limits = (_group("memory.max"), _group("memory/memory.limit_in_bytes"))
    return min([machine, *(int(limit) for limit in limits if limit.isdigit())])


def _group(name: str) -> str:
    """A setting of the control group that we run in; "" where there is none."""
    try:
        return (GROUPS / name).read_text("ascii").strip()
    except OSError:
        return ""


def parse_memory(text: str | None) -> int:
    """Bytes of ``500MB`` or ``2GB``; None: 0, the machine decides (UsageError)."""
    if text is None:
        return 0
    size = bytes_of(text)
    if size is None:
        raise UsageError(f"--memory {text!r}: {HINT}")
    return size
