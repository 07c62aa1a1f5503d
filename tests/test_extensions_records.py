"""A source of tickets, added by what CONTRIBUTING names: Redmine's issues with their journals."""

import json
from typing import Any

import pytest

from tests.houses import TERM, House

pytestmark = pytest.mark.slow

CONTRACT = (
    TERM
    + """\
sources:
  - {name: desk, kind: tickets, format: redmine, file: issues.json, declared_by: supplier}
calendars:
  - {name: always, timezone: UTC, hours: {mon-sun: ["00:00-24:00"]}}
support:
  statuses: {resolved: [Resolved], closed: [Closed], open: [New, In Progress]}
  policies:
    - {name: all, otherwise: true, calendar: always, targets: {resolution: 8 h}}
service_levels:
  - {id: S-1, class: critical, indicator: tickets.resolution, minimum: 80}
"""
)


def issue(number: int, *changes: tuple[str, str]) -> dict[str, Any]:
    """An issue of 1 February 2024, ten o'clock; each change: when, and the new status."""
    journals, before = [], "New"
    for at, after in changes:
        detail = {"property": "attr", "name": "status", "old_value": before, "new_value": after}
        journals.append({"created_on": at, "user": {"name": "Ann"}, "details": [detail]})
        before = after
    return {"id": number, "subject": f"issue {number}", "status": {"name": before},
            "created_on": "2024-02-01T10:00:00Z", "author": {"name": "Bob"},
            "journals": journals}  # fmt: skip


# The first is resolved after 3 hours, the second after 9: one of two within eight.
ISSUES = [
    issue(1, ("2024-02-01T11:00:00Z", "In Progress"), ("2024-02-01T13:00:00Z", "Resolved")),
    issue(2, ("2024-02-01T19:00:00Z", "Resolved")),
]


def add_a_source(house: House) -> None:
    house.add("collectors/records/trackers/redmine.py", '''\
"""Redmine: issues with their journals."""

from collectors.records.mapped.fields import identity, text
from collectors.records.shapes import a_dict, a_list
from collectors.records.stamps import Stamps
from collectors.records.text import line_of
from collectors.records.trackers import files
from collectors.records.trackers.history import History
from quality.model.records import Ticket

KINDS = files.KINDS
FIELDS = dict.fromkeys(KINDS, ())
REVISION = 1


def read(file, asked):
    stamps = Stamps(asked)
    issues = files.items(file, "issues", asked.encoding)
    return files.each(issues, lambda issue: ticket(issue, stamps))


def ticket(issue, stamps):
    author = text(a_dict(issue.get("author")).get("name"))
    history = History(stamps.of(issue.get("created_on")), (author, ""))
    for journal in a_list(issue.get("journals")):
        at = stamps.of(journal.get("created_on"))
        for detail in a_list(journal.get("details")):
            if detail.get("name") == "status":
                history.change(at, "status", detail.get("old_value"), detail.get("new_value"))
    history.now("status", a_dict(issue.get("status")).get("name"))
    return Ticket(identity(issue.get("id")), line_of(issue.get("subject")), history.events())
''')  # fmt: skip
    registry = "collectors/records/systems.py"
    house.edit(registry, "jira, servicenow, zammad\n", "jira, redmine, servicenow, zammad\n")
    house.edit(
        registry, '    "zammad": zammad,\n', '    "zammad": zammad,\n    "redmine": redmine,\n'
    )
    row = "| `prometheus` | probes |"
    house.edit("collectors/records/README.md", row,
               f"| `redmine` | defects, tickets | no | issues with journals |\n{row}")  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house"))
    add_a_source(house)
    (house.folder / "acme.contract.yaml").write_text(CONTRACT, "utf-8")
    (house.folder / "issues.json").write_text(json.dumps({"issues": ISSUES}), "utf-8")
    done = house.run("import", "acme.contract.yaml")
    assert done.returncode == 0, done.stderr
    return house


def test_the_new_source_is_read_and_its_tickets_judged(house: House) -> None:
    done = house.run("evaluate", "acme.contract.yaml", "--period", "2024-Q1", "--format", "json")
    assert done.returncode == 1, done.stderr
    (level,) = json.loads(done.stdout)["service_levels"]
    assert (level["numerator"], level["denominator"], level["outcome"]) == (1, 2, "failed")


def test_contributing_names_every_file_that_was_touched(house: House) -> None:
    assert house.unnamed("Add a source of tickets, defects, outages or probes") == []
