"""A repository made of a PyPI package's published releases: one commit a release, at its date.

For the demo and the benchmark, which need real code with a real history; fetched when they run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

GIT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Release",
    "GIT_AUTHOR_EMAIL": "release@example.org",
    "GIT_COMMITTER_NAME": "Release",
    "GIT_COMMITTER_EMAIL": "release@example.org",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}


def build(folder: Path, package: str, versions: Sequence[str]) -> None:
    """Give the repository ``folder`` (made if it is not there) the package's Python files on
    branch ``main``: one commit for each of ``versions`` in order, dated by its newest file."""
    folder.mkdir(parents=True, exist_ok=True)
    run_git(folder, "init", "--quiet", "--initial-branch=main")
    for version in versions:
        released = _unpack(_download(package, version), folder)
        date = released.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        run_git(folder, "add", "--all")
        run_git(
            folder, "commit", "--quiet", "--allow-empty", "-m", f"{package} {version}", date=date
        )


def _download(package: str, version: str) -> Path:
    target = Path(tempfile.gettempdir()) / "workmanship-releases"
    wheel = f"{package}-{version}-py*-none-any.whl"
    if not (found := list(target.glob(wheel))):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        options = ["--disable-pip-version-check", "--only-binary", ":all:", "--dest", str(target)]
        try:
            subprocess.run([*command, *options, f"{package}=={version}"], check=True)
        except subprocess.CalledProcessError as error:
            raise SystemExit(f"cannot fetch {package} {version}: is the network up?") from error
        found = list(target.glob(wheel))
    return found[0]


def _unpack(wheel: Path, folder: Path) -> datetime:
    """Replace the folder's files by the release's Python files; returns the newest file's date."""
    run_git(folder, "rm", "-r", "--quiet", "--ignore-unmatch", ".")
    with zipfile.ZipFile(wheel) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.endswith(".py")]
        for entry in entries:
            archive.extract(entry, folder)
        return max(datetime(*entry.date_time, tzinfo=UTC) for entry in archive.infolist())


def run_git(folder: Path, *arguments: str, date: str = "") -> str:
    """git's answer to a command in ``folder``, with nobody's configuration."""
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=GIT | dates, check=True, text=True, stdout=subprocess.PIPE
    )
    return done.stdout
