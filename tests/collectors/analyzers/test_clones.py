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
    assert code_lines("") == code_lines("\n \n# c\n") == CodeLines((), ())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_counted_by_hand(newline: str) -> None:
    text = '# c\n\ndef  f( a ):\t# c\n\t"""doc\n   # in   it\n\n   """\n    # c\n  return  a\x0c\n'
    assert code_lines(text.replace("\n", newline)) == CodeLines(
        (3, 4, 5, 7, 9), hashes("def f( a ): # c", '"""doc', "# in it", '"""', "return a")
    )


def test_a_comment_of_several_lines_is_no_code() -> None:
    text = "/* a\nb\n*/ int x; /* c\n d */\n\nint y; // e\n// f\n"
    assert code_lines(text, "cpp") == CodeLines((3, 6), hashes("*/ int x; /* c", "int y; // e"))


def test_other_line_separators_end_no_line() -> None:
    text = "x = 'a\u2028b\x0cc\x85d'\ny = 1\n"
    assert code_lines(text) == CodeLines((1, 2), hashes("x = 'a b c d'", "y = 1"))


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
    assert row.hashes == hashes(*(" ".join(line.split()) for line in kept))
    assert [lines[number - 1] for number in row.numbers] == kept
    assert code_lines("\n".join(f"  {line}\n\n" for line in lines)).hashes == row.hashes
