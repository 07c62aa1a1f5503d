"""The files that reports name, in the spelling of a repository's tree, and which of its files they
are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from collectors.git.address import visible_path

FILES = 1_000_000  # of a report
LONGEST = 1024  # characters of a path; no tree that is measured has longer ones
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?!\\)")  # two letters at least: C: is a drive
_DRIVE = re.compile(r"/?[A-Za-z]:(?=/)")


def place(uri: str, base: str = "") -> str:
    """The path that a URI, or a path in its place, names; ``base``: the one that it starts from.

    With slashes, percent-encoding undone, without . and inner .. parts. An absolute path keeps its
    slash, a drive's letter goes. "": it names nothing, or something that is no file.
    """
    text = uri.strip()
    if scheme := _SCHEME.match(text):
        if scheme[1].lower() != "file":
            return ""
        text = text[scheme.end() :]
        if text.startswith("//"):  # an authority: this machine's, or a share
            text = "/" + text[2:].partition("/")[2] if "/" in text[2:] else ""
    if scheme or "%" in text:
        text = text.partition("?")[0].partition("#")[0] if scheme else text
        raw = unquote_to_bytes(text.encode("utf-8", "surrogatepass"))
    else:
        raw = text.encode("utf-8", "surrogatepass")
    return joined(base, raw)


def joined(base: str, name: bytes) -> str:
    """The path of ``name`` from the folder ``base``, both as tools write them."""
    path = _DRIVE.sub("", visible_path(name.replace(b"\\", b"/")))
    if base and not path.startswith("/"):
        path = f"{base.rstrip('/')}/{path}"
    return _normal(path)[:LONGEST]


def _normal(path: str) -> str:
    if path and "//" not in path and "/." not in path and not path.startswith("."):
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".." or not path.startswith("/"):
            parts.append(part)
    return ("/" if path.startswith("/") else "") + "/".join(parts)


@dataclass(frozen=True, slots=True)
class _Root:
    """What stands before a file's name in the report and not in the repository, or the other way
    round; one of the two is ""."""

    reported: str
    held: str

    @property
    def size(self) -> int:
        return len(self.reported) + len(self.held)


def matched(
    named: Iterable[str], files: Collection[str], by_themselves: bool = False
) -> Mapping[str, str]:
    """Which of a repository's ``files`` each of the ``named`` ones is; who is none of them is left
    out.

    A report is written somewhere: its paths begin with the folder of the build, or in a folder of
    the repository. All of one report begin in the same place, the one that explains most of them.
    ``by_themselves``: they do not (packages under several source folders), so that one that ends
    like exactly one file is that file.
    """
    names = list(dict.fromkeys(named))
    found: dict[str, str] = {}
    for absolute in (True, False):
        alike = [name for name in names if name.startswith("/") is absolute and _inside(name)]
        found |= _matched(alike, files, by_themselves and not absolute)
    return found


def _matched(names: Sequence[str], files: Collection[str], by_themselves: bool) -> dict[str, str]:
    if all(name in files for name in names):
        return {name: name for name in names}
    by_name = defaultdict[str, list[str]](list)
    for path in files:
        by_name[path.rpartition("/")[2]].append(path)
    votes = Counter(root for name in names for root, _ in _roots(name, by_name))
    if not votes:
        return {}
    root = min(votes, key=lambda each: (-votes[each], each.size, each.reported, each.held))
    if by_themselves and votes[root] < len(names):
        every = ((name, [path for _, path in _roots(name, by_name)]) for name in names)
        return {name: paths[0] for name, paths in every if len(paths) == 1}
    return {name: path for name in names for found, path in _roots(name, by_name) if found == root}


def _inside(name: str) -> bool:
    return bool(name) and not name.startswith("../")


def _roots(name: str, by_name: Mapping[str, Sequence[str]]) -> Iterator[tuple[_Root, str]]:
    """Each of the files that ``name`` could be, with the root that this would need."""
    for path in by_name.get(name.rpartition("/")[2], ()):
        if path == name:
            yield _Root("", ""), path
        elif name.endswith(f"/{path}"):
            yield _Root(name[: -len(path)], ""), path
        elif path.endswith(f"/{name}"):
            yield _Root("", path[: -len(name)]), path
