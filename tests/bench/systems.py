"""The public systems of the open benchmark, each brought here as a git repository of one commit.

``systems.csv`` lists them. ``origin`` says where a system comes from: ``pypi`` (the source
distribution), ``npm`` (the package), ``debian`` (the source package) or the address of a git
repository, whose ``version`` is the commit. What is fetched stays in the folder of the benchmark.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quality.errors import WorkmanshipError
from tests.releases import GIT

LIST = Path(__file__).with_name("systems.csv")
ATTRIBUTES = "* -text -filter -ident -working-tree-encoding\n"  # bytes as they are, whoever asks
PACKED = ("pypi", "npm")  # made for use: their tests are often left out


class UnavailableError(WorkmanshipError):
    """A system cannot be had."""


@dataclass(frozen=True, slots=True)
class System:
    """A row of the list."""

    language: str
    name: str
    version: str
    origin: str

    @property
    def folder(self) -> str:
        """The name of its repository in the benchmark's folder."""
        whole = f"{self.language}-{self.name}-{self.version}"
        return re.sub(r"[^A-Za-z0-9.-]+", "-", whole)

    @property
    def shipped_tests(self) -> bool:
        """Whether what is fetched has the tests that the system has."""
        return self.origin not in PACKED


def listed(path: Path = LIST) -> list[System]:
    """The systems of a list, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [System(**row) for row in csv.DictReader(file)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the benchmark keeps what it fetched. ``mirrors``: a folder with git directories named
    OWNER+NAME, which serve in place of the network."""

    folder: Path
    mirrors: Path | None = None

    def repository(self, system: System) -> Path:
        """The system's repository with its one commit on ``main``, made if it is not there yet
        (UnavailableError)."""
        folder = (self.folder / "systems" / f"{system.folder}.git").absolute()
        if folder.exists():
            return folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="half-") as half:
            made, tree = Path(half) / "made.git", Path(half) / "tree"
            try:
                if system.origin in PACKED or system.origin == "debian":
                    tree.mkdir()
                    getattr(self, f"_{system.origin}")(system, tree)
                    _committed(made, tree, system)
                else:
                    self._git(system, made)
            except (
                subprocess.CalledProcessError,
                zipfile.BadZipFile,
                OSError,
                StopIteration,
            ) as error:
                said = getattr(error, "stderr", "") or str(error)
                last = str(said).strip().splitlines()[-1:] or ["no reason given"]
                raise UnavailableError(f"{system.name} {system.version}: {last[0]}") from error
            made.rename(folder)
        return folder

    def _pypi(self, system: System, tree: Path) -> None:
        """The wheel, for nothing of it is run; the source distribution where there is none."""
        packed = tree.with_name("packed")
        packed.mkdir()
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--dest", "."]
        command = [sys.executable, "-m", "pip", "download", *quiet]
        wanted = f"{system.name}=={system.version}"
        with suppress(subprocess.CalledProcessError):
            _run([*command, "--only-binary", ":all:", wanted], packed)
        if not list(packed.iterdir()):
            _run([*command, "--no-binary", ":all:", wanted], packed)
        _unpack(next(packed.iterdir()), tree)

    def _npm(self, system: System, tree: Path) -> None:
        packed = tree.with_name("packed")
        packed.mkdir()
        _run(["npm", "pack", "--silent", f"{system.name}@{system.version}"], packed)
        _unpack(next(packed.iterdir()), tree)

    def _debian(self, system: System, tree: Path) -> None:
        packed = tree.with_name("packed")
        packed.mkdir()
        settings = {"APT_CONFIG": str(apt_configuration(self.folder / "apt"))}
        wanted = f"{system.name}={system.version}"
        command = ["apt-get", "source", "--quiet", "--quiet", "--only-source", "--download-only"]
        _run([*command, wanted], packed, settings)
        described = next(packed.glob("*.dsc"))
        _run(["dpkg-source", "--no-check", "--extract", str(described), "code"], packed)
        shutil.rmtree(packed / "code/debian")  # what Debian adds for packing
        tree.rmdir()
        (packed / "code").rename(tree)

    def _git(self, system: System, made: Path) -> None:
        """One commit with the tree of the origin's commit, less what the origin does not have."""
        _init(made)
        owner, name = system.origin.rstrip("/").split("/")[-2:]
        near = self.mirrors / f"{owner}+{name}/repo" if self.mirrors else None
        if near and near.exists():
            there = near / ".git" if (near / ".git").exists() else near
            alternates = made / "objects/info/alternates"
            alternates.write_text(f"{(there / 'objects').absolute()}\n", encoding="utf-8")
        else:
            _at(made, "fetch", "--quiet", "--depth=1", system.origin, system.version)
        _at(made, "read-tree", system.version)
        lacking = _lacking(made)
        if lacking:
            gone = "".join(f"0 {'0' * 40}\t{path}\n" for path in lacking)
            _at(made, "update-index", "--index-info", stdin=gone)
        _commit(made, system)


def apt_configuration(folder: Path) -> Path:
    """A configuration of apt's that knows the sources of the machine's own Debian, apart from the
    machine's; the file that names it."""
    folder = folder.absolute()
    file = folder / "apt.conf"
    if not file.exists():
        for each in ("sources", "state/lists/partial", "cache/archives/partial"):
            (folder / each).mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(_debian_sources()):
            (folder / f"sources/{number}.sources").write_text(text, encoding="utf-8")
        lines = [
            f'Dir::State "{folder}/state";', f'Dir::Cache "{folder}/cache";',
            'Dir::Etc::SourceList "-";', f'Dir::Etc::SourceParts "{folder}/sources";',
            'APT::Sandbox::User "root";', 'Dir::State::status "/var/lib/dpkg/status";',
        ]  # fmt: skip
        half = folder / "half.conf"
        half.write_text("\n".join(lines) + "\n", encoding="utf-8")
        _run(["apt-get", "update", "--quiet", "--quiet"], folder, {"APT_CONFIG": str(half)})
        half.rename(file)
    return file


def _debian_sources() -> Iterator[str]:
    """The machine's stanzas that name Debian's archive, as sources of source packages."""
    for file in sorted(Path("/etc/apt/sources.list.d").glob("*.sources")):
        for stanza in file.read_text("utf-8").split("\n\n"):
            if "debian-archive" in stanza:
                lines = [line for line in stanza.splitlines() if not line.startswith("#")]
                yield re.sub(r"(?m)^Types:.*$", "Types: deb-src", "\n".join(lines)) + "\n"


def _unpack(archive: Path, tree: Path) -> None:
    """The content of an archive, without the one folder that all of it may lie in."""
    inside = tree.with_name("inside")
    inside.mkdir()
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(inside)
    else:  # tar refuses what climbs out of its folder; Python's does so since 3.11.4 only
        _run(["tar", "--extract", "--no-same-owner", "--file", str(archive)], inside)
    tops = list(inside.iterdir())
    tree.rmdir()
    (tops[0] if len(tops) == 1 and tops[0].is_dir() else inside).rename(tree)


def _committed(made: Path, tree: Path, system: System) -> None:
    for nested in [*tree.rglob(".git")]:
        shutil.rmtree(nested) if nested.is_dir() else nested.unlink()
    _init(made)
    _at(made, f"--work-tree={tree}", "add", "--all", "--force", ".", cwd=tree)
    _commit(made, system)


def _init(made: Path) -> None:
    made.mkdir()
    _at(made, "init", "--quiet", "--bare", "--initial-branch=main")
    (made / "info").mkdir(exist_ok=True)
    (made / "info/attributes").write_text(ATTRIBUTES, encoding="utf-8")


def _commit(made: Path, system: System) -> None:
    date = {f"GIT_{who}_DATE": "2026-01-01T00:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    tree = _at(made, "write-tree").strip()
    message = f"{system.name} {system.version}"
    commit = _at(made, "commit-tree", tree, "-m", message, settings=date).strip()
    _at(made, "update-ref", "refs/heads/main", commit)


def _lacking(made: Path) -> list[str]:
    """The paths of the index whose content is not there: a mirror may lack the largest files."""
    staged = _at(made, "ls-files", "--stage", "-z").split("\0")
    rows = [line.split("\t", 1) for line in staged if line]
    files = [(head.split()[1], path) for head, path in rows if not head.startswith("160000")]
    asked = "".join(f"{oid}\n" for oid, _ in files)
    said = _at(made, "cat-file", "--batch-check", stdin=asked).splitlines()
    return [path for (_, path), line in zip(files, said, strict=True) if line.endswith("missing")]


def _at(
    made: Path,
    *arguments: str,
    stdin: str = "",
    settings: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    command = ["git", f"--git-dir={made}", "-c", "core.autocrlf=false", *arguments]
    return _run(command, cwd or made, GIT | (settings or {}), stdin)


def _run(
    command: list[str], folder: Path, settings: dict[str, str] | None = None, stdin: str = ""
) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | (settings or {}), input=stdin, check=True,
        capture_output=True, text=True, errors="surrogateescape",
    )  # fmt: skip
    return done.stdout
