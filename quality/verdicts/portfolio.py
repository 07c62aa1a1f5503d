"""Evaluations of several contracts at once, from nothing but what the store holds.

Whatever reads functions is asked once for the whole portfolio, so its cost does not grow with the
number of contracts. The flow, in order:

    requests -> snapshots -> metric queries -> counts -> verdicts with their relief -> credits
                                                      -> scorecard                  -> Evaluation
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count as count_from

from quality.benchmark.languages import Row
from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.model.evaluation import Evaluation, Snapshot, Unmeasured
from quality.model.recipe import Recipe
from quality.model.scorecard import Scorecard
from quality.model.web import template_of
from quality.store.counting import Content, Scope
from quality.store.counts import at_once, counted, measured_under
from quality.store.database import Store
from quality.verdicts.behind.evidence import Reader, Sink
from quality.verdicts.behind.questions import in_question, questions
from quality.verdicts.history import History, read_snapshots, with_reports
from quality.verdicts.judgement import judge
from quality.verdicts.queries import metric_queries
from quality.verdicts.records.verdicts import read_recorded
from quality.verdicts.request import Request
from quality.verdicts.scorecard.declared import read_declared
from quality.verdicts.scorecard.delivery import Moments, snapshot_baseline
from quality.verdicts.scorecard.growth import FILES
from quality.verdicts.scorecard.new_code import read_new_code
from quality.verdicts.scorecard.places import placed
from quality.verdicts.scorecard.scorecard import Place, read_scorecards, read_signs, read_unmeasured

BATCH = 15_000  # files judged at once: bounds the memory of the tables below the verdicts
Closed = Mapping[str, Evaluation]
"""The frozen evaluations of a contract's closed periods, by period."""


def evaluate(
    store: Store,
    requests: Sequence[Request],
    closed: Sequence[Closed] = (),
    *,
    pages: bool = True,
    sink: Sink | None = None,
) -> tuple[Evaluation, ...]:
    """Judge every request, in the given order; two runs on one store agree to the byte.

    ``closed``: what stands of each request's closed periods, on which the others build; ``pages``:
    with all that a page shows below the verdicts, which takes most of the time; ``sink``: who
    then takes all rows behind the values."""
    found: dict[int, Evaluation] = {}
    for measured_by in sorted({request.contract.measured_by for request in requests}):
        members = [n for n, each in enumerate(requests) if each.contract.measured_by == measured_by]
        histories = dict(zip(members, count(store, [requests[n] for n in members]), strict=True))
        recipe = load_recipe(*measured_by)
        looked_at = {n: _looked_at(history) for n, history in histories.items()}
        for batch in at_once(store, looked_at, BATCH):
            below = _Below(store, recipe, [histories[n] for n in batch], pages)
            judged = [
                placed(
                    judge(histories[n], closed[n] if closed else {}, card, snapshots), recipe, rows
                )
                for n, (card, snapshots, rows) in zip(batch, below.told(), strict=True)
            ]
            if pages:
                judged = below.reader.with_evidence(judged, sink)
            found |= zip(batch, judged, strict=True)
    return tuple(found[n] for n in range(len(requests)))


def count(store: Store, requests: Sequence[Request]) -> list[History]:
    """The snapshots of requests under one recipe, and all that judging and showing them needs
    counted in them; a store that may be written keeps the counts."""
    recipe = load_recipe(*requests[0].contract.measured_by)
    snapshots = [with_reports(store, each) for each in read_snapshots(store, requests)]
    wanted = metric_queries(snapshots)
    counts = counted(store, recipe, wanted)
    elsewhere = measured_under(store, recipe, [each for each in wanted if each not in counts])
    recorded = read_recorded(store, requests)
    return [
        History(each, counts, elsewhere, records)
        for each, records in zip(snapshots, recorded, strict=True)
    ]


def _looked_at(history: History) -> set[str]:
    """The commits of the period to judge and of the one before."""
    request = history.request
    stored = (history.snapshots.of(period, each.name) for period in request.periods[-2:]
              for each in request.of(period).repositories)  # fmt: skip
    return {each.commit.sha for each in stored if each.commit}


class _Below:
    """What stands below the verdicts of some requests, read in one scope for all."""

    def __init__(
        self, store: Store, recipe: Recipe, histories: Sequence[History], pages: bool
    ) -> None:
        self._store, self._histories, self._pages = store, histories, pages
        judged = [
            (Place(owner, repository), content)
            for owner, history in enumerate(histories)
            for repository in history.request.repositories
            if (content := history.snapshots.content(history.request.period, repository))
        ]
        self._places = [place for place, _ in judged]
        before = [_before(histories[place.owner], place.repository) for place in self._places]
        known = [
            (place.owner, content)
            for place, content in zip(self._places, before, strict=True)
            if content
        ]
        numbers = count_from(len(judged))
        self._new_code = read_new_code(store, recipe, histories, self._places)
        asked = questions(histories) if pages else []
        contents = [*((place.owner, content) for place, content in judged), *known]
        held = {*contents}  # looked up once for each service level and repository
        contents += dict.fromkeys(each for each in in_question(asked) if each not in held)
        self._scope = Scope(store, recipe, [content for _, content in contents])
        self.reader = Reader(self._scope, contents, asked)
        pairs = [(n, next(numbers) if content else None) for n, content in enumerate(before)]
        self._scope.table("scope_pairs", "snapshot integer, before integer", pairs)
        self._recipe = recipe

    def told(self) -> Iterator[tuple[Scorecard, tuple[Snapshot, ...], list[Row]]]:
        """For each request its scorecard, its snapshots, and the NLOC of its production code by
        language and suffix."""
        scope, places, histories = self._scope, self._places, self._histories
        unmeasured = read_unmeasured(scope, places)
        if self._pages:
            blocks = not all(map(self.reader.tells_blocks, range(len(histories))))
            cards = read_scorecards(scope, self._recipe, places, histories, blocks=blocks)
        else:
            cards = [Scorecard(signs=each) for each in read_signs(scope, places, len(histories))]
        moments = Moments(self._store, [each.snapshots for each in histories])
        snapshots = [
            _snapshots(moments, owner, each, unmeasured) for owner, each in enumerate(histories)
        ]
        sizes: dict[int, list[Row]] = defaultdict(list)
        for number, language, suffix, nloc in scope.rows("benchmark/languages"):
            if number < len(places):
                sizes[places[number].owner].append((language, suffix, int(nloc)))
        rows = [sizes[owner] for owner in range(len(histories))]
        declared = read_declared(scope, places, histories)
        complete = (
            replace(card, new_code=self._new_code[owner], declared=declared[owner])
            for owner, card in enumerate(cards)
        )
        return zip(complete, snapshots, rows, strict=True)


def _before(history: History, repository: str) -> Content | None:
    """The repository's content in the period before the one to judge, if there is any."""
    before = history.request.before
    return history.snapshots.content(before, repository) if before else None


def _snapshots(
    moments: Moments, owner: int, history: History, unmeasured: dict[Place, tuple[Unmeasured, ...]]
) -> tuple[Snapshot, ...]:
    period = history.request.period
    snapshots = []
    for state in history.states(period):  # nothing excused: a snapshot is what was delivered
        stored = history.snapshots.of(period, state.repository)
        known = moments.of(history.snapshots, state.repository, stored)
        snapshots.append(
            Snapshot(
                repository=state.repository,
                commit=stored.commit.sha if stored.commit else None,
                committed_at=stored.commit.committed_at if stored.commit else None,
                files=0 if state.reason else state.counts[FILES].numerator,
                unmeasured=unmeasured.get(Place(owner, state.repository), ()),
                reason=state.reason,
                cause=state.cause if state.reason else None,
                read_at=stored.read_at,
                late=known.late,
                challenges=known.challenges,
                lost=known.lost,
                notices=known.notices,
                baseline=snapshot_baseline(history.snapshots, state.repository),
                web=_web(history.request.contract, state.repository),
            )
        )
    return tuple(snapshots)


def _web(contract: Contract, repository: str) -> str:
    source = contract.repository(repository)
    return template_of(source.url, source.web)
