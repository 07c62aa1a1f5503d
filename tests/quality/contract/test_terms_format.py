# ruff: noqa: E501
"""The commercial sections of the contract file: what disagrees, where, and what to do about it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from quality.contract.file import parse_contract
from quality.contract.schema import contract_schema
from quality.contract.template import TEMPLATE
from quality.model.amounts import MINOR_DIGITS
from tests.quality.contracts import PATH, SMALL, parse, problems

FULL = (
    SMALL.split("gate:", maxsplit=1)[0]
    + """\
    allocation: 60
    event_group: release
    clause: "Schedule 4, 2.3"
  - id: TQ-2
    class: critical
    indicator: tests.ratio
    expected: 99.9
    minimum: 99.9
    minimum_sample: 1000
    credit:
      kind: ladder
      steps:
        - {worse_than: 99.9, percent: 5}
        - {worse_than: 99, percent: 10}
    bonus: {better_than: 100, amount: 10}
  - {id: TQ-3, class: critical, indicator: duplication.share, minimum: 5, allocation: 40, pool: p}
  - id: TQ-4
    class: critical
    indicator: errors.density
    minimum: 1
    credit: {kind: points, steps: [{worse_than: 1, severity: minor}]}
charges:
  currency: EUR
  amounts:
    - {from: 2026-01-01, amount: 200000}
    - {from: 2027-01-01, amount: 210000.50}
  at_risk: 12
  pool: 200
  pools: [{name: p, percent: 50}]
  annual_cap: 10
credits:
  consecutive: [{failures: 2, multiplier: 1.5}]
  repeated: [{failures: 2, within: 4, multiplier: 1.5}]
  single_event: highest
  earnback: {periods: 2, share: 50}
  bonus_offsets: false
  points: {of: next_period, table: [{points: 5, percent: 0}, {points: 10, percent: 2}]}
continuous_improvement: {every: 4}
consequences:
  - {kind: termination, failures: 2, of: 4, service_levels: [TQ-1], due_days: 30, text: End it.}
clauses:
  - title: Indemnification
    text: |
      The supplier shall
      indemnify the customer.
    applies_to: [termination, TQ-2]
"""
)


def test_all_sections_are_read_and_the_schema_agrees():
    terms = parse(FULL)
    assert terms.charges
    assert (terms.charges.currency, terms.charges.per, terms.charges.minor_digits) == (
        "EUR",
        "quarter",
        2,
    )
    assert terms.clauses[0].text == "The supplier shall\nindemnify the customer."
    assert [level.id for level in terms.service_levels if level.has_terms] == [
        "TQ-1",
        "TQ-2",
        "TQ-3",
        "TQ-4",
    ]
    schema = contract_schema()
    Draft202012Validator.check_schema(schema)
    data = json.loads(json.dumps(YAML(typ="safe", pure=True).load(FULL), default=str))
    assert list(Draft202012Validator(schema).iter_errors(data)) == []


def test_a_contract_without_terms_keeps_its_digest():
    """The digest that was computed of the same content before these sections were known."""
    small = parse(SMALL)
    assert not small.has_terms
    assert small.digest == (
        "sha256:e029f1a106072ce62b736f846771e156bde8af93b3232e1c35ae3c81a62096b3"
    )


def test_defaults_written_out_change_no_digest():
    spelled = FULL.replace("currency: EUR\n", "currency: EUR\n  rounding: half_up\n")
    assert parse(spelled).digest == parse(FULL).digest
    assert parse(FULL.replace("at_risk: 12", "at_risk: 13")).digest != parse(FULL).digest


WRONG = [
    (("currency: EUR", "currency: eur"), 'charges.currency: "eur" must be written in capitals: EUR'),
    (("currency: EUR", "currency: EURO"), 'charges.currency: "EURO" is not a known currency code of '
     "ISO 4217; did you mean EUR?"),
    (("amount: 200000", "amount: 200000.001"), "charges.amounts[0].amount: 200000.001 is too fine: "
     "EUR has 2 decimals"),
    (("currency: EUR", "currency: JPY"), "charges.amounts[1].amount: 210000.5 is too fine: JPY has "
     "no decimals"),
    (("from: 2026-01-01", "from: 2026-02-01"), "charges.amounts[0].from: 2026-02-01 lies after the "
     "contract's start, 2026-01-01: the first amount must hold from there on"),
    (("from: 2027-01-01", "from: 2026-01-01"), "charges.amounts[1].from: 2026-01-01 does not come "
     "after 2026-01-01: sort the amounts, the oldest first"),
    (("annual_cap: 10", "annual_cap: 10\n  annual_cap_amount: 5"), "charges.annual_cap_amount: "
     "stands beside annual_cap: keep one of the two"),
    (("allocation: 60", "allocation: 150.5"), "service_levels[0].allocation: brings the sum of the "
     "allocations to 200.5 %, but the pool holds 200 %: lower an allocation"),
    (("allocation: 40", "allocation: 140"), "service_levels[2].allocation: brings the sum of the "
     "allocations to 140 %, but 100 % of the pool p is all there is: lower an allocation"),
    (("pool: p}", "pool: q}"), 'service_levels[2].pool: "q" is not a pool of this contract; '
     "charges.pools: lists them"),
    (("worse_than: 99,", "worse_than: 99.95,"), "service_levels[1].credit.steps[1].worse_than: "
     "99.95 must be less than the step before (99.9): sort the steps from mild to severe"),
    (("percent: 10}", "percent: 4}"), "service_levels[1].credit.steps[1]: costs less than the step "
     "before it: who fails more must not pay less"),
    (("minimum: 99.9", "minimum: 95"), "service_levels[1].credit.steps[0].worse_than: 99.9 is better "
     "than the minimum (95), and only what is worse than the minimum is failed: make 99.9 the "
     "minimum"),
    (("percent: 10}", "percent: 10, amount: 3}"), "service_levels[1].credit.steps[1]: needs exactly "
     "one of amount and percent"),
    (("severity: minor", "percent: 3"), "service_levels[3].credit.steps[0]: needs exactly one of "
     "points and severity"),
    (("percent: 5}", "percnt: 5}"), "service_levels[1].credit.steps[0].percnt: is not a known key; did "
     "you mean percent?"),
    (("kind: ladder", "kind: ladder\n      factor: 2"), "service_levels[1].credit.factor: does not "
     "belong to kind ladder: remove it"),
    (("allocation: 60", "allocation: 60\n    credit: {kind: fixed, amount: 5}"),
     "service_levels[0].allocation: belongs to kind at_risk, not to fixed: remove one of them"),
    (("better_than: 100", "better_than: 99"), "service_levels[1].bonus.better_than: 99 is worse than "
     "expected (99.9): a bonus is for more"),
    (("within: 4", "within: 1"), "credits.repeated[0].within: 2 failures cannot lie within 1 periods"),
    (("[{failures: 2, multiplier: 1.5}]", "[{failures: 2, multiplier: 0.5}]"),
     "credits.consecutive[0].multiplier: is under 1, which would reward failing again: use 1 or "
     "more"),
    (("{points: 10, percent: 2}", "{points: 5, percent: 2}"), "credits.points.table[1]: must have "
     "more points and no lower percentage than the row above it"),
    (("failures: 2, of: 4", "of: 4"), "consequences[0]: needs exactly one of failures, points and "
     "credits"),
    (("[TQ-1]", "[TQ-9]"), 'consequences[0].service_levels[0]: "TQ-9" is not a service level of this '
     "contract; did you mean TQ-4?"),
    (("[termination, TQ-2]", "[terminaton]"), 'clauses[0].applies_to[0]: "terminaton" is not a service '
     "level of this contract; did you mean termination?"),
    (("periods: 2", "periods: 0"), "credits.earnback.periods: must be a whole number from 1 to "
     "1,000,000"),
    (("bonus_offsets: false", "bonus_offsets: 1"), "credits.bonus_offsets: must be true or false, "
     "not a number"),
    (("indicator: duplication.share, minimum: 5", "indicator: complexity.max, minimum_sample: 3, "
      "minimum: 5"), "service_levels[2].minimum_sample: does not belong to complexity.max: it is "
     "not a ratio"),
    (("class: critical, indicator: duplication", "class: key, indicator: duplication"),
     "service_levels[2].allocation: belongs to critical service levels only: no money hangs on "
     "class key"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), WRONG, ids=[line[:50] for _, line in WRONG])
def test_a_disagreement_says_where_what_and_what_to_do(change, line):
    assert FULL.count(change[0]) == 1, change
    found = problems(FULL.replace(*change))
    assert [text.split(": ", 1)[1] for text in found] == [line]
    assert PATH.name == "acme.contract.yaml"


def test_money_needs_charges():
    text = FULL[: FULL.index("charges:\n")] + FULL[FULL.index("credits:\n") :]
    found = [line.split(": ", 1)[1] for line in problems(text)]
    assert "service_levels[0].allocation: needs the section charges: what the supplier is paid" in (
        found
    )


def test_an_allocation_needs_its_percentage_at_risk():
    found = [line.split(": ", 1)[1] for line in problems(FULL.replace("  at_risk: 12\n", ""))]
    what = "allocation: needs charges.at_risk: the percentage of the charges at risk"
    assert found == [f"service_levels[{number}].{what}" for number in (0, 2)]


def test_minor_units():
    digits = {code: MINOR_DIGITS[code] for code in ("EUR", "JPY", "KWD", "CLF", "ISK")}
    assert digits == {"EUR": 2, "JPY": 0, "KWD": 3, "CLF": 4, "ISK": 0}


def test_the_template_shows_valid_terms():
    text = TEMPLATE.replace("#| ", "").replace("#|", "")
    text = text.replace(
        "    expected: 5\n    minimum: 8\n", "    expected: 5\n    minimum: 8\n    allocation: 60\n"
    )
    of = parse_contract(text.encode(), Path("acme.contract.yaml"))
    assert of.charges
    assert of.credits.earnback
    assert len(of.consequences) == 1
