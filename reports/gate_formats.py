"""The formats of the merge gate: GateResult in, text out."""

from __future__ import annotations

from typing import Protocol

from quality.model import GateResult
from reports import gate_json, gate_markdown, gate_text, github, gitlab, junit, sarif


class GateFormat(Protocol):
    """A format: a module with this function."""

    def render(self, result: GateResult) -> str:
        """The whole file's text, to be written as UTF-8."""


FORMATS: dict[str, GateFormat] = {
    "text": gate_text,
    "markdown": gate_markdown,
    "sarif": sarif,
    "junit": junit,
    "gitlab": gitlab,
    "github": github,
    "json": gate_json,
}
