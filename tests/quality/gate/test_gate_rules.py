"""The gate's rules on small real repositories: numbers counted by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quality.catalogue.recipes import load_recipe
from quality.gate.no_worse import shown
from tests.examples import table
from tests.quality.gate.judging import (
    CCN_2,
    FINDINGS,
    UNDEFINED,
    block,
    branchy,
    judged,
    places,
    rules,
    verdict,
)
from tests.repositories import Executable, Repository

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
    assert (found.value, found.limit, found.unit) == (4, 2, "CCN")
    assert [(hit.title, hit.number, hit.limit, hit.new, hit.message) for hit in found.hits] == [
        ("grows", 4, 3, True, "grows: 4 CCN (touched, was 3 in the base)"),
        ("fresh", 3, 2, True, "fresh: 3 CCN (new function)"),
        ("shrinks", 6, 7, False, "shrinks: 6 CCN (touched, was 7 in the base)"),
    ]
    assert found.reason == "1 touched function was over it in the base and has not got worse"
    assert new.split("\n")[found.hits[0].line - 1] == "def grows(a):"
    strict = verdict(repo, CCN_2.replace("}", ", touched: limit}"), base)
    assert [(hit.title, hit.limit, hit.new) for hit in strict.hits] == [
        ("shrinks", 2, True), ("grows", 2, True), ("fresh", 2, True),
    ]  # fmt: skip
    assert strict.value == 6


def test_a_function_that_got_better_is_no_failure(repo: Repository):
    base = repo.commit({"a.py": branchy("f", 6), "b.py": branchy("g", 6)})
    repo.commit({"a.py": branchy("f", 5), "b.py": branchy("g", 6, "    b = a\n")})
    found = verdict(repo, CCN_2, base)
    assert (found.outcome, found.value, len(found.hits)) == ("passed", None, 2)
    assert found.reason == "2 touched functions were over it in the base and have not got worse"
    assert verdict(repo, CCN_2.replace("}", ", touched: limit}"), base).outcome == "failed"


LONG = branchy("f", 6)


@pytest.mark.parametrize(
    ("files", "hits"),
    [
        # A docstring is set, changed, taken away: no function is touched.
        ({"a.py": branchy("f", 6, '    """New."""\n'), "d.py": branchy("d", 6)}, []),
        ({"d.py": branchy("d", 6, "    r'''Changed,\n    in lines.'''\n")}, []),
        ({"a.py": LONG.replace("(a)", "(\n    a,\n)")}, []),
        # What is done with a string is code.
        ({"d.py": branchy("d", 6, '    "Says".join(a)\n')}, ["d"]),
    ],
)
def test_a_docstring_and_a_layout_touch_no_function(repo: Repository, files: dict, hits: list[str]):
    base = repo.commit({"a.py": LONG, "d.py": branchy("d", 6, '    """Says."""\n')})
    repo.commit(files)
    strict = CCN_2.replace("}", ", touched: limit}")
    assert [hit.title for hit in verdict(repo, strict, base).hits] == hits


def impl(name: str, ifs: int) -> str:
    return branchy(name, ifs, "    log(a)\n    log(a, a)\n")


@pytest.mark.parametrize(
    ("files", "failed"),
    table([
        # renamed and edited; moved to another file and edited; both with the file gone
        ({"a.py": impl("renamed", 5)}, []),
        ({"a.py": "X = 1\n", "b.py": impl("f", 5)}, []),
        ({"a.py": None, "b.py": impl("renamed", 5) + "X = 1\n" * 40}, []),
        # split: the part that holds most of it has the past, the others are new
        ({"a.py": impl("part", 5) + "def f(a):\n    return part(a)\n"}, []),
        ({"a.py": impl("f", 6).replace("log(a, a)", "one(a)")
          + branchy("one", 3)}, ["one"]),
        # one function of the base excuses one of the head, not two
        ({"a.py": impl("f", 5) + impl("g", 5)}, ["g"]),
        ({"a.py": impl("g", 6) + branchy("f", 6, "    x()\n" * 30)}, ["f"]),
        # of the same name with another body: the whole has not got worse
        ({"a.py": "def f(a):\n" + "    x(a and a)\n" * 5}, []),
        ({"b.py": "def f(a):\n" + "    x(a and a)\n" * 5}, ["f"]),
    ], {0, 5, 6}),
)  # fmt: skip
def test_a_past_is_found_again_and_used_once(repo: Repository, files: dict, failed: list[str]):
    base = repo.commit({"a.py": impl("f", 6)})
    repo.commit(files)
    found = verdict(repo, CCN_2, base)
    assert [hit.title for hit in found.hits if hit.new] == failed


def test_overloads_keep_their_own_past(repo: Repository):
    def java(one: int, two: int) -> str:
        bodies = [("int a", one), ("int a, int b", two)]
        return "class K {\n" + "".join(
            f"  int f({given}) {{\n" + "    if (a > 0) return 1;\n" * ifs + "    return 0;\n  }\n"
            for given, ifs in bodies
        ) + "}\n"  # fmt: skip

    base = repo.commit({"K.java": java(3, 9)})
    repo.commit({"K.java": java(4, 8)})  # 4 to 5 CCN, 10 to 9 CCN
    found = verdict(repo, CCN_2, base)
    assert [(hit.number, hit.limit, hit.new) for hit in found.hits] == [
        (5, 4, True), (9, 10, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "hits"),
    table([
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
    ], {3, 5, 8}),
)  # fmt: skip
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


# ---------------------------------------------------------------- lines


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


# ---------------------------------------------------------------- the whole


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
