"""The browser of the tests and of the README's picture: Debian's Chromium, or another one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
MISSING = "no Chromium on this machine (as root: apt-get install chromium fonts-dejavu-core)"


def path() -> str | None:
    """The browser's program; None if this machine has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that runs (RuntimeError if this machine has none)."""
    from playwright.sync_api import sync_playwright

    program = path()
    if program is None:
        raise RuntimeError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def demanded() -> bool:
    """Whether a machine without a browser fails the tests that need one, as CI does."""
    return os.environ.get("CI") == "true"


def skipped_line(reasons: Sequence[str]) -> str:
    """The one loud line of a run over the reasons of its skipped tests; "" if all browsers ran."""
    if not (number := sum(MISSING in reason for reason in reasons)):
        return ""
    return f"{number} BROWSER TESTS SKIPPED: {MISSING}; nothing was tested in a browser"
