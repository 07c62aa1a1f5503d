"""What a supplier's repository offers: its branches and their tips, fetched one by one.

Only what is asked for is fetched, so a broken object on another branch does no harm.
"""

from __future__ import annotations

import re
from pathlib import Path

from collectors.git.command import SafeGit

HEADS = "refs/heads/"
TAGS = "refs/tags/"
# What git takes for the name of a branch: no other text may become part of a refspec.
_NAME = re.compile(
    r"(?!@$)(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|$)))"
    r"[^\x00-\x20\x7f~^:?*\[\\/.][^\x00-\x20\x7f~^:?*\[\\]*(?<![/.])"
)


def is_branch(name: str) -> bool:
    """Whether git could have a branch of this name."""
    return bool(_NAME.fullmatch(name)) and name.isprintable()


class Source:
    """The repository at a url, as it is now; every call asks it anew (GitFailedError)."""

    def __init__(self, git: SafeGit, url: str) -> None:
        self._git = git
        self._url = url

    def tip(self, branch: str) -> str | None:
        """The commit at the end of a branch; None: there is no such branch."""
        return self._heads(branch).get(branch) if is_branch(branch) else None

    def branches(self) -> list[str]:
        """The names of all branches."""
        return sorted(self._heads("*"))

    def has_tag(self, name: str) -> bool:
        """Whether there is a tag of this name now."""
        return is_branch(name) and TAGS + name in self._refs(TAGS + name)

    def fetch(self, folder: Path, refspec: str) -> None:
        """Fetch one ref or object into the bare repository at ``folder``."""
        self._git.at(
            folder,
            *("fetch", "--quiet", "--no-tags", "--no-recurse-submodules"),
            *("--no-write-fetch-head", "--", self._url, refspec),
        )

    def _heads(self, pattern: str) -> dict[str, str]:
        refs = self._refs(HEADS + pattern)
        return {ref[len(HEADS) :]: tip for ref, tip in refs.items() if ref.startswith(HEADS)}

    def _refs(self, pattern: str) -> dict[str, str]:
        said = self._git.run("ls-remote", "--quiet", "--", self._url, pattern)
        lines = said.decode(errors="replace").splitlines()
        pairs = (line.split("\t", 1) for line in lines if "\t" in line)
        return {ref: tip for tip, ref in pairs}
