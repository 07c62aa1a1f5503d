"""What the two ends of a change name, and what to do about a name that names nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from collectors.git.objects import OID

DEEPEN = "fetch the whole history: `git fetch --unshallow`, in CI `fetch-depth: 0` or GIT_DEPTH: 0"
EMPTY_TREES = (
    "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
)
BRANCH = re.compile(r"[A-Za-z0-9_][\w./+#=-]*")  # what a shell and git fetch take as it stands
ANCESTOR = re.compile(r"(.+?)[~^][~^0-9]*")


@dataclass(frozen=True, slots=True)
class Revisions:
    """What ``base`` and ``head`` name, and the commit to compare with: their merge base.

    ``base`` and ``merge_base`` are the empty tree where everything is to count as new. ``others``:
    further merge bases that are as good; ``shallow``: the clone's history is cut.
    """

    base: str
    head: str
    merge_base: str
    others: tuple[str, ...] = ()
    shallow: bool = False


def descendant(revision: str) -> str:
    """The revision that ``revision`` asks an ancestor of (HEAD of HEAD~2), "" if it asks none."""
    found = ANCESTOR.fullmatch(revision)
    return found[1] if found else ""


def absent(revision: str) -> str:
    """What to do about a name that nothing here has."""
    branch = revision.removeprefix("origin/")
    if OID.fullmatch(revision):
        return f"no such commit here: {DEEPEN}"
    if not BRANCH.fullmatch(branch) or ".." in branch:
        return "no such revision here: give a branch, a tag or a commit"
    return f"no such revision here: fetch it first, `git fetch origin {branch}`"


def zeros(option: str) -> str:
    """What CI means by an id of zeros, and what to give instead."""
    if option != "--base":
        return "this is what CI sends when a branch is deleted: give the commit to judge"
    return (
        "this is what CI sends for a new branch: give the target branch (origin/main), or "
        f"{EMPTY_TREES[0]} to judge all as new"
    )
