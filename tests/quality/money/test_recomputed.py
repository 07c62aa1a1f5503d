"""A second, independent computation gives the same amounts, from what is printed alone."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quality.model.evaluation import Evaluation
from reports.scorecard import json as printed
from tests.quality.money import drawn, second

notes = st.lists(st.integers(-500, 500), max_size=drawn.MOST)


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
        "earnbacks": {
            (e["service_level"], ids.index(e["period"])): exact(e["amount"])
            for e in credits["earnbacks"]
        },
        "balance": exact(document["balance"]),
    }


@given(drawn.contracts(), drawn.rows, notes)
@settings(max_examples=150, deadline=None)
def test_the_second_computation_gives_the_same(texts, values, notes):
    documents = [said(each) for each in drawn.evaluated(drawn.family(texts), values, notes)]
    ids = [each["period"]["id"] for each in documents]
    found = second.money(texts, documents)
    for document, mine in zip(documents, found, strict=True):
        assert mine == amounts(document, ids), document["period"]["id"]
