"""Proposed levels as a page and as a section: what a reader gets to see."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quality.model.benchmark import Calibration, Level, Proposal, SystemValue
from quality.model.rank import Peers
from reports.calibration import page, section
from reports.calibration.curves import curve

PEERS = Peers("Python", 4, "2026.2")
PUBLIC = tuple(SystemValue(f"public{n} 1.0", 5_000, Fraction(n)) for n in (0, 1, 2, 4))
HOSTILE = SystemValue("<script>alert(1)</script>\u202e", 1_000, Fraction(3))
GOOD = SystemValue("shop", 2_000, Fraction(1, 2))


def level(value: str) -> Level:
    return Level(Decimal(value), Decimal(value), Decimal("4"))


LOW = Proposal(
    "complexity.nloc_share", "Code in overly complex functions", "complex code", ("above", 20),
    "percent", "low", PEERS, level("0.0"), level("4.0"), (), PUBLIC, (HOSTILE, GOOD),
)  # fmt: skip
HIGH = replace(
    LOW, indicator="tests.ratio", title="Test code", parameter=None, good="high",
    expected=level("4.0"), minimum=level("1.0"), doubts=("only 4 systems",), values=PUBLIC[::-1],
    reported_only=True,
)  # fmt: skip
OTHER = replace(LOW, parameter=("above", 10), minimum=level("2.0"))
CALIBRATION = Calibration(
    PEERS,
    (("shop", "Python", 2_000), (HOSTILE.system, "", 1_000)),
    (LOW, HIGH),
    (OTHER,),
    ("Nothing is said of <errors>",),
)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>|# ", " ", text.replace("\u202f", "")).split())


def test_the_page_has_each_number_beside_its_graph() -> None:
    text = page.render(CALIBRATION)
    shown = words(text)
    assert "Held against 4 public Python systems, recipe 2026.2" in shown
    assert "Expected 0.0% 0.0 to 4 25%" in shown  # one of four reaches it
    assert "Minimum 4.0% 4.0 to 4 100%" in shown
    assert "shop 0.5% minimum 75%" in shown  # three of four are worse
    assert "above 10 4 0.0% 2.0%" in shown
    assert "Doubt: only 4 systems." in shown
    assert text.count('role="img"') == 2


def test_nothing_on_the_page_can_act() -> None:
    text = page.render(CALIBRATION)
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\u202e" in text
    assert "&lt;errors&gt;" in text
    assert "default-src 'none'" in text
    assert " style=" not in text


def test_the_curve_rises_to_all_systems() -> None:
    found = curve(LOW)
    assert found.ticks == (0, 1, 2, 3, 4)
    # a quarter at 0, half at 1 (a fourth of the width), three quarters at 2, all at 4
    assert found.line == "0,160 0,160 0,120 100,120 100,80 200,80 200,40 400,40 400,0 400,0"
    assert (found.good, found.bad) == (("0", "0"), ("400", "0"))
    assert found.own == ("300", "50")
    falling = curve(HIGH)
    assert falling.line == "0,0 0,0 0,40 100,40 100,80 200,80 200,120 400,120 400,160 400,160"
    assert (falling.good, falling.bad) == (("400", "0"), ("0", "100"))


def test_the_section_names_class_reason_and_doubt() -> None:
    text = section.render(CALIBRATION)
    first, second = text.split("  - id: ")[1:]
    assert "    class: critical\n" in first
    assert "    expected: 0.0     # 25 % of 4 reach it (0.0 to 4)\n" in first
    assert "better than 25 %; shop 0.50 reaches minimum, better than 75 %." in words(first)
    assert "# With other limits (expected, minimum): above 10: 0.0, 2.0.\n" in first
    assert "    class: key\n" in second
    assert "    # Doubt: only 4 systems.\n" in second
    assert all(
        line.startswith(("#", " ", "service_levels:")) and "\u202e" not in line
        for line in text.splitlines()
    )


@pytest.mark.slow
def test_the_page_fits_a_telephone_and_loads_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "levels.html"
    file.write_text(page.render(CALIBRATION), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 390, "height": 800})
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(file.as_uri())
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(wide) == 0
    assert said == []  # the policy refused nothing
    drawn = tab.evaluate("getComputedStyle(document.querySelector('.curve polyline')).fill")
    assert drawn == "none"
    tab.close()
