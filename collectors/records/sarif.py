"""SARIF 2.1.0: what static analyzers found, in one pass and bounded memory.

What a result leaves to its run (the level of its rule, where its paths begin) may stand behind the
results, so results come with numbers, and the rules and files that these mean at the run's end.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from collectors.records.json_reader import JsonReader
from collectors.records.sarif_rules import Rules, grade
from collectors.records.sarif_uris import Uris
from collectors.records.shapes import a_dict, a_list, whole
from collectors.records.text import UnreadableError, begins_with, line_of
from quality.model.reports import Apart, NamedFile, ReportResult, ReportRow, Run, SectionName

SECTION: SectionName = "findings"
BY_THEMSELVES = False
REVISION = 1
VERSION = "2.1.0"
RUNS = 1_000
RESULTS = 5_000_000  # of all runs
LONGEST_NAME = 100
COMMITS = 10  # that a run may claim: with two of them already one is another commit
_KEPT = {"tool", "invocations", "taxonomies", "artifacts", "originalUriBaseIds",
         "versionControlProvenance", "externalPropertyFileReferences"}  # fmt: skip


def looks(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return begins_with(head, "{")


def read(file: BinaryIO) -> Iterator[ReportRow]:
    """The rows of a report (UnreadableError)."""
    return _Report(JsonReader(file)).rows()


class _Report:
    """One report as it is read; its files are numbered over all runs."""

    def __init__(self, reader: JsonReader) -> None:
        self._reader = reader
        self._files, self._results = 0, 0

    def rows(self) -> Iterator[ReportRow]:
        version, runs = None, 0
        for key in self._reader.members():
            if key == "runs" and self._reader.kind() == "[":
                for _ in self._reader.elements():
                    if runs == RUNS:
                        raise UnreadableError(f"more than {RUNS:,} runs")
                    yield from self._run(runs)
                    runs += 1
            else:
                value = self._reader.value()
                version = value if key == "version" else version
        self._reader.end()
        if version != VERSION:
            said = line_of(version, 20) or "it states none"
            raise UnreadableError(f"not SARIF {VERSION}: version {said}")
        if not runs:
            raise UnreadableError("it has no run of a tool")

    def _run(self, number: int) -> Iterator[ReportRow]:
        rules, uris, head = Rules(number), Uris(self._files), dict[str, Any]()
        looked = False
        for key in self._reader.members():
            if key == "results" and self._reader.kind() == "[":
                looked = True
                for _ in self._reader.elements():
                    self._results += 1
                    if self._results > RESULTS:
                        raise UnreadableError(f"more than {RESULTS:,} results")
                    yield _result(a_dict(self._reader.value()), number, rules, uris)
            else:
                value = self._reader.value()
                head |= {key: value} if key in _KEPT else {}
        _complete(head, looked)
        driver = a_dict(a_dict(head.get("tool")).get("driver"))
        version = driver.get("semanticVersion") or driver.get("version")
        name = line_of(driver.get("name"), LONGEST_NAME)
        yield Run(number, name, line_of(version, LONGEST_NAME), _commit(head))
        yield from rules.rows(head)
        for file, path in uris.paths(head):
            yield NamedFile(file, path)
        self._files = uris.next


def _complete(head: dict[str, Any], looked: bool) -> None:
    """A run that saw nothing is not a clean one (UnreadableError)."""
    if head.get("externalPropertyFileReferences"):
        raise UnreadableError("parts of it stand in other files: write it as one file")
    if not looked:
        raise UnreadableError("a run has no list of results: its tool did not look")
    invocations = (a_dict(each) for each in a_list(head.get("invocations")))
    if any(each.get("executionSuccessful") is False for each in invocations):
        raise UnreadableError("its tool says that it failed (executionSuccessful: false)")


def _result(result: dict[str, Any], run: int, rules: Rules, uris: Uris) -> ReportResult:
    locations = a_list(result.get("locations"))
    physical = a_dict(a_dict(locations[0]).get("physicalLocation")) if locations else {}
    return ReportResult(
        run,
        rules.number(result),
        uris.number(a_dict(physical.get("artifactLocation"))),
        whole(a_dict(physical.get("region")).get("startLine")) or None,
        grade(result.get("level")),
        _apart(result),
        _message(a_dict(result.get("message"))),
    )


def _message(message: dict[str, Any]) -> str:
    said = (message.get(key) for key in ("text", "markdown", "id"))
    return next((text for each in said if (text := line_of(each))), "")


def _apart(result: dict[str, Any]) -> Apart:
    """A result without a kind is a failure; one that is suppressed, but still under review or
    rejected, is not suppressed (3.27.9, 3.27.23 of the standard)."""
    if result.get("baselineState") == "absent":
        return "absent"
    if result.get("kind", "fail") != "fail" or result.get("level") == "none":
        return "passed"
    suppressions = [a_dict(each) for each in a_list(result.get("suppressions"))]
    open_ = any(each.get("status") in ("underReview", "rejected") for each in suppressions)
    return "suppressed" if suppressions and not open_ else ""


def _commit(head: dict[str, Any]) -> str:
    """The one commit that a run claims, in small letters; several are joined, and so are none of
    them."""
    stated = (a_dict(each).get("revisionId") for each in a_list(head["versionControlProvenance"])
              ) if "versionControlProvenance" in head else ()  # fmt: skip
    commits = filter(None, dict.fromkeys(line_of(each, LONGEST_NAME).lower() for each in stated))
    return " ".join(islice(commits, COMMITS))
