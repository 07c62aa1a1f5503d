"""The pages against axe-core: WCAG 2.2 A and AA, and what it names best practices."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports.scorecard.page import html
from tests import axe
from tests.reports import money_samples, samples

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = axe.fetched(tmp_path_factory.mktemp("axe"))
    if not found:
        pytest.skip("axe-core cannot be fetched: there is no npm, or no network")
    return found


# Each index, and the pages that hold the most: a page takes the rules several seconds.
CHOSEN = ("index", "money-index", *(f"largest-{number}" for number in range(1, 5)))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The chosen pages, drawn when a test wants them and not by whoever collects the tests."""
    (_, index), *others = html.pages(samples.everything())
    (_, money), *priced = html.pages(money_samples.everything())
    largest = sorted((text for _, text in (*others, *priced)), key=len, reverse=True)
    return dict(zip(CHOSEN, (index, money, *largest), strict=False))


@pytest.mark.parametrize("name", CHOSEN)
def test_a_page_breaks_no_rule(
    browser: Browser, rules: str, pages: dict[str, str], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(pages[name], "utf-8")
    found = {}
    for width, scheme in ((360, "dark"), (1024, "light")):
        context = browser.new_context(
            offline=True,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(path.as_uri())
        found[width] = axe.violations(page, rules)
        context.close()
    assert not any(found.values()), found


def test_a_page_without_a_title_would_be_found(
    browser: Browser, rules: str, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><main><h1>x</h1><img src=a></main></body></html>", "utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(rules)
    named = {each["id"] for each in page.evaluate(axe.RUN, axe.TAGS)["violations"]}
    context.close()
    assert {"document-title", "html-has-lang", "image-alt"} <= named
