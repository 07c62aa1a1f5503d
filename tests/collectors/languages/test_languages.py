"""The tables of suffixes, names and programs, lizard's own readers among them, and what no pattern
may be made of."""

import ast
import re
from pathlib import Path

import lizard_languages
import pytest
from hypothesis import given
from hypothesis import strategies as st

import collectors
from collectors.languages.suffixes import (
    DIALECTS,
    INTERPRETERS,
    MORE,
    NAMES,
    SUFFIXES,
    interpreted,
    language,
    program,
    spoken,
)
from collectors.languages.trees import GRAMMARS

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
    suffix = path.removesuffix("\n").rpartition(".")[2].lower()  # as lizard does
    if suffix not in {each for more in MORE.values() for each in more}:
        assert language(path) == lizards_answer(path)


def test_more_suffixes_are_none_of_lizards_and_each_is_one_language() -> None:
    theirs = {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}
    ours = [suffix for suffixes in MORE.values() for suffix in suffixes]
    assert len(ours) == len(set(ours)) > 50
    assert not theirs & set(ours)
    for name, suffixes in MORE.items():
        assert all(language(f"src/a.{suffix}") == name for suffix in suffixes)
        assert spoken(name) in SUFFIXES or spoken(name) in GRAMMARS
    assert {*NAMES, *INTERPRETERS, *DIALECTS.values()} <= SUFFIXES.keys() | GRAMMARS.keys()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.pyw", "python"), ("A.PYW", "python"), ("a.pyi", "stub"), ("a.ipynb", "notebook"),
        ("A.svelte", "svelte"),
        ("a.mts", "typescript"), ("a.cts", "typescript"), ("a.d.ts", "typescript"),
        ("a.cjs", "javascript"), ("a.phtml", "php"), ("a.php5", "php"), ("a.ino", "cpp"),
        ("a.cu", "cpp"), ("a.cuh", "cpp"), ("a.inl", "cpp"), ("a.ipp", "cpp"), ("a.tpp", "cpp"),
        ("a.hxx", "cpp"), ("a.h++", "cpp"), ("a.c++", "cpp"), ("a.hcc", None), ("a.rake", "ruby"),
        ("a.gemspec", "ruby"), ("lib/Rakefile", "ruby"), ("Rakefile.md", None), ("a.kts", "kotlin"),
        ("build.sc", "scala"), ("a.csx", "csharp"), ("t/a.t", "perl"), ("at", None), ("ac++", None),
    ],
)  # fmt: skip
def test_what_we_read_under_other_names(path: str, expected: str | None) -> None:
    assert language(path) == expected


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        (b"#!/usr/bin/python", "python", "python"),
        (b"#!/usr/bin/env python3\nx = 1", "python", "python"),
        (b"#! /usr/local/bin/python3.11 -u\r\n", "python", "python"),
        (b"#!/usr/bin/env -S python3 -O", "python", "python"),
        (b"\xef\xbb\xbf#!C:/Python/python.exe\n", "python", "python"),
        (b"#!/usr/bin/env -S PATH=/opt node --no-warnings", "node", "javascript"),
        (b"#!/usr/bin/env -S deno run --allow-all", "deno", "javascript"),
        (b"#!/usr/bin/env bun", "bun", "javascript"),
        (b"#!/usr/bin/env ts-node", "ts-node", "typescript"),
        (b"#!/usr/bin/ruby -w", "ruby", "ruby"),
        (b"#!/usr/bin/php8.2", "php", "php"),
        (b"#!/usr/bin/perl -T", "perl", "perl"),
        (b"#!/usr/bin/lua5.4", "lua", "lua"),
        (b"#!/usr/bin/env Rscript", "rscript", "r"),
        (b"#!/bin/bash\npython x", "bash", None),
        (b"#!/bin/busybox sh", "sh", None),
        (b"#!", "", None),
        (b"#!/usr/bin/env", "", None),
        (b"\n#!/usr/bin/python", "", None),  # the system reads the first line alone
        (b"# /usr/bin/python", "", None),
        (b"", "", None),
        (b"#!\xff\xfe", "\ufffd\ufffd", None),
    ],
)
def test_scripts_by_their_first_line(line: bytes, name: str, expected: str | None) -> None:
    assert (program(line), interpreted(line)) == (name, expected)


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
    no_patterns = {"c++", "h++", "--std=c++20"}
    for module in modules:
        texts = set(patterns(module.read_text())) - no_patterns
        found = [text for text in texts if POSSESSIVE.search(text)]
        assert not found, module
