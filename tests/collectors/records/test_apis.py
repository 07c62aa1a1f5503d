"""APIs of trackers, read from servers of our own that speak them: nothing is lost or doubled."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collectors.records.answers import all_pages
from collectors.records.systems import APIS
from collectors.records.text import UnreadableError
from quality.errors import NoReportError, UnreachableError
from quality.model.records import Asked, Page, Ticket
from tests.collectors.records.exports import events
from tests.collectors.records.servers import Answer, serving
from tests.collectors.records.servers import Asked as Requests
from tests.collectors.records.trackers import BEGIN, TRACKERS, Azure, GitHub, GitLab, Jira, Tracker
from tests.examples import table

HOUR = timedelta(hours=1)


@pytest.fixture(params=TRACKERS, ids=lambda each: each.__name__)
def tracker(request: pytest.FixtureRequest) -> Any:
    return request.param()


class Direct:
    """Answers without a server between, where the way there is not what a test asks about."""

    def __init__(self, told: Callable[[str, dict[str, str]], Any]) -> None:
        self.paths: list[str] = []
        self._told = told

    def get(self, path: str, query: Mapping[str, str]) -> bytes:
        """As a server's client does."""
        self.paths.append(path)
        said = self._told(path, dict(query))
        if not isinstance(said, Answer):
            return json.dumps(said).encode()
        if said.status == 404:
            raise NoReportError("there is nothing at that address")
        raise UnreachableError(f"the server fails (HTTP {said.status})")

    def server(self) -> Direct:
        """Its own client."""
        return self


def pages(tracker: Any, requests: Requests | Direct, cursor: str = "") -> Iterator[Page]:
    """What the tracker's API is read as, page by page."""
    asked = Asked("tickets", tracker.fields, timezone="UTC")
    return APIS[tracker.name].pages(requests.server().get, cursor, asked)


class Kept:
    """What a run keeps: a page wholly, with its cursor, or not at all."""

    def __init__(self) -> None:
        self.tickets = dict[str, Ticket]()
        self.seen = Counter[str]()
        self.cursor, self.last = "", False

    def run(self, tracker: Any, requests: Requests | Direct) -> None:
        for page in pages(tracker, requests, self.cursor):
            found = list(page.records)
            self.tickets |= {ticket.id: ticket for ticket in found if isinstance(ticket, Ticket)}
            self.seen.update(ticket.id for ticket in found if isinstance(ticket, Ticket))
            self.cursor, self.last = page.cursor, page.last

    def numbers(self, tracker: Tracker) -> list[int]:
        return sorted(map(tracker.number, self.tickets))


def test_every_ticket_comes_with_all_of_its_history(tracker: Any) -> None:
    tracker.fill(3)
    kept = Kept()
    with serving(tracker.told, tracker.below) as requests:
        kept.run(tracker, requests)
    assert kept.numbers(tracker) == [1, 2, 3]
    assert kept.last
    assert all(count == 1 for count in kept.seen.values())
    # An issue's last update is its own; all else is as the payloads say.
    for ticket in kept.tickets.values():
        assert [each for each in events(ticket) if "Waiting" not in each] == tracker.events


def test_all_pages_are_read_and_the_next_run_reads_what_is_new(tracker: Any) -> None:
    tracker.fill(250, HOUR)
    kept, requests = Kept(), Direct(tracker.told)
    kept.run(tracker, requests)
    assert kept.numbers(tracker) == list(range(1, 251))
    before, asked = kept.seen.total(), len(requests.paths)
    kept.run(tracker, requests)
    assert kept.seen.total() - before <= 1  # the overlap
    assert len(requests.paths) - asked <= 8
    tracker.changed[251] = tracker.changed[250] + HOUR
    if tracker.name != "azure_devops":
        tracker.changed[17] = tracker.changed[250] + 2 * HOUR
    before = kept.seen.total()
    kept.run(tracker, requests)
    assert kept.numbers(tracker) == list(range(1, 252))
    assert kept.seen.total() - before <= 3


def test_many_changes_at_one_moment_lose_nothing(tracker: Any) -> None:
    tracker.fill(250, timedelta(0))
    kept = Kept()
    kept.run(tracker, Direct(tracker.told))
    assert kept.numbers(tracker) == list(range(1, 251))


def test_what_changes_while_it_is_read_is_not_lost(tracker: Any) -> None:
    if tracker.name == "azure_devops":
        pytest.skip("a feed of revisions only grows at its end")
    tracker.fill(250, timedelta(seconds=7))
    kept, moves = Kept(), iter((5, 15, 115))

    def told(path: str, query: dict[str, str]) -> Any:
        said = tracker.told(path, query)
        if len(kept.seen) in (0, 100, 200) and (number := next(moves, None)):
            tracker.changed[number] = max(tracker.changed.values()) + HOUR
        return said

    kept.run(tracker, Direct(told))
    assert kept.numbers(tracker) == list(range(1, 251))


@pytest.mark.parametrize("breaks_at", table([2, 5, 90, 110, 301], {1, 3}))
def test_a_run_that_breaks_is_gone_on_with(tracker: Any, breaks_at: int) -> None:
    tracker.fill(250)
    kept, broken = Kept(), [breaks_at]

    def told(path: str, query: dict[str, str]) -> Any:
        broken[0] -= 1
        return tracker.told(path, query) if broken[0] else Answer(status=500)

    requests = Direct(told)
    with suppress(UnreachableError):
        kept.run(tracker, requests)
        assert kept.last
    kept.run(tracker, requests)
    assert kept.numbers(tracker) == list(range(1, 251))
    assert kept.last


@pytest.mark.parametrize("fold", table([0, 1], {0}))
def test_the_hour_that_occurs_twice_is_read_in_jira_s_local_time_too(fold: int) -> None:
    tracker, kept = Jira(), Kept()
    tracker.fold = fold  # clocks in New York are set back at 06:00 UTC
    begin = datetime(2026, 11, 1, 4, tzinfo=UTC)
    tracker.changed = {n: begin + timedelta(minutes=n) for n in range(1, 251)}
    requests = Direct(tracker.told)
    kept.run(tracker, requests)
    for minutes in range(0, 300, 45):  # wherever a run before ended
        again = Kept()
        again.cursor = (begin + timedelta(minutes=minutes)).isoformat()
        again.run(tracker, requests)
        assert set(again.numbers(tracker)) >= set(range(max(1, minutes - 10), 251))
    assert kept.numbers(tracker) == list(range(1, 251))


def test_a_failure_in_the_middle_costs_nothing(tracker: Any) -> None:
    tracker.fill(120)
    kept, count = Kept(), iter(range(10_000))

    def told(path: str, query: dict[str, str]) -> Any:
        number = next(count)
        if number % 7 == 3:
            return Answer(status=429, headers={"Retry-After": "1"})
        return Answer(b"[{", length=90) if number % 7 == 5 else tracker.told(path, query)

    with serving(told, tracker.below) as requests:
        kept.run(tracker, requests)
    assert kept.numbers(tracker) == list(range(1, 121))
    assert kept.seen.total() <= 130


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"[{", "it ends in the middle"),
        (b"{}", "answers with no list of objects|."),
        (b"[1]", "."),
        (b'"x"', "."),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe\xff", "is not UTF"),
    ],
)
def test_an_answer_that_is_none_is_refused(tracker: Any, body: bytes, why: str) -> None:
    with serving(lambda path, query: Answer(body), tracker.below) as requests:
        with pytest.raises(UnreadableError, match=why):
            Kept().run(tracker, requests)
        assert len(requests.paths) < 10


@pytest.mark.parametrize(
    "tracker", table([GitHub(), GitLab(), Jira()], {0}), ids=lambda each: each.name
)
def test_a_server_that_answers_the_same_page_forever_is_left(tracker: Any) -> None:
    tracker.fill(100)
    first = dict[str, Any]()

    def told(path: str, query: dict[str, str]) -> Any:
        said = tracker.told(path, {**query, "page": "1", "nextPageToken": ""})
        if "issues" in said:
            said["nextPageToken"] = "MA=="
        return first.setdefault(path, said)

    with serving(told, tracker.below) as requests:
        with pytest.raises(UnreadableError, match="again"):
            Kept().run(tracker, requests)
        assert len(requests.paths) < 700


def test_a_list_that_has_no_end_is_no_whole_list() -> None:
    with pytest.raises(UnreadableError, match="timeline: more than 100,000 pages"):
        all_pages(lambda page: [{"id": page}], 1, "timeline")


def test_azure_s_feed_has_to_go_on() -> None:
    stuck = {"values": [], "continuationToken": "1", "isLastBatch": False}
    with serving(lambda path, query: stuck, Azure.below) as requests:
        with pytest.raises(UnreadableError, match="again and again"):
            Kept().run(Azure(), requests)
        assert len(requests.paths) == 2


def test_pages_in_another_order_are_refused() -> None:
    tracker = GitHub()
    tracker.fill(5)
    with (
        serving(lambda path, query: tracker.told(path, query)[::-1], tracker.below) as requests,
        pytest.raises(UnreadableError, match="not in order of changes"),
    ):
        Kept().run(tracker, requests)


@pytest.mark.parametrize("number", ["../../admin", "1/../2", "", "a b", "1?x=y"])
def test_no_id_leads_to_another_place(number: str) -> None:
    issue = {"number": number, "title": "", "updated_at": BEGIN.isoformat()}
    with serving(lambda path, query: [issue] if path == "issues" else []) as requests:
        with pytest.raises(UnreadableError, match="is not an id"):
            Kept().run(GitHub(), requests)
        assert len(requests.paths) == 1
