"""The merge gate on small real repositories: each rule's numbers counted by hand."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.git.checkout import EMPTY_TREES, Checkout
from quality.cli import app as cli
from quality.errors import UsageError
from quality.gate.merge import MergeRequest, gate
from quality.gate.no_worse import shown
from quality.model.gate import GateHit, GateResult, GateVerdict
from tests.quality.contracts import SMALL, parse
from tests.remembered import remembered
from tests.repositories import Executable, Link, Repository, Submodule, run_git

RULES = SMALL.partition("gate:\n")[0] + "gate:\n"
CCN_2 = "- {id: G-1, rule: function.ccn, at_most: 2}"
FINDINGS = "- {id: G-1, rule: findings.new, rules: [errors]}"
UNDEFINED = "def f{n}():\n    return missing_{n}\n\n\n"


class Silent:
    def say(self, line: str) -> None:
        pass

    def expect(self, files: int) -> None:
        pass

    def done(self, files: int) -> None:
        pass


def rules(*lines: str) -> str:
    return RULES + "".join(f"  {line}\n" for line in lines)


def judged(
    repo: Repository, text: str, base: str, head: str = "main", database: Path | None = None
) -> GateResult:
    request = MergeRequest(parse(text), "billing", base, head)
    with Checkout(repo.folder) as checkout:
        return gate(request, checkout, remembered, Silent(), database)


def verdict(repo: Repository, rule: str, base: str) -> GateVerdict:
    result = judged(repo, rules(rule), base)
    return result.verdicts[0]


def places(verdict: GateVerdict, new: bool = True) -> list[tuple[str, int]]:
    return [(hit.path, hit.line) for hit in verdict.hits if hit.new is new]


def branchy(name: str, ifs: int, extra: str = "") -> str:
    body = "".join(f"    if a == {n}:\n        return {n}\n" for n in range(ifs))
    return f"def {name}(a):\n{extra}{body}    return a\n\n\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "billing.git")


# ---------------------------------------------------------------- nothing changed

NAMES = st.sampled_from(["a.py", "src/b.py", "tests/test_a.py", "c.js", "vendor/d.py", "e.txt"])
CONTENTS = st.one_of(st.binary(max_size=60), st.just(b"def f(:\n"), st.just(branchy("f", 9)))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.dictionaries(NAMES, CONTENTS, min_size=1))
def test_a_head_that_is_its_base_passes(
    files: dict[str, bytes | str], tmp_path_factory: pytest.TempPathFactory
):
    repo = Repository(tmp_path_factory.mktemp("same") / "r.git")
    only = repo.commit(files)
    text = rules(
        CCN_2, FINDINGS.replace("1", "2", 1), "- {id: G-3, rule: suppressions.new}",
        "- {id: G-4, rule: tests.ratio, at_least: 50}",
        "- {id: G-5, rule: duplication.new_share, at_most: 0}",
    )  # fmt: skip
    result = judged(repo, text, only)
    assert result.outcome == "passed"
    assert result.files == 0
    assert all(not v.hits and v.outcome == "passed" for v in result.verdicts)
    assert [v.id for v in result.verdicts] == ["G-1", "G-2", "G-3", "G-4", "G-5", "unmeasured.new"]


# ---------------------------------------------------------------- functions


def test_new_and_changed_functions_are_judged_and_no_others(repo: Repository):
    old = branchy("old", 4) + branchy("grows", 2) + branchy("shrinks", 6)
    base = repo.commit({"a.py": old, "b.py": branchy("far", 9)})
    new = (
        branchy("old", 4)
        + branchy("grows", 3)
        + branchy("shrinks", 5)
        + branchy("fresh", 2, "    b = a\n")
    )
    repo.commit({"a.py": new})
    found = verdict(repo, CCN_2, base)
    assert found.outcome == "failed"
    assert (found.value, found.limit, found.unit) == (6, 2, "CCN")
    assert [(hit.title, hit.number, hit.message) for hit in found.hits] == [
        ("shrinks", 6, "shrinks: 6 CCN (changed, was 7 in the base)"),
        ("grows", 4, "grows: 4 CCN (changed, was 3 in the base)"),
        ("fresh", 3, "fresh: 3 CCN (new function)"),
    ]
    assert new.split("\n")[found.hits[0].line - 1] == "def shrinks(a):"


@pytest.mark.parametrize(
    ("files", "hits"),
    [
        ({"a.py": "# note\n\n" + branchy("g", 0) + branchy("f", 4, "    # why\n")}, []),  # moved
        ({"a.py": branchy("f", 4).replace("f(a)", "renamed(a)")}, []),
        ({"a.py": None, "src/b.py": branchy("f", 4)}, []),  # a renamed file
        ({"a.py": None, "src/b.py": branchy("f", 4) + "X = 1\n"}, []),
        ({"a.py": Executable(branchy("f", 4))}, []),
        ({"a.py": branchy("f", 4) + branchy("copy", 4)}, ["copy"]),
        ({"a.py": branchy("copy", 4) + branchy("f", 4)}, ["copy"]),
        ({"b.py": branchy("f", 4)}, ["f"]),  # a copied file
        ({"a.py": branchy("f", 4, "    #lizard forgives\n    # GENERATED CODE\n") * 2}, ["f"]),
        ({"vendor/b.py": branchy("f", 4)}, []),
        ({"tests/test_b.py": branchy("f", 4)}, []),
    ],
)
def test_what_makes_a_function_new(repo: Repository, files: dict, hits: list[str]):
    base = repo.commit({"a.py": branchy("f", 4), "other.py": "X = 1\n"})
    repo.commit(files)
    assert [hit.title for hit in verdict(repo, CCN_2, base).hits] == hits


def test_each_number_of_a_function(repo: Repository):
    base = repo.commit({"z.py": "z = 1\n"})
    nested = (
        "def f(a, b, c):\n    for i in a:\n        if b:\n            if c:\n                x()\n"
    )
    repo.commit({"a.py": nested})
    text = rules(
        "- {id: N, rule: function.nloc, at_most: 4}",
        "- {id: P, rule: function.parameters, at_most: 3}",
        "- {id: D, rule: function.nesting, at_most: 2}",
    )
    found = judged(repo, text, base).verdicts
    assert [(v.value, v.unit, v.outcome) for v in found[:3]] == [
        (5, "NLOC", "failed"), (3, "parameters", "passed"), (3, "levels", "failed"),
    ]  # fmt: skip


def test_renames_bring_no_judged_past_from_folders_that_were_not_judged(repo: Repository):
    base = repo.commit({"tests/test_a.py": branchy("f", 4), "vendor/b.py": branchy("g", 5)})
    repo.commit({"tests/test_a.py": None, "vendor/b.py": None,
                 "a.py": branchy("f", 4), "b.py": branchy("g", 5)})  # fmt: skip
    assert [hit.title for hit in verdict(repo, CCN_2, base).hits] == ["g", "f"]


# ---------------------------------------------------------------- findings


def test_a_legacy_repository_passes_a_clean_change(repo: Repository):
    legacy = "".join(UNDEFINED.format(n=n) for n in range(300))
    base = repo.commit({"a.py": legacy, "b.py": legacy, "c.py": "import nothing\n"})
    repo.commit({"a.py": "VALUE = 1\n\n\n" + legacy, "b.py": None, "src/b.py": legacy + "X = 1\n"})
    found = verdict(repo, FINDINGS, base)
    assert (found.outcome, found.value) == ("passed", 0)
    assert len(places(found, new=False)) == 600
    assert places(found) == []


def test_new_findings_count_and_moved_ones_do_not(repo: Repository):
    files = {"a.py": UNDEFINED.format(n=1) + UNDEFINED.format(n=2), "b.py": "X = 1\n"}
    base = repo.commit(files)
    moved = UNDEFINED.format(n=2)
    new = UNDEFINED.format(n=3) + "    # pylint: disable=undefined-variable\n"
    hidden = UNDEFINED.format(n=4).replace("4\n\n\n", "4  # pylint: disable=E0602\n")
    copy = UNDEFINED.format(n=1).replace("f1", "twice")
    repo.commit({"a.py": UNDEFINED.format(n=1) + copy, "b.py": moved + new + hidden})
    found = verdict(repo, FINDINGS, base)
    assert (found.outcome, found.value) == ("failed", 3)
    assert places(found) == [("a.py", 6), ("b.py", 6), ("b.py", 11)]
    assert {(hit.rule, hit.title) for hit in found.hits} == {("E0602", "undefined-variable")}
    assert "a directive tries to hide it" in found.hits[2].message
    assert places(found, new=False) == [("a.py", 2), ("b.py", 2)]


def test_a_rule_may_be_named_alone(repo: Repository):
    base = repo.commit({"b.py": "X = 1\n"})
    repo.commit({"a.py": "def g(a=[]):\n    return a\n" + UNDEFINED.format(n=1)})
    one = FINDINGS.replace("errors", "W0102")
    assert [hit.rule for hit in verdict(repo, one, base).hits] == ["W0102"]
    result = judged(repo, rules("- {id: G-1, rule: findings.new, at_most: 2}"), base)
    assert [hit.rule for hit in result.verdicts[0].hits] == ["E0602", "W0102"]  # errors first
    assert result.outcome == "passed"


def test_directives_are_counted_by_tool_and_text(repo: Repository):
    rule = "- {id: G-1, rule: suppressions.new}"
    base = repo.commit({"a.py": "x = 1  # noqa\ny = 2\n"})
    repo.commit({"a.py": "y = 2\nx = 1  #  NOQA\n"})
    assert verdict(repo, rule, base).outcome == "passed"
    repo.commit({"a.py": "y = 2  # noqa\nx = 1  # noqa\nz = 3  # type: ignore\n"})
    found = verdict(repo, rule, base)
    assert (found.outcome, found.value, len(places(found, new=False))) == ("failed", 2, 1)


# ---------------------------------------------------------------- lines


def block(first: int, lines: int) -> str:
    return "".join(f"value_{n} = {n}\n" for n in range(first, first + lines))


def test_the_share_of_new_lines_that_stand_elsewhere(repo: Repository):
    rule = "- {id: G-1, rule: duplication.new_share, at_most: 25}"
    base = repo.commit({"a.py": block(0, 30), "b.py": block(100, 10), "c.js": block(300, 9)})
    repo.commit({"b.py": block(100, 10) + block(0, 7) + block(200, 13)})
    found = verdict(repo, rule, base)
    assert (found.value, found.outcome) == (Decimal(35), "failed")  # 7 of 20
    (hit,) = found.hits
    assert (hit.path, hit.line, hit.end_line, hit.number) == ("b.py", 11, 17, 7)
    assert "a.py:1 " in hit.message
    # Five equal lines make no duplicate, those of another language neither; moved ones are new
    # in their file but stand at one place.
    repo.commit({"b.py": block(100, 10) + block(0, 5) + block(300, 9) + block(200, 13)})
    assert verdict(repo, rule, base).value == 0
    repo.commit({"b.py": block(100, 10) + block(0, 7) + block(200, 12)})
    few = verdict(repo, rule, base)
    assert (few.value, few.outcome) == (None, "passed")
    assert few.reason == "19 new code lines: not judged under 20"


def test_new_tests_against_new_production_code(repo: Repository):
    rule = "- {id: G-1, rule: tests.ratio, at_least: 50}"
    base = repo.commit({"a.py": block(0, 10), "tests/test_a.py": block(100, 10)})
    repo.commit({"a.py": block(0, 10) + block(20, 8) + "# comment\n\n",
                 "tests/test_a.py": block(104, 10)})  # fmt: skip
    found = verdict(repo, rule, base)
    assert (found.value, found.limit, found.good, found.outcome) == (50, 50, "high", "passed")
    assert found.reason == "4 new code lines of tests, 8 of production code"
    repo.commit({"a.py": block(0, 10) + block(20, 9)})
    assert verdict(repo, rule, base).outcome == "failed"
    repo.commit({"a.py": None, "tests/a.py": block(0, 10), "b.py": block(50, 2)})
    found = verdict(repo, rule, base)
    assert str(found.value) == "200"  # the four new test lines; the moved file brings none
    only_tests = repo.tip()
    repo.commit({"tests/b.py": block(70, 2)})
    assert verdict(repo, rule, only_tests).outcome == "passed"


# ---------------------------------------------------------------- the whole


def test_no_worse_compares_both_sides_exactly(repo: Repository):
    rule = "- {id: G-1, rule: no_worse, indicator: complexity.nloc_share, above: 2}"
    simple = "def g(a):\n    return a\n\n\n"
    base = repo.commit({"a.py": branchy("f", 2), "b.py": simple * 2})  # 6 of 10 NLOC
    repo.commit({"c.py": simple})
    better = verdict(repo, rule, base)
    assert (better.value, better.limit, better.outcome) == (50, 60, "passed")
    assert better.parameters == (("above", 2),)
    repo.commit({"c.py": branchy("h", 2)})
    worse = verdict(repo, rule, base)
    assert (worse.value, worse.outcome) == (75, "failed")
    assert worse.reason.startswith(
        "code in overly complex functions (complexity.nloc_share): 60 in"
    )
    repo.commit({"c.py": branchy("h", 2, "    #lizard forgives\n")})
    assert verdict(repo, rule, base).value == 75


def test_no_worse_is_unknown_where_too_little_can_be_measured(repo: Repository):
    rule = "- {id: G-1, rule: no_worse, indicator: errors.density}"
    base = repo.commit({"a.py": "def f(:\n" * 50, "b.py": "X = 1\n"})
    repo.commit({"b.py": "X = 2\n"})
    result = judged(repo, rules(rule), base)
    assert result.verdicts[0].outcome == "unknown"
    assert "only 1 % of the production code could be measured" in result.verdicts[0].reason
    assert result.outcome == "unknown"


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


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Fraction(900, 11), Fraction(800, 9), "81.82"),
        (Fraction(10), Fraction(20), "10"),
        (Fraction(1, 2), Fraction(1, 2), "0.5"),
        (Fraction(300001, 100000), Fraction(300002, 100000), "3.00001"),
        (Fraction(1, 3), Fraction(10**7 + 1, 3 * 10**7), "0.3333333"),
    ],
)
def test_both_sides_of_a_ratchet_can_be_told_apart(one: Fraction, other: Fraction, said: str):
    assert shown(one, other) == said


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
        assert kept[0][0] == 2 * 5 + 3
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
    with Checkout(repo.folder) as checkout, pytest.raises(UsageError, match="which names billing"):
        gate(MergeRequest(parse(SMALL), "bililng", "main", "main"), checkout, remembered, Silent())


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
    assert '"workmanship.gate/1"' in (checkout / "out/gate.json").read_text()
    assert (checkout / "gate.sarif").read_text()
    assert command(*source, "--output", "github=-") == 1
    assert "::error" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--base", "origin/main"), 2, "name the contract file"),
        (("acme.contract.yaml",), 2, "--base"),
        (("acme.contract.yaml", "--base", "origin/main", "--output", "pdf=x"), 2, "FORMAT=FILE"),
        (("--base", "HEAD", "--output=json=-", "--output=text=-"), 2, "standard output is taken"),
        (("--base", "HEAD", "--output=json=a", "--output=text=a"), 2, "a is taken by another"),
        (("acme.contract.yaml", "--base", "origin/main", "--explain", "G-9"), 2, "G-1"),
        (("--contract-from", "acme.contract.yaml", "--base", "origin/main"), 2, "REV:PATH"),
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
        (("acme.contract.yaml", "--base", "main", "--head", "^main"), 3, "--head ^main: no such"),
        (("acme.contract.yaml", "--base", "main", "--path", "/"), 3, "no git repository"),
    ],
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
    assert command("acme.contract.yaml", "--base", EMPTY_TREES[0], "--head", "HEAD^") == 0
    assert "1 changed file\n" in capsys.readouterr().out
