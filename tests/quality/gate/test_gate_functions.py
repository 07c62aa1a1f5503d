"""Rules on functions: new ones, touched ones, and the past that each is given."""

import pytest

from tests.examples import table
from tests.quality.gate.judging import (
    CCN_2,
    branchy,
    judged,
    rules,
    verdict,
)
from tests.repositories import Executable, Repository


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
