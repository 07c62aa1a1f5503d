"""Where a checkout keeps what: found as git finds it, without git and without its configuration."""

from __future__ import annotations

from pathlib import Path

from collectors.git.address import visible
from quality.errors import MeasureError

POINTER_BYTES = 4096  # more than a .git file or a commondir file ever holds


def find(start: Path) -> tuple[Path | None, Path]:
    """Work tree and git folder of the repository that ``start`` lies in, as git would find it."""
    for folder in (start, *start.parents):
        inside = folder / ".git"
        if inside.is_dir():
            return folder, inside
        if inside.is_file():
            return folder, folder / _pointer(inside, "gitdir:")
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
            return None, folder
    raise MeasureError(f"{visible(str(start))} lies in no git repository: name one with --path")


def common(git_dir: Path) -> Path:
    """The folder that holds the objects: a worktree's own git folder only points to it."""
    pointer = git_dir / "commondir"
    return git_dir / _pointer(pointer, "") if pointer.is_file() else git_dir


def _pointer(file: Path, prefix: str) -> str:
    try:
        with file.open("rb") as stream:
            text = stream.read(POINTER_BYTES).decode("utf-8", "surrogateescape")
    except OSError as error:
        raise MeasureError(f"cannot read {visible(str(file))}: {error.strerror}") from None
    if not text.startswith(prefix) or "\0" in text:
        raise MeasureError(f"{visible(str(file))} is not a git folder: clone the repository anew")
    return text.removeprefix(prefix).strip()
