"""What a year of probes costs: a hundred million results of one service, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from quality.model.records import Probed
from quality.store.database import Store
from quality.store.records import Arrival, Intake, add_source
from tests.bench.timing import Line, workmanship

RESULTS = 100_000_000
QUARTERS = 365 * 96  # quarters of an hour: a reader's stretches cross none
FAILING = 100  # one quarter of an hour in so many has a minute of failures
CONTRACT = """\
format: workmanship.contract/1
contract: {id: OPS, customer: A, supplier: B, starts: 2025-01-01, ends: 2025-12-31,
  period: month, timezone: Europe/Berlin, recipe: "2026.2"}
sources:
  - {name: watch, kind: probes, format: csv, file: x.csv, declared_by: customer, interval: 1 s}
calendars: [{name: office, timezone: Europe/Berlin, hours: {mon-fri: ["08:00-18:00"]}}]
services: [{name: shop, hours: office, same_outage: 5 min}]
service_levels:
  - {id: A, class: critical, indicator: service.availability, service: shop, minimum: 99.9}
  - {id: B, class: critical, indicator: service.outages, service: shop, minimum: 100}
  - {id: C, class: critical, indicator: service.mttr, service: shop, minimum: 100}
"""


def availability(folder: Path) -> list[Line]:
    """Evaluate twelve months of three service levels on the probes of one service."""
    (folder / "ops.contract.yaml").write_text(CONTRACT, encoding="utf-8")
    received = datetime(2026, 1, 2, tzinfo=UTC)
    with Store(folder / ".workmanship/measurements.duckdb") as store:
        number = add_source(store, "OPS", "watch", "probes")
        page = Arrival(number, 1, "", received, received)
        kept = Intake(store, number, whole=True).keep(page, _stretches())
    run = workmanship("evaluate", "ops.contract.yaml", "--period", "2025-12", folder=folder)
    if "unknown" in run.output:
        raise SystemExit(f"the probes do not answer every service level:\n{run.output}")
    return [
        Line(f"evaluate 12 months of {RESULTS:,} results of probes in {kept.records:,} stretches",
             f"{run.seconds:.1f} s, {run.megabytes:.0f} MB", "", "5 s"),
    ]  # fmt: skip


def _stretches() -> Iterator[Probed]:
    begins, results = datetime(2024, 12, 31, 23, tzinfo=UTC), RESULTS // QUARTERS
    for quarter in range(QUARTERS):
        at = begins + timedelta(minutes=15 * quarter)
        cuts = (0, 15) if quarter % FAILING else (0, 7, 8, 15)
        for number, (one, other) in enumerate(pairwise(cuts)):
            up = number != 1
            share = results * (other - one) // 15
            yield Probed(
                "shop", at + timedelta(minutes=one), at + timedelta(minutes=other), up, share,
                0 if up else share,
            )  # fmt: skip
