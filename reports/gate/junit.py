"""The merge gate's result as JUnit XML, which every CI shows: a gate rule is a test case.

A failed rule is a failure, one that could not be judged an error: never a pass.
"""

import re
from typing import Any

from quality.model.gate import GateResult, GateVerdict
from reports.gate import words
from reports.shared.text import clip, safe_text

SHOWN = 200
"""Places told in one test case; CI servers cut or refuse what is much longer."""

TOTALS = {"name", "time", "tests", "failures", "disabled", "errors"}
"""Attributes that every schema allows of the whole."""

_NO_XML = re.compile("[\ufffe\uffff]")


def render(result: GateResult) -> str:
    """XML text that junitparser, Jenkins and GitLab read."""
    from junitparser import JUnitXml, TestSuite

    suite: Any = TestSuite(_xml(f"Workmanship gate: {result.repository}"))
    for name, value in (
        ("contract", result.contract_id),
        ("contract digest", result.contract_digest),
        ("supplier", result.supplier),
        ("recipe", result.recipe.id),
        ("recipe digest", result.recipe.digest),
        ("merge base", result.merge_base),
        ("head", result.head),
        ("changed files", str(result.files)),
        *(("note", note) for note in result.notes),
    ):
        suite.add_property(name, _xml(value))
    for verdict in result.verdicts:
        suite.add_testcase(_case(result, verdict))
    suite.update_statistics()
    document: Any = JUnitXml("Workmanship gate")
    document.add_testsuite(suite)
    document.update_statistics()
    # Jenkins' schema knows these of a suite alone.
    for name in set(document._elem.attrib) - TOTALS:
        del document._elem.attrib[name]
    return str(document.tostring().decode("utf-8")) + "\n"


def _case(result: GateResult, verdict: GateVerdict) -> Any:
    from junitparser import Error, Failure, TestCase

    classname = _xml(f"workmanship.{result.repository}")
    case: Any = TestCase(_xml(words.label(verdict)), classname=classname, time=0)
    if verdict.outcome != "passed":
        kind = Failure if verdict.outcome == "failed" else Error
        said = verdict.reason or words.standing(verdict)
        ending: Any = kind(_xml(clip(said, 400)), _xml(verdict.rule))
        ending.text = _body(result, verdict)
        case.result = [ending]
    return case


def _body(result: GateResult, verdict: GateVerdict) -> str:
    lines = [words.standing(verdict), *([f"why: {verdict.why}"] if verdict.why else [])]
    lines += words.told(verdict, words.offences(verdict), SHOWN)
    lines += words.again(result)
    return "\n".join(_xml(line) for line in lines)


def _xml(text: str) -> str:
    """``text`` with only characters that XML 1.0 knows."""
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", safe_text(text))
