"""SARIF of the gate: levels, places, links, its schema and the limits of code scanning."""

import gzip
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given

from quality.model.gate import GateResult
from reports.gate import sarif
from reports.gate.formats import FORMATS
from tests.reports.gate.results import failing, hostile
from tests.reports.gate_samples import (
    PASSED,
    RESULT,
    RESULTS,
)


def sarif_run(result: GateResult, name: str = "sarif-all") -> dict[str, Any]:
    log = json.loads(FORMATS[name].render(result))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def test_sarif_levels_and_base_states() -> None:
    results = sarif_run(RESULT)["results"]
    told = [(each["ruleId"], each["level"], each["baselineState"]) for each in results]
    assert told == [
        ("function.ccn", "error", "new"),
        ("function.ccn", "note", "unchanged"),
        ("findings.new.E0602", "error", "new"),
        ("findings.new.S608", "warning", "new"),
        ("findings.new.E0611", "note", "unchanged"),
        ("unmeasured.new", "error", "new"),
    ]
    short = sarif_run(RESULT, "sarif")["results"]
    assert short == [each for each in results if each["baselineState"] == "new"]


def test_sarif_tells_what_has_no_place() -> None:
    (invocation,) = sarif_run(RESULT)["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]]
    assert told == [
        ("warning", "this merge changes the CI definition: .github/workflows/ci.yml"),
        (
            "error",
            "G-4 no_worse (above 20) failed: code in complex functions (complexity.nloc_share): "
            "3.2 in the base, 3.9 in the head",
        ),
        ("error", "G-5 tests.ratio unknown: could not see into billing/legacy.py: invalid syntax"),
    ]
    assert sarif_run(PASSED)["invocations"][0]["executionSuccessful"] is True


def test_sarif_uris_are_relative_and_percent_encoded() -> None:
    for path, uri in {
        "billing/übung #1.py": "billing/%C3%BCbung%20%231.py",
        "http:evil?.py": "http%3Aevil%3F.py",
        "100%/a\\b.py": "100%25/a%5Cb.py",
        "\ud800.py": "%5Cud800.py",
    }.items():
        assert sarif.uri(path) == uri


def test_sarif_escapes_its_own_links() -> None:
    shown = sarif_run(failing(1, message="see [me](https://evil.example), list[int]"))
    text = shown["results"][0]["message"]["text"]
    assert text == r"see \[me\](https://evil.example), list\[int\], 8 over 15"


@hostile
@given(RESULTS)
def test_sarif_is_consistent_for_every_result(result: GateResult) -> None:
    run = sarif_run(result)
    rules = run["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    assert len(set(ids)) == len(ids)
    hits = [each for verdict in result.verdicts for each in verdict.hits]
    assert len(run["results"]) == len(hits)
    for told in run["results"]:
        assert ids[told["ruleIndex"]] == told["ruleId"]
        assert told["message"]["text"]
        place = told["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[\w./~%-]*", place["artifactLocation"]["uri"], re.ASCII)
        assert 1 <= place["region"]["startLine"] <= place["region"]["endLine"]
    paths = {unquote(uri(told)) for told in run["results"]}
    assert paths == {each.path.encode("utf-8", "backslashreplace").decode() for each in hits}


def uri(told: dict[str, Any]) -> str:
    return str(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


@hostile
@given(RESULTS)
def test_sarif_holds_to_the_schema(result: GateResult) -> None:
    model = pytest.importorskip("pydantic_sarif.model")
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(
        sarif.render(result)
    )


@pytest.mark.slow
def test_sarif_keeps_to_the_limits_of_code_scanning() -> None:
    said = sarif.render(failing(25_010))
    (run,) = json.loads(said)["runs"]
    assert len(run["results"]) == 25_000
    assert "and 10 more places" in run["invocations"][0]["toolExecutionNotifications"][-1][
        "message"
    ]["text"]  # fmt: skip
    assert len(gzip.compress(said.encode())) <= 10_000_000
