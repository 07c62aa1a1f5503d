"""What an API answers: JSON, page by page, ordered by the moment of the last change."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from collectors.records.json_reader import JsonReader
from collectors.records.mapped.fields import text
from collectors.records.stamps import EARLIEST
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Download

OVERLAP = timedelta(minutes=10)  # what is read again: servers put changes in order only roughly
PAGES = 100_000
_SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Part(NamedTuple):
    """Items of a page, the cursor behind them, and whether nothing follows now."""

    items: list[dict[str, Any]]
    cursor: str
    last: bool


def answer(download: Download, path: str, query: Mapping[str, str]) -> Any:
    """What stands at a path (UnreadableError: no JSON)."""
    try:
        reader = JsonReader(io.BytesIO(download(path, query)))
        value = reader.value()
        reader.end()
    except UnreadableError as error:
        raise UnreadableError(f"{line_of(path, 100)}: {error}") from None
    return value


def listed(found: Any, path: str) -> list[dict[str, Any]]:
    """A list of objects (UnreadableError: the answer is something else)."""
    if not isinstance(found, list) or not all(type(each) is dict for each in found):
        raise UnreadableError(f"{line_of(path, 100)}: answers with no list of objects")
    return found


def segment(value: object) -> str:
    """An id as a part of a path: nothing of the server's leads anywhere else."""
    found = text(value)
    if not _SEGMENT.fullmatch(found):
        raise UnreadableError(f"{found or 'nothing'} is not an id")
    return found


def all_pages(
    get: Callable[[int], list[dict[str, Any]]], size: int, path: str
) -> list[dict[str, Any]]:
    """All items of a list whose pages are counted from 1, the last one shorter than the size."""
    found, before = list[dict[str, Any]](), list[dict[str, Any]]()
    for page in range(1, PAGES + 1):
        items = get(page)
        if items and items == before:
            raise again(path)
        found += items
        if len(items) < size:
            return found
        before = items
    raise too_many(path)


def changed(
    get: Callable[[datetime, int], list[dict[str, Any]]],
    stamp: Callable[[dict[str, Any]], datetime],
    cursor: str,
    size: int,
    path: str,
) -> Iterator[Part]:
    """All items that changed since a cursor, by ``get(since, page)``, oldest change first.

    After each page the next one is asked for by the last change that was seen, not by its number:
    an item that changes meanwhile moves to the end, and none slips through. Pages are counted only
    within one moment.
    """
    newest = datetime.fromisoformat(cursor) if cursor else EARLIEST
    since, page, before = max(newest - OVERLAP, EARLIEST), 1, list[dict[str, Any]]()
    for _ in range(PAGES):
        items = get(since, page)
        if page > 1 and items and items == before:
            raise again(path)
        stamps = [stamp(item) for item in items]
        if stamps != sorted(stamps):
            raise UnreadableError(f"{line_of(path, 100)}: is not in order of changes, as asked")
        newest = max([newest, *stamps])
        last = len(items) < size
        yield Part(items, newest.isoformat(), last)
        if last:
            return
        since, page = (stamps[-1], 1) if stamps[-1] > since else (since, page + 1)
        before = items
    raise too_many(path)


def too_many(path: str) -> UnreadableError:
    """What a list is that has no end."""
    return UnreadableError(f"{line_of(path, 100)}: more than {PAGES:,} pages")


def again(path: str) -> UnreadableError:
    """What an answer is that leads nowhere."""
    return UnreadableError(f"{line_of(path, 100)}: answers with the same page again and again")
