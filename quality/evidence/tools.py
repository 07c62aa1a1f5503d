"""The tools of a machine: their versions, and digests of what was installed of them."""

from __future__ import annotations

import hashlib
from importlib import metadata
from typing import Any

from quality.catalogue.tools import installed
from quality.model.recipe import Recipe

TOOLS = "tools.json"
OURS = "workmanship"
_OF_THE_MACHINE = (".pyc", "/INSTALLER", "/REQUESTED", "/RECORD", "/direct_url.json", ".pth")


def tools(recipe: Recipe) -> list[dict[str, Any]]:
    """The recipe's tools and this program: name, version, and the digest of the files that were
    installed of it, as its wheel's RECORD names them (None: it is no package)."""
    names = dict.fromkeys([OURS, *(tool for tool, _ in recipe.tools)])
    return [{"name": n, "version": installed(n), "files": _recorded(n)} for n in names]


def _recorded(tool: str) -> str | None:
    """The digest of a package's RECORD, without what an installation adds of its own: scripts
    outside of its folder, caches, and how it came here."""
    try:
        record = metadata.distribution(tool).read_text("RECORD")
    except metadata.PackageNotFoundError:
        return None
    if record is None:
        return None
    lines = sorted(
        line
        for line in record.splitlines()
        if not line.startswith(("..", "/")) and not line.partition(",")[0].endswith(_OF_THE_MACHINE)
    )
    return f"sha256:{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"
