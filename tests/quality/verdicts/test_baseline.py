"""New code against a baseline: inherited debt is not charged, whatever is done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import pytest

from quality.model.evaluation import Evaluation
from quality.model.scorecard import NewCode
from quality.store.database import Store
from quality.verdicts.explain import explain
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.examples import table
from tests.quality.ledgers import debt, ledger
from tests.repositories import Entry, Repository

LEVELS = (
    "{id: E, class: critical, indicator: errors.new_density, expected: 0, minimum: 5}",
    "{id: C, class: critical, indicator: complexity.new_share, above: 3, minimum: 10}",
    "{id: D, class: critical, indicator: duplication.new_share, minimum: 10}",
    "{id: R, class: key, indicator: debt.reduction, expected: 10}",
)
Files = dict[str | bytes, Entry]
UNCHANGED = "nothing is new or changed since the baseline"


def knot(name: str, ifs: int = 4, of: str = "a", more: str = "") -> str:
    """A function of 2 x ``ifs`` + 2 code lines and a complexity of ``ifs`` + 1."""
    body = "".join(f"    if {of} == {n}:\n        {of} += {n}\n" for n in range(ifs))
    return f"def {name}({of}):\n{more}{body}    return {of}\n\n\n"


def plain(name: str, lines: int = 6) -> str:
    """A function of so many code lines, most of them its own, and a complexity of 1."""
    body = "".join(f'    a = a.{name}({n}, "{name}{n}", a * {n})\n' for n in range(lines - 2))
    return f"def {name}(a):\n{body}    return a\n\n\n"


def wrong(name: str) -> str:
    """A function of two code lines with an error, the only one on such a line."""
    return f"def {name}():\n    return missing_{name}\n\n\n"


OTHER = plain("other")
OLD: Files = {"old.py": knot("knot") + wrong("one") + wrong("two"), "other.py": OTHER}


@dataclass(frozen=True)
class Case:
    """``new`` with ``old`` as the baseline, and by service level what is counted by hand."""

    new: Files
    counted: dict[str, tuple[int, int] | None]
    old: Files = field(default_factory=lambda: OLD)
    levels: tuple[str, ...] = LEVELS


def lay_out(desk: Desk, name: str, case: Case) -> None:
    """A repository and a contract of a case."""
    repository = Repository(desk.folder / f"{name}.git")
    base = repository.commit(case.old, at="2026-06-01T10:00:00Z")
    gone: Files = {path: None for path in case.old if path not in case.new}
    repository.commit({**case.new, **gone}, at="2026-08-01T10:00:00Z")
    more = f"baseline: {{commit: '{base}'}}\n"
    desk.contract([name], case.levels, name=name, head="unmeasured: failed", more=more)


def numbers(evaluation: Evaluation) -> dict[str, tuple[int, int] | None]:
    return {
        each.id: (each.measured.numerator, each.measured.denominator) if each.measured else None
        for each in evaluation.service_levels
    }


# ---------------------------------------------------------------- nothing new

SAME: dict[str, Files] = {
    "nothing": OLD,
    "everything moved": {"new/a.py": OLD["old.py"], "new/b.py": OTHER},
    "a file split": {
        "one.py": knot("knot") + wrong("two"), "two.py": wrong("one"), "other.py": OTHER,
    },
    "two files joined": {"old.py": f"{OTHER}{OLD['old.py']}"},
    "another order": {"old.py": wrong("two") + knot("knot") + wrong("one"), "other.py": OTHER},
    "functions renamed": {"old.py": knot("knob") + wrong("one") + wrong("two"), "other.py": OTHER},
    "names inside renamed": {
        "old.py": knot("knot", of="bb") + wrong("one") + wrong("two"),
        "other.py": OTHER.replace("a", "bbb").replace("other", "others"),
    },
    "laid out anew": {
        "old.py": (knot("knot") + wrong("one") + wrong("two")).replace("    ", "\t"),
        "other.py": OTHER.replace(", ", ",\n            ").replace("(a)", "( a )"),
    },
    "comments and docstrings": {
        "old.py": "# Old\n" + knot("knot") + wrong("one") + wrong("two"),
        "other.py": '"""What\nthis\nis.\n"""\n' + OTHER,
    },
}  # fmt: skip


NONE = {"E": None, "C": None, "D": None, "R": (0, 2)}

# ---------------------------------------------------------------- changes to inherited code

DEBTS = wrong("one") + wrong("two")
TEXT = 'def f(a):\n    b = a.strip()\n    c = "{}" % (b,)\n    return c.title()\n'
JS = "export function f(a) {\n  return a === NaN;\n}\n"
BRANCH = '    if a == "x":\n        a = a.log("here")\n'
STRANGER = knot("knot", of="value").replace("+=", "-=").replace("== ", "== 1 + ")
CASES = {
    # two lines with an error, twelve of a complex function, six plain ones
    "one bad change": Case(
        OLD | {"mine.py": wrong("mine") + knot("tangle", 5, of="b") + plain("clean")},
        {"E": (1, 20), "C": (12, 20), "D": (0, 20), "R": (0, 2)},
    ),
    "an old function that is touched and no worse": Case(
        OLD | {"old.py": knot("knot", more='    a = a.log("here")\n') + DEBTS},
        {"E": (0, 1), "C": (0, 1), "D": (0, 1), "R": (0, 2)},
    ),
    "an old function that got worse": Case(
        OLD | {"old.py": knot("knot", more=BRANCH) + DEBTS},
        {"E": (0, 2), "C": (2, 2), "D": (0, 2), "R": (0, 2)},
    ),
    # a complexity of 3, and of 4 with one more branch
    "an old function that rises above the limit": Case(
        {"old.py": knot("knot", 2, more=BRANCH)},
        {"E": (0, 2), "C": (2, 2), "D": (0, 2), "R": None},
        {"old.py": knot("knot", 2)},
    ),
    # as complex as the one it replaces, whose lines are all gone
    "an old name over new code": Case(
        OLD | {"old.py": STRANGER + DEBTS},
        {"E": (0, 10), "C": (10, 10), "D": (0, 10), "R": (0, 2)},
    ),
    # ten lines, each in a window of six that the original has too
    "a copy": Case(
        OLD | {"copy.py": knot("knot")},
        {"E": (0, 10), "C": (10, 10), "D": (10, 10), "R": (0, 2)},
    ),
    "a copied finding": Case(
        OLD | {"copy.py": wrong("one")}, {"E": (1, 2), "C": (0, 2), "D": (0, 2), "R": (0, 2)}
    ),
    # inherited but for a word, and its line counts because a finding is on it
    "a finding where a literal alone differs": Case(
        {"a.py": TEXT.format("%s %s")},
        {"E": (1, 1), "C": None, "D": None, "R": None},
        {"a.py": TEXT.format("%s")},
    ),
    # four branches outside any function, and a line that is none
    "top-level code": Case(
        OLD | {"top.py": "X = 1\n" + "".join(f"if X == {n}:\n    X += {n}\n" for n in range(4))},
        {"E": (0, 9), "C": (8, 8), "D": (0, 9), "R": (0, 2)},
    ),
    # a docstring and a comment are no code, the line that says what they are is
    "a docstring for padding": Case(
        OLD | {"mine.py": '"""' + "Many words.\n" * 50 + '"""\n' + wrong("mine")},
        {"E": (1, 2), "C": (0, 2), "D": (0, 2), "R": (0, 2)},
    ),
    # of two errors one is gone, the other is on another line
    "debt that is gone and debt that is rewritten": Case(
        OLD | {"old.py": knot("knot") + "def one():\n    return str(missing_one)\n"},
        {"E": (1, 1), "C": (0, 1), "D": (0, 1), "R": (1, 2)},
    ),
    # the copied finding, and g of three lines: its body is f's and stands twice now
    "languages": Case(
        {"a.js": JS, "b.js": JS.replace("f(", "g("), "c.py": wrong("mine")},
        {"P": (1, 2), "J": (1, 3), "R": (0, 1)},
        {"a.js": JS},
        (
            "{id: P, class: key, indicator: errors.new_density, language: python}",
            "{id: J, class: key, indicator: errors.new_density, language: javascript}",
            "{id: R, class: key, indicator: debt.reduction, language: javascript}",
        ),
    ),
    # 20 code lines were there; two of them go, one is new in knot, 14 are elsewhere
    "side by side": Case(
        {"old.py": knot("knot", more="    a = [a]\n") + wrong("one"), "other.py": OTHER,
         "mine.py": knot("tangle", 5, of="b") + wrong("mine")},
        {"E": (1, 15), "C": (12, 15), "D": (0, 15), "R": (0, 2)},
    ),
    "rows": Case(
        OLD | {"mine.py": wrong("mine") + knot("tangle", 5, of="b"), "copy.py": knot("knot")},
        {"E": (1, 24), "C": (22, 24), "D": (10, 24), "R": (0, 2)},
    ),
    **{name: Case(new, NONE) for name, new in SAME.items()},
}  # fmt: skip
NAMES = {name: f"case-{number}" for number, name in enumerate(CASES)}
TELLING = {
    "one bad change", "an old function that got worse", "a copy", "everything moved", "languages",
    "debt that is gone and debt that is rewritten", "side by side", "rows",
}  # fmt: skip
Judged = Callable[[str], Evaluation]


@pytest.fixture(scope="module")
def judged(shared_desk: Desk) -> Judged:
    """A case's evaluation. The telling cases are measured in one run, and so are the others."""

    @cache
    def run(telling: bool) -> dict[str, Evaluation]:
        shared_desk.contracts = []
        for name, case in CASES.items():
            if (name in TELLING) == telling:
                lay_out(shared_desk, NAMES[name], case)
        assert shared_desk.measure().problems == []
        return {each.contract_id: each for each in shared_desk.evaluate(pages=True)}

    return lambda name: run(name in TELLING)[NAMES[name].upper()]


@pytest.mark.parametrize("name", table(CASES, TELLING))
def test_what_is_new_by_hand(judged: Judged, name: str) -> None:
    assert numbers(judged(name)) == CASES[name].counted


def test_outcomes(judged: Judged) -> None:
    levels = judged("one bad change").service_levels
    assert [each.outcome for each in levels] == ["failed", "failed", "met", "below_expected"]


@pytest.mark.parametrize("name", table(SAME, TELLING))
def test_nothing_new_costs_nothing(judged: Judged, name: str) -> None:
    """Although the contract says ``unmeasured: failed``."""
    levels = judged(name).service_levels[:3]
    assert {(each.outcome, each.reason) for each in levels} == {("unknown", UNCHANGED)}


# ---------------------------------------------------------------- what is shown


def test_new_and_inherited_code_side_by_side(judged: Judged) -> None:
    evaluation = judged("side by side")
    (snapshot,) = evaluation.snapshots
    assert evaluation.scorecard.new_code == (
        NewCode(snapshot.repository, "code lines", 20, 18, 1, 14),
        NewCode(snapshot.repository, "coding errors", 2, 1, 0, 1),
        NewCode(snapshot.repository, "complex functions", 0, 0, 0, 0),
        NewCode(snapshot.repository, "duplicated lines", 0, 0, 0, 0),
    )
    assert snapshot.baseline
    assert snapshot.baseline.stated == f"commit {snapshot.baseline.commit}"
    page = html.page(evaluation)
    assert "New and inherited code" in page
    assert str(snapshot.baseline.commit) in page


def test_the_rows_behind_each_number(judged: Judged, shared_desk: Desk) -> None:
    rows = dict[str, list[dict[str, object]]]()
    assert judged("rows")
    shared_desk.contracts = [shared_desk.folder / f"{NAMES['rows']}.contract.yaml"]
    session = shared_desk.session
    (request,) = session.requests("2026-Q3")
    with Store(session.database, read_only=True) as store:
        for name in "ECDR":
            found = explain(store, request, name, top=9)
            rows[name] = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["path"], row["line"], row["rule"]) for row in rows["E"]] == [
        ("mine.py", 2, "E0602"),
    ]  # fmt: skip
    assert [
        (row["path"], row["function"], row["ccn"], row["was_ccn"], row["new_lines"])
        for row in rows["C"]
    ] == [("mine.py", "tangle", 6, None, 12), ("copy.py", "knot", 5, None, 10)]
    assert [tuple(row.values())[1:] for row in rows["D"]] == [("copy.py", 1, 10, 10)]
    assert [(row["rule"], row["baseline"], row["now"], row["gone"]) for row in rows["R"]] == [
        ("E0602", 2, 3, 0),
    ]  # fmt: skip


@pytest.mark.slow
def test_what_is_counted_against_one_baseline_says_nothing_of_another(desk: Desk) -> None:
    lay_out(desk, "billing", CASES["one bad change"])
    desk.measure()
    assert numbers(desk.evaluate()[0])["E"] == (1, 20)
    head = Repository(desk.folder / "billing.git").tip()
    desk.contract(["billing"], LEVELS, name="billing", more=f"baseline: {{commit: '{head}'}}\n")
    desk.measure()
    assert numbers(desk.evaluate()[0])["E"] is None


@pytest.mark.slow
def test_accepted_debt_leaves_both_sides(desk: Desk) -> None:
    """What is accepted is not gone: of three errors one is accepted, so of two one is gone."""
    old = {"old.py": DEBTS, "accepted.py": wrong("three")}
    new = {"old.py": wrong("one"), "accepted.py": wrong("three") + wrong("four")}
    lay_out(desk, "billing", Case(new, {}, old))
    desk.measure()
    assert numbers(desk.evaluate()[0])["E"] == (1, 2)
    assert numbers(desk.evaluate()[0])["R"] == (0, 3)
    ledger(desk, debt(more="paths: [accepted.py]"), name="billing")
    desk.measure()
    (eased,) = desk.evaluate()
    assert [(each.outcome, each.measured and each.measured.numerator) for each in (
        eased.service_levels[0], eased.service_levels[3])] == [
        ("excused", None), ("met", 1),
    ]  # fmt: skip
