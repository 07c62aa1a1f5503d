"""What runs: the processes that a test's own process started."""

from __future__ import annotations

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
