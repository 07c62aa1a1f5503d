"""What an analyzer could not measure of a change, and what it means for a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quality.gate.change import Change, FileChange, named
from quality.gate.facts import GateFacts
from quality.gate.results import RuleResult
from quality.model.repository import TreeFile


@dataclass(frozen=True, slots=True)
class Gap:
    """A changed file that an analyzer could not measure; ``old``: neither could it in the base."""

    file: TreeFile
    analyzer: str
    reason: str
    old: bool


def find_gaps(change: Change, facts: GateFacts, analyzers: Sequence[str]) -> tuple[Gap, ...]:
    """The changed production files that an analyzer could not measure."""
    broken = [
        (each, analyzer, found.reason)
        for each in change.production
        for analyzer in analyzers
        if (found := facts.of(each.head, analyzer)) and found.reason
    ]
    facts.measure((each.base, analyzer) for each, analyzer, _ in broken if each.base)
    return tuple(
        Gap(each.head, analyzer, reason, _unmeasured(each, analyzer, facts))
        for each, analyzer, reason in broken
    )


def _unmeasured(each: FileChange, analyzer: str, facts: GateFacts) -> bool:
    found = facts.of(each.base, analyzer)
    return found is not None and found.reason is not None


def excuse(result: RuleResult, gaps: Sequence[Gap], lost: Sequence[str]) -> RuleResult:
    """A result in view of what the rule could not see. It stands on the rest where it failed
    already or where the files never could be measured; else a pass is unknown: breaking a file
    must not pay."""
    if lost:
        return replace(result, unknown=f"the machine lost results, run it again: {lost[0]}")
    if not gaps or result.unknown:
        return result
    paths = sorted({gap.file.path for gap in gaps})
    text = f"could not see into {named(paths)}"
    if result.failed or all(gap.old for gap in gaps):
        return replace(result, reason="; ".join(filter(None, (result.reason, text))))
    return replace(result, unknown=f"{text}: {gaps[0].reason}")
