"""Ledgers of notices, drawn at random, beside the contracts that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from quality.contract.amendments import Family
from quality.contract.file import parse_contract
from quality.contract.ledger.kinds import KINDS
from quality.contract.ledger.ledger import Ledger
from quality.contract.periods import periods
from tests.quality.money.drawn import Drawn, Tree


def family(texts: Sequence[str], entries: Sequence[Tree] = ()) -> Family:
    """The contract with its amendments, in order of their first day, and a ledger."""
    parsed = [parse_contract(text.encode(), Path("acme.contract.yaml")) for text in texts]
    contracts = tuple(sorted(parsed, key=lambda each: each.effective or each.starts))
    written = tuple(KINDS[each["kind"]].model_validate(each) for each in entries)
    return Family(contracts, Ledger(written=written))


@st.composite
def ledgers(draw: Drawn, texts: Sequence[str]) -> list[Tree]:
    """Notices about a contract's periods, signed by both parties, most of them in time."""
    of, found = family(texts), list[Tree]()
    levels = sorted({level.id for each in of.contracts for level in each.service_levels})
    every = periods(of, of.ends)
    kinds = st.sampled_from(
        ("dispute", "claim", "choice", "incident", "reallocation", "excused_event")
    )
    for number, kind in enumerate(draw(st.lists(kinds, min_size=4, max_size=9))):
        period = draw(st.sampled_from(every))
        on = period.end + timedelta(draw(st.integers(1, 40)))
        entry: Tree = {"id": f"N-{number}", "kind": kind, "reason": "why", "raised_by": "customer"}
        one = (draw(st.sampled_from(levels)),)
        several = tuple(draw(st.lists(st.sampled_from(levels), min_size=1, unique=True)))
        if kind in ("claim", "choice", "dispute"):
            about = one if kind == "choice" else draw(st.sampled_from(("all", several)))
            entry |= {"period": period.id, "service_levels": about}
        if kind == "excused_event":
            first = period.start + timedelta(draw(st.integers(0, 20)))
            days = {"from": str(first), "to": str(first + timedelta(draw(st.integers(0, 20))))}
            entry |= {**days, "service_levels": draw(st.sampled_from(("all", several)))}
            entry |= {"cause": draw(st.sampled_from(("customer", "maintenance")))}
        if kind == "incident":
            days = {"from": str(period.start), "to": str(period.end)}
            entry |= {**days, "service_levels": several}
        if kind == "reallocation":
            share = st.integers(0, 90)
            shares = [{"service_level": each, "allocation": draw(share)} for each in several]
            effective = period.end + timedelta(draw(st.integers(1, 90)))
            entry |= {"effective": str(effective), "allocations": tuple(shares)}
        if kind == "dispute":
            entry |= {"amount": draw(st.integers(1, 5000))}
            entry["raised_by"] = draw(st.sampled_from(("customer", "supplier")))
            settled = {"kind": "settlement", "id": f"S-{number}", "settles": entry["id"],
                       "amount": draw(st.integers(0, 6000)), "reason": "why",
                       "raised_by": "customer"}  # fmt: skip
            later = on + timedelta(draw(st.integers(0, 60)))
            found += [settled | _signed(later)] * draw(st.booleans())
        found.append(entry | _signed(on))
    return draw(st.permutations(found))


def _signed(on: date) -> Tree:
    given = {"customer": {"name": "Ann", "date": str(on)}}
    return {"approved_by": given | {"supplier": {"name": "Bob", "date": str(on)}}}
