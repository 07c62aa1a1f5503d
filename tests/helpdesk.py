"""A customer's folder with the export of a help desk, and a contract on its tickets."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from quality.measure.measurement import Measurement
from quality.model.verdict import Verdict
from tests.conftest import Desk, Quiet

HEAD = """\
format: workmanship.contract/1
contract:
  id: HELP
  customer: Northwind Retail
  supplier: Acme Software
  starts: 2026-01-01
  ends: 2027-12-31
  period: {period}
  timezone: {timezone}
  recipe: "2026.2"
{head}sources:
  - name: desk
    kind: tickets
    format: csv
    file: desk.csv
    declared_by: supplier
    timezone: {timezone}
{source}{more}service_levels:
"""
COLUMNS = "id,at,event,value,actor,role"


def moment(text: str) -> datetime:
    """A moment in UTC, such as 2026-10-01 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class HelpDesk(Desk):
    """A desk whose contract is on tickets, and on no code."""

    def agree(
        self,
        *levels: str,
        period: str = "quarter",
        timezone: str = "UTC",
        head: str = "",
        source: str = "",
        more: str = "",
    ) -> Path:
        """Write the contract; ``head``, ``source`` and ``more`` are lines of YAML for its head, its
        source and its top level."""
        text = HEAD.format(period=period, timezone=timezone, head=head, source=source, more=more)
        path = self.folder / "help.contract.yaml"
        path.write_text(text + "".join(f"  - {level}\n" for level in levels), "utf-8")
        self.contracts = [path]
        return path

    def export(self, rows: Sequence[str], at: str, columns: str = COLUMNS) -> None:
        """Write the export of a moment."""
        file = self.folder / "desk.csv"
        file.write_text("\n".join([columns, *rows]) + "\n", "utf-8")
        seconds = moment(at).timestamp()
        os.utime(file, (seconds, seconds))

    def take_in(self, at: str) -> Measurement:
        """As ``workmanship import`` does at a moment."""
        self.now = moment(at)
        session = self.begun()
        return session.import_reports(session.ranges(None), Quiet(), offline=False)[0]

    def received(self, rows: Sequence[str], at: str, columns: str = COLUMNS) -> Measurement:
        """An export of a moment, taken in at once."""
        self.export(rows, at, columns)
        return self.take_in(at)

    def judged(self, period: str) -> Verdict:
        """The verdict of the one service level."""
        (evaluation,) = self.evaluate(period)
        (verdict,) = evaluation.service_levels
        return verdict
