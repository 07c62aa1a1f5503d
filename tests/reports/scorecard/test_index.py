"""The index over many contracts: grouped, worst first, compared only where values say the same."""

import base64
import hashlib
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.scorecard import LanguageCount
from quality.model.verdict import Measured, Outcome, Period
from reports.scorecard.page import comparison, html
from reports.scorecard.words import overview, portfolio, view
from tests.reports import money_samples, samples


def contract(
    name: str, supplier: str, outcome: Outcome, credit: int | None = None, currency: str = "EUR"
) -> Evaluation:
    """A contract with one service level of this outcome, and what is claimed of 24,000."""
    value = {"failed": 9, "below_expected": 6, "met": 2}.get(outcome)
    measured = None if value is None else Measured(value, 100, 100)
    statement = None
    if credit is not None:
        statement = money_samples.statement(total=Decimal(credit), currency=currency)
    return samples.evaluation(
        contract_id=name, supplier=supplier, credits=statement,
        outcome="met" if outcome == "below_expected" else outcome,
        service_levels=(samples.verdict("TQ-1", f"Level of {name}", measured, outcome),),
    )  # fmt: skip


def grouped(*evaluations: Evaluation) -> list[tuple[str, list[str]]]:
    return [
        (group.supplier, [evaluations[row].contract_id for row in group.rows])
        for group in overview.groups(evaluations)
    ]


def test_suppliers_are_ordered_by_money_and_then_by_outcome() -> None:
    assert grouped(
        contract("A-1", "Acme", "met", 0),
        contract("B-1", "Best", "unknown", 0),
        contract("C-1", "Cheap", "failed", 500),
        contract("A-2", "Acme", "failed", 400),
        contract("A-3", "Acme", "failed", 300),
    ) == [("Acme", ["A-2", "A-3", "A-1"]), ("Cheap", ["C-1"]), ("Best", ["B-1"])]


def test_amounts_of_several_currencies_are_compared_by_their_share_of_what_is_at_risk() -> None:
    pair = (
        contract("Y", "Yen", "failed", 12_000, "JPY"), contract("E", "Euro", "failed", 24_000)
    )  # fmt: skip
    assert overview.stakes(pair) == [Decimal("0.5"), 1]
    assert [supplier for supplier, _ in grouped(*pair)] == ["Euro", "Yen"]
    text = html.index(pair, ["y.html", "e.html"])
    assert "the share of what is at risk that is claimed" in text


def test_the_heat_map_tells_the_distance_and_leads_to_the_level() -> None:
    """9 is 12.5 % over 8, 6 is a quarter beneath it and below 5, 2 is 75 % beneath."""
    (heat,) = overview.heat(
        (contract("A", "a", "failed"), contract("B", "b", "below_expected"),
         contract("C", "c", "met"), contract("D", "d", "unknown"))
    )  # fmt: skip
    assert heat.columns == (("complexity.nloc_share, above 20", ""),)
    told = {row: cells[0] for row, cells in heat.rows}
    assert [(told[row].distance, told[row].tone) for row in range(4) if told[row]] == [
        ("+12\u202f%", "over"), ("−25\u202f%", "below"), ("−75\u202f%", "well"), ("", "unknown"),
    ]  # fmt: skip
    assert told[0]
    assert told[0].anchor == "#level-1"
    assert overview.heat((contract("A", "a", "met"),)) == ()


def of(name: str, language: str, value: int, recipe: str = "2026.2") -> Evaluation:
    made = contract(name, name, "met")
    languages = (LanguageCount(language, 900, (), 0, 0, 0), LanguageCount("sql", 100, (), 0, 0, 0))
    verdict = samples.verdict("TQ-1", "x", Measured(value, 100, 100), "met")
    return replace(
        made, service_levels=(verdict,), recipe=replace(made.recipe, id=recipe),
        scorecard=replace(made.scorecard, languages=languages),
    )  # fmt: skip


def test_only_values_of_one_language_and_recipe_are_ranked_with_each_other() -> None:
    every = (of("A", "python", 4), of("B", "java", 1), of("C", "python", 2),
             of("D", "python", 1, recipe="2026.1"))  # fmt: skip
    (found,) = comparison.comparisons(every)
    assert found.contracts == 4
    first, *others = found.groups
    assert (first.of, first.average) == ("mostly python, recipe 2026.2 (3d1f0c7a)", "3.0\u202f%")
    assert [every[row.row].contract_id for row in first.rows] == ["C", "A"]  # 2 before 4
    assert [(each.of, len(each.rows), each.average) for each in others] == [
        ("mostly java, recipe 2026.2 (3d1f0c7a)", 1, ""),
        ("mostly python, recipe 2026.1 (3d1f0c7a)", 1, ""),
    ]
    text = html.index(every, [f"{n}.html" for n in range(4)])
    assert "4 contracts, 3 kinds" in text
    assert "stand apart and are not ranked with them" in text


def test_code_of_no_main_language_is_compared_as_such() -> None:
    made = of("A", "python", 1)
    halves = tuple(LanguageCount(each, 500, (), 0, 0, 0) for each in ("java", "python"))
    mixed = replace(made, scorecard=replace(made.scorecard, languages=halves))
    assert comparison.kind(mixed).startswith("several languages, ")
    unread = replace(made, scorecard=replace(made.scorecard, languages=()))
    assert comparison.kind(unread).startswith("language not known, ")


def test_below_expected_is_never_shown_as_met_in_any_period() -> None:
    quarter = Period("2026-Q2", samples.date(2026, 4, 1), samples.date(2026, 6, 30), to_date=False)
    past = PastPeriod(quarter, "met", (("TQ-1", "below_expected"), ("GONE", "below_expected")))
    made = replace(contract("A", "a", "below_expected"), past=(past,))
    assert view.outcome_of(made, past) == view.outcome_of(made, made) == "below_expected"
    (matrix,) = portfolio.matrices((made,))
    assert [cell and cell.outcome for cell in matrix.rows[0][1]] == ["below_expected"] * 2
    key = replace(made.service_levels[0], level_class="key")
    assert view.outcome_of(replace(made, service_levels=(key,)), past) == "met"


def test_the_portfolio_is_summed_up() -> None:
    every = (contract("A", "Acme", "failed", 500), contract("B", "Acme", "met", 0),
             contract("C", "Best", "failed", 200))  # fmt: skip
    assert [each.replace("\u00a0", " ") for each in overview.summary(every)] == [
        "3 contracts of 2 suppliers.",
        "Failed most often: complexity.nloc_share, in 2 of 3 critical service levels.",
        "Largest claim: EUR 500.00, Acme, A.",
    ]
    assert overview.summary(every[:1]) == []


def test_sums_of_what_nobody_could_judge_are_not_known_rather_than_nothing() -> None:
    """As each contract's own row has it; a credit that is known is summed up as ever."""
    unknown = money_samples.statement(total=Decimal(0), net=Decimal(0), unknown=("TQ-1",))
    made = contract("A-1", "Acme", "unknown")
    pair = (replace(made, credits=unknown), replace(made, contract_id="A-2", credits=unknown))
    (sums,) = portfolio.sums(pair, False)
    assert (sums.claimed, sums.balance) == ("not known", "not known")
    claimed = [[each.claimed for each in group.money] for group in overview.groups(pair)]
    assert claimed == [["not known"]]
    (sums,) = portfolio.sums((*pair, contract("A-3", "Acme", "failed", 500)), False)
    assert sums.claimed.replace("\u00a0", " ") == "EUR 500.00"


def many() -> tuple[Evaluation, ...]:
    """Thirteen contracts of three suppliers: Acme claimed of in two currencies."""
    return tuple(
        contract(
            f"{supplier[0]}-{number}", supplier, "failed" if number < 2 else "met",
            100 * (number < 2), "JPY" if (supplier, number) == ("Acme", 1) else "EUR",
        )
        for supplier, contracts in (("Acme", 6), ("Best", 4), ("Cheap", 3))
        for number in range(contracts)
    )  # fmt: skip


def test_many_contracts_are_a_line_each_below_a_line_for_each_supplier() -> None:
    every = many()
    text = html.index(every, [f"{n}.html" for n in range(13)])
    table = re.search(r'<table class="stacked owing".*?</table>', text, re.DOTALL)
    assert table
    rows = re.findall(r'data-label="Claimed">(.*?)</td>', table[0])
    acme = next(row for row in rows if "JPY" in row)
    assert acme.replace("\u00a0", " ") == "EUR 100.00<br>JPY 100.00"
    assert sorted(set(re.findall(r'id="(supplier-\d)"', text))) == [
        "supplier-1", "supplier-2", "supplier-3",
    ]  # fmt: skip
    assert 'class="failing"' not in text  # their ids stand in the line
    assert text.count('<tr class="party">') == 3  # once each, in the heat map
    assert 'class="stacked owing"' not in html.index(every[:12], ["x.html"] * 12)


def test_the_policy_allows_the_script_of_the_index_and_no_other() -> None:
    text = html.index((contract("A", "a", "met"),), ["a.html"])
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in text
    assert "script-src" not in html.page(samples.evaluation())


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Page:
    every = (
        contract("A-1", "Acme", "failed", 500), contract("A-2", "Acme", "met", 0),
        contract("B-1", "Best", "unknown", 0), contract("C-1", samples.HOSTILE, "failed", 900),
    )  # fmt: skip
    path = tmp_path / "index.html"
    path.write_text(html.index(every, [f"{each.contract_id}.html" for each in every]), "utf-8")
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.on("console", lambda message: pytest.fail(message.text))
    opened.goto(path.as_uri())
    return opened


def shown(page: Page) -> list[str]:
    rows = page.locator("tr[data-outcome]:visible th a")
    return [text.strip() for text in rows.all_inner_texts()]


def test_contracts_are_found_filtered_and_sorted(page: Page) -> None:
    assert shown(page) == ["C-1", "A-1", "A-2", "B-1"]
    page.get_by_role("searchbox", name="Find").fill("acme")
    assert shown(page) == ["A-1", "A-2"]
    assert page.get_by_role("status").inner_text() == "2 of 4 contracts"
    assert page.locator("tbody:visible .group").count() == 1
    page.get_by_role("combobox", name="Outcome").select_option("met")
    assert shown(page) == ["A-2"]
    page.get_by_role("searchbox", name="Find").fill("")
    page.get_by_role("combobox", name="Outcome").select_option("")
    page.get_by_role("combobox", name="Order").select_option("outcome")
    assert shown(page) == ["C-1", "A-1", "A-2", "B-1"]
    page.get_by_role("combobox", name="Order").select_option("name")
    assert [each for each in shown(page) if each != "C-1"] == ["A-1", "A-2", "B-1"]
    page.get_by_role("combobox", name="Order").select_option("credit")
    assert shown(page)[0] == "C-1"
    page.context.close()


def test_a_hostile_supplier_runs_nothing_in_the_index(page: Page) -> None:
    page.get_by_role("searchbox", name="Find").fill("onerror=alert")
    assert shown(page) == ["C-1"]
    assert page.locator("img").count() == 0
    page.context.close()
