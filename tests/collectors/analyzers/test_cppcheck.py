"""Findings in C and C++ as cppcheck's own on the same bytes, of as much of a file as one
configuration holds, and no way for its author to hide the rest."""

import random
import subprocess
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path

import pytest

from collectors.analyzers import cppcheck
from collectors.analyzers.cppcheck_doubts import DOUBTS, doubtful
from collectors.analyzers.program import installed_program
from collectors.languages.preprocessor import configured
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Facts, Finding

RECIPE = load_recipe("2026.2")
PLANTED = Path(__file__).parents[1] / "planted/cpp"
DIVISION = "int half(int n)\n{\n    return n / 0;\n}\n"


def blob(text: str) -> Blob:
    content = text.encode()
    return Blob(sha1(b"blob %d\0" % len(content) + content).hexdigest(), "cpp", content)


def measure(*texts: str) -> list[Facts]:
    return list(cppcheck.measure([blob(text) for text in texts], RECIPE))


def places(text: str) -> list[tuple[int, str, bool]]:
    (facts,) = measure(text)
    assert facts.reason is None, facts.reason
    return [(row.line, row.rule, row.hidden) for row in facts.rows if isinstance(row, Finding)]


def planted() -> Iterator[Path]:
    return (path for path in sorted(PLANTED.iterdir()))


def raw(path: Path) -> set[tuple[int, int, str]]:
    """cppcheck itself on the file as it stands, told nothing but what the recipe's guide says."""
    run = subprocess.run(
        [
            installed_program("cppcheck", "cppcheck"), "-q", "--platform=unix64", "--library=posix",
            "--enable=warning,style,performance,portability", "--check-level=reduced",
            "--max-configs=1", "--template={line}:{column}:{id}", "--template-location=", path,
        ],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    rules = {rule.id for rule in RECIPE.rules_of("cppcheck") if rule.list != "excluded"}
    found = (line.split(":") for line in run.stderr.splitlines())
    return {(int(line), int(column) - 1, rule) for line, column, rule in found if rule in rules}


def test_counted_by_hand() -> None:
    (facts,) = measure("void f(int *p, int n)\n{\n    free(p);\n    *p = n == n;\n}\n")
    assert [(row.line, row.column, row.rule, row.message) for row in facts.rows] == [
        (4, 5, "deallocuse", "Dereferencing 'p' after it is deallocated / released"),
        (4, 11, "duplicateExpression", "Same expression on both sides of '=='."),
    ]


@pytest.mark.slow
def test_as_cppcheck_itself() -> None:
    """All that is not doubted, and nothing else."""
    told = 0
    for path in planted():
        (facts,) = measure(path.read_text())
        ours = {(row.line, row.column, row.rule) for row in facts.rows if isinstance(row, Finding)}
        theirs = raw(path)
        assert ours <= theirs, path
        assert len(theirs - ours) <= 3, (path, theirs - ours)
        told += len(ours)
    assert told > 80


def test_order_and_neighbours_do_not_matter() -> None:
    texts = [path.read_text() for path in planted()]
    texts += ["struct same { int a; };\n", "struct same { char *b; };\n", '#include "m0001.c"\n']
    alone = {text: measure(text)[0] for text in texts}
    random.Random(1).shuffle(texts)
    assert measure(*texts) == [alone[text] for text in texts]


def test_c_is_read_as_c_and_cplusplus_as_cplusplus() -> None:
    assert places("int new = 1;\nint f(int class)\n{\n    return class / 0 + new;\n}\n") == [
        (4, "zerodiv", False)
    ]
    text = "namespace a {\nclass B {\npublic:\n    int f(int n) { return n / 0; }\n};\n}\n"
    assert places(text) == [(4, "zerodiv", False)]


@pytest.mark.parametrize(
    "text",
    [
        f"#ifdef NOBODY_DEFINES_ME\n{DIVISION}#endif\n",
        f"#if defined(A) && !defined(B)\n#ifdef C\n{DIVISION}#endif\n#else\nint a;\n#endif\n",
        f"#ifndef A\nint a;\n#else\n{DIVISION}#endif\n",
        f"#if MODE == 3\n{DIVISION}#elif MODE == 4\nint a;\n#endif\n",
        f"%:ifdef A\n{DIVISION}%:endif\n",
        f"#ifdef A /* b\n */\n{DIVISION}#endif\n",
        f"#ifdef A\n{DIVISION}",
        f"#error stop here\n{DIVISION}",
        f'#include "/etc/hostname"\n{DIVISION}',
        f"#pragma once\n_Pragma(\"x\")\n{DIVISION}",
    ],
)  # fmt: skip
def test_no_condition_of_the_preprocessor_hides_code(text: str) -> None:
    where = text[: text.index("n / 0")].count("\n") + 1
    assert places(text) == [(where, "zerodiv", False)]


def test_what_no_program_holds_is_not_read() -> None:
    assert places(f"#if 0\n{DIVISION}#endif\nint a;\n") == []
    assert places(f"#if 1\nint a;\n#else\n{DIVISION}#endif\n") == []


def test_one_configuration_decides_each_macro_once() -> None:
    text = "#ifdef A\nint a;\nint b;\n#else\nint c;\n#endif\n"
    text += "#ifndef A\nint d;\n#else\nint e;\n#endif\n"
    assert " ".join(configured(text, {}).split()) == "int a; int b; int e;"
    assert " ".join(configured(text, {"A": False}).split()) == "int c; int d;"


def test_the_smaller_side_of_a_condition_hides_nothing() -> None:
    filler = "".join(f"int a{number};\n" for number in range(30))
    for text in (
        f"#ifdef A\n{filler}#else\n{DIVISION}#endif\n",
        f"#ifndef A\n{DIVISION}#else\n{filler}#endif\n",
        f"int z;\n#if MODE == 3\n{filler}#else\n#ifdef B\n{DIVISION}#endif\n#endif\n",
    ):
        where = text[: text.index("n / 0")].count("\n") + 1
        assert places(text) == [(where, "zerodiv", False)]


def test_the_other_side_is_believed_on_its_own_lines_alone() -> None:
    used = "int f(int n)\n{\n    int x;\n    x = n;\n#ifdef A\n    n += x;\n    n += x;\n"
    assert places(f"{used}#else\n    n += 1;\n#endif\n    return n;\n}}\n") == []  # x is used


def test_a_storm_of_conditions_costs_two_readings() -> None:
    storm = "".join(
        f"#ifdef A{number}\nint a{number};\n#else\nint b{number};\n#endif\n"
        for number in range(2000)
    )
    assert places(storm + DIVISION) == [(10003, "zerodiv", False)]


@pytest.mark.parametrize(
    "text",
    [
        f"LIBRARY_API(int) f(void);\nLIBRARY_API(char *)\ng(void);\n{DIVISION}",
        f"int a(void)\n{{\n    EACH(item, list) {{ use(item); }}\n    return 1;\n}}\n{DIVISION}",
        f"int a(void)\n{{\n    EACH(item, list)\n        use(item);\n    return 1;\n}}\n{DIVISION}",
        f"int a(void)\n{{\n    UNUSED(x)\n    return 1;\n}}\n{DIVISION}",
        f"int a(t b, t c)\n{{\n    return later(b, c, <);\n}}\n{DIVISION}",
        f'const char *a = "one " VERSION " two" OTHER;\n{DIVISION}',
    ],
)  # fmt: skip
def test_macros_of_other_files_do_not_blind(text: str) -> None:
    where = text[: text.index("n / 0")].count("\n") + 1
    assert places(text) == [(where, "zerodiv", False)]


def test_one_function_that_cannot_be_parsed_is_left_out_and_the_rest_is_read() -> None:
    good = "int good%d(int n)\n{\n    n += %d;\n    return n;\n}\n"
    text = "int bad(int n)\n{\n    n = ) n;\n}\n"
    text += "".join(good % (number, number) for number in range(20)) + DIVISION
    where = text[: text.index("n / 0")].count("\n") + 1
    assert places(text) == [(where, "zerodiv", False)]


def test_a_file_that_cannot_be_parsed_is_unmeasured_never_clean() -> None:
    (facts,) = measure("int bad(int n)\n{\n    n = ) n;\n}\n" + DIVISION)
    assert (facts.reason, facts.cause) == ("cppcheck cannot parse it: see line 3", "ours")
    assert facts.rows == ()


def test_values_for_other_files_are_nothing_to_parse() -> None:
    assert places("  1, 2, 3,\n  NAME(4, a),\n#define B ;\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "// cppcheck-suppress zerodiv\nint f(int n) { return n / 0; }\n",
        "int f(int n) { return n / 0; } // cppcheck-suppress zerodiv\n",
        "/* cppcheck-suppress\n * zerodiv */ int f(int n) { return n / 0; }\n",
        "// cppcheck-suppress-file zerodiv\nint f(int n) { return n / 0; }\n",
        "// cppcheck-suppress [zerodiv, memleak] ; why\nint f(int n) { return n / 0; }\n",
    ],
)
def test_what_directives_hide_is_found_and_said_to_be_hidden(text: str) -> None:
    assert [place[1:] for place in places(text)] == [("zerodiv", True)]


@pytest.mark.parametrize(
    "text",
    [
        "// cppcheck-suppress memleak\nint f(int n) { return n / 0; }\n",
        "// NOLINT\nint f(int n) { return n / 0; } // NOLINT\n",
        'const char *a = "// cppcheck-suppress zerodiv";\nint f(int n) { return n / 0; }\n',
        "#line 1 \"other.c\"\nint f(int n) { return n / 0; }\n",
    ],
)  # fmt: skip
def test_nothing_else_hides(text: str) -> None:
    assert [place[1:] for place in places(text)] == [("zerodiv", False)]


def test_what_only_other_files_could_decide_is_not_said() -> None:
    loop = (
        "void f(struct list *all)\n{\n    int *each;\n    EACH(each, all) {\n        *each = 1;\n"
    )
    assert places(loop + "    }\n}\n") == []
    given = "int f(void)\n{\n    int *set;\n    GIVE(set, 3);\n    return *set;\n}\n"
    assert places(given) == []
    text = "int f(int n)\n{\n    if (n)\n        return 1;\n    Py_RETURN_NONE;\n}\n"
    assert places(text) == []
    text = '#include "version.h"\nvoid f(void)\n{\n    printf("%d" MORE "\\n", 1, 2);\n}\n'
    assert places(text) == []


def test_each_doubt_is_of_rules_that_count() -> None:
    counted = [rule.id for rule in RECIPE.rules_of("cppcheck") if rule.list != "excluded"]
    for doubt in DOUBTS:
        for begin in doubt.rules.split():
            assert any(rule.startswith(begin) for rule in counted), begin
    assert doubtful("doubleFree", "Resource handle 'fd' freed twice.", 1, ["close(fd);"])
    assert not doubtful("doubleFree", "Memory pointed to by 'a' is freed twice.", 1, ["free(a);"])


def test_a_pointer_tested_before_its_use_is_doubted_and_one_tested_after_it_is_not() -> None:
    told = "Either the condition '!p' is redundant or there is possible null pointer: p"
    code = ["}", "int f(int *p) {", "  if (!p)", "    die();", "  return *p;", "}"]
    assert doubtful("nullPointerRedundantCheck", told, 5, code)
    code = ["if (!p)", "}", "int f(int *p) {", "  int a = *p;", "  if (!p)", "    die();"]
    assert not doubtful("nullPointerRedundantCheck", told, 4, code)


def test_a_size_is_believed_where_no_condition_of_the_preprocessor_may_decide_it() -> None:
    told, rule = (
        "Array 'a[4]' accessed at index 4, which is out of bounds.",
        "arrayIndexOutOfBounds",
    )
    assert doubtful(rule, told, 2, ["#if SIZE == 8", "a[4] = 1;", "#endif"])
    assert doubtful(rule, told, 4, ["# if B", "# endif", "# ifndef SMALL", "a[4] = 1;", "# endif"])
    assert not doubtful(rule, told, 4, ["#if SIZE == 8", "b = 1;", "#endif", "a[4] = 1;"])
    assert not doubtful(rule, told, 3, ["#ifndef PART_A_H", "#define PART_A_H", "a[4] = 1;"])
