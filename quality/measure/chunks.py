"""How work is cut: into parts that are worth a process, and enough of them for all processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil

from collectors.analyzers import SLOW
from collectors.process.bounded import Chunk
from quality.model.facts import Blob

SLOW_FILES, SLOW_BYTES = 80, 800_000  # of one process: half its time is the start, memory grows
FAST_FILES, FAST_BYTES = 150, 400_000  # of one process, whose start costs as much as 15 files
WORTH_A_PROCESS = 40_000  # bytes; fewer are measured by a fast analyzer sooner in one than in two

FactKey = tuple[str, str, str]  # blob, language, analyzer
TypedBlob = tuple[str, str]  # blob, language
ReadBlobs = Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]


def chunks(
    missing: Mapping[FactKey, int], recipe: str, jobs: int, read: ReadBlobs
) -> Iterator[Chunk]:
    """The work, the slow analyzers' first; contents are read as they are measured.

    ``missing`` maps what is to be measured to the blob's size in bytes; ``read`` yields (object
    id, bytes) of blobs in the order asked for.
    """
    analyzers: dict[tuple[bool, str, str], list[str]] = {}
    sizes = {(blob, language): size for (blob, language, _), size in missing.items()}
    for blob, language, analyzer in missing:
        analyzers.setdefault((analyzer not in SLOW, blob, language), []).append(analyzer)
    groups: dict[tuple[bool, tuple[str, ...]], list[TypedBlob]] = {}
    for (fast, blob, language), names in analyzers.items():
        groups.setdefault((fast, tuple(sorted(names))), []).append((blob, language))
    parts = [
        (chosen, part)
        for (fast, chosen), contents in sorted(groups.items())
        for part in _parts(contents, sizes, fast, jobs)
    ]
    bodies = read(blob for _, part in parts for blob, _ in part)
    for chosen, part in parts:
        blobs = [Blob(blob, language, next(bodies)[1]) for blob, language in part]
        yield Chunk(recipe, chosen, tuple(blobs))


def _parts(
    contents: Sequence[TypedBlob], sizes: Mapping[TypedBlob, int], fast: bool, jobs: int
) -> list[list[TypedBlob]]:
    """Parts of about the same number of bytes, one a process; a multiple of the processes."""
    ordered = sorted(contents, key=lambda content: (-sizes[content], content))
    whole = sum(sizes[content] for content in ordered)
    files, size = (FAST_FILES, FAST_BYTES) if fast else (SLOW_FILES, SLOW_BYTES)
    worth = whole // WORTH_A_PROCESS if fast else len(ordered)
    number = max(1, ceil(len(ordered) / files), ceil(whole / size), min(jobs, worth))
    if number > 1:
        number = ceil(number / jobs) * jobs
    return [part for n in range(number) if (part := ordered[n::number])]
