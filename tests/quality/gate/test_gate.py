"""The merge gate on small real repositories: what it sees, could not see, and keeps."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.git.checkout import Checkout
from collectors.process.bounded import Supervisor
from quality.errors import MeasureError, UsageError
from quality.gate.merge import NothingComparedError, gate
from quality.gate.request import MergeRequest
from quality.model.gate import GateHit
from tests.quality.contracts import SMALL, parse
from tests.quality.gate.judging import (
    CCN_2,
    FINDINGS,
    UNDEFINED,
    block,
    branchy,
    judged,
    rules,
    unread,
)
from tests.repositories import Link, Repository, Submodule, run_git

# ---------------------------------------------------------------- nothing changed


def test_nothing_to_compare_is_no_pass(repo: Repository):
    base = repo.commit({"a.py": branchy("f", 9)})
    with pytest.raises(NothingComparedError, match="--head main: the base holds the head already"):
        judged(repo, rules(CCN_2), base)
    repo.commit({})
    with pytest.raises(NothingComparedError, match="both hold the same files"):
        judged(repo, rules(CCN_2), base)
    repo.commit({"README": "words"})
    result = judged(repo, rules(CCN_2), base)
    assert (result.outcome, result.files) == ("passed", 0)


def test_a_contract_without_gate_rules_judges_nothing(repo: Repository):
    base = repo.commit({"a.py": "X = 1\n"})
    repo.commit({"a.py": "X = 2\n"})
    text = rules(CCN_2).partition("gate:")[0]
    with pytest.raises(MeasureError, match="ACME-2026-01 has no gate rules, so nothing is judged"):
        judged(repo, text, base)


NAMES = st.sampled_from(["a.py", "src/b.py", "tests/test_a.py", "c.js", "vendor/d.py", "e.txt"])
CONTENTS = st.one_of(st.binary(max_size=60), st.just(b"def f(:\n"), st.just(branchy("f", 9)))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.dictionaries(NAMES, CONTENTS, min_size=1))
def test_what_a_change_does_not_touch_is_not_judged(
    files: dict[str, bytes | str], tmp_path_factory: pytest.TempPathFactory
):
    repo = Repository(tmp_path_factory.mktemp("same") / "r.git")
    base = repo.commit(files)
    repo.commit({"README": "words"})
    text = rules(
        CCN_2, FINDINGS.replace("1", "2", 1), "- {id: G-3, rule: suppressions.new}",
        "- {id: G-4, rule: tests.ratio, at_least: 50}",
        "- {id: G-5, rule: duplication.new_share, at_most: 0}",
        "- {id: G-6, rule: no_worse, indicator: complexity.max}",
    )  # fmt: skip
    result = judged(repo, text, base)
    assert result.outcome == "passed"
    assert result.files == 0
    assert all(not v.hits and v.outcome == "passed" for v in result.verdicts)
    ids = ["G-1", "G-2", "G-3", "G-4", "G-5", "G-6", "unmeasured.new"]
    assert [v.id for v in result.verdicts] == ids


# ---------------------------------------------------------------- what cannot be measured


def test_a_syntax_error_is_no_way_in(repo: Repository):
    base = repo.commit({"a.py": UNDEFINED.format(n=1)})
    repo.commit({"a.py": UNDEFINED.format(n=2) + "def broken(:\n"})
    result = judged(repo, rules(CCN_2), base)  # on by default, and without a rule that needs pylint
    unmeasured = result.verdicts[-1]
    assert (unmeasured.id, unmeasured.value, unmeasured.limit) == ("unmeasured.new", 1, 0)
    assert result.outcome == unmeasured.outcome == "failed"
    assert "syntax error" in unmeasured.hits[0].message
    result = judged(repo, rules(FINDINGS), base)
    assert [each.outcome for each in result.verdicts] == ["unknown", "failed"]
    assert result.verdicts[0].reason.startswith("could not see into a.py: syntax error")
    assert result.outcome == "unknown"


def test_a_loosened_rule_does_not_let_a_broken_file_pass(repo: Repository):
    loose = "- {id: G-2, rule: unmeasured.new, at_most: 5}"
    base = repo.commit({"a.py": UNDEFINED.format(n=1), "old.py": "print 1\n"})
    repo.commit({"old.py": "print 2\n"})
    legacy = judged(repo, rules(FINDINGS, loose), base)
    assert legacy.outcome == "passed"  # it never could be measured, and the contract tolerates it
    assert "nor could its base" in legacy.verdicts[1].hits[0].message
    repo.commit({"a.py": UNDEFINED.format(n=2) + "def broken(:\n"})
    result = judged(repo, rules(FINDINGS, loose), base)
    assert [v.outcome for v in result.verdicts] == ["unknown", "passed"]
    assert result.outcome == "unknown"


def test_the_ci_definition_is_known_on_every_platform(repo: Repository):
    base = repo.commit({"a.py": "a = 1\n"})
    files = [".buildkite/p.yml", ".forgejo/workflows/a.yml", ".gitea/workflows/a.yml",
             "ci/build.gitlab-ci.yml", "cloudbuild.yaml"]  # fmt: skip
    repo.commit({**dict.fromkeys(files, "x\n"), "docs/other.yml": "x\n"})
    told = f"the merge changes the CI definition: {', '.join(files)}"
    assert judged(repo, rules(CCN_2), base).notes == (told,)


def test_an_edit_of_what_was_agreed_is_told(repo: Repository):
    base = repo.commit({"a.py": "a = 1\n"})
    names = ["acme.2.contract.yml", "acme.events.yaml", "deals/acme.contract.yaml"]
    repo.commit(dict.fromkeys([*names, "events.yaml"], "x\n"))
    told = f"the merge changes contracts, amendments or ledgers: {', '.join(names)}"
    assert judged(repo, rules(CCN_2), base).notes == (told,)


def test_new_code_that_nobody_reads_is_told(repo: Repository):
    base = repo.commit({"a.py": "a = 1\n", "old.sh": "ls\n"})
    repo.commit({"run.sh": "ls\n", "tool": "#!/bin/bash\nls\n", "x": Link("/srv/x"),
                 "lib.jar": b"PK\x03\x04", "vendor/b.jar": b"PK\x03\x04", "a.json": "{}",
                 "script": "#!/usr/bin/env python3\n" + branchy("f", 4)})  # fmt: skip
    result = judged(repo, rules(CCN_2), base)
    assert result.notes == (
        "new or changed code that no analyzer reads, so not judged: lib.jar (archive), run.sh "
        "(shell script), tool (shell script), x (link)",
    )
    assert [(hit.path, hit.title) for hit in result.verdicts[0].hits] == [("script", "f")]


def test_one_object_that_cannot_be_read_stops_nothing_else(repo: Repository):
    base = repo.commit({"a.py": "X = 1\n", "old.py": block(0, 9)})
    contents = {"logo.png": "\0broken", "a.py": branchy("f", 4), "b.py": "Y = 2\n"}
    repo.commit({**contents, "old.py": None, "moved.py": block(0, 9) + "Z = 1\n"})

    def lose(path: str) -> None:
        oid = run_git(repo.folder, "rev-parse", f"main:{path}").strip()
        (repo.folder / "objects" / oid[:2] / oid[2:]).unlink()

    run_git(repo.folder, "config", "gc.auto", "0")
    for pack in repo.folder.glob("objects/pack/*.pack"):
        content = pack.rename(repo.folder / "taken.pack").read_bytes()
        subprocess.run(["git", "unpack-objects", "-q"], cwd=repo.folder, input=content, check=True)
    lose("logo.png")
    found = judged(repo, rules(CCN_2), base)
    assert [hit.title for hit in found.verdicts[0].hits] == ["f"]
    assert [v.outcome for v in found.verdicts] == ["failed", "passed"]
    lose("b.py")
    repo.commit({"a.py": "X = 3\n"})
    found = judged(repo, rules(CCN_2), base)
    assert [v.outcome for v in found.verdicts] == ["unknown", "unknown"]
    assert "cannot read b.py: its content is missing or damaged here" in found.verdicts[0].reason


def test_a_function_cut_into_crumbs_passes_and_is_told(repo: Repository):
    base = repo.commit({"a.py": branchy("total", 6)})
    crumbs = "".join(
        f"def is_{n}(a):\n    return {n} if a == {n} else None\n\n\n" for n in range(6)
    )
    whole = "def total(a):\n    return " + " or ".join(f"is_{n}(a)" for n in range(6)) + "\n"
    repo.commit({"a.py": crumbs + whole.replace(" or ", " + ")})
    result = judged(repo, rules(CCN_2), base)
    assert result.outcome == "passed"
    assert result.notes == (
        "a.py:25: total fell from 7 to 1 CCN, and 6 new functions of at most 3 lines came with it: "
        "see that they mean something",
    )


def test_what_no_analyzer_reads_and_what_claims_to_be_generated_is_told(repo: Repository):
    base = repo.commit({"a.py": "X = 1\n", "run.sh": "exit 0\n"})
    signed = "# Code generated by protoc. DO NOT EDIT.\n" + branchy("f", 4)
    repo.commit({"b.py": signed, "run.sh": "exit 1\n", "new.sh": "x=1\n", "c.py": block(0, 2)})
    unseen = "- {id: G-2, rule: no_worse, indicator: unseen.share}"
    result = judged(repo, rules(CCN_2, unseen), base)
    assert result.notes == (
        "new or changed code that no analyzer reads, so not judged: new.sh (shell script), run.sh "
        "(shell script)",
        "says that it is generated, and is judged all the same: b.py",
    )
    assert [v.outcome for v in result.verdicts] == ["failed", "failed", "passed"]
    grown = result.verdicts[1]
    assert (grown.limit, grown.value, grown.unit) == (7, 11, "bytes")
    repo.commit({"run.sh": None, "new.sh": None, "README": "words\n", "b.py": None})
    assert judged(repo, rules(unseen), base).outcome == "passed"


def test_code_that_leaves_the_judged_files_is_told(repo: Repository):
    base = repo.commit({"a.py": block(0, 9), "b.py": block(20, 9), "c.py": block(40, 9)})
    repo.commit({"a.py": None, "tests/a.py": block(0, 9), "b.py": None, "b.txt": block(20, 9),
                 "c.py": Link("b.txt"), "vendor/new.py": "X = 1\n",
                 ".github/workflows/ci.yml": "x\n", "docs/CODEOWNERS": "*\n",
                 "lib": Submodule("12" * 20)})  # fmt: skip
    result = judged(repo, rules(CCN_2), base)
    assert result.outcome == "passed"
    assert result.notes == (
        "the merge changes the CI definition: .github/workflows/ci.yml",
        "the merge changes who must approve changes: docs/CODEOWNERS",
        "moved out of the production code, so not judged: a.py to tests/a.py, b.py to b.txt, "
        "c.py as link",
        "points a submodule to other code, which is not judged: lib",
        "new or changed as generated or vendored code, so not judged: vendor/new.py",
    )


# ---------------------------------------------------------------- fingerprints, facts at hand


def test_fingerprints_follow_the_code_and_not_its_place(repo: Repository):
    base = repo.commit({"z.py": "Z = 1\n"})
    text = rules(FINDINGS, CCN_2.replace("G-1", "G-2"), "- {id: G-3, rule: suppressions.new}")
    code = UNDEFINED.format(n=1) + branchy("f", 4) + "x = 1  # noqa\n"

    def marks() -> list[str]:
        hits: list[GateHit] = [h for v in judged(repo, text, base).verdicts for h in v.hits]
        return [hit.fingerprint for hit in hits]

    repo.commit({"a.py": code})
    first = marks()
    assert len(set(first)) == 3
    assert all(len(mark) == 32 for mark in first)
    repo.commit({"a.py": None, "src/b.py": "# moved\n\n" + code})
    assert marks() == first


def test_a_database_saves_work_and_its_lock_stops_nothing(repo: Repository, tmp_path: Path):
    from quality.store.database import Store

    base = repo.commit({"z.py": "Z = 1\n"})
    repo.commit(
        {"a.py": UNDEFINED.format(n=1) + branchy("f", 4) + "# noqa\n", "b.py": block(0, 30)}
    )
    text = rules(FINDINGS, CCN_2.replace("G-1", "G-2"), "- {id: G-3, rule: suppressions.new}",
                 "- {id: G-4, rule: duplication.new_share, at_most: 3}",
                 "- {id: G-5, rule: no_worse, indicator: python.mi.mean}")  # fmt: skip
    database = tmp_path / "facts.duckdb"
    without = judged(repo, text, base)
    assert judged(repo, text, base, database=database) == without
    with Store(database) as store:
        kept = store.connection.execute("select count(*) from measurements").fetchall()
        # Two changed files by all analyzers, z.py for the whole and for duplicates.
        assert kept[0][0] == 2 * 7 + 3
    assert judged(repo, text, base, database=database) == without
    holder = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        result = judged(repo, text, base, database=database)
        assert result.verdicts == without.verdicts
        assert "is in use by another process" in result.notes[0]
        other.communicate()
    database.write_bytes(b"no database")
    result = judged(repo, text, base, database=database)
    assert result.verdicts == without.verdicts
    assert "the gate went on without the database" in result.notes[0]


def test_an_unknown_repository_is_a_wrong_command_line(repo: Repository):
    repo.commit({"a.py": "X = 1\n"})
    request = MergeRequest(parse(SMALL), "bililng", "main", "main")
    with (
        Checkout(repo.folder) as checkout,
        Supervisor() as processes,
        pytest.raises(UsageError, match="which names billing"),
    ):
        gate(request, unread(request, checkout, processes))
