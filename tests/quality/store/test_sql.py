"""The SQL as documentation: what each file is for, what tables hold, and an indicator a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quality.catalogue.indicators import INDICATORS
from quality.model.facts import ROWS
from quality.model.reports import TABLES as REPORT_TABLES
from quality.store.definitions import SQL
from quality.store.migrating import migrations


def _sql_files() -> list[Path]:
    return sorted(Path(str(SQL)).rglob("*.sql"))


@pytest.mark.parametrize("file", _sql_files(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_sql_file_says_what_it_is_for(file: Path) -> None:
    first = file.read_text().splitlines()[0]
    assert re.match(r"-- [\w.()$]+.{20,}", first), first


def test_every_table_and_column_is_explained() -> None:
    text = "\n".join(sql for _, _, sql in migrations())
    tables = re.findall(r"create table (\w+) \((.*?)\n\);", text, re.DOTALL)
    columns = {
        (table, line)
        for table, body in tables
        for line in body.splitlines()[1:]
        if not line.startswith("    primary key")
    }
    assert {table for table, _ in tables} == {
        "measurements", "commits", "files", "snapshots", "snapshot_values", "frozen_evaluations",
        "ledger_journal", "acknowledgements", "observations", "deliveries", "challenges", "places",
        "baselines",
        "record_sources", "record_batches", "record_versions", "ticket_events", "tickets",
        "ticket_states", "ticket_fields", "outages", "probe_stretches",
        "reports", "report_contents", "judged_reports", *REPORT_TABLES.values(),
        *(kind.table for kind in ROWS),
    }  # fmt: skip
    assert [place for place in columns if not re.search(r"-- .{5,}$", place[1])] == []


def test_every_indicator_has_its_file_and_every_file_its_indicator() -> None:
    files = {file.stem for file in _sql_files() if file.parent.name == "indicators"}
    macros = {indicator.macro for indicator in INDICATORS.values()}
    unjudged = {
        "complexity_function_share",
        "unreadable_share",
        "reports_matched",
        "reports_held",
        "service_missed",
    }
    assert files - unjudged == macros
    for indicator in INDICATORS.values():
        text = (Path(str(SQL)) / "indicators" / f"{indicator.macro}.sql").read_text()
        assert text.startswith(f"-- {indicator.id}: ")
        assert re.search(rf"macro {indicator.macro}\([\w :=,]*\) as table", text)
