"""Rules on findings, weaknesses and directives: what is new, and what only moved."""

from quality.catalogue.recipes import load_recipe
from tests.quality.gate.judging import (
    CCN_2,
    FINDINGS,
    UNDEFINED,
    judged,
    places,
    rules,
    verdict,
)
from tests.repositories import Repository


def test_a_legacy_repository_passes_a_clean_change(repo: Repository):
    legacy = "".join(UNDEFINED.format(n=n) for n in range(100))
    base = repo.commit({"a.py": legacy, "b.py": legacy, "c.py": "import nothing\n"})
    repo.commit({"a.py": "VALUE = 1\n\n\n" + legacy, "b.py": None, "src/b.py": legacy + "X = 1\n"})
    found = verdict(repo, FINDINGS, base)
    assert (found.outcome, found.value) == ("passed", 0)
    assert len(places(found, new=False)) == 200
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
    grades = [(hit.list, hit.severity) for hit in result.verdicts[0].hits]
    assert grades == [("errors", "critical"), ("warnings", "major")]
    assert result.outcome == "passed"


WEAK = "def run(text):\n    exec(text)\n"  # W0122, CWE-95


def test_weaknesses_are_a_rule_of_their_own(repo: Repository):
    base = repo.commit({"b.py": "X = 1\n"})
    repo.commit({"a.py": WEAK + UNDEFINED.format(n=1)})
    found = verdict(repo, "- {id: G-1, rule: security.new}", base)
    assert (found.outcome, found.value) == ("failed", 1)
    assert [(hit.rule, hit.line) for hit in found.hits] == [("W0122", 2)]
    worst = found.hits[0]
    assert (worst.list, worst.severity, worst.cwe) == ("warnings", "critical", 95)
    assert worst.security


def test_findings_are_chosen_by_severity_weakness_and_language(repo: Repository):
    base = repo.commit({"b.py": "X = 1\n"})
    repo.commit({"a.py": WEAK + UNDEFINED.format(n=1), "c.go": "package c\n"})

    def chosen(words: str) -> list[str]:
        rule = f"- {{id: G-1, rule: findings.new, {words}}}"
        return [hit.rule for hit in verdict(repo, rule, base).hits]

    severity = {rule.id: rule.severity for rule in load_recipe("2026.2").rules}
    assert chosen("language: python") == ["E0602", "W0122"]
    assert chosen("language: notebook") == []
    assert chosen("cwe: [95]") == ["W0122"]
    assert chosen("cwe: [95], rules: [errors]") == []
    assert chosen(f"severity: [{severity['E0602']}]")[0] == "E0602"
    others = {"critical", "major", "minor"} - {severity["E0602"], severity["W0122"]}
    assert chosen(f"severity: [{', '.join(others)}]") == []


def test_what_hides_nothing_of_another_language(repo: Repository):
    base = repo.commit({"b.py": "X = 1\n"})
    repo.commit({"a.ipynb": "no notebook", "b.py": "X = 2\n"})
    assert verdict(repo, "- {id: G-1, rule: findings.new}", base).outcome == "unknown"
    assert verdict(repo, "- {id: G-1, rule: findings.new, language: python}", base).outcome == (
        "passed"
    )


def test_files_of_a_language_that_nobody_searches_are_noted(repo: Repository):
    base = repo.commit({"b.py": "X = 1\n"})
    repo.commit({"a.sol": "contract A {}\n"})
    wanted = "no error analyzer reads solidity, so G-1 cannot see into a.sol"
    assert wanted in judged(repo, rules("- {id: G-1, rule: findings.new}"), base).notes
    assert wanted not in judged(repo, rules(CCN_2), base).notes


def test_directives_are_counted_by_tool_and_text(repo: Repository):
    rule = "- {id: G-1, rule: suppressions.new}"
    base = repo.commit({"a.py": "x = 1  # noqa\ny = 2\n"})
    repo.commit({"a.py": "y = 2\nx = 1  #  NOQA\n"})
    assert verdict(repo, rule, base).outcome == "passed"
    repo.commit({"a.py": "y = 2  # noqa\nx = 1  # noqa\nz = 3  # type: ignore\n"})
    found = verdict(repo, rule, base)
    assert (found.outcome, found.value, len(places(found, new=False))) == ("failed", 2, 1)
