"""What the author of a wrong agreement between parties reads, and when two patterns meet."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.cli.check import remarks
from quality.contract.amendments import load_families
from quality.contract.incentives.clauses import incentives
from quality.contract.sections.parties import Provider, holder, meet
from tests.quality.contracts import parse, problems

CONTRACT = """\
format: workmanship.contract/1
contract: {id: H, customer: A, supplier: B, starts: 2026-01-01, ends: 2027-12-31,
  period: quarter, timezone: Europe/Berlin, recipe: "2026.2"}
sources:
  - {name: desk, kind: tickets, format: csv, file: desk.csv, declared_by: supplier}
  - {name: out, kind: outages, format: csv, file: out.csv, declared_by: supplier}
parties:
  - {name: desk, queues: ["Service Desk*"]}
  - {name: network, queues: ["Network*"], services: [wan]}
support:
  policies:
    - {name: whole, targets: {resolution: 8 h}}
    - {name: lines, party: network, otherwise: true, targets: {resolution: 4 h}}
service_levels:
  - {id: W, class: critical, indicator: tickets.resolution, minimum: 90, relieved_by: [network]}
  - {id: N, class: key, indicator: tickets.resolution, party: network, minimum: 90}
"""


def test_an_agreement_between_parties_is_valid() -> None:
    found = parse(CONTRACT)
    assert [each.party for each in found.service_levels] == ["", "network"]
    assert dict(found.service_levels[1].parameters)["party"] == "network"
    assert [each.name for each in found.support.of("network").policies] == ["lines"]
    assert [each.name for each in found.support.of("").policies] == ["whole"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("party: network, minimum", "party: netwrk, minimum",
         '16: service_levels[1].party: "netwrk" is not a known party; did you mean network?'),
        ("  - {name: desk, queues: [\"Service Desk*\"]}", "  - {name: desk}",
         '8: parties[0].name: "desk" owns nothing: give it queues or services or paths'),
        ("Service Desk*", "*work*",
         '9: parties[1].queues[0]: "Network*" matches names that "*work*" of desk matches '
         "too: each of the queues has one owner"),
        ("name: desk, queues", "name: network, queues",
         '9: parties[1].name: the same name "network" stands on line 8: give each its own'),
        ("party: network, otherwise", "party: lan, otherwise",
         '13: support.policies[1].party: "lan" is not a known party; parties: has desk, network'),
        ("{resolution: 4 h}", "{first_response: 4 h}",
         "16: service_levels[1].party: network owes nothing here: give it a policy with party: "
         "network and targets: {resolution: ...} in support.policies"),
        ("otherwise: true, ", "priority: [P1], ",
         "12: support.policies: of network take no ticket with priority (any other): add a "
         "policy with otherwise: true and party: network, or say others: left_out"),
        ("party: network, minimum", "party: desk, minimum",
         "15: service_levels[0].relieved_by[0]: is judged by no service level with party: "
         "network on its resolution of the same tickets: what is excused here would be nobody's "
         "failure; add one"),
        ("party: network, minimum", "party: network, priority: P1, minimum",
         "15: service_levels[0].relieved_by[0]: is judged by no service level with party: network "
         "on its resolution of the same tickets: what is excused here would be nobody's failure; "
         "add one"),
        ("minimum: 90}", "minimum: 90, relieved_by: [network]}",
         "16: service_levels[1].relieved_by[0]: is the party itself: its own failure is not "
         "relief"),
        ("minimum: 90}", "minimum: 90, relieved_by: [desk]}",
         "16: service_levels[1].relieved_by[0]: does nothing: the clock of network runs in its "
         "own queues alone"),
        ("indicator: tickets.resolution, party: network, minimum: 90",
         "indicator: service.availability, service: shop, party: network, minimum: 99",
         '16: service_levels[1].party: network does not run "shop": add it to its services'),
        ("indicator: tickets.resolution, party: network, minimum: 90",
         "indicator: errors.density, party: network, minimum: 9",
         "16: service_levels[1].party: network has no paths, and code is measured"),
        ("indicator: tickets.resolution, party: network, minimum: 90",
         "indicator: defects.open, party: network, minimum: 9",
         "16: service_levels[1].party: does nothing on defects.open: it belongs to service levels "
         "on tickets, services and code"),
        ("indicator: tickets.resolution, party: network, minimum: 90",
         "indicator: tickets.backlog, relieved_by: [network], minimum: 9",
         "16: service_levels[1].relieved_by: does nothing on tickets.backlog: it belongs to "
         "service levels on clocks of tickets and on services"),
        ("indicator: tickets.resolution, party: network, minimum: 90",
         "indicator: tickets.resolution, party: network, policy: whole, minimum: 90",
         '16: service_levels[1].policy: "whole" is owed by all, from end to end'),
        ("name: whole,", "name: whole, party: network, priority: [P1],",
         "15: service_levels[0].indicator: counts what is owed from end to end, and nothing is: "
         "give support.policies one without party and with targets: {resolution: ...}"),
        ('queues: ["Network*"], ', "",
         "16: service_levels[1].party: network has no queues, and tickets are counted"),
    ],
)  # fmt: skip
def test_what_is_wrong_between_parties(old: str, new: str, problem: str) -> None:
    lines = CONTRACT.rsplit(old, 1) if old == "minimum: 90}" else CONTRACT.split(old, 1)
    found = [re.sub(r"^([0-9]+):[0-9]+", r"\1", each) for each in problems(new.join(lines))]
    assert problem in found


def test_who_has_a_ticket() -> None:
    parties = [
        Provider.model_validate({"name": name, "queues": (pattern,)})
        for name, pattern in (("a", "Net*"), ("b", "*"))
    ]
    assert [holder(parties, each) for each in ("network", "NET", "Desk", "")] == ["a", "a", "b", ""]
    assert holder(parties[:1], "Desk") == ""


NAMES = ["".join(each) for n in range(8) for each in product("ab", repeat=n)]
patterns = st.text("ab*?", min_size=1, max_size=4)


@given(patterns, patterns)
def test_two_patterns_meet_where_a_name_matches_both(one: str, other: str) -> None:
    matched = any(fnmatchcase(each, one) and fnmatchcase(each, other) for each in NAMES)
    assert meet(one, other) is matched


def test_failures_of_others_that_the_supplier_writes_down_himself() -> None:
    found = [each for each in incentives(parse(CONTRACT)) if each.location[-1] == "relieved_by"]
    assert [each.clause for each in found] == [
        "W: that network failed is the supplier's own word (desk)"
    ]
    text = CONTRACT.replace("file: desk.csv, declared_by: supplier",
                            "file: desk.csv, declared_by: customer")  # fmt: skip
    assert [each for each in incentives(parse(text)) if each.location[-1] == "relieved_by"] == []


def test_a_part_that_is_judged_alone_invites_to_move_what_is_bad_to_nobody() -> None:
    text = CONTRACT.replace("{id: N, class: key", "{id: N, class: critical")
    levels = text.splitlines(keepends=True)
    alone = "".join(line for line in levels if "{id: W" not in line)

    def clauses(of: str) -> list[str]:
        return [each.clause for each in incentives(parse(of)) if each.location[-1] == "party"]

    assert clauses(text) == []
    assert clauses(alone) == ["N: what is in nobody's queues is judged nowhere"]


# ---------------------------------------------------------------- several contracts


def pair(folder: Path, old: str = "", new: str = "", other: str = "") -> list[str]:
    """What ``check`` says of two contracts on the same records, the second with a change."""
    (folder / "a.contract.yaml").write_text(CONTRACT, "utf-8")
    text = CONTRACT.replace("id: H,", "id: K,").replace(".csv", f"{other}.csv")
    (folder / "b.contract.yaml").write_text(text.replace(old, new) if old else text, "utf-8")
    for export in re.findall(r"[\w-]+\.csv", CONTRACT + text):
        (folder / export).touch()
    families = load_families([folder / f"{name}.contract.yaml" for name in "ab"])
    return [line.partition("contract.yaml:")[2] for line in remarks(families)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Network*"', '"Net*"', "9:12: parties[1].name: warning: network owns other queues in H: "
         "state the same in both"),
        ("name: desk", "name: help", '8:12: parties[0].name: warning: "Service Desk*" of help '
         'matches names that "Service Desk*" of desk matches in H: each of the queues has one '
         "owner"),
        ("resolution: 4 h", "resolution: 5 h", "9:12: parties[1].name: warning: network owes other "
         "targets in H: what it fails there it may keep here"),
    ],
)  # fmt: skip
def test_contracts_on_the_same_records_divide_alike(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert pair(tmp_path) == []
    assert told in pair(tmp_path, old, new)
    assert [each for each in pair(tmp_path, old, new, "-other") if "in H" in each] == []
