"""The folder of our own files beside a contract: measurements, mirrors, log."""

from __future__ import annotations

from pathlib import Path

FOLDER = ".workmanship"


def database_beside(contract: Path) -> Path:
    """Where the measurements of a contract lie unless another file is named."""
    return contract.absolute().parent / FOLDER / "measurements.duckdb"


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; one of ours keeps itself out of git (OSError)."""
    ours = next((each for each in (folder, *folder.parents) if each.name == FOLDER), None)
    fresh = ours is not None and not ours.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if ours is not None and fresh:
        (ours / ".gitignore").write_text("*\n", encoding="utf-8")
