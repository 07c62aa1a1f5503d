from __future__ import annotations

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.languages.source import (
    AnalyzerDiedError,
    OverLimitError,
    UnmeasurableError,
    decode,
    one_by_one,
    unix,
)
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Cause, Facts, FileSize
from quality.model.recipe import Limits

RECIPE = load_recipe("2026.2")
LIMITS = Limits(
    file_bytes=1000,
    file_lines=10,
    line_columns=40,
    cpu_seconds=1,
    memory_bytes=1 << 30,
    notebook_bytes=4000,
    unread_percent=20,
)


def blob(content: bytes, language: str = "python") -> Blob:
    return Blob("0" * 40, language, content)


@pytest.mark.parametrize(
    ("content", "language", "text"),
    [
        (b"", "python", ""),
        (b"\xef\xbb\xbfx = 1\r\n", "python", "x = 1\r\n"),
        (b"\xef\xbb\xbfint x;\r", "cpp", "int x;\r"),
        (b"# coding: latin-1\nx = '\xe9'\n", "python", "# coding: latin-1\nx = 'é'\n"),
        (b"# coding: latin---1\nx = '\xe9'\n", "python", "# coding: latin---1\nx = 'é'\n"),
        ("é".encode(), "go", "é"),
        (b"# coding: latin-1 is Python's alone", "ruby", "# coding: latin-1 is Python's alone"),
    ],
)
def test_text_follows_mark_and_cookie(content: bytes, language: str, text: str) -> None:
    assert decode(blob(content, language), LIMITS) == text


@pytest.mark.parametrize(
    ("content", "language", "reason"),
    [
        (b"x" * 1001, "python", "larger than 1000 bytes"),
        (b"\n" * 10, "python", "longer than 10 lines"),
        (b"\r" * 10, "python", "longer than 10 lines"),
        (b"x" * 41, "cpp", "a line is longer than 40 columns"),
        (b"x\0", "python", "contains NUL bytes"),
        (b"\xff", "go", "undecodable bytes: not utf-8"),
        (b"\xff", "python", "undecodable bytes: not utf-8"),
        (b"# coding: latin-1\n\xe9", "ruby", "undecodable bytes: not utf-8"),
        (b"# coding: cp1252\n\x81", "python", "undecodable bytes: not cp1252"),
        (b"# coding: no-such\n", "python", "unknown or wrong coding cookie"),
        (b"# coding: rot13\n", "python", "unknown or wrong coding cookie"),
        (b"# coding: utf-7\n#+AAo-import os\n", "python", "coding cookie utf-7: no"),
        (b"# coding: unicode_escape\n#\\", "python", "coding cookie unicode-escape: no"),
        (b"# coding: punycode\n", "python", "coding cookie punycode: no"),
        (b"version https://git-lfs.github.com/spec/v1\n", "cpp", "Git LFS pointer"),
    ],
)
def test_what_cannot_be_read_has_a_reason(content: bytes, language: str, reason: str) -> None:
    with pytest.raises(UnmeasurableError) as error:
        decode(blob(content, language), LIMITS)
    assert str(error.value).startswith(reason)
    ours = reason.startswith(("larger", "longer", "a line is longer"))
    assert error.value.cause == ("ours" if ours else "supplier")


def test_a_line_counts_its_columns_whatever_ends_it() -> None:
    assert decode(blob(b"x" * 40 + b"\r" + b"y" * 40 + b"\r\n"), LIMITS).endswith("\r\n")


@given(st.text(st.sampled_from("a\r\n\x0b\x0c\x85\u2028")))
def test_unix_line_ends(text: str) -> None:
    assert unix(text) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert unix(unix(text)) == unix(text)


def test_a_neighbours_memory_is_no_ones_reason() -> None:
    def analyze(text: str, language: str) -> list[FileSize]:
        raise MemoryError

    alone = [blob(b"bad", "go")]
    reasons = [facts.reason for facts in one_by_one("tool", analyze, alone, RECIPE)]
    assert reasons == ["over the memory limit"]
    with pytest.raises(AnalyzerDiedError):
        list(one_by_one("tool", analyze, alone * 2, RECIPE))


@pytest.mark.parametrize(
    ("error", "reason", "cause"),
    [
        (UnmeasurableError("a\x1b[2J\nb" + "c" * 300), "a [2J b" + "c" * 193, "supplier"),
        (OverLimitError("too long"), "too long", "ours"),
        (RecursionError("deep"), "nested too deeply", "ours"),
        (SyntaxError("bad \u202e", ("<unknown>", 3, 1, "", 3, 2)),
         "syntax error: bad   in line 3", "ours"),
        (IndexError(f"at {object()}"), "the tool failed: IndexError", "ours"),
    ],
)  # fmt: skip
def test_an_exception_is_the_reason_of_one_file_only(
    error: Exception, reason: str, cause: Cause
) -> None:
    def analyze(text: str, language: str) -> list[FileSize]:
        if text == "bad":
            raise error
        return [FileSize(len(language))]

    blobs = [blob(b"good", "go"), blob(b"bad", "go"), blob(b"good", "r"), blob(b"\xff", "go")]
    assert list(one_by_one("tool", analyze, blobs, RECIPE)) == [
        Facts("0" * 40, "go", "tool", None, (FileSize(2),)),
        Facts("0" * 40, "go", "tool", reason, (), cause),
        Facts("0" * 40, "r", "tool", None, (FileSize(1),)),
        Facts("0" * 40, "go", "tool", "undecodable bytes: not utf-8", (), "supplier"),
    ]


def test_the_machines_trouble_is_no_fact_about_a_file() -> None:
    def analyze(_text: str, _language: str) -> list[FileSize]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        list(one_by_one("tool", analyze, [blob(b"x")], RECIPE))


def test_an_interrupt_ends_the_run() -> None:
    def analyze(_text: str, _language: str) -> list[FileSize]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(one_by_one("tool", analyze, [blob(b"x")], RECIPE))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.booleans())
def test_any_bytes_end_as_text_or_reason(content: bytes, python: bool) -> None:
    try:
        text = decode(blob(content, "python" if python else "cpp"), LIMITS)
    except UnmeasurableError:
        return
    assert text.encode().decode() == text
    assert "\0" not in text
