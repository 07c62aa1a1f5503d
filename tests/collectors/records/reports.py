"""Small reports for tests, as tools write them."""

from __future__ import annotations

import io
import json
from typing import Any

from collectors.records.formats import reader_of
from quality.model.reports import ReportRow, SectionName

Json = dict[str, Any]


def result(uri: str, line: int | None = 1, rule: str = "R1", **more: Any) -> Json:
    """A result in one place."""
    physical: Json = {"artifactLocation": {"uri": uri}}
    if line is not None:
        physical["region"] = {"startLine": line}
    said = {"ruleId": rule, "message": {"text": f"{rule} here"}}
    return said | {"locations": [{"physicalLocation": physical}]} | more


def run(*results: Json, tool: str = "lint", rules: list[Json] | None = None, **more: Any) -> Json:
    """A run of a tool."""
    driver: Json = {"name": tool, "version": "1.2"} | ({"rules": rules} if rules else {})
    return {"tool": {"driver": driver}, "results": list(results)} | more


def sarif(*runs: Json) -> str:
    """A SARIF report of runs."""
    return json.dumps({"version": "2.1.0", "runs": list(runs)})


def commit(sha: str) -> Json:
    """What a run claims: the commit that it speaks of."""
    return {"versionControlProvenance": [{"repositoryUri": "https://x.example", "revisionId": sha}]}


def cobertura(*files: tuple[str, dict[int, int]], source: str = "") -> str:
    """A Cobertura report: hits by line, of each file."""
    classes = "".join(
        f'<class filename="{name}"><methods/><lines>'
        + "".join(f'<line number="{line}" hits="{hits}"/>' for line, hits in lines.items())
        + "</lines></class>"
        for name, lines in files
    )
    return (
        '<?xml version="1.0" ?>\n<!DOCTYPE coverage SYSTEM '
        "'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>\n"
        f'<coverage version="7.1"><sources><source>{source}</source></sources>'
        f"<packages><package><classes>{classes}</classes></package></packages></coverage>"
    )


def lcov(*files: tuple[str, dict[int, int]]) -> str:
    """An LCOV tracefile: hits by line, of each file."""
    return "".join(
        f"TN:\nSF:{name}\n"
        + "".join(f"DA:{line},{hits}\n" for line, hits in lines.items())
        + "end_of_record\n"
        for name, lines in files
    )


def rows(content: str | bytes, section: SectionName = "findings") -> list[ReportRow]:
    """What is read of a report."""
    raw = content.encode() if isinstance(content, str) else content
    return list(reader_of(section, io.BytesIO(raw))[1])


def of_kind(kind: type[Any], content: str | bytes, section: SectionName = "findings") -> list[Any]:
    """The rows of one kind."""
    return [row for row in rows(content, section) if isinstance(row, kind)]
