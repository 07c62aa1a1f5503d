"""The merge gate's result as GitLab's Code Quality report: a list of places, each with a severity.

What has no place (a ratio, a rule that could not be judged) is not in it, because the widget shows
only places: the JUnit report has every rule. What the base has too is not in it either, because
the widget takes for new whatever no report of the target branch has.
"""

import hashlib
from collections import Counter

from quality.model.gate import GateHit, GateResult, GateVerdict
from reports.gate import words
from reports.gate.json import dumps
from reports.shared.text import clip, safe_text


def render(result: GateResult) -> str:
    """A JSON list, worst first; fingerprints stay when lines move, and no two are equal."""
    seen: Counter[str] = Counter()
    issues = []
    for verdict in words.worst_first(result):
        for hit in verdict.hits:
            if not hit.new and not words.offends(verdict, hit):
                continue
            identity = "\0".join((verdict.id, hit.rule, hit.fingerprint))
            seen[identity] += 1
            issues.append(_issue(verdict, hit, f"{identity}\0{seen[identity]}"))
    return dumps(issues)


def _issue(verdict: GateVerdict, hit: GateHit, identity: str) -> dict[str, object]:
    line = max(1, hit.line)
    name = words.label(verdict) if hit.rule == verdict.rule else f"{verdict.id} {hit.rule}"
    return {
        "description": clip(safe_text(words.saying(verdict, hit)), 1_000) or "(no text)",
        "check_name": safe_text(name),
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": _severity(verdict, hit),
        "location": {"path": hit.path, "lines": {"begin": line, "end": max(line, hit.end_line)}},
    }


def _severity(verdict: GateVerdict, hit: GateHit) -> str:
    """A finding's own, which has the same names; of all else, how the rule went."""
    if not words.offends(verdict, hit):
        return "info"
    return hit.severity or ("critical" if verdict.outcome == "failed" else "major")
