"""What nobody looks at: listed with its path, counted by hand, and listed anew when the tables
change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.languages import looks
from quality.catalogue.recipes import load_recipe
from quality.contract.sections.repositories import FilePatterns
from quality.model.repository import Commit, TreeFile
from quality.model.verdict import Measured
from quality.store import migrating
from quality.store.counting import Content, Scope
from quality.store.database import Store
from tests.conftest import Desk
from tests.repositories import Entry, Link, Submodule

SHA = "a" * 40
NOW = datetime(2026, 8, 1, tzinfo=UTC)
LEVEL = "{id: U, name: u, class: critical, indicator: unseen.share, expected: 5, minimum: 10}"
Files = dict[str | bytes, Entry]


def unseen(desk: Desk, files: Files, more: str = "") -> tuple[tuple[int, int] | None, list[str]]:
    """Numerator and denominator, and the rows of the explanation as path: what."""
    desk.folder.mkdir(exist_ok=True)
    desk.repository("billing", files)
    desk.contract(["billing"], [LEVEL], more=more)
    desk.measure()
    session = desk.session
    found = session.explain(session.requests("2026-Q3")[0], "U", top=99)
    assert found.columns == ("repository", "path", "bytes", "what", "why")
    assert all(row[4] for row in found.rows)
    signs = {sign.id: sign.places for sign in desk.evaluate()[0].scorecard.signs}
    assert signs.get("unseen", 0) == len(found.rows)
    measured = found.verdict.measured
    counts = (measured.numerator, measured.denominator) if measured else None
    return counts, [f"{row[1]}: {row[3]}" for row in found.rows]


PYTHON = "def f(a):\n    return a\n"  # 23 bytes
SHELL = "#!/bin/sh\nrm -rf /tmp/x\n"  # 24 bytes


def test_bytes_of_code_without_a_reader_by_hand(desk: Desk) -> None:
    files: Files = {
        "a.py": PYTHON, "b.pyw": PYTHON,  # read
        "tool": "#!/usr/bin/env python3\n" + PYTHON,  # read: 46 bytes
        "run.sh": SHELL, "start": SHELL, "lib.jar": b"PK\x03\x04" + b"x" * 96,
        "README": "prose\n", "data.json": "{}" * 500, "notes.md": "x" * 999,  # data
    }  # fmt: skip
    counts, rows = unseen(desk, files)
    assert len(PYTHON) == 23
    assert len(SHELL) == 24
    assert counts == (24 + 24 + 100, 23 + 23 + 46 + 24 + 24 + 100)
    assert rows == ["lib.jar: archive", "run.sh: shell script", "start: shell script"]
    assert desk.verdicts()["U"].outcome == "failed"


def test_links_and_submodules_weigh_as_a_file_of_mean_size(desk: Desk) -> None:
    """Two files of 23 and 24 bytes: a mean of 23.5, rounded up to 24."""
    files: Files = {
        "a.py": PYTHON, "b.js": "function f(a) { return }",
        "shared": Link("../../shared"), "core": Submodule("1" * 40), "notes.md": Link("a.py"),
    }  # fmt: skip
    counts, rows = unseen(desk, files)
    assert counts == (3 * 24, 23 + 24 + 3 * 24)
    assert rows == ["core: submodule", "notes.md: link", "shared: link"]


def test_nothing_but_a_submodule_is_listed_and_no_value(desk: Desk) -> None:
    """Nothing at all was measured, so that no value of the repository's is known."""
    counts, rows = unseen(desk, {"core": Submodule("1" * 40), "README.md": "see core\n"})
    assert (counts, rows) == (None, ["core: submodule"])
    assert desk.verdicts()["U"].outcome == "unknown"


def test_nothing_unseen_is_nothing_but_data_is_no_answer(desk: Desk) -> None:
    assert unseen(desk, {"a.py": PYTHON, "b.txt": "x\n"}) == ((0, 23), [])
    only = Desk(desk.folder / "only")
    assert unseen(only, {"b.txt": "x\n"})[1] == []
    assert only.verdicts()["U"].outcome == "unknown"


@pytest.mark.slow
def test_the_contracts_patterns_take_out_what_is_not_the_suppliers(desk: Desk) -> None:
    files: Files = {
        "a.py": PYTHON, "vendor/x.jar": b"PK\x03\x04", "tests/run.sh": SHELL,
        "vendor/core": Submodule("1" * 40), "gradlew": SHELL, "build.sh": SHELL,
    }  # fmt: skip
    assert unseen(desk, files) == ((24, 23 + 24), ["build.sh: shell script"])
    mine = Desk(desk.folder / "mine")
    assert unseen(mine, files, "files: {tests: ['**/*.sh'], vendored: ['gradlew']}\n") == (
        (4 + 14, 23 + 4 + 14), ["vendor/core: submodule", "vendor/x.jar: archive"],
    )  # fmt: skip


GAMED: Files = {
    "app.py": "import base64\n", "core.sh": SHELL * 9, "core.ex": "defmodule A do end\n",
    "core.py.bak": PYTHON, "page.html": "<script>go()</script>", "native.so": b"\x7fELF",
    "engine": b"\x7fELF\x01", "bundle.data": b"PK\x03\x04", "app.xyz": "#!/opt/run\nx\n",
}  # fmt: skip


@pytest.mark.slow
def test_code_that_moved_out_of_sight_is_listed(desk: Desk) -> None:
    _, rows = unseen(desk, GAMED)
    assert sorted(rows) == [
        "app.xyz: script of another program", "bundle.data: archive",
        "core.ex: functional language", "core.py.bak: code under another suffix",
        "core.sh: shell script",
        "engine: compiled program", "native.so: compiled program", "page.html: page with scripts",
    ]  # fmt: skip


@pytest.mark.slow
def test_scripts_and_notebooks_are_measured_like_any_file(desk: Desk) -> None:
    book = '{"cells": [{"cell_type": "code", "source": "def f():\\n    return nowhere"}]}'
    files: Files = {"tool": "#!/usr/bin/env python3\nprint(nowhere)\n", "a.ipynb": book}
    desk.repository("billing", files)
    desk.contract(["billing"], [
        "{id: N, name: n, class: key, indicator: size.nloc}",
        "{id: E, name: e, class: key, indicator: errors.density, expected: 1, minimum: 2}",
    ])  # fmt: skip
    assert desk.measure().problems == []
    found = desk.verdicts()
    assert found["N"].measured == Measured(1 + 2, 1, 1)
    assert found["E"].measured == Measured(2, 3, 1000)


@pytest.mark.slow
def test_claims_to_be_generated_are_listed_and_change_nothing(desk: Desk) -> None:
    """The same code with the claim and without: the same numbers, and a sign for the first."""
    header = "# Generated by protoc. DO NOT EDIT.\n"
    desk.repository("billing", {"a.py": header + PYTHON, "b.py": PYTHON, "c_pb2.py": header})
    desk.contract(["billing"], ["{id: N, name: n, class: key, indicator: size.nloc}"])
    desk.measure()
    (evaluation,) = desk.evaluate()
    assert desk.verdicts()["N"].measured == Measured(4, 1, 1)
    (sign,) = (sign for sign in evaluation.scorecard.signs if sign.id == "claimed")
    assert [(p.path, p.line, p.what) for p in sign.first] == [
        ("a.py", 1, "Generated by protoc. DO NOT EDIT.")
    ]


# ---------------------------------------------------------------- listings


def pending(store: Store) -> dict[Content, int]:
    content = Content(SHA, FilePatterns())
    return Scope(store, load_recipe("2026.2"), [content]).pending()


def test_a_commit_that_other_tables_listed_is_listed_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "m.duckdb") as store:
        store.add_commit(Commit(SHA, NOW), [TreeFile("run", "b1", 3, "file", None)])
        assert store.has_commit(SHA)
        assert pending(store) == {}
        store.connection.execute("update commits set listing = 'of an older release'")
        assert not store.has_commit(SHA)
        assert list(pending(store).values()) == [1]
        again = TreeFile("run", "b1", 3, "file", None, "shell script")
        store.add_commit(Commit(SHA, NOW), [again])
        assert store.has_commit(SHA)
        assert pending(store) == {}
        rows = store.connection.execute("select path, language, unread from files").fetchall()
        assert rows == [("run", None, "shell script")]


@pytest.mark.slow
def test_a_database_of_before_is_measured_again_and_then_right(
    desk: Desk,
) -> None:
    """What an older release listed (no script without a suffix) counts as not measured yet."""
    assert unseen(desk, {"a.py": PYTHON, "run.sh": SHELL})[0] == (24, 47)
    with Store(desk.session.database) as store:
        store.connection.execute("update commits set listing = null")
        store.connection.execute("update files set unread = null")
        store.connection.execute("delete from snapshot_values")  # kept by the tables' digest
    verdict = desk.verdicts()["U"]
    assert verdict.outcome == "unknown"
    assert "measure" in verdict.reason
    desk.measure()
    assert desk.verdicts()["U"].measured == Measured(24, 47, 100)


def test_the_migration_keeps_what_was_listed_and_asks_for_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, every = tmp_path / "m.duckdb", migrating.migrations()
    (number,) = (number for number, name, _ in every if name == "listings")
    monkeypatch.setattr(migrating, "migrations", lambda: [m for m in every if m[0] < number])
    with Store(path) as store:
        store.connection.execute("insert into commits values (?, now())", [SHA])
        store.connection.execute(
            "insert into files values (?, 'run', 'b1', 3, 'file', null)", [SHA]
        )
    monkeypatch.setattr(migrating, "migrations", lambda: every)
    with Store(path) as store:
        assert not store.has_commit(SHA)
        assert list(pending(store).values()) == [1]


def test_the_digest_covers_every_table() -> None:
    """Whoever edits a table without this changing would leave stale lists behind."""
    before = looks._listing()
    assert before == looks.LISTING
    with pytest.MonkeyPatch.context() as patch:
        for name, other in (
            ("SUFFIXES", {}), ("MORE", {}), ("NAMES", {}), ("INTERPRETERS", {}), ("UNREAD", ()),
            ("INERT", frozenset()), ("DATA", frozenset()), ("REVISION", 0), ("LARGEST", 1),
        ):  # fmt: skip
            patch.setattr(looks, name, other)
            assert looks._listing() != before, name
            before = looks._listing()
