"""What the SQL reads: every definition named after its file, each made after what it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.catalogue.indicators import INDICATORS
from quality.store.database import Store
from quality.store.definitions import SQL, definitions, needed, sql
from quality.store.scope import Table, Tables

TABLES = [f"{kind}_clocks" for kind in ("response", "next_response", "resolution", "closure")]
DEFINES = re.compile(r"create or replace temp (?:table|view|macro) (\w+)")


def test_a_file_defines_what_it_is_named_after() -> None:
    assert len(definitions()) > 20
    for name, text in definitions().items():
        assert DEFINES.findall(text) == [name]


def test_what_a_definition_reads_is_made_before_it() -> None:
    assert needed("complexity_nloc_share") == (
        "scope_files", "scope_facts", "production_functions", "complexity_nloc_share",
    )  # fmt: skip
    assert needed("errors_density") == (
        "scope_files", "scope_facts", "file_nloc", "judged_nloc", "production_findings",
        "errors_density",
    )  # fmt: skip
    assert needed("select 1 from scope_owners") == ()


@pytest.mark.parametrize("kind", ["response", "next_response", "resolution", "closure"])
def test_a_clock_is_counted_without_the_others(kind: str) -> None:
    """Each takes as long as all else of a small evaluation."""
    read = (name for name in needed(f"{kind}_parts") if name.endswith("_clocks"))
    assert [name for name in read if name in TABLES] == [f"{kind}_clocks"]


def test_a_stated_table_is_made_when_a_query_names_it_and_once() -> None:
    worked_out = []

    def rows() -> Iterator[Table]:
        worked_out.append("both")
        yield (
            "scope_snapshots",
            'snapshot integer, "commit" varchar, contract integer',
            [(0, "c", 0)],
        )
        yield "scope_pairs", "snapshot integer, before integer", [(0, 1)]

    with Store(Path("nowhere"), read_only=True) as store:
        tables = Tables(store)
        tables.tables(("scope_snapshots", "scope_pairs"), rows)
        tables.table("scope_owners", "snapshot integer, owner integer", [(0, 7)])
        assert worked_out == []
        assert tables.rows("paths") == []  # reads scope_snapshots: there are no files
        assert worked_out == ["both"]
        made = "select table_name from duckdb_tables() where temporary order by 1"
        assert store.connection.execute(made).fetchall() == [("scope_pairs",), ("scope_snapshots",)]
        tables.rows("paths")
        assert worked_out == ["both"]


@pytest.mark.parametrize(
    "folder", ["comparison", "explain", "indicators", "scope", "scorecard", "signs"]
)
def test_a_comment_is_no_part_of_the_text(folder: str) -> None:
    for entry in (SQL / folder).iterdir():
        name = entry.name.removesuffix(".sql")
        whole = entry.read_text("utf-8")
        code = re.sub(r"--[^\n]*", "", whole)
        assert "--" in whole
        assert sql(f"{folder}/{name}").split() == code.split()


def test_an_indicator_that_compares_says_so_in_its_row_and_in_its_sql() -> None:
    """What a count depends on follows from the SQL, what a verdict says from the row."""
    for indicator in INDICATORS.values():
        read = [definitions()[name] for name in needed(indicator.macro)]
        assert bool(indicator.since) == any("scope_baselines" in text for text in read)
