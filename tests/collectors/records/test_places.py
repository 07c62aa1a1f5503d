"""The files that reports name, however tools spell them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.records.places import joined, matched, place


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("src/a.py", "src/a.py"),
        ("./src/./x/../a.py", "src/a.py"),
        ("src\\sub\\a.cs", "src/sub/a.cs"),
        ("/build/src/a.py", "/build/src/a.py"),
        ("file:///build/src/a%20b.py", "/build/src/a b.py"),
        ("file:/build/a.py", "/build/a.py"),
        ("file:src/a.py", "src/a.py"),
        ("FILE:///a/b.py?x#y", "/a/b.py"),
        ("C:\\work\\src\\a.cs", "/work/src/a.cs"),
        ("file:///C:/work/src/a.cs", "/work/src/a.cs"),
        ("file://localhost/a.py", "/a.py"),
        ("src/%41.py", "src/A.py"),
        ("../other/a.py", "../other/a.py"),
        ("/a/../../b.py", "/b.py"),
        ("a//b///c.py", "a/b/c.py"),
        ("https://example.com/a.py", ""),
        ("data:text/plain,a", ""),
        ("", ""),
        ("caf%C3%A9.py", "café.py"),
        ("a%ff.py", "a\\xff.py"),
        ("a\x1b[2J.py", "a\\x1b[2J.py"),
    ],
)
def test_a_path_is_in_the_spelling_of_a_tree(uri: str, path: str) -> None:
    assert place(uri) == path


def test_a_base_holds_for_relative_paths_only() -> None:
    assert place("a.py", "/build/src/") == "/build/src/a.py"
    assert place("../a.py", "/build/src") == "/build/a.py"
    assert place("/x/a.py", "/build/src") == "/x/a.py"
    assert joined("", b"100%25.py") == "100%25.py"  # a path is no URI


@given(st.text(max_size=60))
def test_every_text_is_a_path_of_visible_characters(uri: str) -> None:
    path = place(uri)
    assert not {unicodedata.category(each) for each in path} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "/./" not in path
    assert "//" not in path


TREE = {"src/a.py", "src/b.py", "src/sub/a.py", "tools/a.py", "a.py"}


def test_absolute_paths_lose_the_folder_of_the_build() -> None:
    named = ["/build/7/src/a.py", "/build/7/src/b.py", "/usr/lib/python/os.py"]
    assert matched(named, TREE) == {named[0]: "src/a.py", named[1]: "src/b.py"}


def test_paths_from_a_folder_of_the_repository_find_it() -> None:
    assert matched(["b.py", "sub/a.py", "a.py"], TREE) == {
        "b.py": "src/b.py", "sub/a.py": "src/sub/a.py", "a.py": "src/a.py",
    }  # fmt: skip


def test_paths_that_are_all_there_stay_as_they_are() -> None:
    assert matched(["a.py", "tools/a.py"], TREE) == {"a.py": "a.py", "tools/a.py": "tools/a.py"}


def test_absolute_and_relative_paths_of_one_report_begin_where_each_kind_does() -> None:
    named = ["/ci/src/a.py", "src/b.py"]
    assert matched(named, TREE) == {"/ci/src/a.py": "src/a.py", "src/b.py": "src/b.py"}


def test_what_lies_above_the_repository_is_none_of_its_files() -> None:
    assert matched(["../a.py", "../../src/a.py", ""], TREE) == {}


def test_only_packages_are_told_by_their_ends_and_only_if_one_file_ends_so() -> None:
    tree = {"core/src/main/java/a/A.java", "core/src/main/java/a/B.java", "web/src/a/C.java",
            "web/src/a/D.java", "old/src/a/D.java"}  # fmt: skip
    named = ["a/A.java", "a/B.java", "a/C.java", "a/D.java"]
    found = matched(named, tree, by_themselves=True)
    assert found == {
        "a/A.java": "core/src/main/java/a/A.java",
        "a/B.java": "core/src/main/java/a/B.java",
        "a/C.java": "web/src/a/C.java",
    }
    assert len(matched(named, tree)) == 2  # under one of the source folders
