"""The merge gate's result as SARIF 2.1.0, for code scanning and editors.

Each place that counts is a result, and with ``Whole`` also what the base had already, as
unchanged: some servers show whatever is in the file as new. A finding of a warning rule is a
warning also where it fails the gate; which weaknesses a rule finds, and how severe a weakness of
the recipe's security list is, stands in its properties as code scanning reads them. What has no
place (a rule that could not be judged, a failed ratio, a changed contract) is a notification of
the invocation.
"""

import gzip
import re
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from quality.model.gate import GateHit, GateResult, GateVerdict
from reports.gate import words
from reports.gate.json import dumps
from reports.shared.text import clip, safe_text

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
MAX_RESULTS = 25_000
"""GitHub refuses a run with more."""
MAX_BYTES = 10_000_000
"""GitHub refuses a larger file, compressed by gzip."""
FINGERPRINT = "workmanshipGate/v1"
SECURITY_SEVERITY = {"critical": "9.5", "major": "8.0", "minor": "2.0"}
"""What code scanning shows as critical (over 9), high (7 to 8.9) and low (under 4)."""

Json = dict[str, Any]

_WORD = re.compile(r"[A-Za-z0-9]+")
_BRACKET = re.compile(r"[\[\]]")


def render(result: GateResult) -> str:
    """A SARIF log of one run, cut to GitHub's limits with a notification that says so."""
    return _cut(result, unchanged=False)


class Whole:
    """The log with what the base had already."""

    def render(self, result: GateResult) -> str:
        """As the module's ``render``."""
        return _cut(result, unchanged=True)


def _cut(result: GateResult, *, unchanged: bool) -> str:
    places = [
        (verdict, hit)
        for verdict in words.worst_first(result)
        for hit in sorted(verdict.hits, key=lambda hit: not words.offends(verdict, hit))
        if unchanged or hit.new or words.offends(verdict, hit)
    ]
    shown = min(len(places), MAX_RESULTS)
    while True:
        text = dumps(_log(result, places[:shown], len(places) - shown))
        # Nothing compresses to more than a little over its size.
        if len(text) <= MAX_BYTES or len(gzip.compress(text.encode())) <= MAX_BYTES or not shown:
            return text
        shown //= 2


def _log(result: GateResult, places: list[tuple[GateVerdict, GateHit]], left_out: int) -> Json:
    rules: dict[str, Json] = {}
    for verdict in result.verdicts:
        rules.setdefault(verdict.rule, _gate_rule(verdict))
    for verdict, hit in places:
        rules.setdefault(_rule_id(verdict, hit), _finer_rule(verdict, hit))
    at = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": f"workmanship-gate/{safe_text(result.repository)}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            ROOT: {"description": _message("The root of the repository's files.")}
        },
        "invocations": [_invocation(result, left_out)],
        "results": [_result(verdict, hit, at) for verdict, hit in places],
        "properties": _properties(result),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(rules: dict[str, Json]) -> Json:
    release = version("workmanship")
    return {
        "name": "Workmanship",
        "fullName": f"Workmanship merge gate {release}",
        "version": release,
        "semanticVersion": release,
        "rules": list(rules.values()),
    }


def _rule_id(verdict: GateVerdict, hit: GateHit) -> str:
    """The gate's rule, and behind it the finer one: ``findings.new.E0602``."""
    return verdict.rule if hit.rule == verdict.rule else f"{verdict.rule}.{safe_text(hit.rule)}"


def _gate_rule(verdict: GateVerdict) -> Json:
    measured = verdict.kind.measures
    why = f" It is in the contract because: {verdict.why.rstrip('.')}." if verdict.why else ""
    about = _message(f"Measures {measured}.{why}", 1_000)
    explained = f"workmanship gate --explain {verdict.rule}"
    return {
        "id": verdict.rule,
        "name": _name(verdict.rule),
        "shortDescription": _message(measured[:1].upper() + measured[1:] + "."),
        "fullDescription": about,
        "help": {"text": f"{about['text']} How to get below the limit: {explained}."},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["maintainability"]},
    }


def _finer_rule(verdict: GateVerdict, hit: GateHit) -> Json:
    """A rule of another analyzer that the gate's rule counts."""
    title = _message(hit.title or hit.rule)["text"].rstrip(".")
    return {
        **_gate_rule(verdict),
        "id": _rule_id(verdict, hit),
        "name": _name(f"{verdict.rule} {hit.rule}"),
        "shortDescription": {"text": f"{title}."},
        **(_graded(hit) if hit.severity else {}),
    }


def _graded(hit: GateHit) -> Json:
    tags = ["correctness", *["security"] * hit.security]
    tags += [f"external/cwe/cwe-{hit.cwe:03}"] if hit.cwe else []
    severe = {"security-severity": SECURITY_SEVERITY[hit.severity]} if hit.security else {}
    return {
        "defaultConfiguration": {"level": _level(hit)},
        "properties": {"tags": tags, "problem.severity": _level(hit), **severe},
    }


def _level(hit: GateHit) -> str:
    return "warning" if hit.list == "warnings" else "error"


def _name(text: str) -> str:
    """The words of ``text`` run together, as SARIF wants the names of rules."""
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(text))


def _result(verdict: GateVerdict, hit: GateHit, at: dict[str, int]) -> Json:
    rule = _rule_id(verdict, hit)
    line = max(1, hit.line)
    place = {
        "artifactLocation": {"uri": uri(hit.path), "uriBaseId": ROOT},
        "region": {"startLine": line, "endLine": max(line, hit.end_line)},
    }
    return {
        "ruleId": rule,
        "ruleIndex": at[rule],
        "level": _level(hit) if words.offends(verdict, hit) else "note",
        "message": _message(words.saying(verdict, hit), 1_000),
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: safe_text(hit.fingerprint)},
        "baselineState": "new" if hit.new else "unchanged",
        "properties": {
            "gate": safe_text(verdict.id),
            **({"severity": hit.severity} if hit.severity else {}),
        },
    }


def uri(path: str) -> str:
    """A path of the repository as a relative URI, percent-encoded as UTF-8."""
    return quote(path, safe="/", errors="backslashreplace")


def _invocation(result: GateResult, left_out: int) -> Json:
    told = [_notification("note", "warning", note) for note in result.notes]
    for verdict in words.worst_first(result):
        if verdict.outcome == "unknown" or (
            verdict.outcome == "failed" and not words.offences(verdict)
        ):
            reason = verdict.reason or verdict.kind.measures
            text = f"{words.label(verdict)} {verdict.outcome}: {reason}"
            told.append(_notification("rule", "error", text))
    if left_out:
        text = f"{words.more(left_out, 'places')} that are over the limits of code scanning"
        told.append(_notification("cut", "warning", text))
    judged = all(verdict.outcome != "unknown" for verdict in result.verdicts)
    command = {"commandLine": safe_text(result.command)} if result.command else {}
    return command | {
        "executionSuccessful": judged and result.outcome != "unknown",
        "toolExecutionNotifications": told,
    }


def _notification(name: str, level: str, text: str) -> Json:
    return {
        "descriptor": {"id": f"workmanship/{name}"},
        "level": level,
        "message": _message(text, 1_000),
    }


def _properties(result: GateResult) -> Json:
    return {
        "outcome": result.outcome,
        "contract": safe_text(result.contract_id),
        "contractDigest": safe_text(result.contract_digest),
        "recipe": result.recipe.id,
        "recipeDigest": result.recipe.digest,
        "base": result.base,
        "mergeBase": result.merge_base,
        "head": result.head,
    }


def _message(text: str, length: int = 200) -> dict[str, str]:
    """A message of plain text, never empty; what would be a link in it is escaped SARIF's way."""
    shown = clip(safe_text(text), length)
    if "](" in shown:
        shown = _BRACKET.sub(r"\\\g<0>", shown)
    return {"text": shown or "(no text)"}
