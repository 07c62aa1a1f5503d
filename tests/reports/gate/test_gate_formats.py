import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quality.model.gate import GateResult
from reports.gate import github, gitlab, junit
from reports.gate import json as gate_json
from reports.gate import markdown as gate_markdown
from reports.gate import text as gate_text
from reports.gate.formats import FORMATS
from tests.reports.gate.results import failing, hostile
from tests.reports.gate_samples import (
    NOTHING,
    PASSED,
    RESULT,
    RESULTS,
    hit,
    verdict,
)

GOLDEN = Path(__file__).parents[2] / "golden/gate"

SUFFIXES = {"markdown": "md", "sarif": "sarif", "sarif-all": "sarif", "junit": "xml",
            "gitlab": "json", "json": "json"}  # fmt: skip

RENDERER = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("result", [RESULT, PASSED], ids=["unknown", "passed"])
def test_says_what_it_said_before(name: str, result: GateResult) -> None:
    """UPDATE_GOLDEN=1 writes the files anew: read them before you commit them."""
    golden = GOLDEN / f"{name}-{result.outcome}.{SUFFIXES.get(name, 'txt')}"
    said = FORMATS[name].render(result).replace(f'"{version("workmanship")}"', '"VERSION"')
    said = said.replace(f"gate {version('workmanship')}", "gate VERSION")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
@hostile
@given(RESULTS)
def test_every_format_takes_whatever_a_supplier_writes(name: str, result: GateResult) -> None:
    said = FORMATS[name].render(result)
    assert said == FORMATS[name].render(result)
    said.encode("utf-8")
    steering = [char for char in said if char != "\n" and (ord(char) < 32 or 126 < ord(char) < 160)]
    assert steering == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_that_nothing_was_judged(name: str) -> None:
    assert FORMATS[name].render(NOTHING)


def test_text_says_the_worst_first_and_places_at_the_start_of_a_line() -> None:
    lines = gate_text.render(RESULT).splitlines()
    order = [line.split()[2] for line in lines if re.match(r"[✗?✓] ", line)]
    assert order == ["G-1", "G-2", "G-4", "unmeasured.new:", "G-5", "G-3"]
    assert "billing/invoice.py:120: total: 23 CCN (touched, was 12 in the base), 8 over 15" in lines
    assert lines[-2:] == [
        "gate: ? unknown: G-1, G-2, G-4, unmeasured.new failed; G-5 could not be judged",
        f"reproduce: {RESULT.command}",
    ]
    assert "reproduce" not in gate_text.render(PASSED)


def test_text_cuts_a_rule_with_very_many_places() -> None:
    lines = gate_text.render(failing(1_234)).splitlines()
    assert sum(line.startswith("billing/") for line in lines) == 50
    assert "  and 1,184 more" in lines


@hostile
@given(RESULTS)
def test_text_gives_no_command_to_the_runner_that_logs_it(result: GateResult) -> None:
    """GitHub's runner takes ``::name::`` at a line's start and ``##[name]`` anywhere."""
    for line in gate_text.render(result).split("\n"):
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)


def tokens(said: str) -> Iterator[Token]:
    for token in RENDERER.parse(said):
        yield token
        yield from token.children or ()


def table_shapes(said: str) -> set[int]:
    """Cells of every table row; markdown-it pads and cuts rows, so bars are counted too."""
    rows = [line for line in said.split("\n") if line.startswith("| ")]
    spans = (re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "code", row) for row in rows)
    return {span.count("|") for span in spans}


@hostile
@given(RESULTS)
def test_markdown_holds_no_markup_of_a_supplier(result: GateResult) -> None:
    said = gate_markdown.render(result)
    found = list(tokens(said))
    kinds = {token.type for token in found}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "code_block"}
    assert {token.tag for token in found if token.type == "heading_open"} <= {"h2", "h3"}
    heads = sum(token.type == "heading_open" and token.tag == "h2" for token in found)
    assert heads == 1
    assert table_shapes(said) <= {5, 3}
    # Outside of code no platform finds a mention, a reference, a link, a commit or a command.
    prose = "\n".join(token.content for token in found if token.type == "text")
    assert not re.search(r"[@#<>\[\]&~$%^*_`|\\/{}]|://|www\.\w|!\S|:\w+:|[0-9a-f]{7}", prose)
    assert not re.search(r"[A-Z]-\d", re.sub(r"\bG-\d", "", prose))


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 100, 1_000, 30_000])
@pytest.mark.parametrize("path", ["a.py", "ü" * 400, "`" * 1_000])
def test_markdown_fits_into_a_comment_and_counts_what_it_leaves_out(number: int, path: str) -> None:
    said = gate_markdown.render(failing(number, path=path))
    assert len(said.encode()) <= gate_markdown.LIMIT
    told = said.count("total:")
    left = re.search(r"and ([\d,]+) more places", said)
    assert told + (int(left[1].replace(",", "")) if left else 0) == number
    assert told >= min(number, 10)


def test_every_failed_rule_gets_its_share_of_a_full_comment() -> None:
    rules = [replace(failing(5_000).verdicts[0], id=f"G-{at}") for at in range(1, 6)]
    said = gate_markdown.render(replace(RESULT, verdicts=tuple(rules)))
    sections = said.split("### ")[1:]
    assert len(said.encode()) <= gate_markdown.LIMIT
    assert len(sections) == 5
    assert all(section.count("total:") > 50 for section in sections)


def test_junit_is_read_by_junitparser() -> None:
    (suite,) = JUnitXml.fromstring(junit.render(RESULT).encode())
    outcomes = {case.name: [type(ending) for ending in case.result] for case in suite}
    assert outcomes == {
        "G-1 function.ccn": [Failure],
        "G-2 findings.new": [Failure],
        "G-3 suppressions.new": [],
        "G-4 no_worse (above 20)": [Failure],
        "G-5 tests.ratio": [Error],
        "unmeasured.new": [Failure],
    }
    assert (suite.tests, suite.failures, suite.errors) == (6, 4, 1)


@hostile
@given(RESULTS)
def test_junit_is_xml_with_a_case_for_every_rule(result: GateResult) -> None:
    root = ET.fromstring(junit.render(result))
    cases = root.findall("./testsuite/testcase")
    endings = [[ending.tag for ending in case] for case in cases]
    expected = {"passed": [], "failed": ["failure"], "unknown": ["error"]}
    assert endings == [expected[verdict.outcome] for verdict in result.verdicts]
    assert all(element.tag != "script" for element in root.iter())


@hostile
@given(RESULTS)
def test_gitlab_has_every_place_once(result: GateResult) -> None:
    issues = json.loads(gitlab.render(result))
    new = sum(each.new for verdict in result.verdicts for each in verdict.hits)
    assert new <= len(issues) <= sum(len(verdict.hits) for verdict in result.verdicts)
    prints = {issue["fingerprint"] for issue in issues}
    assert len(prints) == len(issues)
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["description"]
        assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]


def test_gitlab_fingerprints_stay_when_lines_move() -> None:
    moved = replace(RESULT, verdicts=tuple(
        replace(each, hits=tuple(replace(hit, line=hit.line + 40) for hit in each.hits))
        for each in RESULT.verdicts
    ))  # fmt: skip
    before, after = (json.loads(gitlab.render(result)) for result in (RESULT, moved))
    assert [x["fingerprint"] for x in before] == [x["fingerprint"] for x in after]


def commands(said: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as GitHub's runner does (ActionCommand.TryParseV2)."""
    found = []
    for line in said.splitlines():
        assert line.startswith("::")
        info, _, data = line[2:].partition("::")
        name, _, rest = info.partition(" ")
        pairs = (pair.split("=", 1) for pair in rest.strip().split(",") if pair)
        properties = {pair[0]: unescape(pair[1], ":,") for pair in pairs if len(pair) == 2}
        found.append((name, properties, unescape(data)))
    return found


def unescape(text: str, more: str = "") -> str:
    for char in f"\r\n{more}%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


@hostile
@given(RESULTS)
def test_github_commands_are_ours_alone(result: GateResult) -> None:
    said = github.render(result)
    for name, properties, message in commands(said):
        assert name in {"error", "warning", "notice"}
        assert set(properties) <= {"file", "line", "endLine", "title"}
        assert message
    names = [name for name, _, _ in commands(said)]
    assert names.count("error") <= 10
    assert names.count("warning") <= 10
    assert all(said.count(each) == 0 for each in "\r\x1b\x00")


def test_github_reads_back_what_was_said() -> None:
    place = hit("a,b:c%0A.py", 3, "E1", "100% wrong:\nsee a, b::c")
    rule = verdict("G-1", "findings.new", outcome="failed", hits=(place,))
    (name, properties, message), again = commands(
        github.render(replace(RESULT, notes=(), verdicts=(rule,)))
    )
    assert again == ("notice", {"title": "Workmanship"}, f"reproduce: {RESULT.command}")
    assert name == "error"
    assert properties["file"] == "a,b:c%0A.py"
    assert properties["title"] == "G-1 findings.new failed"
    assert message == r"100% wrong:\x0asee a, b::c (E1)"


def test_github_shows_every_failed_rule_before_the_rest_of_one() -> None:
    many = failing(100).verdicts[0]
    result = replace(RESULT, notes=(), verdicts=(many, *RESULT.verdicts[1:]))
    told = commands(github.render(result))[:-1]
    assert len(told) == 10
    titles = [properties["title"].split()[0] for _, properties, _ in told]
    assert titles[:5] == ["G-1", "G-2", "G-4", "unmeasured.new", "G-5"]
    assert told[-1][2] == "and 96 more: see the summary and the reports of this job"


@hostile
@given(RESULTS)
def test_json_has_all_of_the_result(result: GateResult) -> None:
    said = gate_json.render(result)
    read = json.loads(said)
    assert said.isascii()
    assert read["format"] == "workmanship.gate/1"
    assert [rule["outcome"] for rule in read["rules"]] == [v.outcome for v in result.verdicts]
    for rule, judged in zip(read["rules"], result.verdicts, strict=True):
        assert len(rule["hits"]) == len(judged.hits)
        for told, place in zip(rule["hits"], judged.hits, strict=True):
            assert told["message"].encode() == place.message.encode("utf-8", "backslashreplace")
            assert (told["line"], told["new"]) == (place.line, place.new)
