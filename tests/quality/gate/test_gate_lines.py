"""Rules on lines: new ones that stand elsewhere, those that moved, and tests beside the code."""

from decimal import Decimal

from tests.quality.gate.judging import (
    block,
    verdict,
)
from tests.repositories import Repository


def test_the_share_of_new_lines_that_stand_elsewhere(repo: Repository):
    rule = "- {id: G-1, rule: duplication.new_share, at_most: 25}"
    base = repo.commit({"a.py": block(0, 30), "b.py": block(100, 10), "c.js": block(300, 9)})
    repo.commit({"b.py": block(100, 10) + block(0, 7) + block(200, 13)})
    found = verdict(repo, rule, base)
    assert (found.value, found.outcome) == (Decimal(35), "failed")  # 7 of 20
    (hit,) = found.hits
    assert (hit.path, hit.line, hit.end_line, hit.number) == ("b.py", 11, 17, 7)
    assert "a.py:1 " in hit.message
    # Five equal lines make no duplicate, those of another language neither.
    repo.commit({"b.py": block(100, 10) + block(0, 5) + block(300, 9) + block(200, 13)})
    assert verdict(repo, rule, base).value == 0
    repo.commit({"b.py": block(100, 10) + block(0, 7) + block(200, 12)})
    few = verdict(repo, rule, base)
    assert (few.value, few.outcome) == (None, "passed")
    assert few.reason == "19 new code lines: not judged under 20"


def test_lines_that_moved_to_another_file_are_not_new(repo: Repository):
    """Ten of thirty lines, which stand twice in the base and move together: only what is new and
    stands elsewhere too would count."""
    rule = "- {id: G-1, rule: duplication.new_share, at_most: 0}"
    old = block(0, 10)
    base = repo.commit({"a.py": old + block(50, 9), "b.py": old, "c.py": block(90, 9)})
    repo.commit({"a.py": block(50, 9), "c.py": block(90, 9) + old + block(200, 30)})
    found = verdict(repo, rule, base)
    assert (found.value, found.reason) == (0, "0 of 30 new code lines")
    repo.commit({"b.py": None, "d.py": old + old})
    again = verdict(repo, rule, base)
    assert (again.value, again.reason) == (25, "10 of 40 new code lines")


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
