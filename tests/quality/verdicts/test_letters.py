"""Names in letters whose small forms Python and the database write in two ways: a service, a cause
or a status of such a name counts as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.model.verdict import Measured
from tests.operations import Operations

MAY = 31 * 86400
READ = "2026-06-01 06:00"
NAMES = ("ΑΠΟΘΗΚΗΣ", "İŞLEM", "STRASSE")


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_an_outage_of_a_service_is_found_by_its_name(desk: Operations, name: str) -> None:
    """An hour of May, and another one that is taken out for its cause."""
    desk.agreed(
        f"{{id: S, class: critical, indicator: service.availability, service: {name}, "
        "minimum: 99.9}",
        more=f"services:\n  - {{name: {name}, not_counted: ['{name}*']}}\n",
    )
    desk.came(READ, list=[
        f"1,{name},,2026-05-04 10:00,2026-05-04 11:00,,",
        f"2,{name},,2026-05-05 10:00,2026-05-05 11:00,,{name} 2",
    ])  # fmt: skip
    assert desk.verdict("S", "2026-05").measured == Measured(MAY - 7200, MAY - 3600, 100)


@pytest.mark.parametrize("name", NAMES)
def test_a_defect_has_the_status_and_the_severity_of_its_name(desk: Operations, name: str) -> None:
    """Of three defects one is rejected, one is of the mild severity."""
    desk.agreed(
        "{id: G, class: key, indicator: defects.open, severity: Grave, minimum: 9}",
        "{id: M, class: key, indicator: defects.open, minimum: 9}",
        sources="bugs defects supplier",
        more=f"defects: {{severities: [Grave, {name}], rejected: [{name}]}}\n",
    )
    desk.came(READ, bugs=[
        "1,2026-05-04 10:00,created,", "1,2026-05-04 10:00,severity,Grave",
        "2,2026-05-04 10:00,created,", f"2,2026-05-04 10:00,severity,{name}",
        "3,2026-05-04 10:00,created,", "3,2026-05-04 10:00,severity,Grave",
        f"3,2026-05-05 10:00,status,{name}",
    ])  # fmt: skip
    found = {each: desk.verdict(each, "2026-05").measured for each in "GM"}
    assert found == {"G": Measured(1, 1, 1), "M": Measured(2, 1, 1)}
