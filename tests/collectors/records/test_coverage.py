"""Reports of test coverage, in the four formats."""

import json

import pytest

from collectors.records.text import UnreadableError
from quality.model.reports import Covered, NamedFile, Run
from tests.collectors.records.reports import cobertura, lcov, of_kind, rows


def covered(content: str | bytes) -> list[Covered]:
    return of_kind(Covered, content, "coverage")


def paths(content: str | bytes) -> list[str]:
    return [each.path for each in of_kind(NamedFile, content, "coverage")]


def test_cobertura_has_lines_and_conditions_of_each_class() -> None:
    report = cobertura(("a.py", {1: 1, 3: 0}), ("b.py", {2: 5}), source="/ci/src")
    report = report.replace(
        '<line number="3" hits="0"/>',
        '<line number="3" hits="0" branch="true" condition-coverage="25% (1/4)"/>',
    )
    assert covered(report) == [
        Covered(0, (1, 3), (True, False), (0, 4), (0, 1), 0),
        Covered(1, (2,), (True,), (0,), (0,), 0),
    ]
    assert paths(report) == ["/ci/src/a.py", "/ci/src/b.py"]
    assert of_kind(Run, report, "coverage") == [Run(0, "Cobertura", "7.1", "")]


def test_a_line_that_a_method_and_its_class_name_is_one_line() -> None:
    line = '<line number="4" hits="{}"/>'
    report = cobertura(("A.java", {4: 0})).replace(
        "<methods/>", f"<methods><method><lines>{line.format(2)}</lines></method></methods>"
    )
    assert covered(report) == [Covered(0, (4,), (True,), (0,), (0,), 0)]


def test_below_several_source_folders_a_path_stays_relative() -> None:
    report = cobertura(("a.py", {1: 1}), source="/ci/one")
    report = report.replace("</sources>", "<source>/ci/two</source></sources>")
    assert paths(report) == ["a.py"]


JACOCO = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
<report name="billing"><sessioninfo id="h" start="1" dump="2"/>
<group name="core"><package name="com/acme"><class name="com/acme/A" sourcefilename="A.java">
<method name="f" desc="()V" line="3"><counter type="LINE" missed="1" covered="1"/></method></class>
<sourcefile name="A.java"><line nr="3" mi="0" ci="4" mb="1" cb="1"/>
<line nr="5" mi="2" ci="0" mb="0" cb="0"/><counter type="LINE" missed="1" covered="1"/></sourcefile>
</package></group></report>
"""


def test_jacoco_has_instructions_and_branches_by_source_file() -> None:
    assert covered(JACOCO) == [Covered(0, (3, 5), (True, False), (2, 0), (1, 0), 0)]
    assert paths(JACOCO) == ["com/acme/A.java"]


def test_lcov_has_lines_and_branches() -> None:
    report = "TN:x\nSF:src/a.js\nFN:1,f\nFNDA:1,f\nDA:1,3\nDA:2,0,abc\n"
    report += "BRDA:1,0,0,2\nBRDA:1,0,1,-\nBRDA:1,0,2,0\nLF:2\nLH:1\nend_of_record\n"
    assert covered(report) == [Covered(0, (1, 2), (True, False), (3, 0), (1, 0), 0)]
    assert covered(report.replace("\n", "\r\n")) == covered(report)


def test_lcovs_paths_are_no_uris() -> None:
    assert paths(lcov(("C:\\w\\100%25.js", {1: 1}))) == ["/w/100%25.js"]


COVERAGE = {
    "meta": {"format": 3, "version": "7.17.5", "branch_coverage": True},
    "files": {
        "src/a.py": {
            "executed_lines": [1, 2], "missing_lines": [3], "excluded_lines": [5, 6],
            "executed_branches": [[2, 3]], "missing_branches": [[2, -1]],
        },
    },
    "totals": {},
}  # fmt: skip


def test_coverage_py_has_lines_branches_and_what_was_excluded() -> None:
    report = json.dumps(COVERAGE)
    assert covered(report) == [Covered(0, (1, 2, 3), (True, True, False), (0, 2, 0), (0, 1, 0), 2)]
    assert of_kind(Run, report, "coverage") == [Run(0, "coverage.py", "7.17.5", "")]


BOMB = '<!DOCTYPE coverage [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE coverage [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
XML = cobertura(("a.py", {1: 1}))
PLAIN = XML.partition("<coverage")[1] + XML.partition("<coverage")[2]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "none of the formats"),
        ("hello", "none of the formats"),
        ("<html/>", "none of the formats"),
        (BOMB + PLAIN.replace("a.py", "&b;"), "declares entities"),
        (EXTERNAL + PLAIN.replace("a.py", "&a;"), "declares entities"),
        (XML[:-30], "it ends in the middle"),
        (XML.replace("</class>", "</klass>"), "not XML (line 3)"),
        (XML.replace('hits="1"', 'hits="many"'), "a line's hits is not a number: many"),
        (XML.replace('hits="1"', ""), "a line's hits is not a number: nothing"),
        (XML.replace('number="1"', 'number="-1"'), "a line's number is not a number"),
        (XML.replace('number="1"', 'number="0"'), "line 0 is in no file"),
        (XML.replace("<packages>", "<a>" * 100 + "<packages>"), "nested too deeply"),
        (XML.replace('"1.0" ?', '"1.0" encoding="x-no" ?'), "encoding"),
        ("<report/>".replace("report", "x") + "<coverage/>", "not XML"),
        ("<x><coverage/></x>", ""),
        ("SF:a.js\nDA:1,1\n", "it ends in the middle of a file"),
        ("SF:a.js\nSF:b.js\n", "before the one before it ends"),
        ("TN:x\n", "it names no file"),
        ("SF:a.js\nDA:x,1\nend_of_record\n", "a line is not a number: x"),
        ("SF:a.js\nDA:1\nend_of_record\n", "DA takes other values"),
        ("SF:" + "a" * 70_000, "longer than 65,536 bytes"),
        (json.dumps({"files": {}}), "not JSON of coverage.py"),
        (json.dumps({"version": "2.1.0", "runs": []}), "not JSON of coverage.py"),
        (json.dumps(COVERAGE)[:-30], "it ends in the middle"),
        (json.dumps(COVERAGE).replace("[1, 2]", '[1, "2"]'), "line 0 is in no file"),
    ],
)
def test_a_report_that_cannot_be_believed_says_why_on_one_line(content: str, why: str) -> None:
    if not why:
        assert rows(content, "coverage")
        return
    with pytest.raises(UnreadableError) as caught:
        rows(content, "coverage")
    assert why in str(caught.value)
    assert str(caught.value).isprintable()


def test_more_branches_taken_than_there_are_are_none_more() -> None:
    report = XML.replace('hits="1"', 'hits="1" condition-coverage="900% (9/1)"')
    assert covered(report)[0].taken == (1,)
