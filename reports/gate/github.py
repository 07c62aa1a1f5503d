"""The merge gate's result as GitHub workflow commands: annotations beside the changed lines.

Print it in a step of a workflow. GitHub shows ten errors and ten warnings a step; the first
places of every rule that did not pass come first, and a line of each kind counts the rest. What
reproduces a result that did not pass locally is the last line.
"""

from itertools import chain, zip_longest

from quality.model.gate import GateHit, GateResult, GateVerdict
from reports.gate import words
from reports.shared.text import clip, safe_text

SHOWN = 10
"""Annotations of one kind that GitHub shows of one step."""


def render(result: GateResult) -> str:
    """Workflow commands, one a line."""
    open_ = [verdict for verdict in words.worst_first(result) if verdict.outcome != "passed"]
    errors = _in_turn([_errors(verdict) for verdict in open_])
    notes = [_command("warning", note, "Workmanship") for note in result.notes]
    if not open_:
        said = f"{len(result.verdicts)} rules of {result.contract_id}"
        notes.append(_command("notice", said, f"Workmanship gate {result.outcome}"))
    again = [_command("notice", line, "Workmanship") for line in words.again(result)]
    lines = [*_shown("error", errors), *_shown("warning", notes), *again]
    return "".join(f"{line}\n" for line in lines)


def _shown(kind: str, lines: list[str]) -> list[str]:
    if len(lines) <= SHOWN:
        return lines
    left = f"{words.more(len(lines) - SHOWN + 1)}: see the summary and the reports of this job"
    return [*lines[: SHOWN - 1], _command(kind, left, "Workmanship")]


def _in_turn(groups: list[list[str]]) -> list[str]:
    """The first of every group, then the second of every group, and so on."""
    return [line for line in chain.from_iterable(zip_longest(*groups)) if line is not None]


def _errors(verdict: GateVerdict) -> list[str]:
    hits = words.offences(verdict)
    title = f"{words.label(verdict)} {verdict.outcome}"
    if not hits:
        said = verdict.reason or words.standing(verdict)
        return [_command("error", said, title)]
    return [_command("error", words.saying(verdict, hit), title, hit) for hit in hits]


def _command(kind: str, message: str, title: str, hit: GateHit | None = None) -> str:
    line = str(max(1, hit.line)) if hit else ""
    place = {"file": hit.path, "line": line, "endLine": line} if hit else {}
    properties = ",".join(
        f"{name}={_property(v)}" for name, v in (place | {"title": title}).items()
    )
    return f"::{kind} {properties}::{_data(clip(message, 1_000)) or '(no text)'}"


def _data(text: str) -> str:
    """A command's message: a percent sign would begin an escape."""
    return safe_text(text).replace("%", "%25")


def _property(text: str) -> str:
    """A property's value: a colon or a comma would end it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
