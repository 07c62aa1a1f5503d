"""Records by URL: an API page by page, and exports that lie on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quality.contract.sections.record_sources import RecordSource
from quality.errors import UnreachableError
from quality.measure import recording
from quality.measure.recording import Look
from quality.store.database import Store
from quality.store.records import Batch
from tests.collectors.records.servers import Answer, serving
from tests.collectors.records.trackers import GitHub
from tests.examples import table
from tests.helpdesk import moment

NOW = moment("2026-04-02 08:00")
Run = Callable[..., list[Batch]]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Looks at a source, and gives all batches that are there then."""
    known = {"name": "desk", "kind": "tickets", "format": "github", "declared_by": "supplier",
             "fields": {"priority": "priority/"}}  # fmt: skip
    with Store(tmp_path / "x.duckdb") as store:

        def look(url: str, days: int = 0, **more: Any) -> list[Batch]:
            source = RecordSource.model_validate({**known, "url": url, **more})
            found = Look(store, "HELP", source, tmp_path, NOW + timedelta(days=days))
            found.take()
            return found.batches

        look.store = store  # type: ignore[attr-defined]
        yield look


def versions(run: Run) -> list[tuple[str, bool]]:
    query = "select id, gone from record_versions order by id::integer, version"
    return run.store.connection.execute(query).fetchall()  # type: ignore[attr-defined, no-any-return]


PAGES = {1: [(100, 100, False), (21, 20, True)], 101: [(121, 120, True)]}


@pytest.mark.parametrize("together", PAGES)
def test_an_api_is_kept_page_by_page_and_then_only_what_is_new(
    run: Run, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "TOGETHER", together)
    tracker = GitHub()
    tracker.fill(120, timedelta(hours=1))
    with serving(tracker.told, tracker.below) as requests:
        pages = run(requests.url)
        assert [(e.records, e.changed, e.page.last) for e in pages] == PAGES[together]
        assert len({each.page.reading for each in pages}) == 1
        assert all(each.page.whole for each in pages)
        tracker.changed[121] = tracker.changed[120] + timedelta(hours=1)
        *_, last = run(requests.url, days=1)
        assert (last.records, last.changed, last.page.whole) == (2, 1, False)
    assert versions(run) == [(str(number), False) for number in range(1, 122)]
    assert requests.tokens[0] is None


@pytest.mark.parametrize("breaks_at", table([0, 1, 60, 101, 110, 121], {1, 3}))
@pytest.mark.parametrize("together", PAGES)
def test_what_breaks_half_way_is_gone_on_with(
    run: Run, breaks_at: int, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "TOGETHER", together)
    tracker, count = GitHub(), iter(range(1_000_000))
    tracker.fill(120, timedelta(hours=1))

    def told(path: str, query: dict[str, str]) -> Any:
        return Answer(status=401) if next(count) == breaks_at else tracker.told(path, query)

    with serving(told, tracker.below) as requests:
        with suppress(UnreachableError):
            run(requests.url)
        known = run.store.connection.execute("from record_versions").fetchall()  # type: ignore[attr-defined]
        assert len(known) == (0 if breaks_at <= 100 else 120 if breaks_at > 121 else 100)
        pages = run(requests.url)
    assert pages[-1].page.last
    assert len({each.page.reading for each in pages}) == 1
    # Nothing is lost or there twice, and nothing that came before the break counts as gone.
    assert versions(run) == [(str(number), False) for number in range(1, 121)]


def test_an_export_that_lies_on_a_server_is_a_listing(run: Run) -> None:
    said = ["id,created\n1,2026-03-02T09:15:00Z\n2,2026-03-02T09:15:00Z\n"]
    csv = {"format": "csv", "fields": {}}

    def told(path: str, query: dict[str, str]) -> Any:
        return Answer(said[0].encode(), kind="text/csv")

    with serving(told) as requests:
        (first,) = run(f"{requests.url}/export.csv", **csv)
        assert (first.records, first.page.whole, first.page.spoken_at) == (2, True, NOW)
        run(f"{requests.url}/export.csv", days=1, **csv)
        said[0] = "id,created\n2,2026-03-02T09:15:00Z\n"
        run(f"{requests.url}/export.csv", days=2, **csv)
    assert versions(run) == [("1", False), ("1", True), ("2", False)]
