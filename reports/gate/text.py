"""The merge gate's result for a terminal or a job's log: worst first, places that editors open."""

import re

from quality.model.gate import GateResult, GateVerdict
from reports.gate import words
from reports.shared.numbers import count
from reports.shared.text import safe_text

SHOWN = 50
"""Places told of one rule: what is above is in the other formats."""

# Job logs obey lines: ``::name::`` at the start and ``##[name]``, ``##vso[...]`` or
# ``##teamcity[...]`` anywhere are commands to the runner, and a file can be named like one.
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\w*\[)")


def render(result: GateResult) -> str:
    """Plain text, a line a fact; at the end the outcome, and how to see it again."""
    head = [
        f"Merge gate of {result.contract_id} ({result.supplier}), repository {result.repository}, "
        f"recipe {result.recipe.id}",
        f"{words.short(result.head)} against {words.short(result.merge_base)}: "
        f"{words.files(result)}",
        *(f"NOTE: {note}" for note in result.notes),
        "",
    ]
    blocks = [_verdict(verdict) for verdict in words.worst_first(result)]
    lines = [*head, *(line for block in blocks for line in block), "", _outcome(result)]
    lines += words.again(result)
    return "".join(f"{_line(line)}\n" for line in lines)


def _verdict(verdict: GateVerdict) -> list[str]:
    mark = words.MARKS[verdict.outcome]
    head = f"{mark}  {words.label(verdict)}: {words.standing(verdict)}"
    if verdict.outcome == "passed":
        return [head]
    hits = words.offences(verdict)
    others = len(verdict.hits) - len(hits)
    told = [head]
    told += [f"  {verdict.reason}"] if verdict.reason else []
    told += [f"  why: {verdict.why}"] if verdict.why else []
    told += words.told(verdict, hits, SHOWN, "  ")
    if others:
        told.append(f"  {count(others)} more not counted: in the base too, or within the limit")
    return [*told, ""]


def _outcome(result: GateResult) -> str:
    failed = [v.id for v in result.verdicts if v.outcome == "failed"]
    unknown = [v.id for v in result.verdicts if v.outcome == "unknown"]
    told = [f"{', '.join(failed)} failed"] if failed else []
    told += [f"{', '.join(unknown)} could not be judged"] if unknown else []
    why = f": {'; '.join(told)}" if told else ""
    return f"gate: {words.MARKS[result.outcome]}{why}"


def _line(text: str) -> str:
    return _COMMAND.sub(_spelt, safe_text(text))


def _spelt(match: re.Match[str]) -> str:
    return r"\x23" if match[0] == "#" else rf"{match[1]}\x3a"
