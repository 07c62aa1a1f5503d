"""What a failure costs, and which of several is charged, a second time: see ``second``."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.quality.money.second_term import ALL, NOTHING, Tree, exact, rounded

Amounts = dict[str, Fraction]
SEVERITIES = {"minor": 1, "serious": 2, "severe": 3, "below_threshold": 4}


def better(one: Fraction, other: Fraction, good: str) -> bool:
    return one > other if good == "high" else one < other


def of_year(stated: list[Any] | None, year: int, otherwise: Any) -> Fraction:
    return exact(stated[min(year, len(stated)) - 1] if stated else otherwise)


def part(level: Tree) -> Fraction:
    return exact(level.get("shared", {"percent": 100})["percent"]) / 100


def days(first: date, last: date) -> set[date]:
    return {first + timedelta(each) for each in range((last - first).days + 1)}


def once(found: Amounts, contract: Tree, rules: Tree, told: list[Tree]) -> Amounts:
    """What is charged: of the levels of one event that which the customer chose, else the highest,
    of equals the first by name. Events that share a service level are one."""
    groups = {e["id"]: e.get("event_group") or (e["id"],) for e in contract["service_levels"]}
    for incident in (each for each in told if each["kind"] == "incident"):
        joined = {groups[n] for n in incident["service_levels"] or groups if n in groups}
        groups = {n: (incident["id"],) if each in joined else each for n, each in groups.items()}
    chosen = [each["service_levels"][0] for each in told if each["kind"] == "choice"]
    first: dict[Any, str] = {}
    highest = sorted(found, key=lambda name: (-found[name], name))
    for name in [n for n in chosen if found.get(n)] + highest:
        first.setdefault(groups[name], name)
    each = rules.get("single_event", "each") == "each"
    return {n: a if each or first[groups[n]] == n else NOTHING for n, a in found.items()}


def price(level: Tree, credit: Tree, verdict: Tree, bases: Tree, terms: Tree) -> Fraction:
    """What a failure costs before multipliers, exactly."""
    rate, base = NOTHING, bases[credit.get("of", "charges")]
    if credit["kind"] == "at_risk":
        pools = {e["name"]: exact(e["percent"]) for e in terms.get("pools", ())}
        base = bases["at_risk"] * pools.get(level.get("pool"), ALL) / 100
        rate = exact(level["allocation"])
    elif credit["kind"] == "ladder":
        step = rung(credit, verdict) or {"amount": 0}
        if "amount" in step:
            return exact(step["amount"])
        rate = exact(step["percent"])
    elif credit["kind"] in ("fixed", "per_day"):
        return exact(credit["amount"]) * (bases["days"] if credit["kind"] == "per_day" else 1)
    elif credit["kind"] == "target_minus_actual":
        short = compared(credit, verdict, "shortfall_over", "expected")
        rate = ALL if short is None else short * exact(credit.get("factor", 1))
    return Fraction(base * rate / 100)


def compared(credit: Tree, verdict: Tree, by: str, default: str) -> Fraction | None:
    """The value or the shortfall, rounded where the contract says so; None: no such number."""
    value, high = verdict["value"], verdict["good"] == "high"
    if value is None and verdict["unit"] == "percent":
        value = NOTHING if high else ALL
    if value is not None and by == "shortfall_over":
        limit = exact(verdict[credit.get("target", default)])
        value = max(limit - value if high else value - limit, NOTHING)
    if value is None or "decimals" not in credit:
        return value
    return rounded(value, credit["decimals"], credit.get("round", "half_up"))


def rung(credit: Tree, verdict: Tree) -> Tree | None:
    """The last step that holds, without a value the last one; None: milder than the first."""
    by = "worse_than" if "worse_than" in credit["steps"][0] else "shortfall_over"
    number = compared(credit, verdict, by, "minimum")
    good = verdict["good"] if by == "worse_than" else "low"
    if verdict["value"] is None or number is None:
        return credit["steps"][-1]
    return ([None] + [e for e in credit["steps"] if better(exact(e[by]), number, good)])[-1]


def severity(step: Tree | None, prices: Tree) -> Fraction:
    name = step and step.get("severity")
    return exact(prices.get(name, SEVERITIES[name]) if name else step["points"] if step else 0)


def divided(total: Fraction, weights: Amounts, decimals: int) -> Amounts:
    """In proportion; the units that rounding leaves go to who lost most, of equals by name."""
    whole = sum(weights.values(), NOTHING) or ALL
    exactly = {name: total * each / whole for name, each in weights.items()}
    parts = {name: rounded(each, decimals, "down") for name, each in exactly.items()}
    left = int((total - sum(parts.values(), NOTHING)) * 10**decimals) if parts else 0
    for name in sorted(parts, key=lambda name: (parts[name] - exactly[name], name))[:left]:
        parts[name] += Fraction(1, 10**decimals)
    return parts
