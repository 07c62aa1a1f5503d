"""Every Python on this machine that Workmanship runs on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from quality.catalogue.recipes import PYTHONS


def interpreters() -> dict[str, Path]:
    """Executables by full version: the one that runs, the system's, and pyenv's."""
    places = [Path("/usr/bin"), Path("/usr/local/bin"), *Path.home().glob(".pyenv/versions/*/bin")]
    found = {}
    for path in [Path(sys.executable), *(p / f"python{v}" for p in places for v in PYTHONS)]:
        if path.exists():
            code = "import platform; print(platform.python_version())"
            run = subprocess.run(
                [path, "-I", "-c", code], capture_output=True, text=True, check=False
            )
            if run.returncode == 0:
                found.setdefault(run.stdout.strip(), path)
    return found
