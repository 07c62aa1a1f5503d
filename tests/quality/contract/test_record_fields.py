"""Fields that a source of records names: those of its format, and no misspelt one."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.records.systems import SYSTEMS
from quality.contract.file import load_contract
from quality.contract.text.problem import ContractError

CONTRACT = """\
format: workmanship.contract/1
contract: {{id: H, customer: A, supplier: B, starts: 2026-01-01, ends: 2027-12-31,
  period: quarter, timezone: Europe/Berlin, recipe: "2026.2"}}
sources:
  - {{name: desk, kind: tickets, format: csv, file: desk.csv, declared_by: supplier}}
  - {{name: x, kind: {kind}, format: {format}, file: x, declared_by: supplier, fields: {fields}}}
service_levels:
  - {{id: B, class: critical, indicator: tickets.backlog, minimum: 2, source: desk}}
"""


def checked(folder: Path, format: str, kind: str, fields: str) -> None:
    path = folder / "h.contract.yaml"
    path.write_text(CONTRACT.format(format=format, kind=kind, fields=fields))
    load_contract(path)


@pytest.mark.parametrize(
    ("format", "kind", "fields"),
    [
        ("csv", "tickets", "{id: Nr, event.reply: Mail, role.agent: Staff}"),
        ("json", "tickets", "{records: a.b, events: log, events.at: when, id: key}"),
        ("xlsx", "outages", "{sheet: A, begins: From, kind.maintenance: planned}"),
        ("jira", "tickets", "{severity: customfield_10050, id: Vorgang}"),
        ("github", "tickets", '{priority: "priority/"}'),
        ("servicenow", "tickets", "{table: sc_task}"),
        ("prometheus", "probes", "{total: a, failed: b, service: job}"),
        ("uptime_kuma", "probes", "{service.shop: '29'}"),
        ("pingdom", "outages", "{from: Start, to: End}"),
    ],
)
def test_a_format_takes_its_fields(tmp_path: Path, format: str, kind: str, fields: str) -> None:
    checked(tmp_path, format, kind, fields)


@pytest.mark.parametrize(
    ("format", "kind", "fields", "why"),
    [
        ("csv", "tickets", "{priorty: P}", "priorty: is not a field of tickets in csv; .*priority"),
        (
            "csv",
            "outages",
            "{title: P}",
            "title: is not a field of outages in csv; it takes id, serv",
        ),
        ("csv", "tickets", "{roles.agent: P}", "is not a field of tickets in csv"),
        ("github", "tickets", "{sheet: P}", "is not a field of tickets in github"),
    ],
)
def test_a_field_that_nobody_reads_is_an_error(
    tmp_path: Path, format: str, kind: str, fields: str, why: str
) -> None:
    with pytest.raises(ContractError, match=why):
        checked(tmp_path, format, kind, fields)


def test_every_format_says_its_fields_for_every_kind() -> None:
    assert all(set(each.FIELDS) == set(each.KINDS) for each in SYSTEMS.values())
