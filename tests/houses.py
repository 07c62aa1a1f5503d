"""The house as a newcomer extends it: a copy of the packages, and what he touched."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
TERM = """\
format: workmanship.contract/1
contract:
  id: ACME-2024-01
  customer: Northwind Retail
  supplier: Acme Software
  starts: 2024-01-01
  ends: 2024-12-31
  period: quarter
  timezone: Europe/Berlin
  recipe: "2026.2"
"""
CODE = (
    TERM
    + """\
repositories:
  - {name: billing, url: URL, branch: main}
"""
)


class House:
    """A copy of the packages with an interpreter that finds them before the installed ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in ("quality", "collectors", "reports"):
            shutil.copytree(ROOT / name, folder / name)
        venv.create(folder / "venv", symlinks=True)
        (site,) = (folder / "venv/lib").glob("*/site-packages")
        (site / "house.pth").write_text(f"{folder}\n{sysconfig.get_path('purelib')}\n")

    def add(self, path: str, text: str) -> None:
        """A new file."""
        self.touched.add(path)
        (self.folder / path).parent.mkdir(exist_ok=True)
        with (self.folder / path).open("x", encoding="utf-8") as file:
            file.write(text)

    def edit(self, path: str, old: str, new: str) -> None:
        """Put ``new`` in the place of ``old``, which stands in the file once."""
        self.touched.add(path)
        text = (self.folder / path).read_text("utf-8")
        assert text.count(old) == 1, (path, old)
        (self.folder / path).write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the extended program."""
        command = [str(self.folder / "venv/bin/python"), "-P", "-s", "-c"]
        start = "from quality.cli.app import main; main()"
        return subprocess.run([*command, start, *arguments], cwd=self.folder, text=True,
                              capture_output=True, check=False)  # fmt: skip

    def unnamed(self, *headings: str) -> list[str]:
        """What was touched and CONTRIBUTING does not name, nor a folder of it, under headings."""
        text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
        sections = "".join(
            text.partition(f"## {each}\n")[2].partition("\n## ")[0] for each in headings
        )
        return [
            path for path in sorted(self.touched)
            if not any(f"`{each}`" in sections
                       for each in (path, *(f"{each}/" for each in Path(path).parents)))
        ]  # fmt: skip
