"""The pages against axe-core: WCAG 2.2 A and AA, and what it names best practices."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports.scorecard import html
from tests import axe
from tests.reports import money_samples, samples

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = axe.fetched(tmp_path_factory.mktemp("axe"))
    if not found:
        pytest.skip("axe-core cannot be fetched: there is no npm, or no network")
    return found


EVERY = {
    **dict(html.pages(samples.everything())),
    **{f"money-{name}": text for name, text in html.pages(money_samples.everything())},
}
# Each index, and the pages that hold the most: a page takes the rules several seconds.
LARGEST = sorted(EVERY, key=lambda name: len(EVERY[name]))[-4:]
PAGES = {name: text for name, text in EVERY.items() if "index" in name or name in LARGEST}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule(browser: Browser, rules: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGES[name], "utf-8")
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
