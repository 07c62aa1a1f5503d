"""Which branch a repository offers when nobody names one."""

from __future__ import annotations

import re
from pathlib import Path

from collectors.git.address import parse, redact, visible
from collectors.git.command import GitFailedError, SafeGit
from collectors.git.source import HEADS
from quality.errors import MeasureError


def default_branch(folder: Path, name: str, url: str) -> str:
    """The branch that the repository at ``url`` has checked out; git runs in ``folder``
    (MeasureError in one line that names the repository)."""
    address = parse(name, url)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        said = SafeGit(folder, address).run(
            "ls-remote", "--quiet", "--symref", "--", address.url, "HEAD"
        )
    except GitFailedError as error:
        text = f"cannot read {address.url}: {error.line}: {error.remedy(address)}"
        raise MeasureError(f"{visible(name)}: {visible(redact(text))}") from None
    found = re.match(rb"ref: (\S+)\tHEAD$", said, re.MULTILINE)
    branch = found.group(1).decode(errors="replace") if found else ""
    if not branch.startswith(HEADS):
        raise MeasureError(
            f"{visible(name)}: no branch is checked out in {visible(redact(address.url))}: "
            f"check one out there"
        )
    return branch.removeprefix(HEADS)
