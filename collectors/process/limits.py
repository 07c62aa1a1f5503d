"""What a process that meets hostile content may use, and a shell that allows it less."""

from __future__ import annotations

import resource

from quality.errors import MeasureError
from quality.model.recipe import Limits

OUTPUT_BYTES = 64 << 20
STACK_BYTES = 8 << 20  # how deep a file may be nested is a fact, so it is the same everywhere
OPEN_FILES = 256


def bound(limits: Limits) -> None:
    """Bound this process and all it starts, whatever the shell allows (MeasureError: less)."""
    refuse_tighter_shell(limits)
    for which, _, _, most, hard in _bounds(limits):
        resource.setrlimit(which, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_tighter_shell(limits: Limits) -> None:
    """Refuse to measure under a hard limit below the recipe's (MeasureError): it is inherited and
    cannot be raised, and what dies of it would look like the content's fault."""
    for which, option, unit, _, needed in _bounds(limits):
        hard = resource.getrlimit(which)[1]
        if resource.RLIM_INFINITY != hard < needed:
            raise MeasureError(
                f"this shell's hard limit (ulimit {option} {hard // unit}) is too low to measure: "
                f"run it where `ulimit -H {option}` says at least {needed // unit}"
            )


def _bounds(limits: Limits) -> tuple[tuple[int, str, int, int, int], ...]:
    """Resource, its option of ulimit and the unit of that; the soft and the hard limit."""
    time, memory = limits.cpu_seconds, limits.memory_bytes
    return (
        (resource.RLIMIT_CPU, "-t", 1, time, time + 1),  # a second to say why it ends
        (resource.RLIMIT_AS, "-v", 1024, memory, memory),
        (resource.RLIMIT_DATA, "-d", 1024, memory, memory),
        (resource.RLIMIT_FSIZE, "-f", 1024, OUTPUT_BYTES, OUTPUT_BYTES),
        (resource.RLIMIT_STACK, "-s", 1024, STACK_BYTES, STACK_BYTES),
        (resource.RLIMIT_NOFILE, "-n", 1, OPEN_FILES, OPEN_FILES),
    )
