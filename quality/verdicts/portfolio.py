"""Evaluations of several contracts at once, from nothing but what the store holds.

Whatever reads functions is asked once for the whole portfolio, so its cost does not grow with the
number of contracts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.model.evaluation import Evaluation, Snapshot, Unmeasured
from quality.model.scorecard import Scorecard
from quality.model.verdict import Outcome, Verdict
from quality.store.counting import Content, Counts, MetricQueries, MetricQuery, Scope, counted
from quality.store.database import Store
from quality.verdicts.history import History, Request, read_history
from quality.verdicts.judgement import judge, priced
from quality.verdicts.relief import Excuser, credit_notes, excusals
from quality.verdicts.scorecard import FILES, QUERIES, Place, read_scorecards, read_unmeasured
from quality.verdicts.verdict import MEASURED_SHARE, overall, query_of


def queries_of(contract: Contract) -> tuple[MetricQuery, ...]:
    """All that a contract's scorecard asks of a snapshot."""
    levels = (query_of(level) for level in contract.service_levels)
    return tuple(dict.fromkeys((MEASURED_SHARE, *QUERIES, *levels)))


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
    return counted(store, recipe, _wanted([history]))


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


def _wanted(histories: Sequence[History]) -> MetricQueries:
    """Each content with the queries of its contracts and no more: that is what ``count`` kept."""
    wanted: MetricQueries = {}

    def add(content: Content, queries: tuple[MetricQuery, ...]) -> None:
        if wanted.setdefault(content, queries) != queries:
            wanted[content] = tuple(dict.fromkeys(wanted[content] + queries))

    for history in histories:
        queries = {id(c): queries_of(c) for c in map(history.request.of, history.request.periods)}
        for period, repository in history.request.places():
            if content := history.content(period, repository):
                add(content, queries[id(history.request.of(period))])
        for content, more in Excuser(history).queries():
            add(content, more)
    return wanted


def _evaluation(
    history: History, scorecard: Scorecard, snapshots: tuple[Snapshot, ...]
) -> Evaluation:
    request, excuser = history.request, Excuser(history)
    contract, period = request.contract, request.period
    judged = judge(excuser, request.closed)
    verdicts = tuple(
        replace(verdict, trend=excuser.trend(level))
        for level, verdict in zip(contract.service_levels, judged.verdicts, strict=True)
    )
    excused = excusals(excuser.standings(period), judged.effects)
    return Evaluation(
        contract_id=request.base.id,
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
        amendment="" if contract is request.base else contract.id,
        ledger_digest=request.ledger.digest,
        excusals=priced(excuser, judged, excused),
        credit_notes=credit_notes(history),
        credits=judged.credits,
        credits_without=judged.credits_without,
        past=judged.past,
    )


def _outcome(verdicts: Sequence[Verdict], snapshots: Sequence[Snapshot]) -> Outcome:
    """The contract's outcome; with no critical service level to say so, a repository that nobody
    could read must still not read as met."""
    if any(verdict.level_class == "critical" for verdict in verdicts):
        return overall(verdicts)
    return "met" if all(snapshot.commit for snapshot in snapshots) else "unknown"


def _snapshots(
    owner: int, history: History, unmeasured: dict[Place, tuple[Unmeasured, ...]]
) -> tuple[Snapshot, ...]:
    period = history.request.period
    snapshots = []
    for state in history.states(period):  # nothing excused: a snapshot is what was delivered
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
