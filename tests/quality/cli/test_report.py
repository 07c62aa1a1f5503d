"""``workmanship report`` from a repository to each format: the amount is the same in each."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from quality.cli.app import run
from tests.conftest import Desk

BRANCHY = "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))
LEVEL = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, "
    'above: 20, expected: 5, minimum: 8, allocation: 60, clause: "Schedule 4, 2.3"}',
)
CHARGES = """\
charges:
  currency: EUR
  per: quarter
  amounts: [{from: 2026-07-01, amount: 200000}]
  at_risk: 12
  pool: 200
"""


@pytest.fixture
def contract(desk: Desk) -> list[str]:
    """A contract with money that was measured: 24,000 at risk x 60 % = 14,400."""
    desk.repository("billing", {"a.py": BRANCHY})
    path = str(desk.contract(["billing"], LEVEL, more=CHARGES))
    desk.measure(periods="2026-Q3")
    return [path, "--period", "2026-Q3"]


@pytest.mark.slow
def test_every_format_claims_the_same_amount(
    contract: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {}
    for name, suffix in (("json", "json"), ("csv", "csv"), ("markdown", "md")):
        assert run(["report", *contract, "--format", name]) == 1
        texts[name] = capsys.readouterr().out
        assert run(["report", *contract, "--format", name, "--output", str(tmp_path)]) == 1
        assert capsys.readouterr().err == f"wrote {tmp_path}/scorecard.{suffix}\n"
        written = (tmp_path / f"scorecard.{suffix}").read_bytes()
        assert written.decode() == texts[name]
    assert run(["report", *contract, "--output", str(tmp_path)]) == 1
    assert json.loads(texts["json"])["credits"]["total"] == "14400.00"
    (row,) = csv.DictReader(io.StringIO(texts["csv"], newline=""))
    assert (row["credit_charged"], row["outcome"]) == ("14400.00", "failed")
    assert run(["report", *contract, "--format", "xlsx", "--output", str(tmp_path)]) == 1
    head, values = load_workbook(tmp_path / "scorecard.xlsx")["Contracts"].values
    assert dict(zip(head, values, strict=True))["Credit"] == 14_400
    mail = re.sub("[\u00a0\u202f]", " ", texts["markdown"])
    assert "| **Credit for 2026-Q3** | **EUR 14,400.00** |" in mail
    page = next(path for path in tmp_path.glob("*.html") if path.name != "index.html")
    for path in (page, tmp_path / "index.html"):
        assert "EUR\u00a014,400.00" in path.read_text("utf-8")


def test_pages_need_a_folder(contract: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", *contract]) == 2
    assert capsys.readouterr().err == "html pages need a folder: --output DIR\n"
    for name in ("xlsx", "pdf"):
        assert run(["report", *contract, "--format", name]) == 2
        assert capsys.readouterr().err == f"{name} needs a folder: --output DIR\n"


@pytest.mark.slow
def test_an_older_period_reported_again_changes_no_page(desk: Desk, tmp_path: Path) -> None:
    desk.repository("billing", {"a.py": BRANCHY}, at="2026-05-01T00:00:00Z")
    path = str(desk.contract(["billing"], starts="2026-01-01"))
    desk.measure(periods="2026-Q1..2026-Q3")
    folder = tmp_path / "out"
    report = ["report", path, "--output", str(folder)]

    def pages() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    assert run([*report, "--period", "2026-Q3", "--all-periods"]) == 1
    written = pages()
    rows = ("evidence.csv", "evidence.json", "html")
    assert sorted(written) == [
        *(f"ACME.{period}.{each}" for period in ("2026-Q2", "2026-Q3") for each in rows),
        "index.html", "pages.json",
    ]  # fmt: skip
    for again in (["--period", "2026-Q3", "--all-periods"], ["--period", "2026-Q2"]):
        assert run([*report, *again]) == 1
        assert pages() == written
