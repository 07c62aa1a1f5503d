"""The numbers of a page's drawings of time as CSV, a line each: weeks, sums, ages and stretches."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence
from reports.scorecard.csv import cell
from reports.scorecard.page import spent

HEAD = (
    *("contract", "period", "service_level", "indicator", "drawing", "item", "what"),
    *("begins", "ends", "number", "unit"),
)
Line = tuple[str, str, str, str, str, int, str]
"""Drawing, item, what, begin, end, number, unit."""


def render(evaluation: Evaluation) -> str:
    """All numbers that are drawn of a period's records; "": none are."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    indicators = {each.id: each.indicator for each in evaluation.service_levels}
    writer.writerow(HEAD)
    empty = stream.tell()
    for evidence in evaluation.scorecard.evidence:
        level = evidence.service_level
        head = evaluation.contract_id, evaluation.period.id, level, indicators[level]
        for line in _lines(evaluation, evidence):
            writer.writerow([cell(each) for each in (*head, *line)])
    return stream.getvalue() if stream.tell() > empty else ""


def _lines(evaluation: Evaluation, evidence: Evidence) -> Iterator[Line]:
    for week, in_time, missed in evidence.weeks:
        first = evaluation.period.start + timedelta(days=7 * week)
        days = first.isoformat(), (first + timedelta(days=6)).isoformat()
        yield "weeks", "", "in time", *days, in_time, "clocks"
        yield "weeks", "", "missed", *days, missed, "clocks"
    for state, seconds in evidence.spent:
        yield "time", "", state, "", "", seconds, "seconds"
    for each in evidence.ages:
        for words, much in zip(spent.AGES, each.counts, strict=True):
            yield "ages", each.severity, words, "", "", much, "defects"
    for clock in evidence.clocks:
        for state, begins, ends in clock.stretches:
            moments = _moment(begins), _moment(ends)
            yield "clocks", clock.id, state, *moments, ends - begins, "seconds"
    for taken in evidence.relieved:
        yield "taken out", taken.id, taken.party, "", "", taken.seconds, "seconds"
    for hands in evidence.held:
        yield "hands", hands.party or "nobody", "ran", "", "", hands.ran, "seconds"
        yield "hands", hands.party or "nobody", "handed to it", "", "", hands.handed, "tickets"


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
