"""The scorecard in Debian's Chromium: opened from disk, no network, no script of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from reports.scorecard.page import html
from tests.examples import table
from tests.reports import money_samples, samples

A4 = 688  # CSS pixels between the page's margins
A4_HEIGHT = 1005

# The contrast of each visible text with the colour behind it, and of each icon and graph mark;
# WCAG 2.2 AA: text 4.5, large text 3, graphics 3. Returns what falls short.
CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (e = e.ownerSVGElement || e; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05); };
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const found = [];
  let seen = 0;
  const check = (e, colour, least, what) => {
    seen += 1;
    const r = ratio(parse(colour), behind(e));
    if (r < least) found.push(`${r.toFixed(2)} ${colour} ${what}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility()) continue;
    const s = getComputedStyle(e), px = parseFloat(s.fontSize);
    const large = px >= 24 || (px >= 18.66 && s.fontWeight >= 700);
    check(e, s.color, large ? 3 : 4.5, node.data.trim().slice(0, 40));
  }
  const fills = '.icon[class*="o-"], .spark circle, .chart [fill="#9fb3c8"], ' +
    '.chart [fill="#2f5d8c"], .chart [fill="#b3261e"]';
  for (const e of document.querySelectorAll(fills)) check(e, getComputedStyle(e).fill, 3, 'fill');
  for (const e of document.querySelectorAll('.needle, .spark polyline'))
    check(e, getComputedStyle(e).stroke, 3, 'stroke');
  return {seen, found: [...new Set(found)]};
}"""
WIDE = """() => { document.querySelectorAll('details').forEach(d => { d.open = true; });
  return document.documentElement.scrollWidth - document.documentElement.clientWidth; }"""
# Tables beside a chart whose last columns a reader of a wide screen would have to scroll to.
SCROLLED = """() => [...document.querySelectorAll('.figure .scroll')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.trim().slice(0, 60))"""
# Texts and tables that stick out of the sheet, or that are printed nowhere.
CUT = """width => [...document.querySelectorAll('table, svg, p, pre, h1, h2, h3, dl, ul')]
  .filter(e => !e.closest('.symbols') && !e.matches('.symbols, .sr')).filter(e => {
    const box = e.getBoundingClientRect();
    return box.right > width + 1 || (e.tagName === 'TABLE' && !e.checkVisibility());
  }).map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 60))"""


NAMES = ["index", "ordinary", "met", "unknown", "bare", "large", "hostile"]
MONEY = [
    *("money-index", "worked", "single-event", "everything", "no-money", "quiet"),
    *("money-hostile", "busy"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All sample pages on disk, by the sample's name."""
    folder = tmp_path_factory.mktemp("site")
    site = {}
    for name, (file, text) in zip(NAMES, html.pages(samples.everything()), strict=True):
        site[name] = folder / file
        site[name].write_text(text, "utf-8")
    money = tmp_path_factory.mktemp("money")
    texts = html.pages(money_samples.everything())
    for name, (file, text) in zip(MONEY, texts, strict=True):
        site[name] = money / file
        site[name].write_text(text, "utf-8")
    return site


def opened(browser: Browser, path: Path, complaints: list[str], **options: object) -> Page:
    """``path`` in a fresh context without network; what the console says goes to ``complaints``."""
    context = browser.new_context(offline=True, **options)  # type: ignore[arg-type]
    context.on("request", lambda request: _local(request.url, complaints))
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    return page


def _local(url: str, complaints: list[str]) -> None:
    if not url.startswith("file:"):
        complaints.append(f"requested {url}")


# A browser's version and fonts move a few rows to the next sheet, so each sample has room for one
# sheet more than it takes. What must not happen is a lost section, or a sheet for every row: the
# samples have 20 to 300 rows.
SHEETS = {
    **{"ordinary": (5, 15), "met": (3, 11), "unknown": (1, 4), "large": (10, 40)},
    **{"money-index": (4, 12), "worked": (8, 18), "everything": (8, 19), "quiet": (3, 12)},
}
COLOURS = {"index", "ordinary", "met", "unknown", "large", "money-index", "worked", "everything"}
PRINTED = {"index", "ordinary", "large", "money-index", "worked", "everything", "money-hostile"}
TELLING = {"everything"}
SUMMARISED = ["worked", "everything", "no-money", "quiet", "busy"]
PAPER = "getComputedStyle(document.body).backgroundColor"
# Where the summary ends on the first sheet, in CSS pixels from its top.
SUMMARY = "() => document.querySelector('.brief').getBoundingClientRect().bottom + scrollY"
ROWS = ".bill tbody tr, .ledger tbody tr, .due > li, .figures"


@dataclass
class Seen:
    """What one look at a page shows: a page is opened once, which takes longest."""

    complaints: list[str] = field(default_factory=list)
    headed: bool = False
    sheets: int = 0
    cut: list[str] = field(default_factory=list)
    excess: dict[int, int] = field(default_factory=dict)
    hidden: dict[int, list[str]] = field(default_factory=dict)
    contrasts: list[dict[str, Any]] = field(default_factory=list)
    paper: dict[str, str] = field(default_factory=dict)
    summary_on_screen: bool = False
    summary_ends: float = 0
    after_summary: str = ""
    rules: list[str] = field(default_factory=list)


def look(browser: Browser, path: Path, name: str) -> Seen:
    """First as it opens, then on paper, then with all unfolded on screens of every width."""
    seen = Seen()
    page = opened(
        browser, path, seen.complaints, java_script_enabled=False,
        viewport={"width": A4, "height": 1000}, color_scheme="dark",
    )  # fmt: skip
    seen.headed = page.locator("h1").is_visible()
    if name in SHEETS:
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
        seen.sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
    seen.summary_on_screen = page.locator(".brief").first.is_visible()
    page.emulate_media(media="print")
    if name in PRINTED:
        seen.cut, seen.paper["print"] = page.evaluate(CUT, A4), page.evaluate(PAPER)
    if name in SUMMARISED:
        seen.summary_ends = page.evaluate(SUMMARY)
        seen.after_summary = page.locator(".brief").evaluate("e => getComputedStyle(e).breakAfter")
    seen.rules = page.locator(ROWS).evaluate_all(
        "all => all.map(e => getComputedStyle(e).breakInside)"
    )
    page.emulate_media(media="screen")
    if name.endswith("index"):  # the one page with a script, which shows more
        page.context.close()
        page = opened(browser, path, seen.complaints, color_scheme="dark")
    for width in (360, 761, 901, 1000, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        seen.excess[width] = page.evaluate(WIDE)
        seen.hidden[width] = page.evaluate(SCROLLED) if width >= 900 else []
    for scheme in ("dark", "light") if name in COLOURS else ():
        page.emulate_media(color_scheme=scheme)
        seen.contrasts.append(page.evaluate(CONTRAST))
        seen.paper[scheme] = page.evaluate(PAPER)
    page.context.close()
    return seen


@pytest.fixture(scope="module")
def seen(browser: Browser, site: dict[str, Path]) -> Callable[[str], Seen]:
    """What a look at a sample's page shows."""
    return cache(lambda name: look(browser, site[name], name))


@pytest.mark.parametrize("name", table([*NAMES, *MONEY], TELLING))
def test_opens_from_disk_without_script_network_or_complaint_and_prints_on_a_sane_number_of_sheets(
    seen: Callable[[str], Seen], name: str
) -> None:
    found = seen(name)
    assert found.headed
    least, most = SHEETS.get(name, (0, 0))
    assert least <= found.sheets <= most
    assert found.complaints == []


@pytest.mark.parametrize("name", table([*NAMES, *MONEY], TELLING))
def test_fits_every_screen_and_sheet_with_the_contrast_of_wcag_aa(
    seen: Callable[[str], Seen], name: str
) -> None:
    found = seen(name)
    assert found.excess == dict.fromkeys(found.excess, 0)
    assert not any(found.hidden.values()), found.hidden
    assert len(found.contrasts) == (2 if name in COLOURS else 0)
    for contrast in found.contrasts:
        assert contrast["found"] == []
        assert contrast["seen"] > 30
    assert found.cut == []
    white = {each for each, colour in found.paper.items() if colour == "rgb(255, 255, 255)"}
    assert white == found.paper.keys() - {"dark"}  # ink on paper, whatever the screen's scheme


@pytest.mark.parametrize("name", table(SUMMARISED, TELLING))
def test_the_executive_summary_is_the_first_sheet_and_fits_on_it(
    seen: Callable[[str], Seen], name: str
) -> None:
    found = seen(name)
    assert not found.summary_on_screen
    assert 0 < found.summary_ends <= A4_HEIGHT
    assert found.after_summary == "page"


def test_no_row_of_the_statement_is_cut_between_two_sheets(seen: Callable[[str], Seen]) -> None:
    rules = seen("everything").rules
    assert len(rules) > 15
    assert set(rules) == {"avoid"}


@pytest.mark.slow
def test_the_console_would_complain_of_a_forbidden_style(browser: Browser, tmp_path: Path) -> None:
    tampered = tmp_path / "tampered.html"
    text = html.page(samples.evaluation()).replace("<main>", '<main style="color:red">')
    tampered.write_text(text, "utf-8")
    complaints: list[str] = []
    opened(browser, tampered, complaints, java_script_enabled=False).context.close()
    assert "Content Security Policy" in complaints[0]


def test_links_lead_to_the_page_and_to_the_level(browser: Browser, site: dict[str, Path]) -> None:
    complaints: list[str] = []
    page = opened(browser, site["index"], complaints, java_script_enabled=False)
    page.get_by_role("link", name="<script>").first.click()
    assert page.locator("h1").inner_text().startswith("<script>alert(1)</script>")
    page.go_back()
    page.get_by_role("link", name="Acme Software").first.click()
    page.get_by_role("link", name="TQ-1 Code in overly complex functions").click()
    assert page.url.endswith("#level-1")
    page.context.close()
    assert complaints == []


@pytest.mark.slow
def test_a_reader_of_the_accessible_tree_hears_outcome_value_and_graph(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(html.page(replace(samples.evaluation(), supplier="Acme")), "utf-8")
    page = opened(browser, path, [], viewport={"width": 360, "height": 800})
    row = page.get_by_role("row", name=re.compile("TQ-1"))
    heard = row.aria_snapshot().replace("\u202f", " ")
    page.context.close()
    for words in (
        "Failed",
        "9.2 %",
        "Value 9.2 %, expected ≤ 5 %",
        "Trend: 8 of 8",
    ):
        assert words in heard, heard
