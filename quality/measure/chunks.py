"""How work is cut: into parts that are worth a process, and enough of them for all processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil

from collectors.process.bounded import Chunk
from quality.model.facts import Blob
from quality.model.recipe import Recipe

# Of one process. It costs little to fork one, and small parts end at about the same time.
SLOW_FILES, SLOW_BYTES = 20, 200_000
FAST_FILES, FAST_BYTES = 50, 200_000
WORTH_A_PROCESS = 40_000  # bytes; fewer are measured by a fast analyzer sooner in one than in two

SLOWER = 8  # times as long as a fast analyzer a slow one takes for a file

FactKey = tuple[str, str, str]  # blob, language, analyzer
TypedBlob = tuple[str, str]  # blob, language
ReadBlobs = Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]


def work(missing: Mapping[FactKey, int], keys: Iterable[FactKey], recipe: Recipe) -> int:
    """How much work measurements are, by the bytes that analyzers read and how slow they are."""
    slow = recipe.slow
    return sum(
        (missing[key] + 1) * (SLOWER if key[2] in slow else 1) for key in keys if key in missing
    )


def chunks(
    missing: Mapping[FactKey, int], recipe: Recipe, jobs: int, read: ReadBlobs
) -> Iterator[Chunk]:
    """The work; contents are read as they are measured. The slow analyzers' come first, but for
    one part the fast ones' come before: they have all but one process, until the first slow one
    has read what all need. The very first part is a fast one: it is measured while a slow analyzer
    starts.

    ``missing`` maps what is to be measured to the blob's size in bytes; ``read`` yields (object
    id, bytes) of blobs in the order asked for.
    """
    slow = recipe.slow
    analyzers: dict[tuple[bool, str, str], list[str]] = {}
    sizes = {(blob, language): size for (blob, language, _), size in missing.items()}
    for blob, language, analyzer in missing:
        analyzers.setdefault((analyzer not in slow, blob, language), []).append(analyzer)
    groups: dict[tuple[bool, tuple[str, ...]], list[TypedBlob]] = {}
    for (fast, blob, language), names in analyzers.items():
        groups.setdefault((fast, tuple(sorted(names))), []).append((blob, language))
    parts = [
        (chosen, part)
        for (fast, chosen), contents in sorted(groups.items())
        for part in _parts(contents, sizes, fast, jobs, _together(recipe, chosen))
    ]
    first = sum(not slow.isdisjoint(chosen) for chosen, _ in parts)
    quick, late = parts[first:], parts[:first]
    parts = [*quick[:1], *late[:1], *quick[1:], *late[1:]]
    bodies = read(blob for _, part in parts for blob, _ in part)
    for chosen, part in parts:
        blobs = [Blob(blob, language, next(bodies)[1]) for blob, language in part]
        yield Chunk(recipe.id, chosen, tuple(blobs))


def _together(recipe: Recipe, analyzers: Sequence[str]) -> int:
    return max(recipe.part(analyzer).together for analyzer in analyzers)


def _parts(
    contents: Sequence[TypedBlob],
    sizes: Mapping[TypedBlob, int],
    fast: bool,
    jobs: int,
    together: int,
) -> list[list[TypedBlob]]:
    """Parts of about the same number of bytes, one a process; a multiple of the processes."""
    ordered = sorted(contents, key=lambda content: (-sizes[content], content))
    whole = sum(sizes[content] for content in ordered)
    files, size = (FAST_FILES, FAST_BYTES) if fast else (SLOW_FILES, SLOW_BYTES)
    worth = whole // WORTH_A_PROCESS if fast else len(ordered)
    if together:
        files, size, worth = together, together * size // files, len(ordered) // (together // 4)
    number = max(1, ceil(len(ordered) / files), ceil(whole / size), min(jobs, worth))
    if number > 1:
        number = ceil(number / jobs) * jobs
    return [part for n in range(number) if (part := ordered[n::number])]
