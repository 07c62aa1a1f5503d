"""Services of several parties: a second in which one's failure took another's service along falls
on the one alone, by the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.contract.text.problem import ContractError
from quality.model.verdict import Measured
from reports.scorecard.page import html
from tests.operations import Operations

PARTIES = """\
parties:
  - {name: shops, services: ["shop*"]}
  - {name: network, services: ["WAN*"]}
services:
  - {name: shop}
  - {name: wan-1, named: [uplink]}
"""
SHOP = ("{id: S, class: critical, indicator: service.availability, service: shop, party: shops, "
        "minimum: 99.85, relieved_by: [network]}")  # fmt: skip
WAN = ("{id: W, class: critical, indicator: service.availability, service: wan-1, "
       "party: network, minimum: 99.9}")  # fmt: skip
LONGEST = ("{id: L, class: key, indicator: service.longest_outage, service: shop, "
           "minimum: 3600, relieved_by: [network]}")  # fmt: skip
MAY = 31 * 86400
READ = "2026-06-01 06:00"


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


def outage(name: str, service: str, begins: str, ends: str) -> str:
    return f"{name},{service},,2026-05-04 {begins},2026-05-04 {ends},,"


@pytest.mark.slow
def test_a_second_of_anothers_failure_falls_on_the_other_alone(desk: Operations) -> None:
    desk.agreed(SHOP, WAN, LONGEST, more=PARTIES)
    desk.came(READ, list=[
        outage("1", "shop", "10:00", "12:00"), outage("2", "uplink", "09:30", "11:00"),
    ])  # fmt: skip
    # the network was down for 5,400 s and may be for 2,678: it failed, from 09:30 to 11:00
    wan = desk.verdict("W", "2026-05")
    assert (wan.outcome, wan.measured) == ("failed", Measured(MAY - 5400, MAY, 100))
    shop = desk.verdict("S", "2026-05")
    assert (shop.outcome, shop.measured) == ("met", Measured(MAY - 7200, MAY - 3600, 100))
    assert shop.without
    assert (shop.without.outcome, shop.without.measured) == (
        "failed", Measured(MAY - 7200, MAY, 100)
    )  # fmt: skip
    assert dict(shop.parts)["seconds excused"] == 3600
    values = [each.deciding.value for each in (shop.without, shop) if each.deciding]
    assert [f"{value:.3f} %" for value in values] == ["99.731 %", "99.865 %"]  # as the guide says
    longest = desk.verdict("L", "2026-05")
    assert longest.measured
    assert longest.measured.exact == 3600
    (evaluation,) = desk.evaluate("2026-05")
    page = html.page(evaluation)
    assert "Who answers for what" in page
    assert "Without relief by the failure of network: 99.7" in page


@pytest.mark.slow
def test_a_party_that_kept_its_own_level_relieves_nobody(desk: Operations) -> None:
    desk.agreed(SHOP, WAN, more=PARTIES)
    desk.came(READ, list=[
        outage("1", "shop", "10:00", "12:00"), outage("2", "uplink", "10:00", "10:44"),
    ])  # fmt: skip
    assert desk.verdict("W", "2026-05").outcome == "met"  # 2,640 s of 2,678
    shop = desk.verdict("S", "2026-05")
    assert (shop.outcome, shop.without) == ("failed", None)


def test_what_nobody_knows_of_the_other_is_no_relief(desk: Operations) -> None:
    desk.agreed(
        SHOP.replace("minimum", "source: list, minimum"),
        WAN.replace("minimum", "source: other, minimum"),
        more=PARTIES, sources="list outages supplier; other outages customer",
    )  # fmt: skip
    desk.came(READ, list=[outage("1", "shop", "10:00", "12:00")])
    assert desk.verdict("W", "2026-05").outcome == "unknown"
    assert desk.verdict("S", "2026-05").outcome == "failed"


def test_two_parties_cannot_relieve_each_other(desk: Operations) -> None:
    desk.agreed(SHOP, WAN.replace("99.9}", "99.9, relieved_by: [shops]}"), more=PARTIES)
    with pytest.raises(ContractError, match="is relieved by shops itself: a second in which both"):
        desk.came(READ, list=[])


def test_a_party_must_run_the_service(desk: Operations) -> None:
    desk.agreed(SHOP, WAN.replace("party: network", "party: shops"), more=PARTIES)
    with pytest.raises(ContractError, match='shops does not run "wan-1": add it to its services'):
        desk.came(READ, list=[])
