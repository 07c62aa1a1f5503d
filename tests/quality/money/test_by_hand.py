"""What public templates of contracts come to, against amounts that were worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from quality.verdicts.simulation import simulated
from tests.quality.money.ledgers_drawn import family

CASES = YAML(typ="safe").load(Path(__file__).with_name("by_hand.yaml"))
HEAD = """\
format: workmanship.contract/1
contract:
  id: X-%s
  customer: State
  supplier: Vendor
  timezone: Europe/Berlin
  recipe: "2026.2"
%s
repositories: [{name: r, url: ./r, branch: main}]
"""


def text(number: int, contract: Mapping[str, Any]) -> str:
    """A contract, or its amendment of some number."""
    said = contract["head"] | ({"amends": "X-0"} if number else {})
    return HEAD % (number, "\n".join(f"  {k}: {v}" for k, v in said.items())) + contract["terms"]


def supposed(values: str) -> Mapping[str, Decimal]:
    pairs = (each.split("=") for each in values.split(",") if each)
    return {name: Decimal(value) for name, value in pairs}


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_by_hand(case: Mapping[str, Any]) -> None:
    of = family([text(*each) for each in enumerate(case["contracts"])])
    (found,) = simulated([of], [[supposed(each) for each in case["values"]]])
    bills = [each.credits for each in found if each.credits]
    (key,) = case.keys() - {"name", "why", "contracts", "values"}
    amounts: list[Any] = [getattr(bill, key) for bill in bills]
    if key == "consequences":
        amounts = [[each.kind for each in due] for due in amounts]
    else:
        amounts = list(map(str, amounts))
    assert amounts == case[key], case["why"]
