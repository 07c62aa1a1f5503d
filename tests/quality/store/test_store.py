"""The database: its schema, its migrations, what it refuses, what a transaction keeps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from quality.errors import MeasureError
from quality.model.facts import (
    ROWS,
    Block,
    Claim,
    CodeLines,
    Facts,
    FileSize,
    Finding,
    Function,
    Import,
    Oddity,
    PythonFile,
    Suppression,
)
from quality.model.repository import Commit, TreeFile
from quality.store import migrating
from quality.store.database import (
    SnapshotKey,
    Store,
    StoredSnapshot,
    Wanted,
)
from quality.store.migrating import migrations
from quality.store.opening import STORAGE

SHA = "a" * 40
BODY = 2**64 - 1
FACTS = (
    Facts("b1", "python", "lizard", None, (
        FileSize(7), Function("f", 1, 3, 3, 2, 20, 1, 1, BODY),
        Function("g", 5, 6, 2, 1, 9, 0, 0, 0), Import(9, 1, "a/b"),
        Import(9, None, "a/b"), Oddity(3, "texts", "10 branches in strings"),
    )),
    Facts("b1", "python", "radon", None, (
        Block("f", "function", 1, 3, 2),
        PythonFile(7, 5, 6, 1, 0, 1, 0, 12.5, 1.5, 18.75, 87_123_456),
    )),
    Facts("b1", "python", "clones", None, (CodeLines((1, 2), (BODY, 1), (2,), (7,)),)),
    Facts("b1", "python", "pylint", None, (Finding(2, 4, "E0602", "Undefined 'x'", BODY, True),)),
    Facts("b1", "python", "suppressions", None, (
        Suppression(2, "noqa", "noqa"), Claim(1, "do not edit"),
    )),
    Facts("b2", "python", "lizard", "contains NUL bytes", cause="supplier"),
)  # fmt: skip
PARTS = {
    name: f"part-of-{name}" for name in ("lizard", "radon", "clones", "pylint", "suppressions")
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "measurements.duckdb"


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.connection.execute(sql).fetchall()


# ---------------------------------------------------------------- facts


def test_facts_come_back_as_they_went_in(path: Path) -> None:
    with Store(path) as store:
        store.add_facts(FACTS[:3], PARTS)
        store.add_facts(FACTS[3:], PARTS)
    with Store(path, read_only=True) as store:
        assert rows(
            store, "select id, blob, analyzer, part, reason, cause from measurements order by id"
        ) == [
            (n, fact.blob, fact.analyzer, f"part-of-{fact.analyzer}", fact.reason, fact.cause)
            for n, fact in enumerate(FACTS, 1)
        ]
        for kind in ROWS:
            expected = [(n, row) for n, fact in enumerate(FACTS, 1) for row in fact.rows
                        if type(row) is kind]  # fmt: skip
            found = rows(store, f"select * from {kind.table} order by all")
            assert [(n, kind(*(tuple(v) if isinstance(v, list) else v for v in values)))
                    for n, *values in found] == expected  # fmt: skip


def test_what_is_missing(path: Path) -> None:
    wanted = [Wanted("b1", "python", "lizard", "part-of-lizard"),
              Wanted("b2", "python", "lizard", "part-of-lizard"),
              Wanted("b1", "cpp", "lizard", "part-of-lizard"),
              Wanted("b1", "python", "lizard", "newer")]  # fmt: skip
    with Store(path) as store:
        store.add_facts(FACTS, PARTS)
        assert store.missing([*wanted, *wanted]) == sorted(wanted[2:])
        assert store.missing([]) == []


def test_a_chunk_is_kept_whole_or_not_at_all(path: Path) -> None:
    broken = Facts("b3", "python", "lizard", None, (FileSize(1), FileSize("many")))  # type: ignore[arg-type]
    with Store(path) as store:
        with pytest.raises(duckdb.Error):
            store.add_facts([*FACTS, broken], PARTS)
        assert all(rows(store, f"select count(*) from {kind.table}") == [(0,)] for kind in ROWS)
        assert rows(store, "select count(*) from measurements") == [(0,)]
        store.add_facts(FACTS, PARTS)
        assert rows(store, "select max(id) from measurements") == [(len(FACTS),)]


# ---------------------------------------------------------------- commits and snapshots


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30))])
def test_a_commit_keeps_its_instant(path: Path, zone: timezone) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    key = SnapshotKey("https://git.acme.example/x.git", "main", datetime(2026, 4, 1))
    commit = Commit(SHA, moment.astimezone(zone))
    with Store(path) as store:
        assert store.snapshots(key.source) == {}
        store.add_commit(commit, [TreeFile("a.py", "b1", 3, "file", "python"),
                                  TreeFile("a.md", "b2", 3, "file", None),
                                  TreeFile("l", "b3", 3, "link", None)])  # fmt: skip
        store.set_snapshots({key: StoredSnapshot(commit, "")})
        assert store.has_commit(SHA)
        assert not store.has_commit("b" * 40)
        assert store.files(SHA) == [("a.py", "b1", 3, "python")]
        found = store.snapshots(key.source)[key]
        assert found == StoredSnapshot(Commit(SHA, moment), "")
        assert found.commit
        assert found.commit.committed_at.tzinfo is UTC
        gone = StoredSnapshot(None, "gone", moment, stands=True)
        store.set_snapshots({key: gone})
        assert store.snapshots(key.source) == {key: gone}
        store.set_snapshots({key: StoredSnapshot(commit, "")})  # what stands is not touched
        assert store.snapshots(key.source) == {key: gone}
        assert store.snapshots("https://git.acme.example/y.git") == {}


# ---------------------------------------------------------------- the file


def test_another_process_holds_it(path: Path) -> None:
    """Readers and writers of other processes are told so in one line; several may read."""
    code = (
        "import sys; from pathlib import Path; from quality.store.database import Store\n"
        "try:\n    Store(Path(sys.argv[1]), read_only=sys.argv[2] == 'r'); print('open')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )

    def elsewhere(mode: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, path, mode], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    busy = (
        f"MeasureError {path} is in use by another process: wait until it has finished, or stop it"
    )
    with Store(path):
        assert elsewhere("w") == busy
        assert elsewhere("r") == busy
    with Store(path, read_only=True):
        assert elsewhere("r") == "open"
        assert elsewhere("w") == busy


def test_a_full_disk_is_one_line_and_loses_only_the_chunk(path: Path) -> None:
    """A limit on file sizes stands for a full disk; what was committed before is kept."""
    code = (
        "import resource, sys; from pathlib import Path; from quality.store.database import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "insert = 'insert into commits select md5(i::varchar), now(), null from range(?) r(i)'\n"
        "with store.transaction(): store.connection.execute(insert, [3])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "try:\n"
        "    with store.transaction():\n"
        "        store.connection.execute(insert.replace('md5(', 'sha1('), [60_000])\n"
        "except Exception as error: print(type(error).__name__, error, flush=True)\n"
        "import os; os._exit(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith(f"MeasureError cannot write {path}: "), done
    assert done.stdout.endswith(": make room, then run it again to go on\n"), done
    with Store(path) as store:
        assert rows(store, "select count(*) from commits") == [(3,)]


def test_what_is_no_database(tmp_path: Path) -> None:
    text = tmp_path / "notes.duckdb"
    text.write_text("no database at all\n" * 1000)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    for read_only in (False, True):
        with pytest.raises(MeasureError, match=r"notes\.duckdb") as caught:
            Store(text, read_only)
        assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(MeasureError, match=r"cannot write .*: (File exists|Not a directory)"):
        Store(in_the_way / "x.duckdb")
    with pytest.raises(MeasureError, match="cannot open"):
        Store(tmp_path)


def test_the_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(path) as other:
        other.execute("create table files (name varchar)")
    for read_only in (False, True):
        with pytest.raises(MeasureError, match="is not a database of measurements"):
            Store(path, read_only)
    with duckdb.connect(path) as other:
        assert other.execute("show tables").fetchall() == [("files",)]


def test_a_database_that_does_not_exist_is_read_as_empty(path: Path) -> None:
    with Store(path, read_only=True) as store:
        assert rows(store, "select count(*) from measurements") == [(0,)]
    assert not path.parent.exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_schema_is_refused(path: Path, read_only: bool) -> None:
    with Store(path) as store:
        store.connection.execute("insert into migrations values (99, 'later')")
    with pytest.raises(MeasureError, match=r"written by a newer release \(schema 99"):
        Store(path, read_only)


def test_an_older_schema_is_migrated_by_measuring(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(path) as store:
        store.add_facts(FACTS, PARTS)
    known = migrations()
    later = [*known, (len(known) + 1, "later", "alter table commits add column note varchar")]
    monkeypatch.setattr(migrating, "migrations", lambda: later)
    with pytest.raises(MeasureError, match=r"older release .*: run `workmanship measure` once"):
        Store(path, read_only=True)
    with Store(path) as store:
        assert rows(store, "select note from commits") == []
    with Store(path, read_only=True) as store:
        assert rows(store, "select count(*) from measurements") == [(len(FACTS),)]


def test_a_migration_that_fails_leaves_everything_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(path) as store:
        store.add_facts(FACTS, PARTS)
        before = rows(store, "select table_name, column_name from duckdb_columns() order by all")
    known = migrations()
    broken = "create table half (a integer); drop table commits; create table half (a integer)"
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "migrations", lambda: [*known, (99, "broken", broken)])
        with pytest.raises(duckdb.Error):
            Store(path)
    with Store(path) as store:
        after = rows(store, "select table_name, column_name from duckdb_columns() order by all")
        assert after == before
        assert rows(store, "select count(*) from measurements") == [(len(FACTS),)]


def test_the_file_is_readable_by_older_duckdbs(path: Path) -> None:
    with Store(path):
        pass
    with duckdb.connect(path, read_only=True) as plain:
        tags = dict(
            plain.execute("select database_name, tags from duckdb_databases() where not internal")
            .fetchall()
        )  # fmt: skip
    assert tags == {"measurements": {"storage_version": f"{STORAGE}+"}}


def test_nothing_outside_is_reached(path: Path, tmp_path: Path) -> None:
    """No statement of ours could read or write another file, were a name ever to slip into it."""
    with Store(path) as store:
        for statement in (
            f"copy commits to '{tmp_path / 'x.csv'}'",
            f"select * from read_csv('{__file__}')",
            f"attach '{tmp_path / 'x.duckdb'}'",
            "set enable_external_access = true",
            "install httpfs",
        ):
            with pytest.raises(duckdb.Error):
                store.connection.execute(statement)


def test_rows_and_columns_have_the_same_order(path: Path) -> None:
    """Facts are appended by position."""
    from dataclasses import fields

    with Store(path) as store:
        for kind in ROWS:
            names: Sequence[str] = [
                str(row[0]) for row in rows(
                    store, "select column_name from duckdb_columns() "
                    f"where table_name = '{kind.table}' order by column_index")
            ]  # fmt: skip
            assert names == ["measurement", *(field.name for field in fields(kind))]
