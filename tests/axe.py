"""The rules of axe-core, which are fetched when a test runs and never kept here."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

VERSION = "4.14.1"
TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
]
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"


@cache
def fetched(folder: Path) -> str:
    """The rules' script, by npm's own client; "" where there is none, or no network."""
    if not (npm := shutil.which("npm")):
        return ""
    command = [npm, "pack", "--silent", f"axe-core@{VERSION}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=90)
    if done.returncode:
        return ""
    with tarfile.open(folder / f"axe-core-{VERSION}.tgz") as archive:
        found = archive.extractfile("package/axe.min.js")
        assert found
        return found.read().decode()


def violations(page: Page, rules: str) -> list[str]:
    """What a page breaks: the rule and the first of the elements."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.evaluate(rules)
    found: dict[str, Any] = page.evaluate(RUN, TAGS)
    assert len(found["passes"]) > 10  # it has run
    return [
        f"{each['id']}: {len(each['nodes'])} x {each['nodes'][0]['html'][:160]}"
        for each in found["violations"]
    ]
