"""A page as PDF, printed by a Chromium of this machine.

The page is ours, but its names are a supplier's: its own policy lets no script run, no network is
there, and the browser gets neither our environment nor our home.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from quality.errors import MeasureError, UsageError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 120
_ARGUMENTS = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-quic",
    "--disable-crash-reporter", "--disable-dev-shm-usage", "--no-pdf-header-footer",
    # nothing is asked by name, and by number only a port where nobody answers
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)  # fmt: skip


def browser() -> str:
    """The program of a Chromium (UsageError: this machine has none)."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise UsageError(
            "pdf needs a Chromium, and there is none on this machine: install one, such as by "
            "`apt-get install chromium`, or print the page of --format html"
        )
    return found


def printed(program: str, html: str) -> bytes:
    """A page as PDF (MeasureError: the browser did not print it in time)."""
    with tempfile.TemporaryDirectory(prefix="workmanship-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        page.write_text(html, encoding="utf-8")
        sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium's own rule for root
        _run(
            [program, *_ARGUMENTS, *sandbox, f"--user-data-dir={folder / 'profile'}",
             f"--print-to-pdf={pdf}", page.as_uri()],
            folder,
        )  # fmt: skip
        content = pdf.read_bytes() if pdf.exists() else b""
    if not content.startswith(b"%PDF-"):
        raise MeasureError(f"{program} printed no PDF: print the page of --format html instead")
    return content


def _run(command: list[str], folder: Path) -> None:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8",
                   "HOME": str(folder), "TMPDIR": str(folder)}  # fmt: skip
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise MeasureError(
            f"{command[0]} did not print the page within {SECONDS} seconds: print the page of "
            f"--format html instead"
        ) from None
    finally:
        with suppress(ProcessLookupError):  # it and all that it started, however we leave
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
