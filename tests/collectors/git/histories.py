"""What tests of mirrors ask of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from collectors.git.mirror import Mirror
from quality.errors import MeasureError
from tests.repositories import run_git


def history(
    mirrors: Path, url: str, branch: str = "main", *, offline: bool = False
) -> tuple[str, ...]:
    with Mirror(mirrors, "billing", url) as mirror:
        mirror.sync(offline, branch)
        return tuple(commit.sha for commit in mirror.first_parents(branch))


def kept(mirror: Mirror, branch: str) -> list[str]:
    """The tips of a branch that the mirror keeps, oldest first."""
    prefix = f"refs/kept/{branch}/"
    order = ("--sort=committerdate", "--format=%(refname)")
    refs = run_git(mirror.folder, f"--git-dir={mirror.folder}", "for-each-ref", *order, prefix)
    names = [ref.removeprefix(prefix) for ref in refs.split()]
    return [name for name in names if "/" not in name]


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(MeasureError) as caught:
        action()
    line = str(caught.value)
    assert line.isprintable()
    return line
