"""Prometheus: matrices of its HTTP API, from a file or asked for range by range.

``query`` gives series of which 1 is up and all else down, such as probe_success. Where requests
are counted instead, ``fields`` names two counters: ``total`` and ``failed``; of each of their
series the increase from step to step counts. ``service`` names the label that tells services apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from collectors.records.answers import answer
from collectors.records.json_reader import JsonReader
from collectors.records.mapped.fields import text
from collectors.records.mapped.probes import requests
from collectors.records.monitors.samples import Samples
from collectors.records.shapes import a_dict, a_list, a_text
from collectors.records.stamps import EARLIEST, Stamps
from collectors.records.stretches import QUARTER, quarter
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Download, Page, Probed, RecordKind

KINDS: frozenset[RecordKind] = frozenset({"probes"})
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {"probes": ("service", "total", "failed")}
REVISION = 1
AUTHORIZATION = "Bearer {}"
POINTS = 10_000  # of a series in one answer; the server allows 11,000
LATE = timedelta(minutes=5)  # after which a server has all samples of a moment
PATH = "api/v1/query_range"
_PLAIN = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*(\{[^{}]*\})?")
_LABELS = ("instance", "job")


def read(file: BinaryIO, asked: Asked) -> Iterator[Probed]:
    """The stretches of a matrix, as the API answers with it (UnreadableError)."""
    reader, samples = JsonReader(file, asked.encoding), Samples()
    while not reader.ended():
        head = dict[str, Any]()
        for series in _walked(reader, head):
            _probed(samples, series, asked)
        _check(head)
    yield from samples.stretches(asked.interval)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The stretches since a cursor, range by range, up to the last quarter of an hour that is over
    by the server's own clock. The address is that of the server, https://prometheus.example."""
    if not asked.interval:
        raise UnreadableError("the time between probes is not known: state the source's interval:")
    if not (cursor or asked.since):
        raise UnreadableError("where to begin is not known: state the source's since:")
    if ("total" in asked.fields) != ("failed" in asked.fields):
        raise UnreadableError("fields: name both counters, total and failed")
    begin = datetime.fromisoformat(cursor) - QUARTER if cursor else asked.since or EARLIEST
    begin, end = quarter(begin), quarter(_now(download) - LATE)
    longest = quarter(EARLIEST + timedelta(seconds=asked.interval * POINTS)) - EARLIEST
    while begin < end:
        until = min(end, begin + max(longest, QUARTER))
        # One step more than is kept: what it says reaches into the range.
        samples = _samples(download, asked, begin - timedelta(seconds=asked.interval), until)
        found = samples.stretches(asked.interval)
        kept = [each for each in found if begin <= each.begins < until]
        yield Page(iter(kept), until.isoformat(), until >= end, until)
        begin = until


def _samples(download: Download, asked: Asked, begin: datetime, end: datetime) -> Samples:
    samples = Samples()
    if "total" not in asked.fields:  # probes
        for series in _asked(download, asked, _probing(asked), begin, end):
            _probed(samples, series, asked)
        return samples
    after = end + timedelta(seconds=asked.interval)  # to which the last increase leads
    total, failed = (
        _increases(_asked(download, asked, asked.fields.get(name, ""), begin, after), asked)
        for name in ("total", "failed")
    )
    for (service, at), count in total.items():
        samples.add(service, at, requests(count, min(count, failed.get((service, at), 0))))
    return samples


Series = tuple[dict[str, Any], list[tuple[datetime, float | None]]]


def _increases(found: Iterator[Series], asked: Asked) -> dict[tuple[str, datetime], int]:
    """By service and the moment from which it is counted: how much all of its counters rose within
    one interval. A counter that falls was begun anew."""
    step, rose = timedelta(seconds=asked.interval), dict[tuple[str, datetime], float]()
    for series, values in found:
        service, before = _service(series, asked), (EARLIEST, 0.0)
        for at, value in values:
            if value is not None:
                if before[0] == at - step:
                    more = value - before[1] if value >= before[1] else value
                    key = service, at - step
                    rose[key] = rose.get(key, 0.0) + more
                before = at, value
    return {key: round(value) for key, value in rose.items()}


def _probing(asked: Asked) -> str:
    """The query; of plain series the worst value within the interval, since the server otherwise
    repeats an old value for five minutes and hides gaps."""
    query = asked.query.strip()
    if not query:
        raise UnreadableError("what to ask for is not known: state the source's query:")
    return f"min_over_time({query}[{asked.interval}s])" if _PLAIN.fullmatch(query) else query


def _asked(
    download: Download, asked: Asked, query: str, begin: datetime, end: datetime
) -> Iterator[Series]:
    """What a query gives at each multiple of the interval, up to the end."""
    step = asked.interval
    first = -(-begin.timestamp() // step) * step
    last = -(-end.timestamp() // step) * step - step
    query_ = {"query": query, "start": f"{first:.0f}", "end": f"{last:.0f}", "step": str(step)}
    return _matrix(answer(download, PATH, query_))


def _matrix(said: object) -> Iterator[Series]:
    """Labels and values of each series (UnreadableError: no matrix, or a part of one)."""
    found = a_dict(said)
    data = a_dict(found.get("data"))
    _check({**found, "resultType": data.get("resultType")})
    return map(_series, a_list(data.get("result")))


def _walked(reader: JsonReader, head: dict[str, Any]) -> Iterator[Series]:
    """The same of a file of any size; what else it says stands in the head."""
    for key in reader.members():
        if key == "data" and reader.kind() == "{":
            for name in reader.members():
                if name == "result" and reader.kind() == "[":
                    yield from map(_series, reader.values())
                else:
                    head[name] = reader.value()
        else:
            head[key] = reader.value()


def _check(head: dict[str, Any]) -> None:
    """What is no whole matrix (UnreadableError)."""
    if head.get("status") != "success" or head.get("resultType") != "matrix":
        why = line_of(head.get("error")) or "not an answer to a range query"
        raise UnreadableError(f"not a matrix of Prometheus: {why}")
    if warnings := a_list(head.get("warnings")):
        raise UnreadableError(f"a part is missing: {line_of(a_text(warnings[0]), 200)}")


def _series(said: object) -> Series:
    series = a_dict(said)
    return a_dict(series.get("metric")), [_value(each) for each in a_list(series.get("values"))]


def _probed(samples: Samples, series: Series, asked: Asked) -> None:
    service = _service(series[0], asked)
    for at, value in series[1]:
        if value is not None:
            samples.add(service, at, _up(value))


def _value(pair: object) -> tuple[datetime, float | None]:
    """A moment and a value; None: it is not a number."""
    if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str):
        raise UnreadableError("a sample is not a pair of a moment and a value")
    try:
        value = float(pair[1])
    except ValueError:
        raise UnreadableError(f"{line_of(pair[1], 40)} is not a value") from None
    return _STAMPS.of(pair[0]), value if abs(value) < float("inf") else None


_STAMPS = Stamps(Asked("probes", {}))


def _up(value: float) -> tuple[bool, int, int]:
    return value == 1, 1, 0 if value == 1 else 1


def _service(labels: dict[str, Any], asked: Asked) -> str:
    label = asked.fields.get("service")
    names = (label,) if label else () if asked.service else _LABELS
    found = next((text(labels[name], 200) for name in names if labels.get(name)), asked.service)
    if not found:
        raise UnreadableError(f"a series without a label {label or ' or '.join(_LABELS)}")
    return found


def _now(download: Download) -> datetime:
    """The server's clock: ours may go wrong."""
    said = a_dict(answer(download, "api/v1/query", {"query": "time()"}))
    result = a_list(a_dict(said.get("data")).get("result"))
    return _STAMPS.of(result[0] if result else None)
