"""``make demo``: score four suppliers: this repository, a published package with a real history,
and two who are made up: one with a help desk, services and defects, and his partner.

python -m tests.demo FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from quality.cli.app import run
from tests.demo import service
from tests.releases import build

PACKAGE = "paramiko"
VERSIONS = ("3.4.0", "3.4.1", "3.5.0", "3.5.1", "4.0.0", "5.0.0", "5.0.1", "5.1.0")

CONTRACT = """\
format: workmanship.contract/1
contract:
  id: {id}
  customer: Northwind Retail
  supplier: {supplier}
  starts: {starts}
  ends: 2030-12-31
  period: quarter
  timezone: Europe/Berlin
  recipe: "2026.2"
repositories:
  - name: {name}
    url: {url}
    branch: {branch}
service_levels:
  - {{id: TQ-1, name: Code in overly complex functions, class: critical,
      indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 15}}
  - {{id: TQ-2, name: Code in overly long functions, class: critical,
      indicator: unit_size.nloc_share, above: 100, expected: 5, minimum: 10}}
  - {{id: TQ-3, name: Duplicated code, class: critical,
      indicator: duplication.share, expected: 3, minimum: 6}}
  - {{id: TQ-4, name: Coding errors, class: critical,
      indicator: errors.density, expected: 0.1, minimum: 0.5}}
  - {{id: TQ-5, name: Measured code, class: critical,
      indicator: measured.share, expected: 100, minimum: 95}}
  - {{id: TQ-6, name: Coding warnings, class: key,
      indicator: warnings.density, expected: 3, minimum: 6}}
  - {{id: TQ-7, name: Suppressed analyzers, class: key,
      indicator: suppressions.density, expected: 1, minimum: 5}}
  - {{id: TQ-8, name: Test code, class: key, indicator: tests.ratio, expected: 60, minimum: 40}}
  - {{id: TQ-9, name: Program size, class: key, indicator: size.nloc}}
"""


def main(folder: Path) -> int:
    """Build what is needed below ``folder`` and write the scorecard; returns the exit code."""
    home = folder.absolute() / "demo"
    package = home / PACKAGE
    if not (package / ".git").exists():
        print(f"fetching {len(VERSIONS)} releases of {PACKAGE}", file=sys.stderr)
        build(package, PACKAGE, VERSIONS)
    made_up = service.write(home / "lumen")
    common = ["--output", str(folder), "--exit-zero"]
    run(["scorecard", str(made_up), "--period", service.EXCUSED, *common, "--quiet"])
    contracts = [
        _contract(home, "OURSELVES", "Workmanship", _checkout(home), "2026-10-01"),
        _contract(home, "PARAMIKO", "The Paramiko project", package, "2024-01-01"),
    ]
    partners = made_up.with_name(service.PARTNERS)
    files = [str(contract) for contract in (*contracts, made_up, partners)]
    return run(["scorecard", *files, *common, "--verbose"])


def _contract(home: Path, contract_id: str, supplier: str, repository: Path, starts: str) -> Path:
    path = home / f"{contract_id.lower()}.contract.yaml"
    path.write_text(
        CONTRACT.format(
            id=contract_id, supplier=supplier, starts=starts, name=repository.name,
            url=repository, branch="main",
        ),
        encoding="utf-8",
    )  # fmt: skip
    return path


def _checkout(home: Path) -> Path:
    """A bare repository whose ``main`` is this checkout's HEAD, however it was cloned."""
    here = Path(__file__).parents[2]
    copy = home / "workmanship"
    subprocess.run(["git", "init", "--quiet", "--bare", str(copy)], check=True)
    refspec = "+HEAD:refs/heads/main"
    subprocess.run(["git", "-C", str(here), "push", "--quiet", str(copy), refspec], check=True)
    return copy


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
