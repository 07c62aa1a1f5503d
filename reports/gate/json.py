"""The merge gate's result for machines: all of it, the same bytes in every run."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from quality.model.canonical import indented
from quality.model.gate import GateHit, GateResult, GateVerdict

FORMAT = "workmanship.gate/1"


def render(result: GateResult) -> str:
    """JSON text, keys sorted, ASCII only; numbers rounded to 6 decimals."""
    content = {
        "format": FORMAT,
        "contract": {
            "id": result.contract_id,
            "supplier": result.supplier,
            "digest": result.contract_digest,
        },
        "repository": result.repository,
        "base": result.base,
        "merge_base": result.merge_base,
        "head": result.head,
        "recipe": {
            "id": result.recipe.id,
            "digest": result.recipe.digest,
            "tools": dict(result.recipe.tools),
        },
        "files": result.files,
        "notes": list(result.notes),
        "rules": [_verdict(verdict) for verdict in result.verdicts],
        "outcome": result.outcome,
    }
    return dumps(content)


def dumps(content: object) -> str:
    """``content`` as JSON that every parser takes: ASCII, and no half of a surrogate pair."""
    return indented(_whole(content))


def _whole(content: Any) -> Any:
    if isinstance(content, str):
        return content.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(content, dict):
        return {_whole(key): _whole(value) for key, value in content.items()}
    return [_whole(value) for value in content] if isinstance(content, list) else content


def _verdict(verdict: GateVerdict) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "rule": verdict.rule,
        "parameters": dict(verdict.parameters),
        "value": _number(verdict.value),
        "unit": verdict.unit,
        "limit": _number(verdict.limit),
        "good": verdict.good,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "why": verdict.why,
        "hits": [_hit(hit) for hit in verdict.hits],
    }


def _hit(hit: GateHit) -> dict[str, Any]:
    return {
        "path": hit.path,
        "line": hit.line,
        "end_line": hit.end_line,
        "rule": hit.rule,
        "title": hit.title,
        "message": hit.message,
        "number": hit.number,
        "limit": hit.limit,
        "fingerprint": hit.fingerprint,
        "new": hit.new,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(round(value, 6))
