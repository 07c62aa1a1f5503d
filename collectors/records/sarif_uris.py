"""The files of a SARIF run: numbered as results name them, their paths known at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.records.places import FILES, place
from collectors.records.shapes import a_dict, a_list, a_text
from collectors.records.text import UnreadableError

_STEPS = 8  # of bases that stand on other bases

_Named = tuple[str, str, int]  # uri, uriBaseId, index


class Uris:
    """Artifact locations by number. ``next``: the first number that is still free."""

    def __init__(self, first: int) -> None:
        self.next = first
        self._numbers: dict[_Named, int] = {}

    def number(self, location: dict[str, Any]) -> int | None:
        """The number of a location; None: it names nothing."""
        index = location.get("index")
        key = (
            a_text(location.get("uri")),
            a_text(location.get("uriBaseId")),
            index if isinstance(index, int) else -1,
        )
        found = self._numbers.get(key)
        if found is None and (key[0] or key[2] >= 0):
            found = self._numbers[key] = self.next
            self.next += 1
            if found >= FILES:
                raise UnreadableError(f"it names more than {FILES:,} files")
        return found

    def paths(self, head: dict[str, Any]) -> Iterator[tuple[int, str]]:
        """Number and path of each; ``head``: the run without its results. A base that is not
        stated is where the report begins."""
        bases = a_dict(head.get("originalUriBaseIds"))
        artifacts = a_list(head.get("artifacts"))
        for (uri, base, index), number in self._numbers.items():
            location = {"uri": uri, "uriBaseId": base}
            if not uri and index < len(artifacts):
                location = a_dict(a_dict(artifacts[index]).get("location"))
            name, start = a_text(location.get("uri")), a_text(location.get("uriBaseId"))
            yield number, place(name, _base(start, bases)) if name else ""


def _base(name: str, bases: dict[str, Any]) -> str:
    path = ""
    for _ in range(_STEPS):
        location = a_dict(bases.get(name))
        uri = a_text(location.get("uri"))
        if uri:
            path = place(path or ".", place(uri)) if path else place(uri)
        if path.startswith("/") or not (name := a_text(location.get("uriBaseId"))):
            break
    return path
