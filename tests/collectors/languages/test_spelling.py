"""Words that a compiler reads otherwise than they are spelt."""

from __future__ import annotations

from collectors.analyzers import lizard
from collectors.languages.spelling import plain_java, whole_words
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Function


def test_escapes_are_written_out_as_java_does() -> None:
    assert plain_java('a\\u0041\\uuu0042 "\\\\u0041" \\u00e9') == 'aAB "\\\\u0041" \\u00e9'
    assert plain_java("// a \\u000a int b;") == "// a \n int b;"
    assert plain_java("'\\u0000' '\\u005c'' \\u") == "'\\u0000' '\\'' \\u"


def test_a_word_over_several_lines_stands_in_the_first_and_no_line_is_lost() -> None:
    assert whole_words("w\\\nh\\\r\n\\\nile (a)\\\n b") == "while\\\n\\\r\n\\\n (a)\\\n b"
    assert whole_words("a \\\n  b\\c") == "a \\\n  b\\c"


def test_a_macro_s_branches_count_where_it_is_used_and_operators_do_not() -> None:
    text = (
        "#define TRY(x) if (!(x)) return 1;\n"
        "#define BOTH(x) TRY(x) TRY(x)\n"
        "#define MAX(a, b) ((a) > (b) ? (a) : (b))\n"
        "#define SELF SELF TRY(SELF)\n"
        "int f(int a) {\n  TRY(a)\n  BOTH(a)\n  return MAX(a, 2);\n}\n"
        "int g(int a) {\n  return a;  // TRY\n}\n"
    )
    (facts,) = lizard.measure([Blob("0" * 40, "cpp", text.encode())], load_recipe("2026.2"))
    found = {row.name: row.ccn for row in facts.rows if isinstance(row, Function)}
    assert (found["f"], found["g"]) == (1 + 1 + 2, 1)
