"""What stands behind every value of a period: rows, changes since the period before, repairs.

Each query runs once for all contracts of a scope and is kept in the database's temporary tables;
from there one service level of one contract at a time is read. So the memory that it takes does
not grow with the number of contracts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quality.catalogue.rows import kind_of
from quality.contract.sections.levels import ServiceLevel
from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, EvidenceGroup, Limit, MarkedRow
from quality.model.recipe import Recipe
from quality.model.scorecard import DuplicatedBlock
from quality.model.verdict import Verdict
from quality.store.counting import Scope
from quality.store.database import Store
from quality.store.definitions import sql
from quality.store.record_scope import RecordScope
from quality.store.scope import Tables
from quality.store.views import Window
from quality.verdicts.behind.changes import RowChanges, difference
from quality.verdicts.behind.courses import (
    CLOCKED,
    OPEN_DEFECTS,
    aged,
    holdings,
    relieved_clocks,
    slowest,
    spent,
    weekly,
)
from quality.verdicts.behind.questions import Owned, Placed, Question, asked_of, in_question
from quality.verdicts.behind.repairs import repairs, why_not
from quality.verdicts.behind.rows import Raw, Table
from quality.verdicts.guards import query_of
from quality.verdicts.history import History
from quality.verdicts.scorecard.growth import DUPLICATION
from quality.verdicts.scorecard.scorecard import WORST

SHOWN = 20
"""Rows of a service level that its page shows; of grouped ones, groups."""
OF_A_GROUP = 5
Sink = Callable[[Evaluation, Sequence[str], Evidence, Iterable[MarkedRow]], None]
"""Takes all rows of a service level, once its evaluation is made, with the columns that any of the
contract's service levels has."""


def evidence_of(
    store: Store, recipe: Recipe, history: History, verdict: Verdict, level: ServiceLevel
) -> tuple[Evidence, Table]:
    """What stands behind one value, and all of its rows."""
    asked = asked_of(history, level)
    contents = list(dict.fromkeys(in_question([[asked]])))
    scope = Scope(store, recipe, [content for _, content in contents])
    found = Reader(scope, contents, [[asked]]).read(0, asked, verdict)
    return found.evidence, found.now


@dataclass(frozen=True, slots=True)
class _Rows:
    """All rows of a service level, and what is told of them."""

    evidence: Evidence
    now: Table
    difference: RowChanges | None
    repair: dict[int, Limit]

    def marked(self) -> Iterator[MarkedRow]:
        """All rows, worst first, one by one."""
        new = set(self.difference.new) if self.difference else set()
        worse = self.difference.worse if self.difference else {}
        for at, raw in enumerate(self.now.rows):
            change = "new" if at in new else "worse" if at in worse else ""
            yield MarkedRow(
                self.now.row(raw, worse.get(at), shown=None),
                change,  # type: ignore[arg-type]  # one of these words
                self.repair.get(at, ""),
            )


class Reader:
    """The rows behind service levels. ``scope`` holds the ``contents``, each with the number of its
    contract: they are not shared, so that rows of equal rank stand in the order of its
    repositories, whoever is judged beside it."""

    def __init__(
        self, scope: Scope, contents: Sequence[Owned], asked: Sequence[Sequence[Question]]
    ) -> None:
        self._scope, self._asked = scope, asked
        self._numbers = {content: number for number, content in reversed([*enumerate(contents)])}
        self._tables: dict[tuple[Any, ...], tuple[str, tuple[str, ...]]] = {}
        windows = (w for questions in asked for each in questions for w in each.windows if w)
        self._windows = {window: n for n, window in enumerate(dict.fromkeys(windows))}
        self._records = RecordScope.of(scope.store, list(self._windows)) if self._windows else None

    def with_evidence(
        self, judged: Sequence[Evaluation], sink: Sink | None = None
    ) -> list[Evaluation]:
        """The evaluations of the contracts, each with what stands behind its values; ``sink`` is
        given all rows."""
        done: list[Evaluation] = []
        for owner, evaluation in enumerate(judged):
            verdicts = {each.id: each for each in evaluation.service_levels}
            tables = [
                Table(each.level, self._columns(each.level), []) for each in self._asked[owner]
            ]
            columns = list(dict.fromkeys(name for table in tables for name in table.shown))
            found = []
            for question in self._asked[owner]:
                rows = self.read(owner, question, verdicts[question.level.id])
                found.append(rows.evidence)
                if sink:
                    sink(evaluation, columns, rows.evidence, rows.marked())
            card = replace(evaluation.scorecard, evidence=tuple(found))
            if telling := self._telling(owner):
                (each,) = (e for e in found if e.service_level == telling.level.id)
                card = replace(card, duplicated_blocks=tuple(_blocks(each)))
            done.append(replace(evaluation, scorecard=card))
        return done

    def tells_blocks(self, owner: int) -> bool:
        """Whether the largest duplicated blocks of a contract's snapshots are read here anyway."""
        return self._telling(owner) is not None

    def _telling(self, owner: int) -> Question | None:
        for each in self._asked[owner]:
            whole = all(not (content.excused or content.owned) for _, content in each.now)
            query = query_of(each.level)
            if query == DUPLICATION and whole and each.complete:
                return each
        return None

    def read(self, owner: int, question: Question, verdict: Verdict) -> _Rows:
        """All rows of a service level of the contract of that number."""
        first, _ = question.windows
        now, then = self._both(owner, question)
        differing = None
        changes = None
        if then:
            differing = difference(now, then)
            changes = differing.told(question.since, now, then)
        found, repair = repairs(verdict, now)
        mending = now.mending
        groups, others = _groups(now)
        evidence = Evidence(
            service_level=verdict.id,
            what=now.kind.what,
            columns=now.shown,
            numbers=now.numbers,
            total=len(now.rows),
            groups=groups,
            others=others,
            changes=changes,
            repairs=found,
            repaired=mending.done if found else "",
            as_if=mending.as_if if found else "",
            lacking=mending.lacking if found else "",
            unrepaired=why_not(verdict, now),
            weight=mending.weight,
            clocks=slowest(self._of_clocks(question.level, first, "courses")),
            weeks=weekly(self._of_clocks(question.level, first, "weeks")),
            spent=spent(self._of_clocks(question.level, first, "spent")),
            relieved=relieved_clocks(self._of_clocks(question.level, first, "relieved")),
            ages=aged(self._ages(question.level, first)),
            held=holdings(self._hands(question.level, first)),
        )
        return _Rows(evidence, now, differing, repair)

    def _both(self, owner: int, question: Question) -> tuple[Table, Table | None]:
        """The rows of a service level, and those in the period before where they can be compared.
        In front of each stands its repository, or its source."""
        level = question.level
        kept, columns = self._kept(level)
        sides = [self._heads(owner, question.now, question.windows[0])]
        if question.since and not kind_of(level.indicator.query).passing:
            sides.append(self._heads(owner, question.then, question.windows[1]))
        numbers = list(dict.fromkeys(number for side in sides for number in side))
        rows = self._tables_of(level).kept(kept, numbers)
        now, *then = (
            Table(level, self._columns(level), _numbered(columns, [
                (*side[number], *rest) for number, *rest in rows if number in side
            ]))
            for side in sides
        )  # fmt: skip
        return now, then[0] if then else None

    def _heads(
        self, owner: int, placed: Placed, window: Window | None
    ) -> dict[int, tuple[str, ...]]:
        """The numbers under which rows are kept, each with what stands in front of its rows: those
        of records name their source themselves."""
        if window:
            return {self._windows[window]: ()}
        return {self._numbers[owner, content]: (name,) for name, content in placed}

    def _of_clocks(self, level: ServiceLevel, window: Window | None, what: str) -> list[Raw]:
        """What a query tells of the clocks that a service level counts; nothing of other ones."""
        clocks = CLOCKED.get(level.indicator.query)
        if clocks is None or window is None or self._records is None:
            return []
        kept, _ = self._kept(level, f"scorecard/clocks_{what}", clocks=clocks)
        return [row[1:] for row in self._records.kept(kept, [self._windows[window]])]

    def _ages(self, level: ServiceLevel, window: Window | None) -> list[Raw]:
        """How old the open defects are that a service level counts."""
        if window is None or self._records is None or level.indicator.query != OPEN_DEFECTS:
            return []
        kept, _ = self._kept(level, "scorecard/ages")
        return [row[1:] for row in self._records.kept(kept, [self._windows[window]])]

    def _hands(self, level: ServiceLevel, window: Window | None) -> list[Raw]:
        """In whose hands the tickets of a service level were, where it judges all parties."""
        if window is None or self._records is None or level.indicator.of != "tickets":
            return []
        if window.view.party or not window.view.parties:
            return []
        kept, _ = self._kept(level, "scorecard/held")
        return [row[1:] for row in self._records.kept(kept, [self._windows[window]])]

    def _columns(self, level: ServiceLevel) -> tuple[str, ...]:
        """The columns of a service level's rows, with what stands in front."""
        _, (_, *columns) = self._kept(level)
        return (*columns,) if level.indicator.of else ("repository", *columns)

    def _tables_of(self, level: ServiceLevel) -> Tables:
        """What the rows of a service level are read from."""
        return self._records if level.indicator.of and self._records else self._scope

    def _kept(
        self, level: ServiceLevel, query: str = "", **asked: str
    ) -> tuple[str, tuple[str, ...]]:
        """The temporary table with the rows of a service level's query (or of another one, which is
        ``asked`` more), and its columns."""
        indicator = level.indicator
        query = query or f"explain/{indicator.query}"
        optional = [p.name for p in [indicator.parameter] if p and p.optional]
        ungiven = [(name, None) for name in (*optional, *indicator.selects)]
        taken = re.findall(r"\$(\w+)", sql(query))
        stated = dict((*indicator.fixed, *ungiven, *level.parameters)) | asked
        given = {name: value for name, value in stated.items() if name in taken}
        key = (query, *sorted(given.items(), key=lambda pair: pair[0]))
        if key not in self._tables:
            table = f"evidence_{len(self._tables)}"
            columns = self._tables_of(level).keep(table, query, **given)
            self._tables[key] = table, columns
        return self._tables[key]


def _numbered(columns: Sequence[str], rows: list[Raw]) -> list[Raw]:
    """The rows; duplicated blocks, which are numbered over all contracts of the scope, by their
    place among them."""
    if "places" not in columns:
        return rows
    at = columns.index("block")
    return [(*row[:at], n, *row[at + 1 :]) for n, row in enumerate(rows, start=1)]


def _blocks(evidence: Evidence) -> Iterator[DuplicatedBlock]:
    """The largest blocks among the rows of a service level on duplication."""
    at = evidence.columns.index("code_lines")
    for row in evidence.groups[0].rows[:WORST]:
        lines = row.cells[at]
        assert isinstance(lines, int)  # noqa: S101  # the query's column
        yield DuplicatedBlock(row.repository, lines, len(row.places) + row.more, row.places)


def _groups(table: Table) -> tuple[tuple[EvidenceGroup, ...], int]:
    """The first rows as a person acts on them, and how many groups are left out."""
    name = table.kind.group
    at = table.at(name) if name else None
    if at is None:
        first = tuple(table.row(raw) for raw in table.rows[:SHOWN])
        return (EvidenceGroup("", len(table.rows), first),), 0
    held: dict[str, list[Raw]] = {}
    for raw in table.rows:
        held.setdefault(str(raw[at]), []).append(raw)
    largest = sorted(held.items(), key=lambda pair: -len(pair[1]))
    groups = tuple(
        EvidenceGroup(group, len(rows), tuple(map(table.row, rows[:OF_A_GROUP])))
        for group, rows in largest[:SHOWN]
    )
    return groups, max(0, len(largest) - SHOWN)
