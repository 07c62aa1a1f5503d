"""The table of suffixes against lizard's own readers, and what no pattern may be made of."""

import ast
import re
from pathlib import Path

import lizard_languages
import pytest
from hypothesis import given
from hypothesis import strategies as st

import collectors
from collectors.languages.suffixes import SUFFIXES, language

READERS = lizard_languages.languages()


def lizards_answer(path: str) -> str | None:
    reader = lizard_languages.get_reader_for(path)
    return reader.language_names[0].lower() if reader else None


def test_every_suffix_of_every_reader_and_no_other() -> None:
    theirs = {
        reader.language_names[0].lower(): {suffix.lower() for suffix in reader.ext}
        for reader in READERS
    }
    assert {name: set(suffixes) for name, suffixes in SUFFIXES.items()} == theirs


@pytest.mark.parametrize("suffix", sorted({suffix for reader in READERS for suffix in reader.ext}))
def test_any_case(suffix: str) -> None:
    for path in (f"src/a.{suffix}", f"src/a.{suffix.upper()}", f"a.b.{suffix.title()}"):
        assert language(path) == lizards_answer(path) is not None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.py", "python"),
        ("deep/er/A.JAVA", "java"),
        ("include/a.h", "cpp"),
        (".py", "python"),
        ("py", None),
        ("dir.py/readme", None),
        ("a.py.txt", None),
        ("a.pyx", None),
        ("stubs/a.pyi", None),
        ("a.py ", None),
        ("a.", None),
        ("", None),
        ("a.r\N{LATIN SMALL LETTER LONG S}", "rust"),
        ("a.\N{KELVIN SIGN}t", "kotlin"),
    ],
)
def test_edges_are_lizards(path: str, expected: str | None) -> None:
    assert language(path) == lizards_answer(path) == expected


@given(st.text(alphabet="aApyYrRsStT.\n/ \N{LATIN SMALL LETTER LONG S}\u0130ı", max_size=8))
def test_any_path(path: str) -> None:
    assert language(path) == lizards_answer(path)


POSSESSIVE = re.compile(r"[^\\|(\s][*+?]\+|\}\+|\(\?>")


def patterns(source: str) -> list[str]:
    """The strings of a module but its docstrings."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [s.value for s in strings if isinstance(s.value, str) and id(s) not in prose]


def test_no_pattern_hangs_on_the_patch_release() -> None:
    """CPython before 3.11.5 matches possessive quantifiers and atomic groups wrongly."""
    assert all(POSSESSIVE.search(text) for text in patterns("[r'a(?:b|c)*+', '(?>a)', 'a{2}+']"))
    assert not POSSESSIVE.search(r"=>|\+\+|--|[-+]+")
    modules = sorted(Path(collectors.__file__).parent.rglob("*.py"))
    assert len(modules) > 20
    for module in modules:
        found = [text for text in patterns(module.read_text()) if POSSESSIVE.search(text)]
        assert not found, module
