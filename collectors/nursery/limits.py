"""What a process that meets hostile content may use, and a shell that allows it less."""

from __future__ import annotations

import resource
from math import ceil

from quality.errors import MeasureError
from quality.model.recipe import Limits

OUTPUT_BYTES = 64 << 20
STACK_BYTES = 8 << 20  # how deep a file may be nested is a fact, so it is the same everywhere
OPEN_FILES = 256


def bound(limits: Limits) -> None:
    """Bound this process and all it starts, whatever the shell allows (MeasureError: less)."""
    refuse_tighter_shell(limits)
    for which, _, _, most in _bounds(limits):
        if which != resource.RLIMIT_CPU:
            resource.setrlimit(which, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allow(limits.cpu_seconds)


def allow(seconds: int) -> None:
    """From now on this process may use so many seconds of CPU time, and up to one more, until it
    is allowed others: files that it meets one after another do not share one limit."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = ceil(used.ru_utime + used.ru_stime) + seconds
    most = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def refuse_tighter_shell(limits: Limits) -> None:
    """Refuse to measure under a hard limit below the recipe's (MeasureError): it is inherited and
    cannot be raised, and what dies of it would look like the content's fault."""
    for which, option, unit, needed in _bounds(limits):
        hard = resource.getrlimit(which)[1]
        if resource.RLIM_INFINITY != hard < needed:
            raise MeasureError(
                f"this shell's hard limit (ulimit {option} {hard // unit}) is too low to measure: "
                f"run it where `ulimit -H {option}` says at least {needed // unit}"
            )


def _bounds(limits: Limits) -> tuple[tuple[int, str, int, int], ...]:
    """Resource, its option of ulimit and the unit of that; the limit."""
    time, memory = limits.cpu_seconds + 1, limits.memory_bytes  # a second for what is begun
    return (
        (resource.RLIMIT_CPU, "-t", 1, time),
        (resource.RLIMIT_AS, "-v", 1024, memory),
        (resource.RLIMIT_DATA, "-d", 1024, memory),
        (resource.RLIMIT_FSIZE, "-f", 1024, OUTPUT_BYTES),
        (resource.RLIMIT_STACK, "-s", 1024, STACK_BYTES),
        (resource.RLIMIT_NOFILE, "-n", 1, OPEN_FILES),
    )
