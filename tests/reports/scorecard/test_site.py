"""The pages of a folder: none overwrites another, and each leads to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.verdict import Period
from reports.scorecard.page import html, site
from tests.reports.samples import evaluation

Q2 = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), to_date=False)


def of(contract: str, period: Period | None = None) -> Evaluation:
    made = replace(evaluation(), contract_id=contract)
    return replace(made, period=period) if period else made


def written(
    evaluations: list[Evaluation], before: tuple[site.PageEntry, ...] = ()
) -> dict[str, str]:
    return dict(html.pages(evaluations, before))


def test_an_older_period_is_a_page_beside_the_newer_one_and_leads_to_it() -> None:
    first = site.entries([of("ACME")], ())
    pages = written([of("ACME", Q2)], first)
    assert sorted(pages) == ["ACME.2026-Q2.html", "index.html"]
    assert '<a rel="next" href="ACME.2026-Q3.html">2026-Q3</a>' in pages["ACME.2026-Q2.html"]
    assert '<a href="index.html">' in pages["ACME.2026-Q2.html"]


def test_the_index_tells_of_the_newest_period_and_leads_to_every_page() -> None:
    before = PastPeriod(Q2, "met", ())
    index = written([of("ACME", Q2), replace(of("ACME"), past=(before,))])["index.html"]
    assert index.count(">2026-Q3<") >= 1
    assert "1 supplier contract<" in index
    assert 'href="ACME.2026-Q2.html"' in index  # from its cell
    assert 'href="ACME.2026-Q3.html"' in index


def test_contracts_that_are_not_reported_now_stay_in_the_index() -> None:
    before = site.entries([of("GLOBEX", Q2), of("GLOBEX")], ())
    index = written([of("ACME")], before)["index.html"]
    others = index.partition("Other contracts in this folder")[2]
    assert 'href="GLOBEX.2026-Q3.html"' in others
    assert "GLOBEX.2026-Q2.html" not in others


def test_a_contract_below_expected_is_shown_as_that_by_a_later_report_too() -> None:
    (level, *_) = evaluation().service_levels
    below = replace(level, level_class="critical", outcome="below_expected")
    made = replace(of("GLOBEX"), outcome="met", service_levels=(below,))
    before = site.entries([made], ())
    index = written([of("ACME")], before)["index.html"]
    assert "Below expected" in index.partition("Other contracts in this folder")[2]


def test_a_page_keeps_its_name_and_takes_nobody_elses() -> None:
    before = site.entries([of("acme")], ())
    (again, other) = site.entries([of("acme"), of("ACME")], before)
    assert again.file == before[0].file == "acme.2026-Q3.html"
    assert other.file.casefold() != again.file.casefold()


def test_the_list_is_read_as_it_was_written() -> None:
    pages = site.merged((), site.entries([of("ACME"), of("ACME", Q2), of("A / <b>")], ()))
    assert [page.period for page in pages if page.contract == "ACME"] == ["2026-Q2", "2026-Q3"]
    assert site.read(site.text(pages)) == pages


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"format": "workmanship.pages/2", "pages": []}',
        '{"format": "workmanship.pages/1", "pages": [{"file": "a.html"}]}',
        site.text(site.entries([of("ACME")], ())).replace("ACME.2026-Q3.html", "../../x.html"),
        site.text(site.entries([of("ACME")], ())).replace("ACME.2026-Q3.html", "javascript:a"),
        site.text(site.entries([of("ACME")], ())).replace('"failed"', '"splendid"'),
    ],
)  # fmt: skip
def test_a_list_that_no_report_wrote_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        site.read(text)
