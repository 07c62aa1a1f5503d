"""A customer's folder with lists of outages, results of probes and reported defects, and a contract
on them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from quality.measure.measurement import Measurement
from quality.model.verdict import Verdict
from tests.helpdesk import HelpDesk, moment

HEAD = """\
format: workmanship.contract/1
contract:
  id: OPS
  customer: Northwind Retail
  supplier: Acme Software
  starts: {starts}
  ends: 2027-12-31
  period: {period}
  timezone: {timezone}
  recipe: "2026.2"
{head}{more}sources:
{sources}service_levels:
"""
SOURCE = (
    "  - {{name: {name}, kind: {kind}, format: csv, file: {name}.csv, declared_by: {by}, "
    "timezone: UTC{more}}}\n"
)
COLUMNS = {
    "outages": "id,service,kind,begins,ends,announced_at,cause",
    "probes": "service,at,up",
    "defects": "id,at,event,value",
}


class Operations(HelpDesk):
    """A desk whose contract is on services and defects; ``kinds``: of its sources by name."""

    kinds: dict[str, str]

    def agreed(
        self,
        *levels: str,
        sources: str = "list outages supplier",
        more: str = "",
        period: str = "month",
        timezone: str = "UTC",
        head: str = "",
        starts: str = "2026-01-01",
    ) -> Path:
        """Write the contract; ``sources``: name, kind and party of each, and more keys, apart by
        semicolons."""
        self.kinds, lines = {}, ""
        for each in sources.split(";"):
            name, kind, by, *rest = each.strip().split(" ", 3)
            self.kinds[name] = kind
            lines += SOURCE.format(
                name=name, kind=kind, by=by, more="".join(f", {r}" for r in rest)
            )
        text = HEAD.format(
            period=period, timezone=timezone, head=head, more=more, sources=lines, starts=starts
        )
        path = self.folder / "ops.contract.yaml"
        path.write_text(text + "".join(f"  - {level}\n" for level in levels), "utf-8")
        self.contracts = [path]
        return path

    def write(self, name: str, rows: Sequence[str], at: str, columns: str = "") -> None:
        """Write the export of a source at a moment."""
        file = self.folder / f"{name}.csv"
        head = columns or COLUMNS[self.kinds[name]]
        file.write_text("\n".join([head, *rows]) + "\n", "utf-8")
        os.utime(file, (moment(at).timestamp(),) * 2)

    def came(self, at: str, **rows: Sequence[str]) -> Measurement:
        """Exports of a moment by the names of their sources, taken in at once."""
        for name, each in rows.items():
            self.write(name, each, at)
        result = self.take_in(at)
        assert not result.problems, result.problems
        return result

    def counted(self, period: str) -> tuple[int, int]:
        """Numerator and denominator of the one service level."""
        measured = self.judged(period).measured
        assert measured, self.judged(period).reason
        return measured.numerator, measured.denominator

    def verdict(self, level: str, period: str) -> Verdict:
        """The verdict of a service level."""
        (evaluation,) = self.evaluate(period)
        return next(each for each in evaluation.service_levels if each.id == level)
