"""Evaluations of whole contracts: the same bytes whatever was counted before, in any order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quality.model.evidence import EvidencePlace
from quality.model.recipe import Recipe
from quality.model.scorecard import DuplicatedBlock
from quality.store.database import Store
from quality.verdicts.explain import explain
from reports.scorecard import json
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.store.test_scope import APP, EXPECTED, FILES, SHOP, levels

pytestmark = pytest.mark.slow

QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def grow(desk: Desk) -> None:
    """Two repositories over four quarters, in three contracts that share them."""
    billing = desk.repository("billing", FILES, at="2026-02-01T00:00:00Z")
    billing.commit({"app.py": APP + "\n\nX = 1\n", "copy.py": APP}, at="2026-05-01T00:00:00Z")
    billing.commit({"copy.py": None, "web.js": None}, at="2026-08-01T00:00:00Z")
    desk.repository("shop", {"shop.py": SHOP}, at="2026-04-02T00:00:00Z")
    some = dict(list(EXPECTED.items())[:6])
    everything = levels(EXPECTED)
    desk.contract(["billing", "shop"], everything, starts="2026-01-01", minimum_measured=50)
    desk.contract(["shop", "billing"], levels(some, "each-repository"), name="beta",
                  starts="2026-01-01", minimum_measured=50)  # fmt: skip
    desk.contract(["billing"], levels(some), name="gamma", starts="2026-01-01",
                  more="files: {vendored: ['copy.py']}\n")  # fmt: skip


@pytest.fixture(scope="module")
def grown(shared_desk: Desk) -> Desk:
    grow(shared_desk)
    shared_desk.measure()
    return shared_desk


def pages(desk: Desk) -> list[str]:
    """The evaluations of every quarter as JSON, and the last as HTML."""
    found = [json.render(desk.evaluate(quarter, pages=True)) for quarter in QUARTERS]
    return found + [text for _, text in html.pages(desk.evaluate("2026-Q4", pages=True))]


def test_an_evaluation_twice(grown: Desk) -> None:
    assert pages(grown) == pages(grown)


def test_what_was_kept_is_what_is_counted_anew(grown: Desk, desk: Desk, tmp_path: Path) -> None:
    before = pages(grown)
    desk.contracts, desk.database = grown.contracts, tmp_path / "copy.duckdb"
    desk.database.write_bytes(grown.session.database.read_bytes())
    with Store(desk.database) as store:
        kept = store.connection.execute("select count(*) from snapshot_values").fetchone()
        store.connection.execute("delete from snapshot_values")
    assert kept
    assert kept[0] > 100
    assert pages(desk) == before


def test_measuring_keeps_all_that_evaluating_asks(grown: Desk) -> None:
    """So that the evaluation of a portfolio counts nothing."""
    session = grown.session
    with Store(session.database) as store:
        before = store.connection.execute("select count(*) from snapshot_values").fetchall()
        from quality.verdicts.portfolio import evaluate

        evaluate(store, session.requests("2026-Q4"))
        assert store.connection.execute("select count(*) from snapshot_values").fetchall() == before
        doubles = store.connection.execute(
            'select count(*) from snapshot_values group by "commit", inputs, indicator, parameter '
            "having count(*) > 1"
        ).fetchall()
    assert doubles == []


def test_another_order_of_measuring_gives_the_same_bytes(grown: Desk, desk: Desk) -> None:
    """The last contract and newest period first, one process: other ids, the same evaluation."""
    desk.contracts = list(grown.contracts)
    desk.database = desk.folder / "other.duckdb"
    desk.contracts = [grown.contracts[-1]]
    desk.measure(jobs=1, periods="2026-Q4")
    desk.contracts = grown.contracts[::-1]
    desk.measure(jobs=1)
    desk.contracts = list(grown.contracts)
    assert pages(desk) == pages(grown)
    assert desk.facts() == grown.facts()


def test_contracts_are_judged_alike_alone_and_together(grown: Desk) -> None:
    session = grown.session
    together = session.evaluate(session.requests("2026-Q4"))
    alone = [session.evaluate([request])[0] for request in session.requests("2026-Q4")]
    assert list(together) == alone
    turned = session.evaluate(session.requests("2026-Q4")[::-1])
    assert list(turned) == alone[::-1]


def test_a_trend_is_the_values_of_the_periods_before(grown: Desk) -> None:
    values = {
        quarter: {v.id: v.measured for v in grown.evaluate(quarter)[0].service_levels}
        for quarter in QUARTERS
    }
    for verdict in grown.evaluate("2026-Q4")[0].service_levels:
        past = [values[quarter][verdict.id] for quarter in QUARTERS[:-1]]
        assert [point.value for point in verdict.trend] == [
            None if measured is None else measured.value for measured in past
        ]
    first = values["2026-Q1"]["L0"]
    assert first is None  # shop had no commit yet


def test_history_of_the_worst(grown: Desk) -> None:
    card = grown.evaluate("2026-Q3", pages=True)[0].scorecard
    (grade, *_) = card.worst_functions
    assert (grade.repository, grade.path, grade.name) == ("billing", "app.py", "grade")
    assert (grade.ccn, grade.nesting, grade.cognitive, grade.reader) == (4, 1, 3, "lizard")
    assert [(point.period, point.value) for point in grade.history] == [
        ("2026-Q1", 4), ("2026-Q2", 4), ("2026-Q3", 4),
    ]  # fmt: skip
    shop = next(each for each in card.worst_functions if each.repository == "shop")
    assert [point.value for point in shop.history] == [None, 2, 2]
    assert [(p.period, p.files, p.nloc) for p in card.size] == [
        ("2026-Q2", 5, 17 + 1 + 11 + 4), ("2026-Q3", 3, 12 + 4),
    ]  # fmt: skip


# ---------------------------------------------------------------- the rows behind a value


@pytest.mark.parametrize("quarter", ["2026-Q2", "2026-Q3"])
def test_the_rows_of_an_explanation_make_its_numerator(grown: Desk, quarter: str) -> None:
    """Every row counts, and no row is missing."""
    session = grown.session
    request = session.requests(quarter)[0]
    with Store(session.database, read_only=True) as store:
        for level in request.contract.service_levels:
            found = explain(store, request, level.id, top=10_000)
            assert found.total == len(found.rows)
            measured = found.verdict.measured
            assert measured
            expected = measured.numerator
            if level.indicator.id == "measured.share":  # the rows are what is not measured
                expected -= measured.denominator
            assert _sum(level.indicator.id, found.columns, found.rows) == expected, level


def _sum(indicator: str, columns: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> int:
    def column(name: str) -> list[int]:
        return [int(str(row[columns.index(name)] or 0)) for row in rows]

    match indicator:
        case "size.nloc" | "tests.ratio":
            return sum(column("nloc"))
        case share if share.endswith(".nloc_share"):
            return sum(column("nloc"))
        case "errors.coverage":  # a row a language, searched or not
            said = [row[columns.index("errors")] for row in rows]
            pairs = zip(said, column("nloc"), strict=True)
            return sum(nloc for each, nloc in pairs if each == "searched for errors")
        case "unseen.share":
            return sum(column("bytes"))
        case "complexity.max":
            return max(column("ccn"))
        case "python.cc.max":
            return max(column("cc"))
        case "python.cc.mean":
            return sum(column("cc"))
        case "duplication.share" | "duplication.renamed_share":  # no two blocks overlap here
            places = [row[columns.index("places")] for row in rows]
            assert all(isinstance(each, list) for each in places)
            return sum(
                lines * len(each)
                for lines, each in zip(column("code_lines"), places, strict=True)
                if isinstance(each, list)
            )
        case "measured.share":  # what is missing, a row a file and analyzer
            paths = {(row[0], row[1]): row[columns.index("bytes")] for row in rows}
            return -sum(int(str(size)) for size in paths.values())
        case "rating.sig_2007":
            worst: dict[tuple[object, ...], int] = {}
            for repository, name, *_, rating, weight in rows:
                part = (repository, name, weight)
                worst[part] = min(worst.get(part, 5), int(str(rating)))
            return sum(int(str(part[2])) * rating for part, rating in worst.items())
        case "rating.sonar_debt":
            return sum(int(str(row[-1])) for row in rows)
        case _:
            return len(rows)


def test_only_the_worst_rows(grown: Desk) -> None:
    session = grown.session
    request = session.requests("2026-Q3")[0]
    with Store(session.database, read_only=True) as store:
        found = explain(store, request, "L2", top=2)
    assert (len(found.rows), found.total) == (2, 4)
    assert found.columns == (
        "repository", "path", "line", "function", "ccn", "cognitive", "nloc", "parameters",
        "nesting", "reader",
    )  # fmt: skip
    assert found.rows[0] == ("billing", "app.py", 2, "grade", 4, 3, 6, 3, 1, "lizard")


def test_places_of_a_duplicate(desk: Desk) -> None:
    text = "one = 1\ntwo = 2\n\nthree = 3\n"
    desk.repository("billing", {"a.py": "zero = 0\n" + text + "four = 4\n", "b.py": text})
    desk.contract(
        ["billing"],
        ["{id: D, name: d, class: key, indicator: duplication.share, lines: 3, expected: 1, "
         "minimum: 2}"],
    )  # fmt: skip
    desk.measure(jobs=1)
    session = desk.session
    with Store(session.database, read_only=True) as store:
        found = explain(store, session.requests("2026-Q3")[0], "D", top=9)
    assert [dict(zip(found.columns, row, strict=True)) for row in found.rows] == [
        {"repository": "billing", "block": 1, "code_lines": 3, "places": ["a.py:2-5", "b.py:1-4"]},
    ]  # fmt: skip


def lines(name: str, number: int) -> str:
    return "".join(f"{name}{row} = {row}\n" for row in range(number))


def test_the_largest_duplicated_blocks_of_the_period(desk: Desk) -> None:
    """Whole blocks with all their places, of one contract each; what is gone or a test is not."""
    old = {"old.py": lines("old", 30), "older.py": lines("old", 30)}
    billing = desk.repository("billing", old, at="2026-05-01T00:00:00Z")
    many = {f"m{row:02}.py": lines("many", 6) for row in range(23)}
    billing.commit(
        {
            **dict.fromkeys(old),
            **many,
            "a.py": "first = 0\n" + lines("eight", 4) + "\n# why\n" + lines("eight", 8)[44:],
            "b.py": lines("eight", 8) + "last = 0\n" + lines("seven", 7),
            "c.py": lines("seven", 7) + "between = 0\n" + lines("seven", 7),
            "d.py": lines("five", 5) + "d = 1\n" + lines("five", 5),
            "tests/test_a.py": lines("test", 9),
            "tests/test_b.py": lines("test", 9),
        },
        at="2026-08-01T00:00:00Z",
    )
    desk.repository("shop", {"x.py": lines("ten", 10), "y.py": lines("ten", 10)})
    some = levels(dict(list(EXPECTED.items())[:1]))
    desk.contract(["billing"], some, starts="2026-01-01", minimum_measured=50)
    desk.contract(["billing", "shop"], some, name="beta", starts="2026-01-01", minimum_measured=50)
    desk.measure()
    eight = DuplicatedBlock(
        "billing", 8, 2, (EvidencePlace("a.py", 2, 11), EvidencePlace("b.py", 1, 8))
    )
    seven = DuplicatedBlock("billing", 7, 3, (
        EvidencePlace("b.py", 10, 16), EvidencePlace("c.py", 1, 7), EvidencePlace("c.py", 9, 15),
    ))  # fmt: skip
    six = DuplicatedBlock(
        "billing", 6, 23, tuple(EvidencePlace(f"m{row:02}.py", 1, 6) for row in range(20))
    )
    ten = DuplicatedBlock(
        "shop", 10, 2, (EvidencePlace("x.py", 1, 10), EvidencePlace("y.py", 1, 10))
    )
    found = [each.scorecard.duplicated_blocks for each in desk.evaluate("2026-Q3", pages=True)]
    assert found == [(eight, seven, six), (ten, eight, seven, six)]


def test_a_count_is_kept_under_what_it_depends_on_and_nothing_else(
    grown: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quality.catalogue.indicators import INDICATORS
    from quality.catalogue.recipes import load_recipe
    from quality.store import counts
    from quality.store.counting import Content, Excused
    from quality.store.definitions import definitions

    on_content = {id for id, each in INDICATORS.items() if each.basis == "content"}
    recipe = load_recipe("2026.2")
    billing, same, other = (Content("c", family.base.files) for family in grown.session.families)

    def keys(content: Content, recipe: Recipe = recipe) -> dict[str, str]:
        return {id: counts.inputs(content, recipe, INDICATORS[id]) for id in on_content}

    def changed(now: dict[str, str]) -> set[str]:
        return {id for id, key in keys(billing).items() if now[id] != key}

    assert len(set(keys(billing).values())) == len(on_content)
    assert changed(keys(same)) == set()
    assert changed(keys(other)) == on_content
    assert changed(keys(replace(billing, excused=(Excused(("x",)),)))) == on_content
    first, *rest = recipe.parts
    parts = (replace(first, digest="other"), *rest)
    by_the_tree = {"size.files", "unseen.share"}  # what no analyzer must have read
    assert changed(keys(billing, replace(recipe, parts=parts))) == on_content - by_the_tree
    assert changed(keys(billing, replace(recipe, digest="said in other words"))) == set()
    fewer = tuple(rule for rule in recipe.rules if rule.id != "W0612")
    by_rules = {
        "errors.density", "warnings.density", "security.density", "suppressions.hidden",
        "errors.new_density", "debt.reduction", "rating.sonar_debt",
    }  # fmt: skip
    assert changed(keys(billing, replace(recipe, rules=fewer))) == by_rules
    before = keys(billing)
    text = definitions()["python_blocks"]
    monkeypatch.setitem(definitions(), "python_blocks", text.replace("b.cc", "b.cc + 1 as cc"))
    counts._inputs.cache_clear()
    try:
        assert changed(before) == {each for each in INDICATORS if each.startswith("python.cc.")}
    finally:
        counts._inputs.cache_clear()


def test_the_size_of_a_batch_changes_no_byte(
    grown: Desk, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quality.store import counts
    from quality.verdicts import portfolio

    before = pages(grown)
    desk.contracts, desk.database = grown.contracts, desk.folder / "copy.duckdb"
    desk.database.write_bytes(grown.session.database.read_bytes())
    with Store(desk.database) as store:
        store.connection.execute("delete from snapshot_values")
    for module in (counts, portfolio):
        monkeypatch.setattr(module, "BATCH", 1)
    assert pages(desk) == before
