"""The places where the merge gate plugs in: their scripts are run as the platforms run them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from tests.quality.contracts import SMALL
from tests.repositories import Repository, run_git

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CLEAN = "def total(rows):\n    return sum(rows)\n"
BRANCHES = "".join(f"    if rows[{at}]:\n        rows = rows[1:]\n" for at in range(20))
COMPLEX = f"def total(rows):\n{BRANCHES}    return rows\n"
HOSTILE = "$(touch pwned)`touch pwned`'; touch pwned; '\"; touch pwned; #\n::error::x"


def read_yaml(name: str) -> Any:
    return YAML(typ="safe", pure=True).load(ROOT / name)


ACTION = read_yaml("action.yml")
GITLAB = read_yaml(".gitlab/workmanship-gate.yml")["workmanship-gate"]
HOOKS = {hook["id"]: hook for hook in read_yaml(".pre-commit-hooks.yaml")}


@dataclass
class Runner:
    """A CI machine: a checkout whose branch ``main`` holds the contract, and a change on it."""

    folder: Path
    base: str
    head: str

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    @property
    def temporary(self) -> Path:
        return self.folder / "temporary"

    def run(self, script: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a step as GitHub does, in the checkout."""
        file = self.folder / "step.sh"
        file.write_text(script, encoding="utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            cwd=self.checkout,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def judge(self, **inputs: str) -> tuple[int, str, dict[str, str], str]:
        """The action's last step: exit code, log, outputs, step summary."""
        step = ACTION["runs"]["steps"][-1]
        given = {
            "REPOSITORY": "billing",
            "CONTRACT": "",
            "CONTRACT_FROM": "origin/main:acme.contract.yaml",
            "BASE": "",
            "EVENT": "push",
            "EVENT_BASE": self.base,
            "HEAD": "",
            "MERGED": self.head,
            "CHECKOUT": ".",
            "COVERAGE": "",
            "REPORT_ONLY": "false",
        }
        assert set(given) == set(step["env"])
        files = {name: self.folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        paths = {name: str(file) for name, file in files.items()}
        done = self.run(
            step["run"], {"RUNNER_TEMP": str(self.temporary), **paths, **given, **inputs}
        )
        lines = files["GITHUB_OUTPUT"].read_text().splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text()


def make_runner(folder: Path, files: Mapping[str | bytes, str]) -> Runner:
    source = Repository(folder / "billing.git")
    base = source.commit({"a.py": CLEAN, "acme.contract.yaml": SMALL})
    head = source.commit(files, branch="change", parents=(base,))
    run_git(folder, "clone", "--quiet", "--branch=change", source.url, "checkout")
    (folder / "temporary").mkdir()
    # Where the install steps put Workmanship stands the one that runs this test.
    (folder / "temporary/workmanship").symlink_to(sys.prefix)
    return Runner(folder, base, head)


@pytest.fixture
def failing(tmp_path: Path) -> Runner:
    return make_runner(tmp_path, {"a.py": COMPLEX})


@pytest.fixture
def passing(tmp_path: Path) -> Runner:
    return make_runner(tmp_path, {"b.py": CLEAN})


# ---------------------------------------------------------------- the GitHub action


def test_action_fails_a_bad_change_and_says_where(failing: Runner) -> None:
    code, log, outputs, summary = failing.judge()
    assert code == 1
    assert (outputs["outcome"], outputs["exit-code"]) == ("failed", "1")
    assert "::error file=a.py,line=1,endLine=1,title=G-1 function.ccn failed::total: 21 CCN" in log
    assert summary.startswith("## Workmanship gate: ✗ FAILED\n")
    for name in ("sarif", "json", "junit", "markdown"):
        assert Path(outputs[name]).stat().st_size > 100
    assert json.loads(Path(outputs["json"]).read_text())["head"] == failing.head


def test_action_lets_a_clean_change_in(passing: Runner) -> None:
    code, log, outputs, summary = passing.judge()
    assert (code, outputs["outcome"]) == (0, "passed")
    assert "::notice title=Workmanship gate passed::" in log
    assert "✓ passed" in summary


def merge_request(folder: Path) -> Runner:
    """A clean change, merged with a main that got a bad one meanwhile; the merge is checked
    out."""
    runner = make_runner(folder, {"b.py": CLEAN})
    fork, checkout = runner.base, runner.checkout
    source = Repository(folder / "billing.git")
    main = source.commit({"worse.py": COMPLEX}, parents=(fork,))
    run_git(checkout, "fetch", "--quiet", "origin")
    run_git(checkout, "checkout", "--quiet", "--detach", main)
    run_git(checkout, "-c", "user.name=x", "-c", "user.email=x@x", "merge", "--quiet", "--no-ff",
            "-m", "Merge", runner.head)  # fmt: skip
    merged = run_git(checkout, "rev-parse", "HEAD").strip()
    return Runner(folder, fork, merged)


def test_action_blames_a_pull_request_for_nothing_that_came_into_main(tmp_path: Path) -> None:
    runner = merge_request(tmp_path)
    code, log, outputs, _ = runner.judge(EVENT="pull_request")
    assert (code, outputs["outcome"]) == (0, "passed"), log
    result = json.loads(Path(outputs["json"]).read_text())
    assert (result["head"], result["files"]) == (runner.head, 1)
    # Of the event's base alone it would be; and a base that is asked for stands.
    assert runner.judge(EVENT="pull_request", BASE=runner.base)[0] == 1


def test_action_judges_all_of_a_pull_request_where_its_own_commit_is_checked_out(
    failing: Runner,
) -> None:
    """Its first parent is no base: it may be a commit of the change."""
    checkout = failing.checkout
    (checkout / "c.py").write_text(CLEAN)
    run_git(checkout, "add", "c.py")
    run_git(checkout, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "Two")
    for merged in (run_git(checkout, "rev-parse", "HEAD").strip(), "12" * 20):
        code, _, outputs, _ = failing.judge(EVENT="pull_request", MERGED=merged)
        assert (code, outputs["outcome"]) == (1, "failed")


def test_action_only_reports_when_asked(failing: Runner) -> None:
    code, _, outputs, _ = failing.judge(REPORT_ONLY="true")
    assert (code, outputs["outcome"]) == (0, "failed")


def test_action_takes_a_contract_from_another_place(failing: Runner) -> None:
    contract = failing.folder / "strict.contract.yaml"
    contract.write_text(SMALL.replace("at_most: 15", "at_most: 30"), encoding="utf-8")
    code, _, outputs, _ = failing.judge(CONTRACT=str(contract), CONTRACT_FROM="")
    assert (code, outputs["outcome"]) == (0, "passed")


def test_action_says_when_nothing_was_judged(passing: Runner) -> None:
    code, log, outputs, summary = passing.judge(BASE="no-such-revision")
    assert (code, outputs) == (3, {"exit-code": "3", "outcome": "error"})
    assert "::error title=Workmanship gate::nothing was judged" in log
    assert summary == ""


def test_action_runs_nothing_that_an_input_says(passing: Runner) -> None:
    names = ACTION["runs"]["steps"][-1]["env"]
    code, _, outputs, _ = passing.judge(**dict.fromkeys(names, HOSTILE))
    assert (code, outputs["outcome"]) == (2, "error")
    assert not list(passing.folder.rglob("pwned"))


def test_action_gives_no_command_of_a_file_name_to_the_runner(tmp_path: Path) -> None:
    names = ("::error::x.py", "##[add-mask]x.py", "$(touch pwned).py")
    runner = make_runner(tmp_path, dict.fromkeys(names, COMPLEX))
    code, log, _, _ = runner.judge()
    assert code == 1
    spoken, obeyed = log.split("::stop-commands::")[1].split("\n", 1)
    told, _, obeyed = obeyed.partition(f"\n::{spoken}::\n")
    assert "touch pwned" in told
    *commands, again = [line for line in obeyed.splitlines() if line]
    assert len(commands) == 3
    assert all(line.startswith("::error file=") for line in commands)
    assert again.startswith("::notice title=Workmanship::")
    assert "workmanship gate " in again
    assert "##[" not in told
    assert not list(tmp_path.rglob("pwned"))


def test_action_scripts_hold_no_expression_and_every_input_is_used() -> None:
    steps = ACTION["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps([step.get("env") for step in steps])))
    assert used == set(ACTION["inputs"])
    named = {
        name for step in steps for name in re.findall(r'echo "([a-z-]+)=', step.get("run", ""))
    }
    assert named == set(ACTION["outputs"])
    foreign = [step["uses"] for step in steps if "uses" in step]
    assert all(re.search(r"@[0-9a-f]{40}$", each) for each in foreign)


def test_action_hands_reports_of_tests_on(passing: Runner) -> None:
    code, _, outputs, _ = passing.judge(COVERAGE=f"{HOSTILE}\n\nnowhere.xml\n")
    assert (code, outputs["outcome"]) == (2, "error")
    assert not (passing.checkout / "pwned").exists()


# ---------------------------------------------------------------- the GitLab template


def test_gitlab_job_fails_a_bad_change_with_its_reports(failing: Runner) -> None:
    (failing.checkout / "workmanship-gate").symlink_to(failing.folder)
    done = gitlab_job(failing)
    assert done.returncode == 1
    assert "a.py:1: total: 21 CCN" in done.stdout
    for name in GITLAB["artifacts"]["paths"]:
        assert (failing.checkout / name).is_file()
    reports = {
        kind: failing.checkout / file for kind, file in GITLAB["artifacts"]["reports"].items()
    }
    (issue,) = json.loads(reports["codequality"].read_text())
    assert issue["location"]["path"] == "a.py"
    suite = ElementTree.parse(reports["junit"]).getroot()
    assert suite.get("failures") == "1"
    assert not (failing.checkout / "workmanship-gate").is_symlink()


def test_gitlab_job_lets_a_clean_change_in(passing: Runner) -> None:
    assert gitlab_job(passing).returncode == 0


def test_gitlab_job_hands_a_report_of_tests_on(passing: Runner) -> None:
    done = gitlab_job(passing, WORKMANSHIP_COVERAGE="no where.xml")
    assert done.returncode == 2
    assert "--coverage" in done.stderr
    assert "no where.xml" in done.stderr


@pytest.mark.parametrize("event", ["merged_result", "merge_train"])
def test_gitlab_job_blames_no_merged_result_for_the_target_branch(
    event: str, tmp_path: Path
) -> None:
    runner = merge_request(tmp_path)
    assert gitlab_job(runner, CI_MERGE_REQUEST_EVENT_TYPE=event).returncode == 0


def gitlab_job(runner: Runner, **more: str) -> subprocess.CompletedProcess[str]:
    """The job's script with the variables of a merge request's pipeline."""
    home = runner.folder / "home"
    home.mkdir()
    (home / "venv").symlink_to(sys.prefix)
    assert set(GITLAB["variables"]) == {"GIT_DEPTH", "WORKMANSHIP_HOME"}
    variables = {
        "CI_PROJECT_NAME": "billing",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": runner.base,
        "CI_COMMIT_SHA": runner.head,
        "WORKMANSHIP_CONTRACT_FROM": "origin/main:acme.contract.yaml",
        "WORKMANSHIP_HOME": str(home),
        **more,
    }
    return runner.run("\n".join(GITLAB["script"]), variables)


# ---------------------------------------------------------------- pre-commit, schemas, locks


def test_pre_commit_hooks_run_as_their_entries_say(failing: Runner) -> None:
    contract = failing.checkout / "acme.contract.yaml"
    binaries = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    assert re.search(HOOKS["workmanship-check"]["files"], "suppliers/acme.contract.yaml")
    assert not re.search(HOOKS["workmanship-check"]["files"], "acme.contract.yaml.orig")
    checked = failing.run(f"{HOOKS['workmanship-check']['entry']} {contract}", {"PATH": binaries})
    assert checked.returncode == 0, checked.stderr
    arguments = (
        "--repository=billing --base=origin/main --contract-from=origin/main:acme.contract.yaml"
    )
    judged = failing.run(f"{HOOKS['workmanship-gate']['entry']} {arguments}", {"PATH": binaries})
    assert judged.returncode == 1
    # What is pushed is judged, whatever is checked out.
    run_git(failing.checkout, "checkout", "--quiet", "--detach", failing.base)
    pushed = {"PATH": binaries, "PRE_COMMIT_TO_REF": failing.head}
    judged = failing.run(f"{HOOKS['workmanship-gate']['entry']} {arguments}", pushed)
    assert judged.returncode == 1
    assert HOOKS["workmanship-gate"]["pass_filenames"] is False


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.gitlab-ci", ".gitlab/workmanship-gate.yml"),
    ],
)
def test_platforms_schemas_take_the_files(schema: str, file: str) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*command, ROOT / file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_lock_of_the_plugs_is_part_of_the_whole_lock() -> None:
    """Both are made by ``make lock``; the plugs leave out what only developers need."""
    whole, part = (locked(ROOT / name) for name in ("requirements.lock", ".ci/gate.lock"))
    assert {name: whole.get(name) for name in part} == part
    assert {"pylint", "lizard", "radon", "hatchling"} <= {name.split("==")[0] for name in part}
    assert not {"playwright", "pytest", "mypy"} & {name.split("==")[0] for name in part}


def locked(file: Path) -> dict[str, set[str]]:
    entries = re.split(r"\n(?=\w)", file.read_text(encoding="utf-8"))
    return {entry.split()[0]: set(re.findall(r"sha256:\w+", entry)) for entry in entries}
