"""Monitors: what they export, and Prometheus's API from a server of our own that speaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from collectors.records.systems import APIS
from collectors.records.text import UnreadableError
from quality.model.records import Asked, Outage, Page, Probed
from tests.collectors.records.exports import at, read, refused
from tests.collectors.records.servers import Answer, serving
from tests.collectors.records.servers import Asked as Requests

BEGIN = at("2026-03-02 09:00")


def short(found: list[Probed]) -> list[tuple[str, str, str, bool, int, int]]:
    return [
        (s.service, f"{s.begins:%H:%M:%S}", f"{s.ends:%H:%M:%S}", s.up, s.results, s.failed)
        for s in sorted(found)
    ]


# ---------------------------------------------------------------- blackbox


def test_a_table_of_probes_names_what_is_probed_in_a_column() -> None:
    text = (
        "timestamp,instance,probe_success\n1772442000,https://a,1\n1772442000,https://b,0\n"
        "1772442060,https://a,1.00\n1772442060,https://b,0.0\n"
    )
    assert short(read("blackbox", text, "probes", interval=60)) == [
        ("https://a", "09:00:00", "09:02:00", True, 2, 0),
        ("https://b", "09:00:00", "09:02:00", False, 2, 2),
    ]


def test_or_has_a_column_for_each_of_them() -> None:
    text = (
        '"Time","{__name__=""probe_success"", instance=""https://a"", job=""bb""}",b\n'
        "2026-03-02 10:00:00,1,1\n2026-03-02 10:01:00,,0\n2026-03-02 10:02:00,1,0\n"
    )
    assert short(read("blackbox", text, "probes", interval=60, timezone="Europe/Berlin")) == [
        ("b", "09:00:00", "09:01:00", True, 1, 0),
        ("b", "09:01:00", "09:03:00", False, 2, 2),
        ("https://a", "09:00:00", "09:01:00", True, 1, 0),  # then nobody probed it
        ("https://a", "09:02:00", "09:03:00", True, 1, 0),
    ]
    refused("blackbox", text, "line 2: .* a stamp without a time zone", kind="probes", interval=60)
    refused("blackbox", text, "state the source's interval", kind="probes", timezone="UTC")
    half = text.replace("00,1,1", "00,0.5,1")
    refused("blackbox", half, "line 2: 0.5 is not a value of probe_success", kind="probes",
            timezone="UTC", interval=60)  # fmt: skip
    refused("blackbox", "a,b\n", "it has no column of time", kind="probes", interval=60)


# ---------------------------------------------------------------- Uptime Kuma


def beat(minute: int, status: int, monitor: int = 29) -> dict[str, Any]:
    return {"monitorID": monitor, "status": status, "time": f"2026-03-02 09:{minute:02}:00.527",
            "msg": "", "important": False, "duration": 60, "ping": 12}  # fmt: skip


BEATS = [beat(0, 1), beat(1, 2), beat(2, 0), beat(3, 3), beat(4, 1)]
KUMA = [
    ("shop", "09:00:00", "09:01:00", True, 1, 0),
    ("shop", "09:01:00", "09:03:00", False, 2, 2),  # pending: it failed, and is tried again
    ("shop", "09:04:00", "09:05:00", True, 1, 0),  # in between was maintenance: no probe
]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (BEATS, {"service": "shop", "interval": 60}),
        (BEATS[::-1], {"fields": {"service.shop": "29"}, "interval": 60}),
        ({"monitorList": {"29": {"id": 29, "name": "shop", "interval": 60}},
          "heartbeatList": {"29": BEATS}}, {}),
        ({"monitorList": [{"id": 29, "name": "shop", "interval": 60}], "heartbeats": BEATS}, {}),
    ],
)  # fmt: skip
def test_heartbeats_are_probes(said: Any, asked: Any) -> None:
    assert short(read("uptime_kuma", json.dumps(said), "probes", **asked)) == KUMA


def test_heartbeats_come_as_a_table_of_the_database_too() -> None:
    rows = "".join(
        f"{n},0,{b['monitorID']},{b['status']},ok,{b['time']}\n" for n, b in enumerate(BEATS)
    )
    text = f"id,important,monitor_id,status,msg,time\n{rows}"
    assert short(read("uptime_kuma", text, "probes", service="shop", interval=60)) == KUMA
    refused("uptime_kuma", rows, "it has no columns monitor_id, status, time", kind="probes")
    refused("uptime_kuma", text, "line 2: monitor 29 has no name", kind="probes", interval=60)
    refused(
        "uptime_kuma",
        text,
        "line 2: the time between probes is not known",
        kind="probes",
        service="a",
    )


def test_several_monitors_are_no_single_service() -> None:
    beats = [beat(0, 1), beat(1, 1, 30)]
    by_monitor = {"heartbeatList": {str(each["monitorID"]): [each] for each in beats}}
    for said in (beats, by_monitor):
        refused("uptime_kuma", json.dumps(said), "monitor 30 has no name: state service.NAME: 30",
                kind="probes", service="shop", interval=60)  # fmt: skip
    monitors = [{"id": number, "name": "shop", "interval": 60} for number in (29, 30)]
    twice = [
        ({"monitorList": monitors, **by_monitor}, {}),
        ({"monitorList": monitors, "heartbeats": [beat(0, 0), beat(0, 1, 30)]}, {}),
        (beats, {"fields": {"service.shop": "29 | 30"}, "interval": 60}),
        (beats, {"fields": {"service.shop": "30"}, "service": "shop", "interval": 60}),
    ]
    for said, asked in twice:  # else the one that is up would hide that the other is down
        refused("uptime_kuma", json.dumps(said), "monitor 30 is called shop, as another one is",
                kind="probes", **asked)  # fmt: skip
    refused("uptime_kuma", json.dumps([beat(0, 9)]), "9 is not a state of a monitor", kind="probes",
            service="shop", interval=60)  # fmt: skip


# ---------------------------------------------------------------- Pingdom


def state(status: str, begin: int, end: int) -> dict[str, Any]:
    return {"status": status, "timefrom": 1772442000 + begin, "timeto": 1772442000 + end}


STATES = [state("up", 0, 600), state("down", 600, 678), state("up", 678, 1200)]


def test_pingdom_s_states_are_outages() -> None:
    outage = Outage("shop 2026-03-02T09:10:00+00:00", "shop", "outage", at("2026-03-02 09:10"),
                    at("2026-03-02 09:11:18"))  # fmt: skip
    text = json.dumps({"summary": {"states": STATES}})
    assert read("pingdom", text, "outages", service="shop") == [outage]
    table = (
        '"Check name","Status","From","To"\n'
        '"shop","Up","2026-03-02 09:00:00","2026-03-02 09:10:00"\n'
        '"shop","Down","2026-03-02 09:10:00","2026-03-02 09:11:18"\n'
    )
    assert read("pingdom", table, "outages", timezone="UTC") == [outage]


def test_what_pingdom_does_not_know_is_no_time_without_outage() -> None:
    text = json.dumps({"summary": {"states": [*STATES, state("unknown", 1200, 1500)]}})
    refused("pingdom", text, "shop was not watched from 2026-03-02 09:20", kind="outages",
            service="shop")  # fmt: skip
    assert short(read("pingdom", text, "probes", service="shop")) == [
        ("shop", "09:00:00", "09:10:00", True, 0, 0),
        ("shop", "09:10:00", "09:11:18", False, 0, 0),
        ("shop", "09:11:18", "09:15:00", True, 0, 0),
        ("shop", "09:15:00", "09:20:00", True, 0, 0),
    ]


def test_pingdom_s_single_results_are_probes() -> None:
    states = ("up", "unconfirmed_down", "down", "unknown", "up")
    results = [
        {"probeid": 1, "time": 1772442000 + 60 * minute, "status": status}
        for minute, status in enumerate(states)
    ]
    text = json.dumps({"results": results[::-1], "activeprobes": [1]})
    assert short(read("pingdom", text, "probes", service="shop", interval=60)) == [
        ("shop", "09:00:00", "09:01:00", True, 1, 0),
        ("shop", "09:01:00", "09:03:00", False, 2, 2),
        ("shop", "09:04:00", "09:05:00", True, 1, 0),
    ]
    refused("pingdom", text, "single results are not outages", kind="outages", service="shop")
    refused("pingdom", '{"error": 1}', "not states or results", kind="outages")
    refused("pingdom", "a,b\n1,2\n", "it has no columns Status and From", kind="outages")


# ---------------------------------------------------------------- Prometheus


def matrix(*series: tuple[dict[str, str], list[tuple[float, str]]]) -> dict[str, Any]:
    result = [{"metric": labels, "values": values} for labels, values in series]
    return {"status": "success", "data": {"resultType": "matrix", "result": result}}


def test_a_matrix_in_a_file_is_read() -> None:
    values = [(1772442000 + 60 * n, said) for n, said in enumerate(("1", "1", "0", "NaN", "1"))]
    text = json.dumps(matrix(({"__name__": "probe_success", "instance": "https://a"}, values)))
    assert short(read("prometheus", text, "probes", interval=60)) == [
        ("https://a", "09:00:00", "09:02:00", True, 2, 0),
        ("https://a", "09:02:00", "09:03:00", False, 1, 1),
        ("https://a", "09:04:00", "09:05:00", True, 1, 0),
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"status": "error", "error": "parse \x1b[1m error"}, r"parse \\x1b\[1m error"),
        ({"status": "success", "data": {"resultType": "vector"}}, "not an answer to a range query"),
        (matrix(({}, [(1772442000, "1")])), "a series without a label instance or job"),
        (matrix(({"job": "a"}, [(1, 2, 3)])), "a sample is not a pair"),  # type: ignore[list-item]
        (matrix(({"job": "a"}, [(1772442000, "x")])), "x is not a value"),
        (matrix(({"job": "a"}, [("x", "1")])), "x is not an ISO 8601 stamp"),  # type: ignore[list-item]
        ({**matrix(), "warnings": ["remote read: one part is missing"]}, "a part is missing"),
        ([], "{ was expected"),
    ],
)  # fmt: skip
def test_no_matrix_is_read_that_is_none(said: Any, why: str) -> None:
    refused("prometheus", json.dumps(said), why, kind="probes", interval=60)


Values = Sequence[float | None]


class Prometheus:
    """Holds samples by metric and instance, and evaluates what is asked of it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.samples: dict[tuple[str, str], list[tuple[int, float]]] = {}
        self.ranges: list[tuple[datetime, datetime]] = []

    def probed(
        self, metric: str, instance: str, values: list[float | None], every: int = 60
    ) -> None:
        begin = int(BEGIN.timestamp())
        self.samples[metric, instance] = [
            (begin + every * n, value) for n, value in enumerate(values) if value is not None
        ]

    def told(self, path: str, query: dict[str, str]) -> Any:
        if path == "api/v1/query":
            assert query["query"] == "time()"
            now = self.now.timestamp()
            return {
                "status": "success",
                "data": {"resultType": "scalar", "result": [now, str(now)]},
            }
        assert path == "api/v1/query_range"
        start, end, step = (int(query[name]) for name in ("start", "end", "step"))
        if (end - start) // step > 11_000:
            return Answer({"status": "error", "error": "exceeded maximum resolution"}, 400)
        self.ranges.append(
            (datetime.fromtimestamp(start, BEGIN.tzinfo), datetime.fromtimestamp(end, BEGIN.tzinfo))
        )
        over = re.fullmatch(r"min_over_time\((\w+)\[(\d+)s\]\)", query["query"])
        metric, back = (over[1], int(over[2])) if over else (query["query"], 300)
        series = []
        for (name, instance), samples in self.samples.items():
            values = []
            for moment in range(start, end + 1, step):
                found = [value for at, value in samples if moment - back < at <= moment]
                if found and name == metric:
                    values.append((moment, str(min(found) if over else found[-1])))
            series += [({"instance": instance, "service": "shop"}, values)] if values else []
        return matrix(*series)


ASKED = {"query": "probe_success", "interval": 60, "since": BEGIN}


def pages(
    server: Prometheus, requests: Requests, cursor: str = "", **asked: Any
) -> list[tuple[Page, list[Any]]]:
    fields = asked.pop("fields", {})
    source = Asked("probes", fields, **{**ASKED, **asked})
    walk = APIS["prometheus"].pages(requests.server().get, cursor, source)
    return [(page, list(page.records)) for page in walk]


def test_prometheus_is_asked_up_to_the_last_quarter_that_is_over() -> None:
    server = Prometheus(at("2026-03-02 09:51"))
    ups: list[float | None] = [1.0] * 60
    ups[20:23] = [0, 0, 0]
    ups[35:38] = [None, None, None]  # longer than an interval, shorter than a lookback
    server.probed("probe_success", "https://a", ups)
    with serving(server.told) as requests:
        ((page, found),) = pages(server, requests)
    assert (page.last, page.spoken_at) == (True, at("2026-03-02 09:45"))
    assert short(found) == [
        ("https://a", "09:00:00", "09:15:00", True, 15, 0),
        ("https://a", "09:15:00", "09:20:00", True, 5, 0),
        ("https://a", "09:20:00", "09:23:00", False, 3, 3),
        ("https://a", "09:23:00", "09:30:00", True, 7, 0),
        ("https://a", "09:30:00", "09:35:00", True, 5, 0),
        ("https://a", "09:38:00", "09:45:00", True, 7, 0),
    ]


@pytest.mark.parametrize("interval", [60, 7, 400])
def test_what_is_read_again_is_the_same(interval: int) -> None:
    server = Prometheus(at("2026-03-02 10:22"))
    server.probed("probe_success", "https://a", [1.0, 1, 0, 1, 1] * 300, interval)
    with serving(server.told) as requests:
        ((first, found),) = pages(server, requests, interval=interval)
        server.now += timedelta(hours=1)
        ((_, more),) = pages(server, requests, first.cursor, interval=interval)
        ((_, all_of_it),) = pages(server, requests, interval=interval)
    again = [each for each in more if each.begins < at("2026-03-02 10:15")]
    assert again
    assert set(again) <= set(found)
    kept = {(each.service, each.begins): each for each in [*found, *more]}
    assert sorted(kept.values()) == sorted(all_of_it)


def test_long_times_are_asked_range_by_range() -> None:
    server = Prometheus(BEGIN + timedelta(days=20))
    server.probed("probe_success", "https://a", [1.0] * 100)
    with serving(server.told) as requests:
        found = pages(server, requests)
    assert len(found) > 2
    assert [page.last for page, _ in found] == [False] * (len(found) - 1) + [True]
    assert sum(each.results for _, records in found for each in records) == 100


def test_requests_are_counted_by_what_counters_rise_and_resets_are_none() -> None:
    server = Prometheus(at("2026-03-02 09:51"))
    server.probed("http_all", "1", [float(n * 10) for n in range(60)])
    server.probed("http_all", "2", [float(n * 10) for n in range(16)] + [5.0] * 44)  # begun anew
    server.probed("http_5xx", "1", [0.0] * 16 + [8.0] * 44)
    fields = {"total": "http_all", "failed": "http_5xx", "service": "service"}
    with serving(server.told) as requests:
        ((_, found),) = pages(server, requests, fields=fields, query="")
    assert short(found) == [
        ("shop", "09:00:00", "09:15:00", True, 300, 0),
        ("shop", "09:15:00", "09:16:00", False, 15, 8),  # 10 and, after a reset, 5
        ("shop", "09:16:00", "09:30:00", True, 140, 0),
        ("shop", "09:30:00", "09:45:00", True, 150, 0),
    ]


@pytest.mark.parametrize("missing", ["interval", "since", "query"])
def test_prometheus_has_to_be_told_what_and_from_when(missing: str) -> None:
    nothing = {"interval": 0, "since": None, "query": ""}[missing]
    server = Prometheus(at("2026-03-02 09:51"))
    with (
        serving(server.told) as requests,
        pytest.raises(UnreadableError, match=f"state the source's {missing}"),
    ):
        pages(server, requests, **{missing: nothing})
