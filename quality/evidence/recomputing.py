"""A bundle without its repositories: every count again from the facts, every verdict and amount
again from the counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quality.evidence import counts, facts
from quality.evidence.bundle import Bundle
from quality.evidence.checks import Check, compared, number
from quality.evidence.content import (
    EVALUATION,
    FILES,
    ROWS,
    SNAPSHOTS,
    Judged,
    contents,
    given,
    judged,
    predicate,
)
from quality.evidence.lines import data_of
from quality.evidence.tools import TOOLS, tools

CLOSED = "closed otherwise: "  # how a difference between a record and the facts begins
LEAVES = 200  # characters of a value that is shown


def recomputed(bundle: Bundle) -> Iterator[Check]:
    """What agrees and what differs of what follows from a bundle's facts."""
    entries = bundle.entries
    yield from compared(
        f"{number(len(bundle.facts), 'measurement')} with the digests that are stated",
        list(facts.disagreements(entries, bundle.facts)),
    )
    found = judged(bundle.store, bundle.request)
    said, counted = counts.stated(entries), counts.counts_of(found.history)
    again = sum(not each.given for each in said.values())
    yield from compared(
        f"{number(again, 'count')}, counted again from the facts",
        [f"count {what}: {why}" for what, why in counts.disagreements(said, counted)],
    )
    told = trees(bundle)
    made = contents(bundle.store, found, bundle.where, told)
    yield from _evaluation(bundle, found, made)
    yield from _rest(bundle, found, made)
    if found.evaluation.frozen:
        for each in found.evaluation.frozen.differences:
            text = f"{CLOSED}{each.what} as {each.frozen}; the facts give {each.now}"
            yield Check("differs", text)
    for sentence in given(found):
        yield Check("given", sentence)
    yield _tools(bundle)


def trees(bundle: Bundle) -> dict[str, str]:
    """The ids of trees as the bundle states them: nothing in it can confirm them."""
    stated = data_of(bundle.entries, SNAPSHOTS)
    rows = stated if isinstance(stated, list) else []
    return {
        row["commit"]: row["tree"]
        for row in rows
        if isinstance(row, dict)
        and isinstance(row.get("tree"), str)
        and isinstance(row.get("commit"), str)
    }


def _evaluation(bundle: Bundle, found: Judged, made: dict[str, bytes]) -> Iterator[Check]:
    said = data_of(bundle.entries, EVALUATION)
    now = json.loads(made[EVALUATION])
    money = found.evaluation.credits
    amount = f", credits of {money.currency} {money.total:,f}" if money and money.has_money else ""
    yield from compared(
        f"{number(len(found.evaluation.service_levels), 'verdict')} judged again from the counts: "
        f"{found.evaluation.outcome}{amount}",
        [f"{place}: the bundle says {_shown(one)}, its counts give {_shown(other)}"
         for place, one, other in _different(said, now, "evaluation")],
    )  # fmt: skip


def _rest(bundle: Bundle, found: Judged, made: dict[str, bytes]) -> Iterator[Check]:
    """The other entries that follow: rows, snapshots, files; and what the manifest says."""
    names = sorted(made.keys() - {EVALUATION, counts.COUNTS})
    extra = sorted(
        name
        for name in bundle.entries
        if name.startswith((ROWS, FILES, facts.FACTS)) and name not in made
    )
    wrong = [f"{name}: does not follow from the facts" for name in names
             if bundle.entries.get(name) != made[name]]  # fmt: skip
    wrong += [f"{name}: nothing needs it" for name in extra]
    now = predicate(found) | {"program": bundle.about.get("program")}
    wrong += [f"{place}: says {_shown(one)}, and it is {_shown(other)}"
              for place, one, other in _different(bundle.about, now, "manifest")]  # fmt: skip
    yield from compared("the rows behind each service level, and all else that follows", wrong)


def _different(one: Any, other: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """The places where two values of plain data differ, with both values."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _different(one.get(key), other.get(key), f"{place}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            named = left.get("id") or left.get("repository") if isinstance(left, dict) else None
            yield from _different(left, right, f"{place}[{named or number}]")
    elif one != other or type(one) is not type(other):
        yield place, one, other


def _shown(value: Any) -> str:
    return json.dumps(value)[:LEAVES]


def _tools(bundle: Bundle) -> Check:
    """Whether the tools of this machine are those that measured, file by file."""
    stated = data_of(bundle.entries, TOOLS)
    here = {each["name"]: each for each in tools(bundle.recipe)}
    rows = [row for row in stated if isinstance(row, dict)] if isinstance(stated, list) else []
    other = [str(row.get("name")) for row in rows if here.get(str(row.get("name"))) != row]
    if other:
        return Check("not seen", f"the tools that measured: here are others of {', '.join(other)}")
    return Check("agrees", f"{number(len(rows), 'tool')} installed here: those that measured")
