"""What holds for random contracts of all clauses together, whatever happens under them.

The first of it: a second, independent computation gives the same amounts, from what is printed.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quality.contract.amendments import Family
from quality.contract.periods import contract_year, periods
from quality.model.evaluation import Evaluation
from quality.model.statement import CreditStatement
from reports.scorecard import csv as table
from reports.scorecard import json as printed
from reports.scorecard.page import html
from tests.examples import examples
from tests.quality.money import (
    drawn,
    played,
    second,
    second_framework,
    second_limits,
    second_prices,
    second_term,
)
from tests.quality.money.ledgers_drawn import family, ledgers

notes = st.lists(st.integers(-500, 500), max_size=drawn.MOST)
number = st.integers(0, drawn.MOST - 1)
name = st.sampled_from(sorted(drawn.INDICATORS))
today = st.sampled_from((None, None, date(2026, 6, 1), date(2099, 1, 1)))


def said(evaluation: Evaluation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed.render([evaluation]))
    return found


def amounts(document: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """What the program's statement says, in the form of the second computation's."""
    credits, exact = document["credits"], Fraction
    annual = credits["annual"] and {
        key: exact(credits["annual"][key]) for key in ("cap", "used", "left", "lapsed")
    }
    keys = (
        "charges",
        "at_risk_amount",
        "uncapped",
        "lapsed",
        "offset",
        "bonus_due",
        "total",
        "net",
    )
    return {
        **{key: exact(credits[key]) for key in keys},
        "charged": {e["service_level"]: exact(e["charged"]) for e in credits["steps"]},
        "paid": {e["service_level"]: exact(e["paid"]) for e in credits["steps"]},
        "points": {e["service_level"]: exact(e["charged_points"]) for e in credits["points"]},
        "annual": annual,
        "carried": {ids.index(e["period"]): exact(e["amount"]) for e in credits["carried"]},
        "earnbacks": {
            (e["service_level"], ids.index(e["period"])): exact(e["amount"])
            for e in credits["earnbacks"]
        },
        "balance": exact(document["balance"]),
    }


@given(st.data(), drawn.contracts(), played.rows, notes, today)
@examples(25)
def test_the_second_computation_gives_the_same(data, texts, values, notes, today):
    of = family(texts, data.draw(ledgers(texts)))
    documents = [said(each) for each in played.evaluated(of, values, notes, today)]
    ids = [each["period"]["id"] for each in documents]
    found = second.money(texts, documents)
    for document, mine in zip(documents, found, strict=True):
        assert mine == amounts(document, ids), document["period"]["id"]
    for document, mine in zip(documents, second_limits.limits(texts, documents), strict=True):
        limits = {e["id"]: Fraction(str(e["expected"])) for e in document["service_levels"]}
        assert mine == limits, document["period"]["id"]


def test_the_second_computation_is_independent_and_short():
    lines = 0
    beside = (second_limits, second_framework)  # what is expected, and what several contracts share
    for module in (second, second_prices, second_term, *beside):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        names = [each.module or "" for each in nodes if isinstance(each, ast.ImportFrom)]
        names += [a.name for each in nodes if isinstance(each, ast.Import) for a in each.names]
        own = [each for each in names if each.split(".")[0] in ("quality", "reports", "tests")]
        assert all(each.startswith("tests.quality.money.second") for each in own)
        texts = {n.value.lineno for n in nodes if isinstance(n, ast.Expr)
                 and isinstance(n.value, ast.Constant)}  # fmt: skip
        imports = {each.lineno for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)
                   for each in ast.walk(node) if hasattr(each, "lineno")}  # fmt: skip
        if module not in beside:
            lines += len({n.lineno for n in nodes if hasattr(n, "lineno")} - texts - imports)
    assert lines <= 300


def bills(of: Family, values: Sequence[played.Row]) -> list[CreditStatement]:
    return [each.credits for each in played.evaluated(of, values) if each.credits]


def no_more(some: Sequence[CreditStatement], others: Sequence[CreditStatement], of: Family) -> bool:
    """Whether no period claims more than another time, before the caps, nor a year after them."""
    days = {each.id: each.end for each in periods(of, of.ends)}

    def years(bills: Sequence[CreditStatement]) -> list[Decimal]:
        grouped = groupby(bills, key=lambda bill: contract_year(of.starts, days[bill.period])[0])
        return [sum((bill.total for bill in each), Decimal(0)) for _, each in grouped]

    pairs = [(x.uncapped, y.uncapped) for x, y in zip(some, others, strict=True)]
    pairs += zip(years(some), years(others), strict=True)
    return all(x <= y for x, y in pairs)


@given(drawn.contracts(), played.rows)
@examples(15)
def test_no_credit_exceeds_a_cap_and_every_cent_is_somewhere(texts, values):
    of = family(texts)
    found = bills(of, values)
    for bill in found:
        annual = bill.annual
        assert 0 <= bill.total <= bill.cap == bill.at_risk_amount <= bill.charges
        assert annual is None or bill.total <= annual.left
        assert sum((step.charged for step in bill.steps), Decimal(0)) == bill.uncapped
        own = bill.total - bill.carried_over
        assert sum((step.paid for step in bill.steps), Decimal(0)) == own
        lapsed = bill.lapsed + (annual.lapsed if annual else 0)
        assert bill.uncapped - lapsed - bill.offset == own
        assert all(0 <= step.paid <= step.charged <= step.amount for step in bill.steps)
    paid, returned = (sum(getattr(b, key) for b in found) for key in ("total", "returned"))
    assert returned <= paid


@given(drawn.contracts(), played.rows, number, name)
@examples(15)
def test_a_relief_event_never_harms(texts, values, number, name):
    if values[number][name][0] == "excused":
        return
    of = family(texts)
    relieved = [dict(each) for each in values]
    relieved[number][name] = ("excused", values[number][name])
    assert no_more(bills(of, relieved), bills(of, values), of)


@given(drawn.contracts(), played.rows, name, st.integers(1, 30))
@examples(15)
def test_a_looser_minimum_never_raises_a_credit(texts, values, name, by):
    of = family(texts)

    def looser(level):
        if level.id != name or level.minimum is None:
            return level
        minimum = level.minimum + (by if level.indicator.good == "low" else -by)
        return level.model_copy(update={"minimum": max(minimum, Decimal(0))})

    contracts = tuple(
        each.model_copy(update={"service_levels": tuple(map(looser, each.service_levels))})
        for each in of.contracts
    )
    assert no_more(bills(replace(of, contracts=contracts), values), bills(of, values), of)


@given(drawn.contracts(), played.rows, st.randoms())
@examples(15)
def test_no_order_matters(texts, values, random):
    """Of levels, of multipliers, of pools, of files."""
    turned = []
    for text in texts:
        content = json.loads(text)
        credits, charges = content["credits"], content["charges"]
        for section, key in (
            (content, "service_levels"), (credits, "consecutive"), (credits, "repeated"),
            (charges, "pools"), (content, "repositories"),
        ):  # fmt: skip
            if key in section:
                random.shuffle(section[key])
        turned.append(json.dumps(content))
    random.shuffle(turned)
    some, others = (bills(family(each), values) for each in (texts, turned))
    for left, right in zip(some, others, strict=True):
        steps = [{s.service_level: (s.charged, s.paid) for s in b.steps} for b in (left, right)]
        assert (steps[0], left.total, left.net) == (steps[1], right.total, right.net)


@given(drawn.contracts(), played.rows, played.rows, number)
@examples(15)
def test_what_follows_changes_no_period(texts, values, others, cut):
    of = family(texts)
    found = bills(of, values)
    assert bills(of, [*values[:cut], *others[cut:]])[:cut] == found[:cut]
    assert bills(of, values[:cut]) == found[:cut]


TOTALS = re.compile(r'<tr class="total">.*?<td class="num">([^<]*)</td></tr>', re.S)


@given(drawn.contracts(), played.rows, notes)
@examples(6)
def test_page_table_json_and_index_agree(texts, values, notes):
    found = played.evaluated(family(texts), values, notes)
    rows = list(csv.DictReader(io.StringIO(table.render(found[-1:]))))
    for each in found:
        document, page = said(each), html.page(each)
        shown = [Decimal(re.sub(r"[^0-9.]", "", unescape(x))) for x in TOTALS.findall(page)]
        assert shown[0] == Decimal(document["credits"]["total"])
        balance = Decimal(document["balance"])
        assert shown[-1] == abs(balance)
        of_period = [row for row in rows if row["period"] == each.period.id]
        assert {Decimal(row["period_balance"]) for row in of_period} == {balance}
        assert {Decimal(row["period_credit"]) for row in of_period} == {shown[0]}
        paid, booked = (
            sum(Decimal(row[key] or 0) for row in of_period) for key in ("credit_paid", "booked")
        )
        assert paid == shown[0]
        assert booked == balance
        payable = document["payable"]
        assert sum(Decimal(line["amount"]) for line in payable["lines"]) == balance
        assert Decimal(payable["amount"]) == abs(balance)
        assert payable["to"]["party"] == ("customer" if balance >= 0 else "supplier")
        assert payable["from"]["name"] != payable["to"]["name"]
    index = html.index(found[-1:], ["page.html"])
    whole = sum((Decimal(said(each)["balance"]) for each in found), Decimal(0))
    cells = [
        re.sub(r"[^0-9.]", "", unescape(each)) for each in re.findall(r"<td[^>]*>([^<]*)", index)
    ]
    claimed = [each.credits for each in found if each.credits]
    if any(each.unknown for each in claimed) and not any(each.total for each in claimed):
        assert "not known" in index  # what is owed may be more than what is noted
    else:
        assert str(abs(whole)) in cells
