"""no_worse: what a change touches, before and after it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quality.gate.no_worse import shown
from tests.examples import table
from tests.quality.gate.judging import (
    UNDEFINED,
    block,
    branchy,
    judged,
    rules,
    verdict,
)
from tests.repositories import Repository

SIMPLE = "def g(a):\n    return a\n\n\n"  # 2 NLOC, 1 CCN; branchy("f", 2) has 6, 3 CCN

LOG = "    log(a)\n"

SHARE = "- {id: G-1, rule: no_worse, indicator: complexity.nloc_share, above: 2}"


@pytest.mark.parametrize(
    ("files", "numbers", "outcome"),
    table([
        ({"b.py": None}, (0, 0), "passed"),  # simple code goes: the share of the whole rises
        ({"c.py": SIMPLE}, (0, 0), "passed"),
        ({"c.py": branchy("h", 2)}, (0, 6), "failed"),
        ({"c.py": branchy("h", 2, "    #lizard forgives\n")}, (0, 6), "failed"),
        ({"c.py": branchy("h", 2) + SIMPLE * 500}, (0, 6), "failed"),  # nothing is paid by padding
        ({"a.py": branchy("f", 1)}, (6, 0), "passed"),
        ({"a.py": branchy("f", 1), "c.py": branchy("h", 2, LOG)}, (6, 7), "failed"),
        ({"a.py": branchy("f", 1, LOG), "c.py": branchy("h", 2)}, (0, 0), "passed"),  # f's own body
        ({"a.py": branchy("f", 2, "    b = a\n")}, (6, 7), "passed"),  # as complex as it was
        ({"a.py": branchy("f", 3)}, (6, 8), "failed"),
        ({"a.py": None, "src/d.py": branchy("f", 2) + "X = 1\n"}, (0, 0), "passed"),  # moved
        ({"a.py": None, "tests/a.py": branchy("f", 2)}, (0, 0), "passed"),  # and a note says so
        ({"README": "words\n"}, (None, None), "passed"),
    ], {3, 4, 6}),
)  # fmt: skip
def test_a_share_is_compared_by_what_the_change_touches(
    repo: Repository, files: dict, numbers: tuple, outcome: str
):
    base = repo.commit({"a.py": branchy("f", 2), "b.py": SIMPLE * 2})
    repo.commit(files)
    found = verdict(repo, SHARE, base)
    assert (found.limit, found.value, found.outcome) == (*numbers, outcome)
    assert found.parameters == (("above", 2),)
    assert bool(found.hits) is (outcome == "failed")


def test_cognitive_complexity_is_compared_too(repo: Repository):
    rule = "- {id: G-1, rule: no_worse, indicator: cognitive.nloc_share, above: 2}"
    base = repo.commit({"a.py": branchy("f", 2), "q.sql": "create table t (a int);\n"})
    repo.commit({"a.py": branchy("f", 3)})  # 2 to 3
    found = verdict(repo, rule, base)
    assert (found.limit, found.value, found.outcome) == (0, 8, "failed")
    assert [hit.message for hit in found.hits] == ["f: 8 NLOC more above 2 (cognitive 3)"]


def test_a_share_says_what_it_compared(repo: Repository):
    base = repo.commit({"a.py": branchy("f", 2), "b.py": SIMPLE * 2})
    repo.commit({"b.py": branchy("h", 2) + SIMPLE})
    found = verdict(repo, SHARE, base)
    assert found.unit == "NLOC"
    assert found.reason == (
        "code in overly complex functions (complexity.nloc_share): of what the change touches, "
        "0 of 2 NLOC in the base, 6 of 6 in the head"
    )
    assert [hit.message for hit in found.hits] == ["h: 6 NLOC more above 2 (ccn 3)"]


def test_a_rule_may_leave_files_out_and_a_defect_counts_once(repo: Repository):
    rule = "- {id: G-1, rule: findings.new, rules: [W0611, W0702, S110]}"
    code = "import os\n\n\ndef f(a):\n    try:\n        a()\n    except:\n        pass\n"
    base = repo.commit({"a.py": "X = 1\n"})
    repo.commit({"b/__init__.py": code, "b/c.py": code})
    found = verdict(repo, rule, base)
    assert [(hit.path, hit.line, hit.rule) for hit in found.hits] == [
        ("b/__init__.py", 7, "S110"), ("b/c.py", 7, "S110"), ("b/c.py", 1, "W0611"),
    ]  # major before minor  # fmt: skip


@pytest.mark.slow
def test_findings_are_no_worse_where_as_many_went_as_came(repo: Repository):
    rule = "- {id: G-1, rule: no_worse, indicator: errors.density}"
    one, two = UNDEFINED.format(n=1), UNDEFINED.format(n=2)
    base = repo.commit({"a.py": one, "b.py": "X = 1\n" * 300, "c.py": two})
    repo.commit({"a.py": "X = 1\n", "b.py": None, "d.py": two})  # the density of the whole rises
    found = verdict(repo, rule, base)
    assert (found.limit, found.value, found.unit, found.outcome) == (1, 1, "findings", "passed")
    repo.commit({"a.py": one, "c.py": two, "d.py": two + "X = 1\n" * 900})
    found = verdict(repo, rule, base)
    assert (found.limit, found.value, found.outcome) == (0, 1, "failed")
    ((place, line, text),) = [(hit.path, hit.line, hit.message) for hit in found.hits]
    assert (place, line, text[:6]) == ("d.py", 2, "E0602 ")


def test_a_directive_that_came_has_its_place(repo: Repository):
    base = repo.commit({"a.py": "X = 1\nY = 2  # noqa\n"})
    repo.commit({"a.py": "Y = 2  # noqa\nX = 1  # noqa: F401\n"})
    found = verdict(repo, "- {id: G-1, rule: no_worse, indicator: suppressions.density}", base)
    assert (found.limit, found.value, found.outcome) == (1, 2, "failed")
    assert [(hit.path, hit.line) for hit in found.hits] == [("a.py", 2)]


def test_where_high_is_good_what_is_missing_is_told(repo: Repository):
    base = repo.commit({"a.py": "X = 1\n"})
    repo.commit({"b.py": b"\0\1\2"})
    found = verdict(repo, "- {id: G-1, rule: no_worse, indicator: measured.share}", base)
    assert (found.limit, found.value, found.outcome) == (0, 3, "failed")
    assert found.unit == "bytes missing"


def test_duplicates_are_counted_in_whole_trees(repo: Repository):
    rule = "- {id: G-1, rule: no_worse, indicator: duplication.share}"
    base = repo.commit({"a.py": block(0, 8), "b.py": block(0, 8), "c.py": block(50, 40)})
    repo.commit({"c.py": None})
    found = verdict(repo, rule, base)
    assert (found.limit, found.value, found.unit, found.outcome) == (16, 16, "lines", "passed")
    repo.commit({"d.py": block(0, 6) + block(200, 500)})
    found = verdict(repo, rule, base)
    assert (found.limit, found.value, found.outcome) == (16, 22, "failed")
    assert [(hit.path, hit.line, hit.number) for hit in found.hits] == [("d.py", 1, 6)]
    repo.commit({"b.py": None, "d.py": None})
    assert verdict(repo, rule, base).value == 0


@pytest.mark.slow
def test_the_largest_and_means_are_compared_by_value(repo: Repository):
    largest = "- {id: G-1, rule: no_worse, indicator: complexity.max}"
    mean = "- {id: G-1, rule: no_worse, indicator: python.cc.mean}"
    base = repo.commit({"a.py": branchy("f", 4), "b.py": SIMPLE})  # 5 and 1 CCN
    repo.commit({"b.py": SIMPLE + branchy("h", 3)})
    found = verdict(repo, largest, base)
    assert (found.limit, found.value, found.outcome) == (5, 5, "passed")
    found = verdict(repo, mean, base)
    assert (found.limit, found.value, found.outcome) == (3, Decimal("3.333333"), "failed")
    repo.commit({"b.py": None})
    found = verdict(repo, mean, base)  # what went was simple: no code got worse
    assert (found.limit, found.value, found.outcome) == (3, 5, "passed")
    repo.commit({"b.py": branchy("h", 5)})
    assert verdict(repo, largest, base).outcome == "failed"


@pytest.mark.slow
def test_no_worse_is_unknown_where_too_little_can_be_measured(repo: Repository):
    broken = "def f(:\n" * 50
    base = repo.commit({"a.py": broken, "b.py": "X = 1\n"})
    repo.commit({"b.py": "X = 2\n"})
    result = judged(repo, rules("- {id: G-1, rule: no_worse, indicator: python.cc.max}"), base)
    assert result.verdicts[0].outcome == "unknown"
    assert "only 1 % of the production code could be measured" in result.verdicts[0].reason
    assert result.outcome == "unknown"
    # Of a density only what the change touches is asked for.
    errors = rules("- {id: G-1, rule: no_worse, indicator: errors.density}",
                   "- {id: U, rule: unmeasured.new, at_most: 9}")  # fmt: skip
    assert judged(repo, errors, base).outcome == "passed"
    repo.commit({"b.py": broken})
    result = judged(repo, errors, base)
    assert result.verdicts[0].outcome == result.outcome == "unknown"
    assert "could not see into b.py" in result.verdicts[0].reason


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
