"""Files of records that a contract names and that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quality.contract.contract import Contract
from quality.contract.text.values import closest, shown
from quality.contract.text.yaml import Mistake
from quality.files import files_at


def files_missing(contract: Contract) -> Iterator[Mistake]:
    """Every file of a source of records that is not there: it may come yet, or is misspelt."""
    folder = contract.path.absolute().parent
    for number, source in enumerate(contract.records):
        if source.file and not files_at(folder, source.file):
            near = _near(folder, source.file)
            hint = f"did you mean {shown(near)}?" if near else "until it comes, nothing is known"
            yield ("sources", number, "file"), f"there is no {shown(source.file)} yet: {hint}"


def _near(folder: Path, place: str) -> str | None:
    """A file in the same folder whose name is near."""
    try:
        there = folder / Path(place).expanduser().parent
        near = closest(Path(place).name, [each.name for each in there.iterdir() if each.is_file()])
    except (OSError, RuntimeError):  # no such folder, none that may be read, the home of nobody
        return None
    return str(Path(place).with_name(near)) if near else None
