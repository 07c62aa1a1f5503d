from __future__ import annotations

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analyzers import clones
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, CodeLines

RECIPE = load_recipe("2026.2")


def code_lines(text: str, language: str = "python") -> CodeLines:
    [facts] = clones.measure([Blob("0" * 40, language, text.encode())], RECIPE)
    assert facts.reason is None
    [row] = facts.rows
    assert isinstance(row, CodeLines)
    return row


def hashes(*lines: str) -> tuple[int, ...]:
    return tuple(int(blake2b(line.encode(), digest_size=8).hexdigest(), 16) for line in lines)


def test_an_empty_file_has_no_code_lines() -> None:
    assert code_lines("") == code_lines("\n \n# c\n") == CodeLines((), (), (), ())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_counted_by_hand(newline: str) -> None:
    text = '# c\n\ndef  f( a ):\t# c\n\t"""doc\n   # in   it\n\n   """\n    # c\n  return  a\x0c\n'
    assert code_lines(text.replace("\n", newline)) == CodeLines(
        (3, 4, 5, 7, 9), hashes("def f( a ):", '"""doc', "# in it", '"""', "return a"),
        (3, 4, 9), hashes("def a ( a ) :", "0", "return a"),
    )  # fmt: skip


def test_a_comment_on_each_line_ends_no_match() -> None:
    plain = "int f(int a) {\n  g(a, 1);\n  return a;\n}\n"
    noise = "int/*1*/f(int a/* 2 */) { // 3\n  g(/* 4\n5 */a, 1); /* 6 */\n// 7\n  return a;/**/\n}"
    for language in ("cpp", "java", "javascript", "rust"):
        lines = code_lines(noise, language)
        assert lines.hashes == (
            *hashes("int f(int a) {", "g(", "a, 1);"), *code_lines(plain, language).hashes[2:]
        )  # fmt: skip
        assert lines.shapes[0] == code_lines(plain, language).shapes[0]


COPY = """
def total(orders, rate):
    found = 0
    for order in orders:
        if order.open and order.amount > 10:
            found += order.amount * rate
    return round(found, 2)
"""
RENAMED = """
def summe(posten, satz):
    ergebnis=1.5
    for p in posten:

        if p.offen and (p.betrag) > "x":  # alles neu
            ergebnis += p.betrag*satz
    return runde(ergebnis, len)
"""


def test_a_renamed_copy_has_the_same_shapes() -> None:
    one, other = code_lines(COPY), code_lines(RENAMED)
    assert not set(one.hashes) & set(other.hashes)
    assert one.shapes == hashes(
        "def a ( a , a ) :", "a = 0", "for a in a :", "if a . a and a . a > 0 :",
        "a += a . a * a", "return a ( a , 0 )",
    )  # fmt: skip
    same = [a == b for a, b in zip(one.shapes, other.shapes, strict=True)]
    assert same == [True, True, True, False, True, False]  # brackets and another argument


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        (
            "python",
            "import a\nimport b\nx = 1\nimport c\ny = 2\nz = a\n",
            ["import a", "a = 0", "a = a"],
        ),
        (
            "java",
            "class A {\n int a() {\n return 1;\n }\n int b() {\n return 2;\n }\n}",
            ["class a {", "int a ( ) {", "return 0 ;"],
        ),
        ("javascript", "x = [\n  {a: 1},\n  {b: 2},\n];\n", ["a = [", "{ a : 0 } ,"]),
        ("perl", "my $x = 1; # c\n}\nif ($x) {", ["my $ a = 0 ;", "if ( $ a ) {"]),
        ("kotlin", 'val a = 1\nval b = "$a"\nfun f() = a\n', ["val a = 0", "fun a ( ) = a"]),
    ],
)
def test_lines_of_signs_and_lines_in_a_row_say_nothing(
    language: str, text: str, kept: list[str]
) -> None:
    """Neither brackets nor lists, imports, assignments and getters make a copy."""
    assert code_lines(text, language).shapes == hashes(*kept)


def test_a_comment_of_several_lines_is_no_code() -> None:
    text = "/* a\nb\n*/ int x; /* c\n d */\n\nint y; // e\n// f\n"
    assert code_lines(text, "cpp") == CodeLines(
        (3, 6), hashes("int x;", "int y;"), (3,), hashes("int a ;")
    )


def test_other_line_separators_end_no_line() -> None:
    text = "x = 'a\u2028b\x0cc\x85d'\ny = 1\n"
    assert code_lines(text) == CodeLines(
        (1, 2), hashes("x = 'a b c d'", "y = 1"), (1,), hashes("a = 0")
    )


def test_what_cannot_be_read_has_a_reason() -> None:
    blobs = [Blob("1", "python", b"x = 'a\n"), Blob("2", "python", b"x"), Blob("3", "go", b"\xff")]
    one, two, three = clones.measure(blobs, RECIPE)
    assert one.reason == "syntax error: string without end in line 1"
    assert two.reason is None
    assert three.reason == "undecodable bytes: not utf-8"


@given(st.lists(st.sampled_from(["x = 1", "  y", "# c", "", "\t", "'a'  # b", "z\t = 2"])))
def test_indentation_comments_and_blank_lines_do_not_matter(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    row = code_lines(text)
    assert row.hashes == hashes(*(" ".join(line.split("#")[0].split()) for line in kept))
    assert [lines[number - 1] for number in row.numbers] == kept
    assert code_lines("\n".join(f"  {line}\n\n" for line in lines)).hashes == row.hashes
