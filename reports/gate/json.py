"""The merge gate's result for machines: all of it, the same bytes in every run."""

from decimal import Decimal
from typing import Any

from quality.model.canonical import indented
from quality.model.gate import GateResult, GateVerdict
from reports.shared.plain import picked, recipe

FORMAT = "workmanship.gate/1"


def render(result: GateResult) -> str:
    """JSON text, keys sorted, ASCII only; numbers rounded to 6 decimals."""
    content = {
        **picked(
            result,
            "repository",
            "base",
            "merge_base",
            "head",
            "files",
            "notes",
            "outcome",
            "command",
        ),
        "format": FORMAT,
        "contract": {
            "id": result.contract_id,
            "supplier": result.supplier,
            "digest": result.contract_digest,
        },
        "recipe": recipe(result.recipe),
        "rules": [_verdict(verdict) for verdict in result.verdicts],
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
        **picked(verdict, "id", "rule", "unit", "good", "outcome", "reason", "why", "hits"),
        "parameters": dict(verdict.parameters),
        "value": _number(verdict.value),
        "limit": _number(verdict.limit),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(round(value, 6))
