"""What can hold logic and nobody reads is told from what is read, and from data."""

import json

import pytest

from collectors.languages.looks import DATA, LARGEST, PAGES, look, telling, unlooked
from collectors.languages.suffixes import MORE, SUFFIXES, language
from collectors.languages.unread import UNREAD, unread

READ = {suffix for table in (SUFFIXES, MORE) for each in table.values() for suffix in each}


def test_each_row_says_why_and_no_suffix_or_name_stands_twice() -> None:
    assert len({row.what for row in UNREAD}) == len(UNREAD) > 20
    assert all(row.why and row.what for row in UNREAD)
    for column in ("suffixes", "names", "programs"):
        words = [word for row in UNREAD for word in getattr(row, column).split()]
        assert len(words) == len(set(words))
        assert all(word == word.lower() for word in words)
    suffixes = {suffix for row in UNREAD for suffix in row.suffixes.split()}
    assert not suffixes & READ
    assert not suffixes & DATA
    assert not DATA & (READ | PAGES)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("run.sh", "shell script"), ("RUN.SH", "shell script"), (".bashrc", "shell script"),
        ("a.ps1", "Windows script"), ("a.bat", "Windows script"), ("a.asm", "assembler"),
        ("a.cob", "mainframe or business language"), ("a.vb", "Basic"),
        ("a.fs", "functional language"), ("a.clj", "functional language"),
        ("a.ex", "functional language"), ("a.hs", "functional language"),
        ("a.ml", "functional language"), ("a.dart", "Dart, Groovy or Haxe"),
        ("a.groovy", "Dart, Groovy or Haxe"), ("a.pas", "Pascal or Ada"),
        ("a.astro", "component page"), ("a.xaml", "component page"), ("a.erb", "server page"),
        ("a.html.erb", "server page"), ("a.jsp", "server page"), ("a.cshtml", "server page"),
        ("a.j2", "template"), ("Dockerfile", "build definition"),
        ("x/Dockerfile.dev", "build definition"), ("Makefile", "build definition"),
        ("Makefile.am", "build definition"), ("CMakeLists.txt", "build definition"),
        ("Jenkinsfile", "build definition"), ("a.jar", "archive"), ("a.zip", "archive"),
        ("a.whl", "archive"), ("a.war", "archive"), ("a.tar.gz", "archive"),
        ("a.dll", "compiled program"), ("a.exe", "compiled program"),
        ("a.pyc", "compiled program"), ("a.so", "compiled program"),
        ("a.so.1.2", "compiled program"), ("a.class", "compiled program"),
        ("a.xlsm", "document with macros"), ("a.tf", "infrastructure code"),
        ("a.py.bak", "code under another suffix"), ("a.sh.in", "code under another suffix"),
        ("a.py.txt.old", "code under another suffix"), ("a.js~", "code under another suffix"),
        ("a.config.php.dist", "code under another suffix"),
        # read, or data
        ("a.py", ""), ("a.sql", ""), ("a.json", ""), ("a.yaml", ""), ("a.md", ""), ("a.png", ""),
        ("a.json.dist", ""), ("notes.txt", ""), ("requirements.in", ""), ("go.mod", ""),
        ("COPYING.LIB", ""), ("sh", ""), ("makefiles", ""), ("dir.sh/readme", ""), ("", ""),
        ("." * 500 + "in" + ".in" * 150, ""),
    ],
)  # fmt: skip
def test_by_suffix_and_name(path: str, what: str) -> None:
    assert unread(path) == what


@pytest.mark.parametrize(
    ("path", "content", "found"),
    [
        ("run", b"#!/usr/bin/env python3\n", ("python", "")),
        ("bin/tool.run", b"#!/usr/bin/env ruby\n", ("ruby", "")),  # a suffix that says nothing
        ("page.module", b"\xef\xbb\xbf \n<?php echo 1;", ("php", "")),
        ("run", b"#!/bin/bash\n", (None, "shell script")),
        ("run", b"#!/usr/bin/make -f\n", (None, "build definition")),
        ("run", b"#!/opt/odd/thing\n", (None, "script of another program")),
        ("tool", b"\x7fELF\x02\x01", (None, "compiled program")),
        ("tool", b"MZ\x90\0\x03", (None, "compiled program")),
        ("notes", b"MZ is no program by itself", (None, "")),
        ("data.bin", b"PK\x03\x04\x14", (None, "archive")),
        ("LICENSE", b"MIT License\n", (None, "")),
        ("empty", b"", (None, "")),
        ("a.html", b"<p>Hello</p>", (None, "")),
        ("a.html", b"<script src='a.js'></script>", (None, "")),
        ("a.html", b"<script type='application/ld+json'>{}</script>", (None, "")),
        ("a.html", b"<SCRIPT>\n go()</script>", (None, "page with scripts")),
        ("a.html", b"<a onclick='go()'>", (None, "page with scripts")),
        ("a.html", b"{% if user %}", (None, "page with scripts")),
        ("a.component.html", b'<li *ngFor="let a of b">', (None, "page with scripts")),
        ("a.xhtml", b"<?xml version='1.0'?><p/>", (None, "")),
    ],
)
def test_by_a_look_at_the_content(path: str, content: bytes, found: tuple[str | None, str]) -> None:
    assert not telling(path)
    assert look(path, content) == found


def test_what_names_tell_is_not_looked_into() -> None:
    assert all(map(telling, ("a.py", "a.sh", "Makefile", "a.json", "x/a.PNG", "Rakefile")))
    assert not any(map(telling, ("a", "a.xyz", ".hidden", "a.html", "LICENSE")))


def test_too_large_to_be_looked_into_is_code_unless_a_suffix_says_data() -> None:
    assert unlooked("tool") == "file that nobody looked into"
    assert unlooked("a.html") == "page with scripts"
    assert unlooked("a.xyz") == ""


@pytest.mark.slow
def test_a_look_is_linear_in_what_is_looked_at() -> None:
    """A page of the largest size that is all beginnings is looked through at once."""
    for piece in (b"<script ", b"<script>", b" on", b"{", b"<?xml", b"<script><"):
        look("a.html", piece * (LARGEST // len(piece)))
    look("tool", b"#!" + b"/ " * (LARGEST // 2))
    assert json.dumps(language("tool")) == "null"
