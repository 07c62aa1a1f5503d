"""What tickets and defects say that the contract does not name: nobody agreed what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quality.contract.contract import Contract
from quality.contract.sections.defects import Defects
from quality.contract.sections.support import MATCHED, Support
from quality.contract.text.values import shown
from quality.store import records
from quality.store.database import Store
from quality.store.records import Values
from quality.store.views import Cut

MOST = 5  # names that a notice lists


def unnamed(store: Store, contract: Contract, cut: Cut, begins: int, ends: int) -> Iterator[str]:
    """A notice of the statuses between two moments that the contract does not name, and one of the
    priorities, with how many tickets had each."""
    if cut.kind not in ("tickets", "defects"):
        return
    states, support = records.states(store), contract.support or Support()
    named = {status for status, _ in support.meanings}
    lists = "support.statuses"
    if cut.kind == "defects":
        named |= {status.lower() for status, _ in (contract.defects or Defects()).meanings}
        lists = f"{lists} or defects"
    others = {n: status for n, status, *_ in states if status and status.lower() not in named}
    if statuses := records.tickets_in(store, cut, others, begins, ends):
        yield (
            f"no list of {lists} names {_listed(statuses, cut.kind)}: work counts as going on "
            "there; name each as open, waiting, resolved or closed"
        )
    others = _priorities(support, states) if cut.kind == "tickets" else {}
    if priorities := records.tickets_in(store, cut, others, begins, ends):
        rest = any(each.otherwise for each in support.policies)
        fate = "the policy with otherwise takes them" if rest else "they are not judged"
        yield f"no policy names the priority {_listed(priorities, cut.kind)}: {fate}"


def _priorities(support: Support, states: Sequence[Values]) -> dict[int, str]:
    """The priorities that no policy of a party names while others are named, by the states in which
    work goes on and a ticket finds none of its policies but the one for the rest."""
    over = {status for status, meaning in support.meanings if meaning in ("resolved", "closed")}
    return {
        number: priority
        for own in map(support.of, dict.fromkeys(each.party for each in support.policies))
        if (named := own.words("priority"))
        for number, status, priority, *words in states
        if priority and status.lower() not in over and priority.casefold() not in named
        and own.by_name(dict(zip(MATCHED, (priority, *words), strict=True))) is None
    }  # fmt: skip


def _listed(found: Sequence[tuple[str, int]], kind: str) -> str:
    (first, many), *others = found[:MOST]
    noun = kind if many > 1 else kind.removesuffix("s")
    told = [f"{shown(first)} ({many:,} {noun} in the period)"]
    told += [f"{shown(name)} ({many:,})" for name, many in others]
    more = [f"{len(found) - MOST:,} more"] if len(found) > MOST else []
    *head, last = (*told, *more)
    return f"{', '.join(head)} and {last}" if head else last
