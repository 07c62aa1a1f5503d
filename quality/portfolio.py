"""Evaluations of several contracts at once, from nothing but what the store holds.

Whatever reads functions is asked once for the whole portfolio, so its cost does not grow with the
number of contracts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from quality.contract import Contract
from quality.evaluation import MEASURED_SHARE, ask_of, overall, value, verdict
from quality.history import History, Request, read_history
from quality.model import (
    Evaluation,
    Outcome,
    Scorecard,
    Snapshot,
    TrendPoint,
    Unmeasured,
    Verdict,
)
from quality.recipe import load_recipe
from quality.scope import Ask, Asks, Counts, Scope, counted
from quality.scorecard import ASKS, FILES, Place, read_scorecards, read_unmeasured
from quality.store import Store


def asks_of(contract: Contract) -> tuple[Ask, ...]:
    """All that a contract's scorecard asks of a snapshot."""
    levels = (ask_of(level) for level in contract.service_levels)
    return tuple(dict.fromkeys((MEASURED_SHARE, *ASKS, *levels)))


def evaluate(store: Store, requests: Sequence[Request]) -> tuple[Evaluation, ...]:
    """Judge every request, in the given order; two runs on one store agree to the byte."""
    numbers = sorted(range(len(requests)), key=lambda n: requests[n].contract.recipe)
    evaluations: dict[int, Evaluation] = {}
    for recipe, group in groupby(numbers, key=lambda n: requests[n].contract.recipe):
        members = list(group)
        judged = _evaluate(store, recipe, [requests[n] for n in members])
        evaluations.update(zip(members, judged, strict=True))
    return tuple(evaluations[n] for n in range(len(requests)))


def count(store: Store, request: Request) -> Counts:
    """Count all that a contract asks of its snapshots; a store that may be written keeps it."""
    history = read_history(store, request)
    recipe = load_recipe(request.contract.recipe)
    return counted(store, recipe, dict.fromkeys(history.contents(), asks_of(request.contract)))


def _evaluate(store: Store, recipe_id: str, requests: Sequence[Request]) -> list[Evaluation]:
    recipe = load_recipe(recipe_id)
    histories = [read_history(store, request) for request in requests]
    counts = counted(store, recipe, _wanted(histories))
    histories = [replace(history, counts=counts) for history in histories]
    judged = [
        (Place(owner, repository), content)
        for owner, history in enumerate(histories)
        for repository in history.repositories
        if (content := history.content(history.request.period, repository))
    ]
    places = [place for place, _ in judged]
    scope = Scope(store, recipe, [content for _, content in judged])
    unmeasured = read_unmeasured(scope, places)
    scorecards = read_scorecards(scope, recipe, places, histories)
    return [
        _evaluation(history, scorecards[owner], _snapshots(owner, history, unmeasured))
        for owner, history in enumerate(histories)
    ]


def _wanted(histories: Sequence[History]) -> Asks:
    """Of each content what its contracts ask, and no more: that is what ``count`` has kept."""
    wanted: Asks = {}
    for history in histories:
        asks = asks_of(history.request.contract)
        for content in history.contents():
            if wanted.setdefault(content, asks) != asks:
                wanted[content] = tuple(dict.fromkeys(wanted[content] + asks))
    return wanted


def _evaluation(
    history: History, scorecard: Scorecard, snapshots: tuple[Snapshot, ...]
) -> Evaluation:
    contract, period = history.request.contract, history.request.period
    now = history.states(period)
    before = {each.id: history.states(each) for each in history.request.periods[:-1]}
    verdicts = tuple(
        verdict(
            level,
            contract,
            now,
            [TrendPoint(name, value(level, contract, then)) for name, then in before.items()],
        )
        for level in contract.service_levels
    )
    return Evaluation(
        contract_id=contract.id,
        contract_digest=contract.digest,
        customer=contract.customer,
        supplier=contract.supplier,
        minimum_measured=contract.minimum_measured,
        period=period,
        recipe=load_recipe(contract.recipe).info,
        snapshots=snapshots,
        service_levels=verdicts,
        outcome=_outcome(verdicts, snapshots),
        scorecard=scorecard,
    )


def _outcome(verdicts: Sequence[Verdict], snapshots: Sequence[Snapshot]) -> Outcome:
    """The contract's outcome; with no critical service level to say so, a repository that nobody
    could read must still not read as met."""
    outcome = overall(verdicts)
    unread = any(not snapshot.commit for snapshot in snapshots)
    return "unknown" if unread and outcome == "met" else outcome


def _snapshots(
    owner: int, history: History, unmeasured: dict[Place, tuple[Unmeasured, ...]]
) -> tuple[Snapshot, ...]:
    period = history.request.period
    snapshots = []
    for state in history.states(period):
        stored = history.snapshots[period.id, state.repository]
        snapshots.append(
            Snapshot(
                repository=state.repository,
                commit=stored.commit.sha if stored.commit else None,
                committed_at=stored.commit.committed_at if stored.commit else None,
                files=0 if state.reason else state.counts[FILES].numerator,
                unmeasured=unmeasured.get(Place(owner, state.repository), ()),
                reason=state.reason,
                rewritten=stored.rewritten,
            )
        )
    return tuple(snapshots)
