import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model.evaluation import Evaluation, Snapshot, Unmeasured
from quality.model.verdict import Measured
from reports.scorecard import terminal
from reports.scorecard.page import html
from tests.examples import examples
from tests.reports import money_samples, samples

VOID = {
    "meta",
    "br",
    "img",
    "input",
    "link",
    "use",
    "path",
    "circle",
    "rect",
    "polyline",
    "line",
    "wbr",
}
EVERY = (*samples.everything(), *money_samples.everything())
PAGES = {each.supplier[:8] + str(row): each for row, each in enumerate(EVERY)}


class Tree(HTMLParser):
    """What a page is made of; complains of tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub("[ \n\u00a0\u202f]+", " ", "".join(self.words))

    def named(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


@pytest.fixture(scope="module")
def rendered() -> dict[str, Tree]:
    trees = {name: Tree(html.page(each)) for name, each in PAGES.items()}
    names = [f"p{row}.html" for row in range(len(PAGES))]
    return trees | {"index": Tree(html.index(tuple(PAGES.values()), names))}


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_page_is_closed_to_the_world(rendered: dict[str, Tree], name: str) -> None:
    tree = rendered[name]
    scripts = [attributes for tag, attributes in tree.tags if tag == "script"]
    assert scripts == ([{}] if name == "index" else [])  # the index's own, see test_index
    assert not {"link", "img", "iframe", "base", "form", "object"} & {tag for tag, _ in tree.tags}
    for _, attributes in tree.tags:
        assert not [key for key in attributes if key.startswith("on") or key in ("style", "src")]
    links = [at["href"] or "" for tag, at in tree.tags if "href" in at]
    web = re.escape(samples.WEB.partition("{")[0]) + rf"{samples.SHA}/[\w%/.~-]+#L\d+"
    known = rf"#[a-z_]+[-\w]*|p\d+\.html(?:#[a-z]+[-\w]*)?|{web}"
    known += f"|{web.replace(samples.SHA, samples.OLD_SHA)}"
    assert [link for link in links if not re.fullmatch(known, link)] == []


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_page_is_sound(rendered: dict[str, Tree], name: str) -> None:
    tree = rendered[name]
    ids = Counter(at["id"] for _, at in tree.tags if "id" in at)
    assert [each for each, number in ids.items() if number > 1] == []
    targets = {
        str(at["href"])[1:] for _, at in tree.tags if str(at.get("href", "")).startswith("#")
    }
    targets |= {str(at["aria-labelledby"]) for _, at in tree.tags if "aria-labelledby" in at}
    assert targets <= set(ids)
    kinds = Counter(tag for tag, _ in tree.tags)
    assert kinds["caption"] == kinds["table"]
    assert (kinds["h1"], kinds["main"]) == (1, 1)
    assert all(at.get("scope") in ("col", "row", "rowgroup") for at in tree.named("th"))
    levels = [int(tag[1]) for tag, _ in tree.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    areas = [at for tag, at in tree.tags if "scroll" in str(at.get("class", "")).split()]
    assert all(at.get("tabindex") == "0" and at.get("aria-label") for at in areas)
    listed = [at["href"] for tag, at in tree.tags if tag == "a" and at.get("class") != "back"]
    sections = {at["id"] for tag, at in tree.tags if tag == "h2"} - {"verdict"}
    assert {f"#{each}" for each in sections} <= set(listed)
    for at in tree.named("svg"):
        assert at.get("aria-hidden") == "true" or (at.get("role") == "img" and at["aria-label"])


def test_policy_allows_this_style_and_nothing_else() -> None:
    text = html.page(samples.evaluation())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(Tree(text).named("meta").__iter__()), *Tree(text).named("meta")
    assert {"http-equiv": "Content-Security-Policy", "content":
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"} in policy  # fmt: skip


def page_text(evaluation: Evaluation) -> str:
    return Tree(html.page(evaluation)).text


def test_at_a_glance() -> None:
    text = page_text(samples.evaluation())
    for words in (
        "Acme Software", "Northwind Retail", "ACME-2026-01", "1 July to 30 September 2026",
        "1 of 6 critical service levels failed", "9.173 % is worse than the minimum of 8 %",
        "Critical 3 met 1 below expected 1 failed 1 excused", "≤ 5 %", "≥ 95 %", "21,410 NLOC",
        "0.49 per KNLOC", "+0.86 points, worse", "from 8.3 % in 2026-Q2",
        samples.SHA, samples.OLD_SHA, samples.RECIPE.digest, "lizard 1.24.3",
        "workmanship evaluate CONTRACT --period 2026-Q3",
        "workmanship explain CONTRACT --service-level TQ-1 --period 2026-Q3",
        "100 × 1,964 / 21,410 = 9.2 %",
    ):  # fmt: skip
        assert words in text, words
    assert "to date" not in text


def test_a_service_level_without_limits_is_reported_and_not_called_met() -> None:
    evaluation = samples.evaluation()
    level = next(each for each in evaluation.service_levels if each.outcome == "met")
    alone = replace(evaluation, service_levels=(replace(level, expected=None, minimum=None),))
    text = page_text(alone)
    assert "No limits" in text
    assert "1 met" not in text
    assert "- no limits" in terminal.render([alone])


def test_a_cause_is_told_once_in_the_summary_and_once_in_the_table() -> None:
    evaluation = samples.evaluation()
    why = "billing: cannot mirror the repository: no route to host"
    verdicts = [
        replace(verdict, outcome="unknown", measured=None, reason=why, repositories=())
        for verdict in evaluation.service_levels
    ]
    text = page_text(replace(evaluation, service_levels=tuple(verdicts), outcome="unknown"))
    assert text.count("no route to host") == 2
    first, *others = (verdict.id for verdict in verdicts)
    assert text.count(f"for the same reason as {first}") == len(others)


def test_a_period_that_has_not_ended_is_provisional() -> None:
    text = page_text(samples.met())
    assert "2026-Q3 to date" in text
    assert "Provisional." in text
    assert "no earlier value" in text
    assert "All 3 critical service levels met" in text


def test_what_is_not_known_is_never_told_as_nothing_found() -> None:
    text = page_text(samples.unknown())
    assert "4 of 4 critical service levels could not be measured" in text
    assert "no commit before the end of 2026-Q3" in text
    assert "branch main does not exist" in text
    assert "not known" in text
    assert not re.search(r"No (findings|directives|files)|was measured\.$|0\.0", text)
    assert "Size and growth" not in text


def test_a_failed_value_is_not_rounded_to_its_limit() -> None:
    verdict = samples.verdict("A", "a", Measured(8004, 100_000, 100), "failed")
    assert "8.004 %" in page_text(samples.evaluation(service_levels=(verdict,)))


def test_contents_lead_to_every_section_and_back() -> None:
    text = html.page(samples.evaluation())
    headings = re.findall(r'<h2 id="([a-z]+)">', text)
    assert headings[:2] == ["verdict", "levels"]
    assert text.count('<a class="back" href="#contents">') == len(headings) - 1
    nav = text[text.index('<nav id="contents"') : text.index("</nav>", text.index('id="contents"'))]
    assert re.findall(r'href="#([a-z]+)"', nav) == headings[1:]


def test_rewritten_history_stands_at_the_top() -> None:
    text = page_text(samples.large())
    assert text.index("history was rewritten: the branch lost") < text.index("Service levels")
    assert samples.OLD_SHA in text


def test_long_lists_are_cut_and_say_so() -> None:
    files = tuple(
        Unmeasured(f"f{row}.py", "pylint", "Python 2 syntax", "supplier") for row in range(1234)
    )
    snapshot = Snapshot("billing", samples.SHA, None, 2000, files, "")
    text = page_text(samples.evaluation(snapshots=(snapshot,)))
    assert "Python 2 syntax 1,234 files" in text
    assert "f9.py" in text
    assert "f10.py" not in text
    assert "and 1,224 more" in text


def test_functions_show_cognitive_complexity_and_their_reader() -> None:
    text = page_text(samples.evaluation())
    assert "CCNHistoryCognitiveNLOCParametersNestingRead by" in text
    assert "render_report/engine.py:21359 –24764lizard" in text  # 59, not known, 247, 6, 4
    assert "apply_rules/engine.py:24454 8422675tree" in text  # 54, 84, 226, 7, 5


def test_duplicated_blocks_are_named_with_their_places() -> None:
    text = page_text(samples.evaluation())
    assert "portal412src/portal/views/orders.py:118-171src/portal/views/returns.py:90-143" in text
    assert "billing927src/billing/models/table1.py:3-12src/billing/models/table2.py" in text
    assert "table20.py:3-12and 7 more places" in text
    assert "duplicated block" not in page_text(samples.unknown())


def test_the_rows_behind_a_value_are_named_with_what_to_repair_and_what_changed() -> None:
    text = page_text(samples.evaluation())
    for words in (
        "To meet the minimum of 8 %: repair 1 function with 310 NLOC; 7.7 % then.",
        "To meet the expected level of 5 %, even all 23 functions are not enough: 5.1 % then.",
        "Heaviest first; each is brought to its limit, and its lines stay in the code.",
        "Since 2026-Q2: 12 new, 1 worse, 1 gone",
        "New: 12 functions settle billing src/billing/settle.py:12 and 11 more",
        "src/billing/parse_statement.py:13 CCN 71 to 73",
        "23 functions, the first 3",
        "E0602: 8 findings, the first 5",
        "and 2 more groups",
    ):
        assert words in text, words
    assert "evidence.csv" not in text  # it stands alone
    beside = html.page(samples.evaluation(), files="ACME.2026-Q3.evidence")
    assert 'href="ACME.2026-Q3.evidence.json"' in beside
    place = f"https://github.com/acme/billing/blob/{samples.SHA}/src/billing/settle.py#L12"
    assert f'href="{place}"' in beside
    assert "portal/old.py" in beside
    assert f"{samples.OLD_SHA}/src/portal" not in beside  # nobody knows where portal stands


def test_languages_are_named_with_who_searches_them() -> None:
    text = page_text(samples.evaluation())
    assert "swift2,000nobodynot knownnot knownnot known" in text
    assert "python38,000pylint, ruff9 0.24189 4.970 0.00" in text  # 9, 189, 0 per 38 KNLOC
    assert "javascript9,001oxlint1 0.113 0.33not known" in text


def test_the_gravest_findings_are_named_with_their_places() -> None:
    text = page_text(samples.evaluation())
    assert "run.py:12✕ CriticalUndefined variable 'total' undefined-variable–" in text
    assert "orders.py:40! MajorPossible SQL injection hardcoded-sql-expressionCWE-89" in text


def test_hostile_names_are_shown_and_do_nothing() -> None:
    text = html.page(samples.hostile())
    assert "<script" not in text
    assert "<img" not in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    shown = Tree(text).text
    assert r"onerror=alert(2)>\x1b[2J\u202egnp.exe{{7*7}}[red]" in shown
    assert samples.ARABIC in shown
    assert "--service-level ID --period" in shown  # no command line made of such an id


@examples(20)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    base = samples.met()
    levels = tuple(replace(each, name=text, reason=text) for each in base.service_levels)
    page = html.page(replace(base, supplier=text, contract_id=text, service_levels=levels))
    page.encode("utf-8")
    tags = Counter(tag for tag, _ in Tree(page).tags)
    levels = tuple(replace(each, name="x", reason="x") for each in base.service_levels)
    plain = html.page(replace(base, supplier="x", service_levels=levels))
    wanted = Counter(tag for tag, _ in Tree(plain).tags)
    assert tags - wanted == Counter()


def test_index_names_every_supplier_failed_first() -> None:
    links = [f"p{row}.html" for row in range(3)]
    text = Tree(html.index((samples.met(), samples.unknown(), samples.evaluation()), links)).text
    assert text.index("Acme Software") < text.index("Initech") < text.index("Globex Systems")
    assert "3 supplier contracts 1 failed 1 unknown 0 below expected 1 met" in text
    assert "TQ-1 Code in overly complex functions" in text
    assert Tree(html.index((), ())).text.count("No contract was evaluated.") == 1


def test_pages_begin_with_the_index_and_link_each_page() -> None:
    (first, index), *rest = html.pages(samples.everything())
    assert first == "index.html"
    assert [name for name, _ in rest if f'href="{name}"' in index] == [name for name, _ in rest]


@pytest.mark.slow
def test_same_evaluation_same_bytes_in_every_process() -> None:
    program = (
        "import sys; from reports.scorecard.page import html; from tests.reports import samples\n"
        "for name, text in html.pages(samples.everything()): sys.stdout.write(name + text)"
    )
    environment = dict(os.environ, PYTHONHASHSEED="17", PYTHONIOENCODING="utf-8", LC_ALL="C")
    other = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3], env=environment, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    assert other == "".join(name + text for name, text in html.pages(samples.everything()))


def test_minimum_measured_prints_as_the_contract_states_it() -> None:
    text = page_text(samples.evaluation(minimum_measured=Decimal("97.5")))
    assert "less than 97.5 % of the code" in text
