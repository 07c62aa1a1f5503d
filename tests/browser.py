"""The browser of the tests and of the README's picture: Debian's Chromium, or another one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
REMEDY = "as root: apt-get install chromium fonts-dejavu-core libatomic1"
UNUSABLE = "no browser"  # how each reason begins


def path() -> str | None:
    """The browser's program; None if this machine has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@cache
def lacking() -> str:
    """Why no browser can be used here, with the remedy; "" if one can."""
    import playwright

    if path() is None:
        return f"{UNUSABLE}: there is no Chromium on this machine ({REMEDY})"
    driver = Path(playwright.__file__).parent / "driver/node"
    if subprocess.run([driver, "--version"], capture_output=True, check=False).returncode:
        return f"{UNUSABLE}: the driver of Playwright does not start ({REMEDY})"
    return ""


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that runs (RuntimeError if this machine has none)."""
    from playwright.sync_api import sync_playwright

    if why := lacking():
        raise RuntimeError(why)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=ARGUMENTS)
        yield browser
        browser.close()


def demanded() -> bool:
    """Whether a machine without a browser fails the tests that need one, as CI does."""
    return os.environ.get("CI") == "true"


def skipped_line(reasons: Sequence[str]) -> str:
    """The one loud line of a run over the reasons of its skipped tests; "" if all browsers ran."""
    found = [each for each in reasons if UNUSABLE in each]
    if not found:
        return ""
    return f"{len(found)} BROWSER TESTS SKIPPED: {found[0].rpartition(UNUSABLE + ': ')[2]}"
