"""What the commands share: contracts loaded, the database found, periods chosen."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from quality.cli.console import MET, UNKNOWN, highest
from quality.closing.evaluations import evaluations
from quality.closing.guard import is_news, witness
from quality.closing.records import record_file
from quality.contract.amendments import load_families
from quality.contract.peers import with_peers
from quality.contract.periods import default_period, parse_period, parse_range, periods, today_in
from quality.errors import UsageError
from quality.evidence.acknowledged import keep, with_acknowledgements
from quality.model.evaluation import Evaluation
from quality.store.database import Store
from quality.store.folder import FOLDER, database_beside
from quality.store.machine import MACHINE, Resources, parse_memory
from quality.verdicts.behind.evidence import Sink
from quality.verdicts.request import Request

if TYPE_CHECKING:  # each is loaded by the command that needs it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from quality.measure.engine import Engine
    from quality.measure.measurement import Measurement
    from quality.measure.watcher import Watcher
    from quality.verdicts.explain import Explanation
    from quality.verdicts.ticket_steps import TicketSteps


class Session:
    """One command's contracts, all over one database. ``now`` decides which periods have begun,
    ``resources`` what the database may take of the machine."""

    def __init__(
        self,
        paths: Sequence[Path],
        database: Path | None,
        now: datetime,
        resources: Resources = MACHINE,
    ) -> None:
        self.families = with_peers(load_families(paths))
        self.database = database.absolute() if database else database_beside(paths[0])
        self.mirrors = paths[0].absolute().parent / FOLDER / "mirrors"
        self._now = now
        self._resources = resources
        resources.settings()  # a shell that leaves too little is refused before anything begins

    def requests(self, period: str | None) -> list[Request]:
        """Each contract with all its periods up to ``period`` (None: its default one)."""
        found = []
        for family in self.families:
            today = today_in(family.base.timezone, self._now)
            known = periods(family, today)
            last = parse_period(period, family, today) if period else default_period(known)
            found.append(Request(family, known[: known.index(last) + 1], today))
        return found

    def ranges(self, text: str | None) -> list[Request]:
        """Each contract and amendment with those of the periods of ``--periods`` that it judges;
        None: of all that have begun."""
        found = []
        for family in self.families:
            today = today_in(family.base.timezone, self._now)
            chosen = periods(family, today) if text is None else parse_range(text, family, today)
            if text is None:
                default_period(chosen)  # says it where none has begun
            for contract in family.contracts:
                if judged := tuple(p for p in chosen if family.in_force(p) is contract):
                    found.append(Request(family, judged, today))
        return found

    def measure(
        self, requests: Sequence[Request], engine: Engine, watcher: Watcher, offline: bool
    ) -> Measurement:
        """Measure what nobody measured yet."""
        from quality.measure.pipeline import measure
        from quality.measure.planning import Mirrors

        with Store(self.database, resources=self._resources) as store:
            mirrors = Mirrors(self.mirrors, offline, self._now)
            return measure(store, requests, mirrors, engine, watcher)

    def import_reports(
        self, requests: Sequence[Request], watcher: Watcher, offline: bool
    ) -> tuple[Measurement, int]:
        """Bring in what others report, and how much of it is new."""
        from quality.measure.pipeline import import_reports
        from quality.measure.planning import Mirrors

        with Store(self.database, resources=self._resources) as store:
            mirrors = Mirrors(self.mirrors, offline, self._now)
            return import_reports(store, requests, mirrors, watcher)

    def evaluate(
        self, requests: Sequence[Request], *, pages: bool = True, sink: Sink | None = None
    ) -> tuple[Evaluation, ...]:
        """Judge by what the database holds, which is only read; ``pages``: with all that a page
        shows below the verdicts; ``sink`` takes all rows behind the values."""
        with Store(self.database, read_only=True, resources=self._resources) as store:
            found = evaluations(store, requests, pages=pages, sink=sink)
            return with_acknowledgements(store, self.families, found)

    def keep_acknowledgement(self, bundle: Path) -> Path:
        """Keep the signatures of an evidence bundle that came back; the file beside the
        contract."""
        with Store(self.database, resources=self._resources) as store:
            return keep(store, self.families, bundle, self._now)

    def witness(self) -> None:
        """Write into the journals what is new in the ledgers, if there is a database that may be
        written (errors as evaluating has them)."""
        if not self.database.exists() or not os.access(self.database, os.W_OK):
            return
        with Store(self.database, read_only=True, resources=self._resources) as store:
            new = [family for family in self.families if is_news(store, family)]
        if new:
            with Store(self.database, resources=self._resources) as store:
                for family in new:
                    witness(store, family, self._now)

    def to_close(self, period: str, agreed: bool) -> Evaluation:
        """What closing a period would freeze; the database is only read (UsageError: several
        contracts)."""
        from quality.closing.close import to_close

        with Store(self.database, read_only=True, resources=self._resources) as store:
            return to_close(store, self._one(period), agreed)

    def close(
        self, period: str, by: str, agreed: bool, shown: Evaluation | None = None
    ) -> Evaluation:
        """Freeze the evaluation of a period for good, if it still is as it was ``shown``
        (UsageError: several contracts)."""
        from quality.closing.close import Closer, close

        with Store(self.database, resources=self._resources) as store:
            return close(store, self._one(period), Closer(self._now, by, agreed, shown))

    def _one(self, period: str) -> Request:
        if len(self.families) != 1:
            raise UsageError("close the periods of one contract at a time")
        (request,) = self.requests(period)
        return request

    def history(
        self, requests: Sequence[Request], sink: Sink | None = None
    ) -> list[tuple[Evaluation, ...]]:
        """For each request its contract in each of the periods, oldest first."""
        found = iter(
            self.evaluate(
                [
                    replace(request, periods=request.periods[:number])
                    for request in requests
                    for number in range(1, len(request.periods) + 1)
                ],
                sink=sink,
            )
        )
        return [tuple(islice(found, len(request.periods))) for request in requests]

    def later(
        self,
        evaluations: Sequence[Evaluation],
        listed: Mapping[str, str],
        sink: Sink | None = None,
    ) -> tuple[Evaluation, ...]:
        """Each contract in the period that is ``listed`` for it, where that is not among the
        ``evaluations`` but later than one of them."""
        found = []
        for family in self.families:
            shown = {each.period.id for each in evaluations if each.contract_id == family.base.id}
            today = today_in(family.base.timezone, self._now)
            known = periods(family, today)
            ids = [each.id for each in known]
            period = listed.get(family.base.id)
            if period in ids and period not in shown:
                end = ids.index(period)
                if not shown.isdisjoint(ids[:end]):
                    found.append(Request(family, known[: end + 1], today))
        return self.evaluate(found, sink=sink) if found else ()

    def evidence(self, period: str | None, key: Ed25519PrivateKey | None) -> bytes:
        """The evidence bundle of a period, signed where there is a key; the database is only
        read."""
        from quality.evidence.making import make

        (request,) = self.requests(period)
        with Store(self.database, read_only=True, resources=self._resources) as store:
            return make(store, request, self.mirrors, key)

    def record(self, evaluation: Evaluation) -> Path:
        """The file with a closed period's record."""
        return record_file(self.families[0].base, evaluation.period.id)

    def explain(self, request: Request, service_level: str, top: int) -> Explanation:
        """The rows behind a service level's value."""
        from quality.verdicts.explain import explain

        with Store(self.database, read_only=True, resources=self._resources) as store:
            return explain(store, request, service_level, top)

    def ticket_steps(self, request: Request, service_level: str, ticket: str) -> TicketSteps:
        """One ticket's clock, step by step."""
        from quality.verdicts.ticket_steps import ticket_steps

        with Store(self.database, read_only=True, resources=self._resources) as store:
            return ticket_steps(store, request, service_level, ticket)


def begin(
    paths: Sequence[Path], database: Path | None, memory: str | None, jobs: int = 0
) -> Session:
    """The session of a command that begins now, with what its options give (UsageError)."""
    return Session(paths, database, datetime.now(UTC), Resources(jobs, parse_memory(memory)))


def exit_code(evaluations: Sequence[Evaluation], strict: bool) -> int:
    """What a command says of its verdicts: the highest of their codes, and that of an evaluation
    that is unknown as a whole."""
    whole = UNKNOWN if any(each.outcome == "unknown" for each in evaluations) else MET
    verdicts = chain.from_iterable(each.service_levels for each in evaluations)
    return max(whole, highest(verdicts, strict))
