"""What the evidence is asked for: each service level with the contents, or the window over records,
that it is counted in, in the period judged and in the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quality.contract.sections.levels import ServiceLevel
from quality.model.verdict import Period
from quality.store.counting import Content
from quality.store.views import Window
from quality.verdicts.history import History
from quality.verdicts.relief import Relieved, relieved
from quality.verdicts.request import NO_RELIEF

Owned = tuple[int, Content]
Placed = Sequence[tuple[str, Content]]
"""The content that a service level is counted in, by repository."""


@dataclass(frozen=True, slots=True)
class Question:
    """A service level and what it is counted in, in the period and the one before: contents, or a
    window over records. ``since``: that period's id; "": nothing can be compared with it;
    ``complete``: no repository is left out."""

    level: ServiceLevel
    now: Placed
    then: Placed
    since: str
    complete: bool
    windows: tuple[Window | None, Window | None] = (None, None)


def placed(history: History, level: ServiceLevel, period: Period) -> tuple[Relieved, Placed]:
    """A service level judged in a period, and the contents that it is counted in: less what is
    excused, where that moves the value."""
    if level.indicator.of:
        return relieved(history, level, period, []), ()
    judged = relieved(history, level, period, history.states(period, party=level.party))
    changed = judged.stands.measured and judged.stands.measured != judged.bare.measured
    relief = judged.relief.entries if changed else ()  # else the rows of what was delivered
    look = history.snapshots.compared if level.indicator.since else history.snapshots.content
    found = [
        (each.name, look(period, each.name, relief, level.party))
        for each in history.request.of(period).repositories
        if not any(entry.in_repository(each.name) and not entry.paths for entry in relief)
    ]
    return judged, [(name, content) for name, content in found if content]


def questions(histories: Sequence[History]) -> list[list[Question]]:
    """What is asked of each contract: the service levels that are counted somewhere."""
    found = []
    for history in histories:
        asked = [asked_of(history, level) for level in history.request.contract.service_levels]
        found.append([each for each in asked if each.now or each.windows[0]])
    return found


def in_question(asked: Sequence[Sequence[Question]]) -> Iterator[Owned]:
    """The contents that the questions are about, each with its contract's number."""
    for owner, each in enumerate(asked):
        for question in each:
            yield from ((owner, content) for _, content in (*question.now, *question.then))


def asked_of(history: History, level: ServiceLevel) -> Question:
    """What is asked of a service level."""
    request = history.request
    if level.indicator.of:
        return _of_records(history, level)
    _, now = placed(history, level, request.period)
    complete = len(now) == len(_held(history, request.period))
    before = request.before
    then = placed(history, level, before)[1] if before else ()
    names = {name for name, _ in then}
    counted = all(level.indicator.since or content in history.counts for _, content in then)
    if before and counted and all(each.name in names for each in request.of(before).repositories):
        return Question(level, now, then, before.id, complete)
    return Question(level, now, (), "", complete)


def _of_records(history: History, level: ServiceLevel) -> Question:
    request = history.request

    def window(period: Period) -> Window | None:
        judged = relieved(history, level, period, [])
        return history.recorded.window(level, period, judged.relief if judged.taken else NO_RELIEF)

    now = window(request.period)
    before = request.before
    then = window(before) if before else None
    since = before.id if before and then else ""
    return Question(level, (), (), since, complete=True, windows=(now, then))


def _held(history: History, period: Period) -> list[str]:
    """The repositories that have a snapshot."""
    return [
        name for name in history.request.repositories if history.snapshots.content(period, name)
    ]
