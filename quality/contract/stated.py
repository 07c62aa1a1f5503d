"""What a contract file says, key by key: a later edit of it is found, and its place named.

Only what stands in the file: a default that a later release changes is nobody's edit. Entries of
lists are known by their id, name or first day, so that a new one moves no other. The gate's rules
are left out: no period is judged by them.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quality.contract.text.problem import Problem, problem
from quality.contract.text.section import Section
from quality.contract.text.yaml import Document, Location, read_yaml

Stated = tuple[tuple[str, str], ...]
_NAMES = ("id", "name", "from", "kind")
_PART = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")


def stated(checked: Section) -> Stated:
    """The keys of a checked file with what stands there, sorted: ``contract.ends``,
    ``service_levels[TQ-1].minimum``. Credentials are left out, as ever."""
    content = checked.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"gate"})
    for repository in content.get("repositories", ()):
        repository.pop("web", None)  # where people look is no term
    return flat(content)


def flat(content: object) -> Stated:
    """Plain data key by key, sorted."""
    return tuple(sorted(_flat(content, "")))


def changes(then: Stated, now: Stated) -> Iterator[tuple[str, str, str]]:
    """The keys that differ: what stood there, and what stands there now ("nothing": no key)."""
    for key, (before, after) in differing(then, now):
        yield key, before, after


def differing(*texts: Stated) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The keys of which texts say different things: what stands in each ("nothing": no key)."""
    said = [dict(each) for each in texts]
    for key in sorted(set().union(*said)):
        stands = tuple(each.get(key, "nothing") for each in said)
        if len(set(stands)) > 1:
            yield key, stands


def problem_at(path: Path, key: str, text: str) -> Problem:
    """A problem at a key of ``stated`` in a file; a key that is missing stands where its section
    does."""
    document = read_yaml(path.read_text("utf-8-sig"))
    location = _location(document, key)
    return problem(path, location, document.place(location), text)


def _flat(content: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for name, each in content.items():
            yield from _flat(each, f"{key}.{name}".removeprefix("."))
    elif isinstance(content, list) and content and all(isinstance(each, dict) for each in content):
        names = [_name(each, number) for number, each in enumerate(content)]
        unique = len(set(names)) == len(names)
        for number, each in enumerate(content):
            yield from _flat(each, f"{key}[{names[number] if unique else number}]")
    elif content is not None and content != "":
        yield key, content if isinstance(content, str) else json.dumps(content)


def _name(entry: dict[str, Any], number: int) -> str:
    return next((str(entry[key]) for key in _NAMES if entry.get(key)), str(number))


def _location(document: Document, key: str) -> Location:
    location: list[str | int] = []
    node: object = document.data
    for name, entry in _PART.findall(key):
        if isinstance(node, dict) and name in node:
            location.append(name)
            node = node[name]
        elif isinstance(node, tuple) and entry:
            named = (n for n, each in enumerate(node)
                     if isinstance(each, dict) and _name(each, n) == entry)  # fmt: skip
            number = next(named, int(entry) if entry.isdecimal() else len(node))
            if number >= len(node):
                break
            location.append(number)
            node = node[number]
        else:
            location += [name] if isinstance(node, dict) and name else []
            break
    return tuple(location)
