"""What every format of the merge gate says in the same words: outcomes, limits, by how much."""

from collections.abc import Sequence

from quality.model.gate import GateHit, GateOutcome, GateResult, GateVerdict
from reports.shared import numbers
from reports.shared.text import clip

MARKS: dict[GateOutcome, str] = {
    "passed": "✓ passed",
    "failed": "✗ FAILED",
    "unknown": "? unknown",
}
WORST_FIRST: tuple[GateOutcome, ...] = ("failed", "unknown", "passed")


def worst_first(result: GateResult) -> tuple[GateVerdict, ...]:
    """The verdicts: failed, unknown, passed, each in the contract's order."""
    return tuple(sorted(result.verdicts, key=lambda verdict: WORST_FIRST.index(verdict.outcome)))


def offends(verdict: GateVerdict, hit: GateHit) -> bool:
    """Whether ``hit`` is a reason why its rule did not pass, and not only worth knowing."""
    if verdict.outcome == "passed":
        return False
    if hit.number is None or hit.limit is None:
        return hit.new
    return hit.number < hit.limit if verdict.good == "high" else hit.number > hit.limit


def offences(verdict: GateVerdict) -> tuple[GateHit, ...]:
    """The hits that offend, in the verdict's order (worst first)."""
    return tuple(hit for hit in verdict.hits if offends(verdict, hit))


def rule_name(verdict: GateVerdict) -> str:
    """The rule with its parameters: ``no_worse (above 20)``."""
    asked = ", ".join(f"{name} {value}" for name, value in verdict.parameters)
    return f"{verdict.rule} ({asked})" if asked else verdict.rule


def label(verdict: GateVerdict) -> str:
    """The rule as the contract names it: ``G-1 function.ccn``; one that the contract does not
    name is its own id."""
    name = rule_name(verdict)
    return name if verdict.id == verdict.rule else f"{verdict.id} {name}"


def standing(verdict: GateVerdict) -> str:
    """The value against its limit: ``23 CCN, at most 15``; a dash where there is no value."""
    value, unit, bound = verdict.value, verdict.unit, verdict.limit
    shown = numbers.with_unit(value, unit, (bound,))
    if bound is None:
        return shown
    if verdict.kind.threshold is None:
        return f"{shown}, in the base {numbers.with_unit(bound, unit, (value,))}"
    side = "at least" if verdict.good == "high" else "at most"
    return f"{shown}, {side} {numbers.limit(bound, unit, 'none')}"


def beyond(verdict: GateVerdict, hit: GateHit) -> str:
    """By how much a hit is on the wrong side of its limit: ``8 over 15``; else empty."""
    if hit.number is None or hit.limit is None:
        return ""
    distance = hit.number - hit.limit
    if verdict.good == "high":
        return f"{numbers.count(-distance)} under {numbers.count(hit.limit)}" * (distance < 0)
    return f"{numbers.count(distance)} over {numbers.count(hit.limit)}" * (distance > 0)


def saying(verdict: GateVerdict, hit: GateHit) -> str:
    """A hit in one sentence: how bad it is, message, the finer rule, and by how much. Not yet made
    safe; a message that is cut for its length loses its end."""
    said = hit.message or hit.title
    finer = f" ({hit.rule})" if hit.rule != verdict.rule and hit.rule not in said else ""
    bad = f"{_grade(hit)}: " if hit.severity else ""
    return ", ".join(filter(None, (bad + said + finer, beyond(verdict, hit))))


def _grade(hit: GateHit) -> str:
    named = f"{hit.severity} {hit.list.removesuffix('s')}"
    return f"{named}, CWE-{hit.cwe}" if hit.cwe else named


def place(hit: GateHit) -> str:
    """``path:line``, as editors and terminals make links of it."""
    return f"{hit.path}:{max(1, hit.line)}"


def told(verdict: GateVerdict, hits: Sequence[GateHit], most: int, indent: str = "") -> list[str]:
    """The first ``most`` hits, a line each, and how many more there are."""
    lines = [f"{place(hit)}: {clip(saying(verdict, hit), 400)}" for hit in hits[:most]]
    return [*lines, f"{indent}{more(len(hits) - most)}"] if len(hits) > most else lines


def again(result: GateResult) -> list[str]:
    """What to run to see a result that did not pass again; nothing of one that passed."""
    return (
        [] if result.outcome == "passed" or not result.command else [f"reproduce: {result.command}"]
    )


def files(result: GateResult) -> str:
    """How many files the change touches."""
    return f"{numbers.count(result.files)} changed {'file' if result.files == 1 else 'files'}"


def more(left_out: int, what: str = "") -> str:
    """``and 12 more``, what they are behind it."""
    return f"and {numbers.count(left_out)} more{what and ' ' + what}"


def short(commit: str) -> str:
    """A commit as people write it."""
    return commit[:12]
