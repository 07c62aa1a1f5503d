"""Contracts of all clauses together, drawn at random."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from quality.contract.periods import Period, periods
from quality.model.amounts import MINOR_DIGITS

Tree = dict[str, Any]
REPOSITORIES = ("billing", "portal")
INDICATORS: Mapping[str, Tree] = {
    "A": {"indicator": "complexity.nloc_share", "above": 20},
    "B": {"indicator": "duplication.share"},
    "C": {"indicator": "errors.density"},
    "D": {"indicator": "tests.ratio"},
    "E": {"indicator": "measured.share"},
    "G": {"indicator": "complexity.max"},
}
HIGH = ("D", "E")  # where high is good
MOST = 12  # periods
SPANS = ("year", "year", "quarter", "month")
Drawn = st.DrawFn


def percent(most: int = 100) -> st.SearchStrategy[float]:
    return st.integers(0, most * 100).map(lambda number: number / 100)


def times() -> st.SearchStrategy[float]:
    return st.integers(100, 300).map(lambda number: number / 100)


def some(draw: Drawn, **keys: st.SearchStrategy[Any]) -> Tree:
    """Each of these keys, or not."""
    return {key: draw(value) for key, value in keys.items() if draw(st.booleans())}


def money(draw: Drawn, currency: str, most: int = 100_000) -> float | int:
    digits = MINOR_DIGITS[currency]
    whole = draw(st.integers(1, most * 10**digits))
    return whole / 10**digits if digits else whole


@st.composite
def contracts(draw: Drawn, amended: bool = True, currency: str = "") -> tuple[str, ...]:
    """A contract and up to two amendments, as text; they stand in no order."""
    months = draw(st.sampled_from((1, 3)))
    starts = date(2025, 1, 1) + timedelta(draw(st.integers(0, 800)))
    ends = starts + timedelta(draw(st.integers(60, 31 * months * MOST)))
    currency = currency or draw(st.sampled_from(("EUR", "JPY", "KWD")))
    head = {
        "id": "ACME-1", "customer": "Northwind", "supplier": "Acme", "starts": str(starts),
        "ends": str(ends), "period": "month" if months == 1 else "quarter",
        "timezone": "Europe/Berlin", "recipe": "2026.2",
    }  # fmt: skip
    head |= some(draw, settle_days=st.integers(0, 60), dispute_days=st.integers(0, 60))
    spans = [(str(each.start), str(each.end)) for each in _days(months, starts, ends)]
    found = [_contract(draw, head, currency, spans)]
    days = draw(st.lists(st.integers(1, (ends - starts).days), max_size=2 * amended, unique=True))
    for number, after in enumerate(days, 2):
        effective = str(starts + timedelta(after))
        later = head | {"id": f"ACME-{number}", "amends": "ACME-1", "effective": effective}
        found.append(_contract(draw, later, currency, spans))
    return tuple(json.dumps(each) for each in found)


@st.composite
def frameworks(draw: Drawn) -> dict[str, tuple[str, ...]]:
    """Two or three contracts with amendments that share a cap, by their ids."""
    currency = draw(st.sampled_from(("EUR", "JPY", "KWD")))
    shared = {
        "id": "FW-7",
        "cap": money(draw, currency, 20_000),
        "per": draw(st.sampled_from(SPANS)),
    }
    if shared["per"] == "year":
        shared["starts"] = str(date(2024, 12, 1) + timedelta(draw(st.integers(0, 31))))
    found = {}
    for name in ("FIRST", "SECOND", "THIRD")[: draw(st.integers(2, 3))]:
        texts = (each.replace("ACME-", f"{name}-") for each in draw(contracts(currency=currency)))
        found[f"{name}-1"] = tuple(
            json.dumps(json.loads(each) | {"framework": shared}) for each in texts
        )
    return found


def _days(months: int, starts: date, ends: date) -> tuple[Period, ...]:
    @dataclass
    class Term:
        starts: date
        ends: date
        period: Any

    return periods(Term(starts, ends, "month" if months == 1 else "quarter"), ends)


def _contract(draw: Drawn, head: Tree, currency: str, spans: list[tuple[str, str]]) -> Tree:
    names = draw(st.lists(st.sampled_from(sorted(INDICATORS)), min_size=4, unique=True))
    levels = [_level(draw, name, currency, spans) for name in names]
    content = {
        "format": "workmanship.contract/1",
        "contract": head,
        "repositories": [{"name": n, "url": f"./{n}", "branch": "main"} for n in REPOSITORIES],
        "service_levels": levels,
        "charges": _charges(draw, head, currency, levels),
        "credits": _credits(draw),
    }
    improvement = {
        "every": draw(st.integers(1, 3)), "at_most": draw(percent()),
        **some(draw, best=st.integers(1, 2), decimals=st.integers(0, 3)),
    }  # fmt: skip
    if draw(st.integers(0, 4)) == 4:
        content["credits"]["claim_days"] = draw(st.integers(1, 60))
    by_days = {"by_days": draw(st.sampled_from((True, True, False)))}
    return content | some(
        draw, continuous_improvement=st.just(improvement), excusals=st.just(by_days)
    )


def _charges(draw: Drawn, head: Tree, currency: str, levels: list[Tree]) -> Tree:
    first = date.fromisoformat(head.get("effective", head["starts"]))
    offsets = draw(st.lists(st.integers(1, 900), max_size=4, unique=True))
    days = [str(first + timedelta(each)) for each in sorted(offsets)]
    cut = draw(st.integers(0, len(days)))
    amounts = [{"from": day, "amount": money(draw, currency)} for day in (str(first), *days[:cut])]
    found = {"currency": currency, "amounts": amounts, "pool": 900} | some(
        draw,
        per=st.sampled_from(("month", "quarter", "year")),
        pro_rata=st.booleans(),
        rounding=st.sampled_from(("half_up", "half_even", "down", "up")),
    )
    if days[cut:]:
        found["indexation"] = [{"from": day, "percent": draw(percent(20))} for day in days[cut:]]
    if pools := {each["pool"] for each in levels if "pool" in each}:
        found["pools"] = [{"name": name, "percent": draw(percent())} for name in sorted(pools)]
    by_year = st.lists(percent(), min_size=1, max_size=3)
    share = st.integers(10, 90)
    at_risk: list[Tree] = [{"at_risk": draw(share)}, {"at_risk_by_year": draw(by_year)}]
    if not any("allocation" in each for each in levels):
        at_risk.append({})
    found |= draw(st.sampled_from(at_risk))
    caps = ({}, {"annual_cap": draw(percent())}, {"annual_cap_amount": money(draw, currency)})
    return found | draw(st.sampled_from(caps))


def _level(draw: Drawn, name: str, currency: str, spans: list[tuple[str, str]]) -> Tree:
    low, more = draw(st.integers(5, 40)), draw(st.integers(0, 30))
    expected, minimum = (low + more, low) if name in HIGH else (low, low + more)
    limits = {"expected": expected, "minimum": minimum}
    found = {"id": name, "class": "critical", **limits, **INDICATORS[name]}
    found |= some(
        draw,
        scope=st.just("each-repository"),
        event_group=st.sampled_from(("E1", "E1", "E2")),
        shared=st.builds(lambda part: {"id": "S", "percent": part}, st.integers(1, 100)),
    )
    if draw(st.booleans()):
        found |= {"bonus": _bonus(draw, name, expected, currency)}
    if draw(st.integers(0, 5)) == 5:
        found["grace"] = draw(st.integers(1, 3))
    if draw(st.integers(0, 5)) == 5:
        begin = draw(st.integers(0, len(spans) - 1))
        end = draw(st.integers(begin, len(spans) - 1))
        found["suspended"] = [{"from": spans[begin][0], "to": spans[end][1]}]
    found |= _credit(draw, name, minimum, currency)
    if found.keys().isdisjoint(("bonus", "credit", "allocation")):
        found["class"] = draw(st.sampled_from(("critical", "key")))
    return found


def _bonus(draw: Drawn, name: str, expected: int, currency: str) -> Tree:
    by = draw(st.integers(0, 5))
    limit = {"better_than": expected + by if name in HIGH else max(expected - by, 0)}
    kinds = ({"percent": draw(percent(5))}, {"amount": money(draw, currency, 500)})
    return limit | draw(st.sampled_from(kinds))


def _credit(draw: Drawn, name: str, minimum: int, currency: str) -> Tree:
    kinds = ("none", "at_risk", "pool", "fixed", "per_day", "ladder", "difference", "points")
    kind = draw(st.sampled_from(kinds))
    if kind == "none":
        return {}
    if kind in ("at_risk", "pool"):
        found = {"allocation": draw(percent(90 if kind == "at_risk" else 16))}
        return found | ({"pool": draw(st.sampled_from(("P", "Q")))} if kind == "pool" else {})
    rounds = {"decimals": draw(st.integers(0, 2))} if draw(st.booleans()) else {}
    if rounds:
        rounds |= some(draw, round=st.sampled_from(("half_up", "half_even", "down", "up")))
    of = some(draw, of=st.sampled_from(("charges", "at_risk")))
    target = some(draw, target=st.sampled_from(("expected", "minimum")))
    if kind == "fixed":
        return {"credit": {"kind": "fixed", "amount": money(draw, currency, 5000)}}
    if kind == "per_day":
        daily = {"kind": "per_day", "amount": money(draw, currency, 50)}
        return {"credit": daily | ({"cap": money(draw, currency)} if draw(st.booleans()) else {})}
    if kind == "difference":
        more = some(draw, factor=percent(3))
        return {"credit": {"kind": "target_minus_actual", **rounds, **of, **target, **more}}
    steps = _steps(draw, name, minimum, points=kind == "points", currency=currency)
    of = of if kind == "ladder" else {}
    return {"credit": {"kind": kind, "steps": steps, **rounds, **target, **of}}


def _steps(draw: Drawn, name: str, minimum: int, *, points: bool, currency: str) -> list[Tree]:
    by = draw(st.sampled_from(("worse_than", "shortfall_over")))
    offsets = sorted(draw(st.lists(st.integers(0, 40), min_size=1, max_size=3, unique=True)))
    if by == "worse_than":
        begins = [minimum - n if name in HIGH else minimum + n for n in offsets]
        begins = [each for each in begins if each >= 0] or [minimum]
    else:
        begins = offsets
    prices = {
        "amount": lambda: money(draw, currency, 5000), "percent": lambda: draw(percent(20)),
        "points": lambda: draw(st.integers(0, 9)),
    }  # fmt: skip
    key = "points" if points else draw(st.sampled_from(("amount", "percent")))
    costs: list[Any] = sorted(prices[key]() for _ in begins)
    if points and draw(st.booleans()):
        key, costs = "severity", ["minor", "serious", "severe"][: len(begins)]
    return [{by: begin, key: cost} for begin, cost in zip(begins, costs, strict=True)]


def _credits(draw: Drawn) -> Tree:
    failures = st.integers(1, 4)
    consecutive = st.fixed_dictionaries({"failures": failures, "multiplier": times()})
    repeated = st.builds(
        lambda failures, more, multiplier: {
            "failures": failures, "within": failures + more, "multiplier": multiplier
        },
        failures, st.integers(0, 3), times(),
    )  # fmt: skip
    back = st.sampled_from(({"by": "yearly_average"}, {"periods": 1}, {"periods": 2}))
    rows = st.sampled_from(([{"points": 1, "percent": 2}, {"points": 7, "percent": 4.5}],))
    points = some(draw, minor=st.just(1), below_threshold=st.integers(4, 6), repeat=times(),
                  of=st.sampled_from(("this_period", "next_period")))  # fmt: skip
    prices = ({}, {"table": draw(rows)}, {"percent_per_point": draw(percent(3))})
    points |= draw(st.sampled_from(prices))
    return some(
        draw,
        consecutive=st.lists(consecutive, max_size=2),
        repeated=st.lists(repeated, max_size=2),
        by_year=st.lists(times(), min_size=1, max_size=3),
        single_event=st.sampled_from(("highest", "customer_choice", "each")),
        reweighting=st.builds(
            lambda days, times: {"notice_days": days, "times_a_year": times},
            st.integers(0, 60),
            st.integers(1, 2),
        ),
        earnback=st.builds(
            lambda rule, share, points: rule | {"share": share, "points": points},
            back,
            percent(),
            st.booleans(),
        ),
        carry_over=st.builds(lambda periods: {"periods": periods}, st.integers(1, 3)),
        bonus_offsets=st.booleans(),
        points=st.just(points),
    )
