"""A small contract that tests change, and the problems that a changed one has."""

import re
from pathlib import Path

import pytest

from quality.contract.contract import Contract
from quality.contract.file import parse_contract
from quality.contract.text.problem import ContractError

PATH = Path("acme.contract.yaml")
SMALL = """\
format: workmanship.contract/1
contract:
  id: ACME-2026-01
  customer: Northwind Retail
  supplier: Acme Software
  starts: 2026-01-01
  ends: 2027-12-31
  period: quarter
  timezone: Europe/Berlin
  recipe: "2026.2"
repositories:
  - name: billing
    url: https://git.acme.example/billing.git
    branch: main
service_levels:
  - id: TQ-1
    class: critical
    indicator: complexity.nloc_share
    above: 20
    expected: 5
    minimum: 8
gate:
  - id: G-1
    rule: function.ccn
    at_most: 15
"""


def small(*changes: tuple[str, str]) -> str:
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def parse(text: str | bytes) -> Contract:
    return parse_contract(text if isinstance(text, bytes) else text.encode(), PATH)


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(ContractError) as caught:
        parse(text)
    lines = [str(problem) for problem in caught.value.problems]
    assert str(caught.value) == "\n".join(lines)
    assert len(lines) == len(str(caught.value).splitlines()) > 0
    assert all(re.match(r"acme\.contract\.yaml:\d+:\d+: .+: ", line) for line in lines)
    return [line.removeprefix("acme.contract.yaml:") for line in lines]
