"""Every indicator on a small repository, its numerator and denominator counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import load_recipe
from quality.contract.sections.repositories import FilePatterns
from quality.model.evaluation import Evaluation
from quality.model.verdict import Measured, Verdict
from quality.store.counting import Classifier
from tests.conftest import Desk
from tests.examples import table
from tests.repositories import Entry, Link, Submodule

APP = """\
# One comment line, and no code
def grade(points, bonus, curve):
    if points > 90:
        return "a"
    elif points > 80 and bonus:
        return "b"
    return "c"


def tiny():
    left = 1
    return nowhere  # noqa


def quiet():
    return missing  # pylint: disable=undefined-variable
"""
WEB = """\
function pick(a, b) {
  // eslint-disable-next-line
  if (a && b === NaN) {
    return 1;
  }
  return 2;
}
"""
ODD = b"\n\nx = '\xff'\n"  # no UTF-8: no analyzer measures it
FILES: dict[str | bytes, Entry] = {
    "app.py": APP,
    "web.js": WEB,
    "odd.py": ODD,
    "tests/test_app.py": "def test_grade():\n    assert True\n\n\nX = 1\n",
    "app_pb2.py": "import os, sys  # noqa\ndef generated(a, b, c, d):\n    return a\n",
    "vendor/lib.js": "function vendored(a) { return a || 1; }\n",
    "README.md": "nothing that lizard reads\n",
    "link.py": Link("app.py"),
    "module": Submodule("1" * 40),
}
# By hand. NLOC: app.py 11, web.js 6. Functions: grade (NLOC 6, CCN 4: if, elif, and; 3 parameters),
# tiny (3, 1, 0), quiet (2, 1, 0), pick (6, 3: if, &&; 2). Bytes: app.py, web.js, odd.py.
# Cognitive complexity: grade 3, pick 2.
# Findings: nowhere, missing (E0602; the second is hidden), left (W0612), NaN (hidden).
# Directives: noqa, pylint disable, eslint-disable.
READ_PYTHON = ("clones", "lizard", "pylint", "radon", "ruff", "suppressions", "treerules")
BYTES = len(APP) + len(WEB)
MEAN = -(-(BYTES + len(ODD)) // 3)  # of the three production files, rounded up
EXPECTED = {
    "size.nloc": (17, 1),
    "size.files": (3, 1),
    "size.functions": (4, 1),
    "complexity.nloc_share above 3": (6, 17),
    "complexity.nloc_share above 4": (0, 17),
    "complexity.nloc_share above 2": (12, 17),
    "cognitive.nloc_share above 2": (6, 17),
    "cognitive.nloc_share above 1": (12, 17),
    "complexity.max": (4, 1),
    "unit_size.nloc_share above 5": (12, 17),
    "unit_size.nloc_share above 6": (0, 17),
    "unit_interface.nloc_share above 2": (6, 17),
    "unit_interface.nloc_share above 1": (12, 17),
    "duplication.share": (0, 17),
    "duplication.renamed_share": (0, 11),
    "errors.density": (3, 17),
    "errors.density language python": (2, 11),
    "errors.coverage": (17, 17),
    "security.density": (0, 17),
    "warnings.density": (1, 17),
    "suppressions.density": (3, 17),
    "suppressions.hidden": (2, 1),
    "measured.share": (BYTES, BYTES + len(ODD)),
    "unseen.share": (2 * MEAN, BYTES + len(ODD) + 2 * MEAN),  # the link and the submodule
    "tests.ratio": (3, 17),
    "python.cc.block_share above 3": (1, 3),
    "python.cc.block_share above 4": (0, 3),
    "python.cc.max": (4, 1),
    "python.cc.mean": (6, 3),
    "rating.sig_2007": (2 * 5 + 6 * 5 + 5 * 5 + 5 * 5, 18),
    "rating.sonar_debt": (5, 17 * 30),  # one warning
}
HIGH_IS_GOOD = {
    "errors.coverage": "expected: 99, minimum: 50",
    "measured.share": "expected: 99, minimum: 50",
    "tests.ratio": "expected: 9, minimum: 1",
    "rating.sig_2007": "expected: 5, minimum: 4",
}


def levels(asked: dict[str, tuple[int, int]], scope: str = "contract") -> list[str]:
    """A service level for each question, its id the question's place."""
    written = []
    for number, question in enumerate(asked):
        indicator, _, parameter = question.partition(" ")
        found = INDICATORS[indicator]
        limits = HIGH_IS_GOOD.get(indicator, "expected: 90, minimum: 99")
        parts = [f"id: L{number}", f"name: {indicator}", "class: key", f"indicator: {indicator}"]
        parts += [parameter.replace(" ", ": ")] if parameter else []
        parts += [] if found.good == "none" or found.key_only else [limits]
        parts += [] if scope == "contract" else [f"scope: {scope}"]
        written.append("{" + ", ".join(parts) + "}")
    return written


@dataclass(frozen=True)
class Case:
    """A contract: its repositories by name, and its service levels."""

    repositories: Mapping[str, Mapping[str | bytes, Entry]]
    levels: Sequence[str]
    minimum_measured: int = 95


Counted = dict[str, Evaluation]
CASES = {"all": Case({"billing": FILES}, levels(EXPECTED), 50)}


@pytest.fixture(scope="module")
def counted(shared_desk: Desk) -> Counted:
    """Every case, a contract each, all measured in one run; by the case's name."""
    for name, case in CASES.items():
        for repository, files in case.repositories.items():
            if not (shared_desk.folder / f"{repository}.git").exists():
                shared_desk.repository(repository, files)
        shared_desk.contract(case.repositories, case.levels, name=name,
                             minimum_measured=case.minimum_measured)  # fmt: skip
    assert shared_desk.measure().problems == []
    return dict(zip(CASES, shared_desk.evaluate(pages=True), strict=True))


@pytest.fixture(scope="module")
def judged(counted: Counted) -> Evaluation:
    return counted["all"]


def by_level(evaluation: Evaluation) -> dict[str, Verdict]:
    return {each.id: each for each in evaluation.service_levels}


def test_every_indicator_is_counted_here() -> None:
    asked = {question.partition(" ")[0] for question in EXPECTED}
    # what compares with a baseline is counted in tests/quality/verdicts/test_baseline.py
    counted = (each for each in INDICATORS.values() if each.basis == "content")
    content = {each.id for each in counted if not each.records and not each.since}
    assert asked | {"python.mi.mean"} == content


@pytest.mark.parametrize("question", EXPECTED)
def test_an_indicator_by_hand(judged: Evaluation, question: str) -> None:
    verdict = judged.service_levels[list(EXPECTED).index(question)]
    scale = INDICATORS[question.partition(" ")[0]].scale
    assert verdict.measured == Measured(*EXPECTED[question], scale), verdict.reason
    assert verdict.repositories[0].measured == verdict.measured


def test_the_snapshot_and_its_files(judged: Evaluation) -> None:
    (snapshot,) = judged.snapshots
    assert snapshot.files == 3
    assert snapshot.committed_at == datetime(2026, 8, 1, 10, tzinfo=UTC)
    reason = "undecodable bytes: not utf-8"
    assert [(each.path, each.analyzer, each.reason) for each in snapshot.unmeasured] == [
        ("odd.py", name, reason) for name in READ_PYTHON
    ]
    assert {each.file_class: each.files for each in judged.scorecard.classes} == {
        "generated": 1, "link": 1, "other": 1, "production": 3, "submodule": 1, "test": 1,
        "vendored": 1,
    }  # fmt: skip


def test_what_stands_below_the_verdicts(judged: Evaluation) -> None:
    card = judged.scorecard
    assert [(p.files, p.functions, p.nloc, p.test_nloc) for p in card.size] == [(3, 4, 17, 3)]
    assert [(b.low, b.high, b.functions, b.nloc) for b in card.risk[0].bands] == [
        (1, 10, 4, 17), (11, 20, 0, 0), (21, 50, 0, 0), (51, None, 0, 0),
    ]  # fmt: skip
    assert [(r.rule, r.severity, r.findings, r.hidden) for r in card.rules] == [
        ("E0602", "error", 2, 1), ("eslint/use-isnan", "error", 1, 1), ("W0612", "warning", 1, 0),
    ]  # fmt: skip
    assert [(f.path, f.name, f.ccn) for f in card.worst_functions[:2]] == [
        ("app.py", "grade", 4), ("web.js", "pick", 3),
    ]  # fmt: skip
    assert card.worst_files == ()
    tools = {each.tool: (each.directives, each.files) for each in card.suppressions}
    assert tools == {"eslint": (1, 1), "noqa": (1, 1), "pylint": (1, 1)}


MAINTAINED = {"a.py": APP, "b.py": "def f(a):\n    return a if a else 2\n"}
CASES["radon"] = Case(
    {"radon": MAINTAINED}, ["{id: M, name: m, class: key, indicator: python.mi.mean}"]
)


def test_maintainability_is_radons_weighted_by_nloc(counted: Counted) -> None:
    from radon.metrics import mi_visit

    measured = by_level(counted["radon"])["M"].measured
    assert measured
    each = [round(mi_visit(text, multi=True) * 1_000_000) for text in MAINTAINED.values()]
    assert measured.numerator == each[0] * 11 + each[1] * 2
    assert measured.denominator == 13 * 1_000_000


# A package may import for others, a module imports for itself. A handler that does nothing is one
# defect, though pylint finds it too broad and ruff finds it empty; one that logs is too broad.
ONCE = """\
import os


def f(run, log):
    try:
        run()
    except Exception:
        pass
    try:
        run()
    except Exception:
        log()
"""


CASES["once"] = Case(
    {"once": {"shop/__init__.py": ONCE, "shop/cart.py": ONCE}},
    ["{id: W, name: w, class: key, indicator: warnings.density, expected: 90, minimum: 99}"],
)


def test_a_rule_may_leave_files_out_and_a_defect_counts_once(counted: Counted) -> None:
    evaluation = counted["once"]
    scale = INDICATORS["warnings.density"].scale
    assert evaluation.service_levels[0].measured == Measured(5, 20, scale)
    assert [(rule.rule, rule.findings) for rule in evaluation.scorecard.rules] == [
        ("S110", 2), ("W0718", 2), ("W0611", 1),
    ]  # fmt: skip


# One defect each, of which two rules of one analyzer speak: the one that says more counts.
TWICE: dict[str | bytes, Entry] = {
    "key.go": 'package p\n\nconst apiKey = "AKIAIOSFODNN7REALKEY"\n',
    "ping.php": '<?php\nsystem("ping " . $_GET["h"]);\n',
    "ping.rb": 'system("ping #{params[:h]}")\n',
    "turn.c": "int turn(int n)\n{\n    if (n = 3)\n        return 1;\n    return 2;\n}\n",
    "run.js": "export const run = (req) => new Function(req.body.code)();\n",
}


CASES["twice"] = Case(
    {"twice": TWICE},
    ["{id: E, name: e, class: key, indicator: errors.density, expected: 90, minimum: 99}"],
)


def test_two_rules_of_one_analyzer_count_a_defect_once(counted: Counted) -> None:
    evaluation = counted["twice"]
    assert sorted((rule.rule, rule.findings) for rule in evaluation.scorecard.rules) == [
        ("go-key-in-code", 1),
        ("javascript-code-from-request", 1),
        ("knownConditionTrueFalse", 1),
        ("php-command-from-request", 1),
        ("ruby-code-from-request", 1),
    ]
    # the four errors of 2 + 1 + 1 + 6 + 1 lines: PHP's opening tag is none
    scale = INDICATORS["errors.density"].scale
    assert evaluation.service_levels[0].measured == Measured(4, 11, scale)


# ---------------------------------------------------------------- several repositories


TWO = {
    "size.nloc": (17 + 4, 1),
    "size.files": (3 + 1, 1),
    "size.functions": (4 + 1, 1),
    "complexity.nloc_share above 3": (6, 17 + 4),
    "complexity.max": (4, 1),
    "errors.density": (3, 17 + 4),
    "suppressions.hidden": (2, 1),
    "python.cc.max": (4, 1),
    "python.cc.mean": (6 + 2, 3 + 1),
}
UNDEFINED = "def g():\n    return nowhere\n"
SHOP = "def f(a):\n    if a:\n        return 1\n    return 2\n"


CASES["two"] = Case({"billing": FILES, "shop": {"shop.py": SHOP}}, levels(TWO), 50)


def test_two_repositories_are_one_value(counted: Counted) -> None:
    verdicts = by_level(counted["two"])
    for number, (question, counts) in enumerate(TWO.items()):
        scale = INDICATORS[question.partition(" ")[0]].scale
        verdict = verdicts[f"L{number}"]
        assert verdict.measured == Measured(*counts, scale), question
        assert [each.repository for each in verdict.repositories] == ["billing", "shop"]
        assert all(each.measured and each.measured.denominator for each in verdict.repositories)
        assert [each.outcome for each in verdict.repositories] == [None, None]


@pytest.mark.parametrize("jobs", table([1, 2], {0}))
def test_a_content_that_two_repositories_share_is_measured_once(desk: Desk, jobs: int) -> None:
    """Also while the engine still works on it: a second row would double every number."""
    desk.repository("one", {"a.py": SHOP, "b/a.py": SHOP})
    desk.repository("two", {"c.py": SHOP})
    desk.contract(["one", "two"], levels({"size.nloc": (0, 0), "complexity.max": (0, 0)}))
    assert len(desk.measure(jobs).blobs) == 1
    nloc = desk.verdicts()["L0"]
    assert nloc.measured == Measured(4 * 3, 1, 1)  # a content at two paths counts twice
    assert [each.measured for each in nloc.repositories] == [Measured(8, 1, 1), Measured(4, 1, 1)]
    assert len(desk.facts()["measurements"]) == len(READ_PYTHON)


CASES["languages"] = Case(
    {
        "one": {"a.py": UNDEFINED, "b.sol": "contract A {\n  uint a;\n}\n"},
        "other": {"shop.py": SHOP + UNDEFINED, "c.sol": "contract C {\n}\n"},
    },
    levels({"errors.density language python": (0, 0), "warnings.density language python": (0, 0)}),
)


def test_the_languages_of_all_repositories_and_who_searches_them(counted: Counted) -> None:
    evaluation = counted["languages"]
    nobody, python = evaluation.scorecard.languages
    assert (nobody.language, nobody.nloc, nobody.analyzers) == ("solidity", 5, ())
    assert (nobody.errors, nobody.warnings, nobody.weaknesses) == (None, None, None)
    finders = load_recipe("2026.2").finders
    assert python.analyzers == tuple(part.name for part in finders if part.reads("python"))
    errors, warnings = (each.measured for each in evaluation.service_levels)
    assert errors is not None
    assert warnings is not None
    assert (python.language, python.nloc, python.errors) == ("python", 8, 2)
    assert (errors.numerator, errors.denominator) == (2, 8)
    assert warnings.numerator == python.warnings


# ---------------------------------------------------------------- duplication


FIRST = "one = 1\ntwo = 2\nthree = 3\nfour = 4\n"
SECOND = "zero = 0\none   =\t1\n# a comment\n\n    \ntwo = 2\n  three = 3\n"


CASES["doubled"] = Case(
    {"doubled": {"a.rb": FIRST, "b.rb": SECOND, "c.py": FIRST}},
    [f"{{id: D{lines}, name: d, class: key, indicator: duplication.share, lines: {lines}, "
     "expected: 10, minimum: 20}" for lines in (2, 3, 4, 6)],
)  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "duplicated"),
    [(2, 6), (3, 6), (4, 0), (6, 0)],
    ids=["window 2", "window 3", "window 4", "the default"],
)
def test_duplication_over_the_files_of_one_language(
    counted: Counted, lines: int, duplicated: int
) -> None:
    """Lines one, two, three stand in both Ruby files; the same text in Python is no duplicate."""
    found = by_level(counted["doubled"])[f"D{lines}"]
    assert found.measured == Measured(duplicated, 12, 100)


CASES["overlapping"] = Case(
    {"overlapping": {"a.py": "x += 1\n" * 7 + "y = 2\n"}},
    ["{id: D, name: d, class: key, indicator: duplication.share, expected: 1, minimum: 2}"],
)


def test_windows_may_overlap_and_stand_in_one_file(counted: Counted) -> None:
    assert by_level(counted["overlapping"])["D"].measured == Measured(7, 8, 100)


COPY = """def total(orders, rate):
    found = 0
    for order in orders:
        if order.open and order.amount > 10:
            found += order.amount * rate
    return round(found, 2)
"""
RENAMED = """# another name for everything
def summe(posten, satz):
    wert=1.5

    for p in posten:
        if p.offen and p.betrag > "x":  # here too
            wert += p.betrag*satz
    return runde(wert, 3)
x = 1
y = 2
print(x)
"""


CASES["renamed"] = Case(
    {"renamed": {"a.py": COPY, "b.py": RENAMED, "c.erl": COPY}},
    [
        f"{{id: {name}, name: d, class: key, indicator: duplication.{name}, expected: 1, "
        "minimum: 2}"
        for name in ("share", "renamed_share")
    ],
)


def test_a_renamed_copy_is_no_equal_one(counted: Counted) -> None:
    """Six lines of six and of eight whose shape says something: y = 2 is like x = 1."""
    found = {name: verdict.measured for name, verdict in by_level(counted["renamed"]).items()}
    numerators = {name: measured and measured.numerator for name, measured in found.items()}
    assert numerators == {"share": 0, "renamed_share": 12}


# ---------------------------------------------------------------- what is unknown, and why


def reasons(*evaluations: Evaluation) -> dict[str, str]:
    verdicts = [v for each in evaluations for v in each.service_levels]
    assert all(v.measured is None and v.outcome == "unknown" for v in verdicts if v.reason)
    return {v.indicator: v.reason for v in verdicts}


def test_nothing_measured_yet(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SHOP})
    desk.contract(["billing"])
    assert reasons(*desk.evaluate()) == {
        "complexity.nloc_share": "billing: not measured yet: run `workmanship measure`"
    }


CASES["little"] = Case(
    {"little": {"a.py": SHOP, "odd.py": ODD}},
    levels(dict.fromkeys(["complexity.max", "measured.share", "size.nloc"], (0, 0))),
)


def test_too_little_measured(counted: Counted) -> None:
    share = by_level(counted["little"])["L1"]
    assert share.measured == Measured(len(SHOP), len(SHOP) + len(ODD), 100)
    why = "only 83.33 % of the production code could be measured, the contract asks for 95 %"
    why += "; 16.67 % cannot be read as it was delivered"
    assert (len(SHOP), len(ODD)) == (50, 10)
    assert reasons(counted["little"]) == {
        "complexity.max": why, "size.nloc": why, "measured.share": "",
    }  # fmt: skip


ZIG = "var x: i32 = 1;\n"
CASES["zig"] = Case(
    {"zig": {"a.zig": ZIG}},
    levels(dict.fromkeys(
        ["complexity.max", "errors.density", "python.mi.mean", "duplication.share"], (0, 0)
    )),
)  # fmt: skip
CASES["texts"] = Case(
    {"texts": {"README.md": "text\n", "tests/test_a.py": SHOP}}, levels({"size.nloc": (0, 0)})
)


def test_nothing_to_measure(counted: Counted) -> None:
    """No function, nothing that is searched, no production file: each has a reason, none is 0."""
    zero = "there is nothing to measure: the denominator is 0"
    assert reasons(counted["zig"], counted["texts"]) == {
        "complexity.max": zero, "errors.density": zero,
        "python.mi.mean": "there is no production code that radon reads",
        "duplication.share": "", "size.nloc": "there are no production files",
    }  # fmt: skip


CASES["language"] = Case(
    {"language": {"a.py": SHOP, "web.js": WEB}},
    levels({"errors.density language javascript": (0, 0)}),
)


def test_one_language_of_several(counted: Counted) -> None:
    assert by_level(counted["language"])["L0"].measured == Measured(1, 6, 1000)


CASES["covered"] = Case(
    {"covered": {"a.py": SHOP, "a.zig": ZIG}}, levels({"errors.coverage": (0, 0)})
)


def test_what_nobody_looks_at_is_not_covered(counted: Counted) -> None:
    assert by_level(counted["covered"])["L0"].measured == Measured(4, 5, 100)


def test_no_commit_before_the_periods_end(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SHOP}, at="2026-10-01T00:00:00Z")
    desk.contract(["billing"])
    why = "no commit of main before the end of 2026-Q3"
    assert desk.measure(jobs=1).absent == [f"billing: {why}"]
    assert reasons(*desk.evaluate()) == {"complexity.nloc_share": f"billing: {why}"}
    assert reasons(*desk.evaluate("2026-Q4")) == {"complexity.nloc_share": ""}


@pytest.mark.slow
def test_a_class_of_the_contract_changes_without_a_new_measurement(desk: Desk) -> None:
    """Fewer files need nothing new; a test file that becomes production is not fully measured."""
    desk.repository("billing", {"a.py": SHOP, "old/b.py": SHOP, "tests/c.py": APP})
    asked = dict.fromkeys(["size.nloc", "errors.density"], (0, 0))
    desk.contract(["billing"], levels(asked))
    desk.measure(jobs=1)
    assert desk.verdicts()["L0"].measured == Measured(8, 1, 1)
    desk.contract(["billing"], levels(asked), more="files: {vendored: ['old/**']}\n")
    assert desk.verdicts()["L0"].measured == Measured(4, 1, 1)
    desk.contract(["billing"], levels(asked), more="files: {tests: ['spec/**']}\n")
    why = "billing: not fully measured yet: run `workmanship measure`"
    assert reasons(*desk.evaluate()) == {"size.nloc": why, "errors.density": why}
    desk.measure(jobs=1)
    assert desk.verdicts()["L0"].measured == Measured(4 + 4 + 11, 1, 1)


# ---------------------------------------------------------------- classes


def test_a_file_has_the_first_class_that_matches() -> None:
    classify = Classifier(
        FilePatterns(tests=("t/**",), generated=("**/*_g.py",), vendored=("v/**", "!v/own/**"))
    )
    assert [
        classify(path)
        for path in ("t/a_g.py", "v/a_g.py", "v/a.py", "v/own/a.py", "a.py", "x/t/a.py")
    ] == ["test", "generated", "vendored", "production", "production", "production"]


SECURE = ["{id: S, class: key, indicator: security.density, expected: 1, minimum: 2}"]
CASES["searched"] = Case({"searched": {"a.py": "eval(input())\nX = 1\n", "a.zig": ZIG}}, SECURE)
CASES["unsearched"] = Case({"unsearched": {"a.zig": ZIG}}, SECURE)


def test_security_is_not_known_where_no_rule_looks_for_it(counted: Counted) -> None:
    python, script = (counted[name].service_levels[0] for name in ("searched", "unsearched"))
    assert python.measured == Measured(1, 2, 1000)
    assert (script.outcome, script.measured) == ("unknown", None)
