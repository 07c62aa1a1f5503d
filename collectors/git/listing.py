"""A tree's entries with what their content tells: which are scripts, and what no analyzer reads.

Names tell of most files. Of the others the content is read here, as far as that is cheap: what is
over ``looks.LARGEST``, or comes after ``looks.MOST`` bytes of one tree, is not looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from collectors.languages.looks import LARGEST, MOST, look, telling, unlooked
from quality.model.repository import TreeFile

Read = Callable[[Iterable[str]], Iterator[tuple[str, bytes | None]]]
Known = dict[tuple[str, str], tuple[str | None, str]]
"""What looks found before, by path and blob."""


def looked_into(
    files: Sequence[TreeFile], read: Read, known: Known | None = None
) -> tuple[TreeFile, ...]:
    """The files, each with its language or what it is without one. ``read`` gives the blobs of
    ids in their order, None for one that cannot be read; ``known`` keeps what was found, for the
    next tree of a history."""
    known = {} if known is None else known
    asked, left = list[TreeFile](), MOST
    found = dict[str, tuple[str | None, str]]()
    for file in files:
        if file.kind != "file" or telling(file.path) or not file.size:
            continue
        if file.size > min(LARGEST, left):
            found[file.path] = (None, unlooked(file.path))
            continue
        left -= file.size
        if (file.path, file.oid) not in known:
            asked.append(file)
    contents = read(file.oid for file in asked) if asked else ()
    for file, (_, content) in zip(asked, contents, strict=True):
        seen = (None, unlooked(file.path)) if content is None else look(file.path, content)
        known[file.path, file.oid] = seen
    return tuple(_named(file, found.get(file.path) or known.get((file.path, file.oid)))
                 for file in files)  # fmt: skip


def _named(file: TreeFile, found: tuple[str | None, str] | None) -> TreeFile:
    return replace(file, language=found[0], unread=found[1]) if found else file
