"""What stands for a period: the frozen evaluation where it is closed, else today's."""

from collections.abc import Sequence
from dataclasses import replace

from quality.closing.differences import differences
from quality.closing.guard import all_guarded, bounded
from quality.closing.records import Closed
from quality.contract.amendments import Family
from quality.contract.ledger.ledger import Ledger
from quality.contract.periods import periods
from quality.model.evaluation import Evaluation
from quality.store.database import Store
from quality.verdicts.behind.evidence import Sink
from quality.verdicts.frameworks import shared_draws
from quality.verdicts.portfolio import evaluate
from quality.verdicts.request import Request


def evaluations(
    store: Store, requests: Sequence[Request], *, pages: bool = True, sink: Sink | None = None
) -> tuple[Evaluation, ...]:
    """What stands for each request: the frozen evaluation where the period is closed, with what a
    recomputation would say differently; else the evaluation of today, without ``pages`` only what
    its verdicts need. ``sink`` takes all rows behind the values. ContractError: what closed periods
    rest on was changed otherwise than by an amendment."""
    requests = asking_others(store, requests)
    closed = all_guarded(store, requests)
    frozen = [{name: each.evaluation for name, each in found.items()} for found in closed]
    today = evaluate(store, bounded(store, requests), frozen, pages=pages, sink=sink)
    return tuple(
        _standing(found[now.period.id], now, request.ledger) if now.period.id in found else now
        for request, found, now in zip(requests, closed, today, strict=True)
    )


def asking_others(store: Store, requests: Sequence[Request]) -> list[Request]:
    """The requests with what other contracts take of the caps of their frameworks, unless they say
    that themselves (errors as ``evaluations``, of the other contracts too)."""
    members = _members(requests)
    closed = all_guarded(store, members)
    frozen = [{name: each.evaluation for name, each in found.items()} for found in closed]
    draws = shared_draws(store, list(zip(bounded(store, members), frozen, strict=True)))
    return [
        each if each.draws is not None
        else replace(each, draws=tuple(draws.get(each.base.id, {}).items()))
        for each in requests
    ]  # fmt: skip


def _members(requests: Sequence[Request]) -> list[Request]:
    """The contracts of all frameworks of some requests, each once and with all its periods that end
    by the last of these."""
    shared = [each for each in requests if each.family.peers and each.draws is None]
    if not shared:
        return []
    last = max(each.period.end for each in shared)
    families: dict[str, tuple[Family, Request]] = {}
    for request in shared:
        for family in (request.family, *(request.family.peers or ())):
            families.setdefault(family.base.id, (family, request))
    found = []
    for family, request in families.values():
        begun = periods(family, request.today or last)
        if ended := tuple(each for each in begun if each.end <= last):
            found.append(Request(family, ended, request.today))
    return found


def _standing(closed: Closed, now: Evaluation, ledger: Ledger) -> Evaluation:
    different = differences(closed, now, ledger)
    record = replace(closed.record, differences=different)
    return replace(closed.evaluation, frozen=record, as_of=now.as_of)
