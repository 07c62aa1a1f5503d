import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.shared.text import clip, safe_text

STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, Größe, 数, שלום, 🚀", "plain text, Größe, 数, שלום, 🚀"),
        ("\x1b[2Jcls", r"\x1b[2Jcls"),
        ("a\nb\tc\0", r"a\x0ab\x09c\x00"),
        ("\x9b31m", r"\x9b31m"),
        ("inv\u202eoice\u2069", r"inv\u202eoice\u2069"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("lone \udce9 surrogate", r"lone \udce9 surrogate"),
        ("tag \U000e0041", r"tag \U000e0041"),
        ("line\u2028separator", r"line\u2028separator"),
        (r"C:\x1b\u202e", r"C:\x1b\u202e"),
        ("", ""),
    ],
)
def test_shows_what_steers_and_nothing_else(text: str, shown: str) -> None:
    assert safe_text(text) == shown


def test_every_steering_character_of_unicode_is_written_out() -> None:
    passed = [
        f"U+{code:04X}"
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in STEERING and safe_text(chr(code)) == chr(code)
    ]
    assert passed == []


@given(st.text(st.characters(exclude_categories=())))
def test_result_prints_anywhere_and_stays_as_it_is(text: str) -> None:
    shown = safe_text(text)
    shown.encode("utf-8")
    assert not {unicodedata.category(character) for character in shown} & STEERING
    assert safe_text(shown) == shown


def test_clip_says_how_much_it_left_out() -> None:
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcdef… (+1 characters)"
