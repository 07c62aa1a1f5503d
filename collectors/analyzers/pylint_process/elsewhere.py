"""What the standard library has on another platform or in another version of Python: who uses it
wrote his file for that one, so that it is no error that it is missing here."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

# By module or class; a function with other parameters elsewhere has "()" behind its name.
ELSEWHERE = {
    owner: frozenset(names)
    for owner, *names in map(
        str.split, Path(__file__).with_name("elsewhere.txt").read_text("ascii").splitlines()
    )
}
EGGS = frozenset(("this", "antigravity"))  # what they do when they are imported!


def absent(owner: str, name: str) -> bool:
    """Whether no version of a library's module or class has the public name."""
    return not name.startswith("_") and name not in ELSEWHERE.get(owner, ())


def no_module_has(owner: str, name: str) -> bool:
    """Whether no version of a library's module has the name: not even what it makes as it runs."""
    paths = ("posixpath", "ntpath") if owner in ("posixpath", "ntpath", "os.path") else (owner,)
    if owner in EGGS or not all(absent(each, name) for each in paths):
        return False
    return not hasattr(import_module(paths[0]), name)
