"""What stands in a work tree and in no commit: seen through git's own eyes, by a copy of its index.

The work tree is somebody else's: it is looked at from a repository of our own, so that no
configuration, hook or filter of theirs takes part, and nothing in it is written.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from collectors.git.address import visible_path
from collectors.git.command import GitFailedError, SafeGit
from collectors.languages.suffixes import language

LARGEST = 256 << 20  # bytes of an index that is copied


def uncommitted(git: SafeGit, ours: Path, theirs: Path, top: Path, commit: str) -> tuple[str, ...]:
    """The paths in the work tree ``top`` that differ from ``commit``, and the code that git does
    not track and does not ignore. ``ours``: the bare repository that borrows the objects;
    ``theirs``: the git folder that holds the index. None where the index cannot be read."""
    index = theirs / "index"
    at = ("-c", "core.symlinks=true", f"--git-dir={ours}", f"--work-tree={top}")
    try:
        if index.stat().st_size > LARGEST:
            return ()
        for file in (index, *theirs.glob("sharedindex.*")):
            shutil.copy2(file, ours / file.name)  # with its times, which git goes by
        with contextlib.suppress(GitFailedError):  # it says so where a file differs
            git.run(*at, "update-index", "-q", "--refresh")
        changed = git.run(*at, "diff-index", "--name-only", "-z", commit, "--")
        new = git.run(*at, "ls-files", "--others", "--exclude-standard", "-z")
    except (OSError, GitFailedError):
        return ()
    paths = {visible_path(path) for path in changed.split(b"\0") if path}
    code = {visible_path(path) for path in new.split(b"\0") if path}
    return tuple(sorted(paths | {path for path in code if language(path)}))
