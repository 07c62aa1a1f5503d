"""The formats of the merge gate: GateResult in, text out."""

from typing import Protocol

from quality.model.gate import GateResult
from reports.gate import github, gitlab, junit, sarif
from reports.gate import json as gate_json
from reports.gate import markdown as gate_markdown
from reports.gate import text as gate_text


class GateFormat(Protocol):
    """A format: a module, or something else, with this function."""

    def render(self, result: GateResult) -> str:
        """The whole file's text, to be written as UTF-8."""


FORMATS: dict[str, GateFormat] = {
    "text": gate_text,
    "markdown": gate_markdown,
    "sarif": sarif,
    "sarif-all": sarif.Whole(),
    "junit": junit,
    "gitlab": gitlab,
    "github": github,
    "json": gate_json,
}
