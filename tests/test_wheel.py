"""What users install: the wheel, run outside the checkout."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.repositories import Repository

ROOT = Path(__file__).parents[1]
CONTRACT = """\
format: workmanship.contract/1
contract: {id: W, customer: A, supplier: B, starts: 2026-01-01, ends: 2026-03-31, period: quarter,
  timezone: UTC, recipe: "2026.2"}
repositories: [{name: code, url: ./code, branch: main}]
service_levels:
  - {id: A, class: critical, indicator: complexity.max, minimum: 2}
  - {id: B, class: critical, indicator: errors.density, minimum: 0}
"""


@pytest.mark.slow
def test_the_wheel_measures_evaluates_and_reports(tmp_path: Path) -> None:
    build = ["-c", "import sys, hatchling.build as b; b.build_wheel(sys.argv[1])"]
    subprocess.run([sys.executable, *build, str(tmp_path)], cwd=ROOT, check=True)
    wheel = next(tmp_path.glob("*.whl"))
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin/python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True)
    # The requirements are those of the environment that runs the tests; our packages are not: its
    # editable install is a path file, and path files count in one's own site-packages only.
    libraries = next((place / "lib").glob("python*")) / "site-packages/libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib"))

    code = Repository(tmp_path / "home/code")
    code.commit({"a.py": "def f():\n    return 1\n"}, at="2026-01-05T10:00:00+00:00")
    (tmp_path / "home/w.contract.yaml").write_text(CONTRACT)
    command = [place / "bin/workmanship", "scorecard", "w.contract.yaml", "--output", "out"]
    done = subprocess.run(
        command, cwd=tmp_path / "home", capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "home/out/index.html").exists()
    assert "✓ met" in done.stdout
