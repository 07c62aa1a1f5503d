"""``workmanship gate`` as an engineer meets it: contract, outputs, exit codes."""

import io
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from collectors.git.revisions import EMPTY_TREES
from quality.cli import app as cli
from tests.examples import table
from tests.quality.gate.judging import CCN_2, branchy, rules
from tests.repositories import Repository, run_git

# ---------------------------------------------------------------- the command


@pytest.fixture
def checkout(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose topic branch adds a complex function and loosens the contract."""
    repo.commit({"a.py": "X = 1\n", "acme.contract.yaml": rules(CCN_2)})
    folder = tmp_path / "checkout"
    run_git(repo.folder, "clone", "-q", repo.url, folder)
    (folder / "a.py").write_text(branchy("f", 4))
    (folder / "acme.contract.yaml").write_text(rules(CCN_2.replace("at_most: 2", "at_most: 9")))
    run_git(folder, "commit", "-q", "-a", "-m", "Loosen")
    monkeypatch.chdir(folder)
    return folder


def command(*arguments: str) -> int:
    return cli.run(["gate", "--repository", "billing", "--quiet", *arguments])


@pytest.mark.usefixtures("remembering")
def test_the_contract_cannot_be_loosened_in_the_same_merge(
    checkout: Path, capsys: pytest.CaptureFixture[str]
):
    assert command("acme.contract.yaml", "--base", "origin/main") == 0
    assert "changes the contract file acme.contract.yaml" in (said := capsys.readouterr().out)
    assert "--contract-from origin/main:acme.contract.yaml" in said
    source = ("--contract-from", "origin/main:acme.contract.yaml")
    assert command(*source, "--base", "origin/main") == 1
    said = capsys.readouterr().out
    assert "the merge changes the contract file acme.contract.yaml" in said
    assert "judged by the changed one" not in said
    assert command("acme.contract.yaml", *source, "--base", "origin/main") == 1
    assert command(*source, "--base", "origin/main", "--exit-zero") == 0


@pytest.mark.usefixtures("remembering")
@pytest.mark.slow
def test_what_no_commit_holds_is_told(checkout: Path, capsys: pytest.CaptureFixture[str]):
    source = ("--contract-from", "origin/main:acme.contract.yaml", "--base", "origin/main")
    command(*source)
    assert "no commit" not in capsys.readouterr().out
    (checkout / ".gitignore").write_text("ignored.py\n")
    for name in ("new.py", "ignored.py", "notes.txt"):
        (checkout / name).write_text("X = 1\n")
    (checkout / "a.py").write_text("X = 2\n")
    # Of the supplier's configuration and attributes nothing runs.
    (checkout / ".gitattributes").write_text("* filter=x diff=x\n")
    for key in ("filter.x.clean", "filter.x.smudge", "diff.x.command", "core.fsmonitor"):
        run_git(checkout, "config", key, "touch ran; cat")
    command(*source)
    told = "NOTE: in the work tree and in no commit, so not judged: a.py, new.py\n"
    assert told in capsys.readouterr().out
    command(*source, "--head", "origin/main", "--base", EMPTY_TREES[0])
    assert "no commit" not in capsys.readouterr().out
    assert not (checkout / "ran").exists()
    (checkout / "acme.contract.yaml").write_text(rules(CCN_2.replace("at_most: 2", "at_most: 8")))
    assert command("acme.contract.yaml", "--base", "origin/main") == 0
    said = capsys.readouterr().out
    assert "judged by acme.contract.yaml as it stands in the work tree" in said


@pytest.mark.usefixtures("remembering")
def test_a_failure_ends_with_the_line_that_shows_it_again(
    checkout: Path, capsys: pytest.CaptureFixture[str]
):
    source = ("--contract-from", "origin/main:acme.contract.yaml", "--base", "origin/main")
    assert command(*source) == 1
    said = capsys.readouterr().out
    base, head = (run_git(checkout, "rev-parse", name).strip() for name in ("HEAD~1", "HEAD"))
    last = said.splitlines()[-1]
    assert last == (
        f"reproduce: workmanship gate --contract-from {base}:acme.contract.yaml "
        f"--repository billing --base {base} --head {head}"
    )
    assert cli.run([*shlex.split(last)[2:], "--quiet"]) == 1
    assert capsys.readouterr().out == said


@pytest.mark.usefixtures("remembering")
def test_that_line_names_a_checkout_elsewhere(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(checkout.parent)
    source = ("--contract-from", "origin/main:acme.contract.yaml", "--base", "origin/main")
    assert command(*source, "--path", str(checkout)) == 1
    said = capsys.readouterr().out
    assert cli.run([*shlex.split(said.splitlines()[-1])[2:], "--quiet"]) == 1
    assert capsys.readouterr().out == said


@pytest.mark.usefixtures("remembering")
def test_a_pre_push_hook_judges_what_is_pushed(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    source = ("--contract-from", "origin/main:acme.contract.yaml", "--base", "origin/main")
    base, head = (run_git(checkout, "rev-parse", name).strip() for name in ("HEAD~1", "HEAD"))
    run_git(checkout, "checkout", "-q", "--detach", base)
    assert command(*source) == 3
    assert "nothing to compare" in capsys.readouterr().err

    def pushed(*lines: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return command(*source, "--pushed")

    gone, old = f"(delete) {'0' * 40} refs/heads/x {base}", f"refs/tags/v1 {base} refs/tags/v1 0"
    topic = f"refs/heads/topic {head} refs/heads/topic {'0' * 40}"
    assert pushed(topic) == 1
    assert pushed(gone) == 0
    assert pushed(old) == 0
    assert "the base holds the head already" in capsys.readouterr().out
    assert pushed(gone, old, topic, topic) == 1
    assert capsys.readouterr().out.count("Merge gate of") == 1
    assert pushed() == 0  # HEAD, which brings nothing
    monkeypatch.setenv("PRE_COMMIT_TO_REF", head)
    assert pushed(old) == 1


@pytest.mark.usefixtures("remembering")
def test_outputs_are_written_and_the_result_is_explained(
    checkout: Path, capsys: pytest.CaptureFixture[str]
):
    source = ("--contract-from", "origin/main:acme.contract.yaml", "--base", "origin/main")
    code = command(*source, "--output", "json=out/gate.json", "--output", "sarif=gate.sarif",
                   "--explain", "function.ccn")  # fmt: skip
    assert code == 1
    said = capsys.readouterr().out
    assert "G-1: function.ccn" in said
    assert "a.py:1: f: 5 CCN (new function)" in said
    assert "gamed by    Cut the function at any line into two" in said
    assert '"workmanship.gate/1"' in (checkout / "out/gate.json").read_text()
    assert (checkout / "gate.sarif").read_text()
    assert command(*source, "--output", "github=-") == 1
    assert "::error" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    table(
        [
            (("--base", "origin/main"), 2, "name the contract file"),
            (("acme.contract.yaml",), 2, "--base"),
            (
                ("acme.contract.yaml", "--base", "origin/main", "--output", "pdf=x"),
                2,
                "FORMAT=FILE",
            ),
            (
                ("--base", "HEAD", "--output=json=-", "--output=text=-"),
                2,
                "standard output is taken",
            ),
            (("--base", "HEAD", "--output=json=a", "--output=text=a"), 2, "a is taken by another"),
            (("acme.contract.yaml", "--base", "origin/main", "--explain", "G-9"), 2, "G-1"),
            (("--contract-from", "acme.contract.yaml", "--base", "origin/main"), 2, "REV:PATH"),
            (("acme.contract.yaml", "--base", "HEAD"), 3, "the base holds the head already"),
            (("acme.contract.yaml", "--base", "origin/nowhere"), 3, "git fetch origin nowhere"),
            (("acme.contract.yaml", "--base", "0" * 40), 3, "target branch"),
            (("acme.contract.yaml", "--base", "main^{/nothing}"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", "main^{/(}"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", "main^{/!-}"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", "^main"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", "@{-1}"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", ":/nothing"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", "HEAD^{tree}"), 3, "--base HEAD^{tree}: no such"),
            (("acme.contract.yaml", "--base", "HEAD^{blob}"), 3, "--base HEAD^{blob}: no such"),
            (("acme.contract.yaml", "--base", "main..HEAD"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", ""), 3, "--base is empty"),
            (("acme.contract.yaml", "--base", "-x"), 3, "--base -x: no such revision"),
            (("acme.contract.yaml", "--base", "a\0b"), 3, "no such revision"),
            (("acme.contract.yaml", "--base", "a" * 200_000), 3, "200,000 characters"),
            (
                ("acme.contract.yaml", "--base", "main", "--head", "^main"),
                3,
                "--head ^main: no such",
            ),
            (("acme.contract.yaml", "--base", "main", "--path", "/"), 3, "no git repository"),
        ],
        {*range(11), 18, 22, 24},
    ),
)
def test_wrong_uses_end_in_one_line(
    checkout: Path, arguments: tuple[str, ...], code: int, said: str,
    capsys: pytest.CaptureFixture[str],
):  # fmt: skip
    assert command(*arguments) == code
    caught = capsys.readouterr()
    assert said in caught.err
    assert len(caught.err.splitlines()) == 1 or "Usage:" in caught.err
    assert caught.out == ""


def test_a_first_commit_is_judged_whole(checkout: Path, capsys: pytest.CaptureFixture[str]):
    """In processes, as outside of tests."""
    assert command("acme.contract.yaml", "--base", EMPTY_TREES[0], "--head", "HEAD^") == 0
    assert "1 changed file\n" in capsys.readouterr().out


def test_a_gate_with_nothing_to_measure_loads_no_machinery(repo: Repository, tmp_path: Path):
    """Most merges of a monorepo touch no code that an analyzer reads: those pass at once."""
    no_worse = "- {id: G-2, rule: no_worse, indicator: complexity.nloc_share, above: 15}"
    findings = "- {id: G-3, rule: findings.new, rules: [errors]}"
    text = rules(f"{CCN_2}\n  {no_worse}\n  {findings}")
    repo.commit({"a.py": "X = 1\n", "acme.contract.yaml": text, "README.md": "old\n"})
    repo.commit({"README.md": "new\n"})
    folder = tmp_path / "docs"
    run_git(repo.folder, "clone", "-q", repo.url, folder)
    idle = ("lizard", "radon", "astroid", "pylint", "ast_grep_py", "duckdb", "junitparser", "rich",
            "jinja2", "multiprocessing", "dask", "collectors.analyzers", "quality.money",
            "quality.verdicts", "quality.model.statement", "quality.model.evaluation")  # fmt: skip
    words = ["gate", "acme.contract.yaml", "--repository", "billing", "--quiet",
             "--base", "HEAD~1", "--head", "HEAD"]  # fmt: skip
    code = (
        "import os, sys; from quality.cli.app import run; "
        f"os.chdir({str(folder)!r}); code = run({words}); "
        f"print([name for name in {idle} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "✓ passed  G-2 no_worse" in done.stdout
    assert done.stderr == "[]\n"
