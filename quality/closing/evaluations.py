"""What stands for a period: the frozen evaluation where it is closed, else today's."""

from collections.abc import Sequence
from dataclasses import replace

from quality.closing.differences import differences
from quality.closing.guard import all_guarded, bounded
from quality.closing.records import Closed
from quality.contract.ledger import Ledger
from quality.model.evaluation import Evaluation
from quality.store.database import Store
from quality.verdicts.evidence import Sink
from quality.verdicts.portfolio import evaluate
from quality.verdicts.request import Request


def evaluations(
    store: Store, requests: Sequence[Request], *, pages: bool = True, sink: Sink | None = None
) -> tuple[Evaluation, ...]:
    """What stands for each request: the frozen evaluation where the period is closed, with what a
    recomputation would say differently; else the evaluation of today, without ``pages`` only what
    its verdicts need. ``sink`` takes all rows behind the values. ContractError: what closed periods
    rest on was changed otherwise than by an amendment."""
    closed = all_guarded(store, requests)
    frozen = [{name: each.evaluation for name, each in found.items()} for found in closed]
    requests = bounded(store, requests)
    today = evaluate(store, requests, frozen, pages=pages, sink=sink)
    return tuple(
        _standing(found[now.period.id], now, request.ledger) if now.period.id in found else now
        for request, found, now in zip(requests, closed, today, strict=True)
    )


def _standing(closed: Closed, now: Evaluation, ledger: Ledger) -> Evaluation:
    different = differences(closed, now, ledger)
    record = replace(closed.record, differences=different)
    return replace(closed.evaluation, frozen=record, as_of=now.as_of)
