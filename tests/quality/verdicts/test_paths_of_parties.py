"""Code of several parties in one repository: each answers for its own files, and none twice."""

from __future__ import annotations

import pytest

from quality.model.verdict import Measured
from quality.store.database import Store
from quality.verdicts.explain import explain
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.ledgers import BRANCHY, FINDING, SIMPLE, debt, ledger

PARTIES = """\
parties:
  - {name: shop, paths: ["shop/**", "c.py"]}
  - {name: network, paths: ["**/*.py", "!/top.py"]}
"""
FILES = {"shop/a.py": SIMPLE, "shop/b.py": BRANCHY, "c.py": FINDING, "net/d.py": BRANCHY,
         "net/tests/test_d.py": BRANCHY, "top.py": BRANCHY}  # fmt: skip
LEVEL = "{{id: {}, class: {}, indicator: {}, minimum: {}{}}}"
SHARE = "complexity.nloc_share, above: 3"
LEVELS = (
    LEVEL.format("C", "critical", SHARE, 90, ""),
    LEVEL.format("CS", "critical", SHARE, 70, ", party: shop"),
    LEVEL.format("CN", "critical", SHARE, 70, ", party: network"),
    LEVEL.format("E", "key", "errors.density", 0, ""),
    LEVEL.format("ES", "key", "errors.density", 0, ", party: shop"),
    LEVEL.format("EN", "key", "errors.density", 0, ", party: network"),
    LEVEL.format("M", "key", "measured.share", 95, ", party: network"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    found = Desk(tmp_path_factory.mktemp("paths"))
    found.repository("billing", dict(FILES))
    found.contract(["billing"], LEVELS, more=PARTIES)
    assert found.measure(jobs=1).problems == []
    return found


def nloc(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def test_each_party_answers_for_its_own_files(desk: Desk) -> None:
    (desk.folder / "acme.events.yaml").unlink(missing_ok=True)
    found = desk.verdicts()
    simple, branchy, finding = map(nloc, (SIMPLE, BRANCHY, FINDING))
    assert (simple, branchy, finding) == (2, 8, 3)
    # the shop has a.py, b.py and c.py; the network d.py, but neither what the shop has nor top.py
    assert found["CS"].measured == Measured(8, 2 + 8 + 3, 100)
    assert found["CN"].measured == Measured(8, 8, 100)
    assert found["C"].measured == Measured(24, 2 + 8 + 3 + 8 + 8, 100)
    assert [found[name].outcome for name in ("CS", "CN")] == ["met", "failed"]
    errors = [found[name].measured for name in ("E", "ES", "EN")]
    assert errors == [Measured(1, 29, 1000), Measured(1, 13, 1000), Measured(0, 8, 1000)]
    assert found["M"].measured
    assert found["M"].measured.denominator == len(BRANCHY)
    assert found["CN"].benchmark is None, "a part is no whole system"


def test_the_rows_behind_a_part_are_of_its_files(desk: Desk) -> None:
    session = desk.session
    with Store(session.database, read_only=True) as store:
        found = explain(store, session.requests("2026-Q3")[0], "CN", 100)
    assert [row[found.columns.index("path")] for row in found.rows] == ["net/d.py"]


def test_relief_and_parts_go_together(desk: Desk) -> None:
    ledger(desk, debt(more="paths: ['net/**']"))
    found = desk.verdicts()
    assert found["CN"].outcome == "excused"
    assert found["CS"].measured == Measured(8, 13, 100)
    (desk.folder / "acme.events.yaml").unlink()


def test_the_page_names_the_parties(desk: Desk) -> None:
    (evaluation,) = desk.evaluate()
    page = html.page(evaluation)
    assert "Who answers for what" in page
    assert dict(evaluation.service_levels[1].parameters) == {"above": 3, "party": "shop"}


def test_a_party_without_files_in_the_snapshot_is_unknown(tmp_path_factory) -> None:
    other = Desk(tmp_path_factory.mktemp("none"))
    other.repository("billing", {"shop/a.py": SIMPLE})
    other.contract(["billing"], LEVELS[:3], more=PARTIES.replace("**/*.py", "net/**"))
    other.measure(jobs=1)
    found = other.verdicts()
    assert [found[name].outcome for name in ("C", "CS", "CN")] == ["met", "met", "unknown"]
