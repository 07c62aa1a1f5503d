"""What an analyzer could not measure of a change: the rule that counts it, and what it means for
the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from quality.contract.sections.gate_rules import GateRule
from quality.gate.change import Change, named
from quality.gate.comparison import Comparison, Gap
from quality.gate.facts import GateFacts
from quality.gate.results import RuleResult
from quality.model.gate import GateHit
from quality.model.repository import TreeFile


def find_gaps(change: Change, facts: GateFacts, analyzers: Sequence[str]) -> tuple[Gap, ...]:
    """The changed production files that an analyzer could not measure."""
    broken = [
        (each, analyzer, reason)
        for each in change.production
        for analyzer in analyzers
        if (reason := facts.reason(each.head, analyzer))
    ]
    facts.measure((each.base, analyzer) for each, analyzer, _ in broken if each.base)
    return tuple(
        Gap(each.head, analyzer, reason, bool(facts.reason(each.base, analyzer)))
        for each, analyzer, reason in broken
    )


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


def unmeasured(rule: GateRule, comparison: Comparison) -> RuleResult:
    """unmeasured.new: changed files that an analyzer cannot measure, whatever the base was."""
    by_file: dict[TreeFile, list[Gap]] = {}
    for gap in comparison.gaps:
        by_file.setdefault(gap.file, []).append(gap)
    hits = []
    for file, found in by_file.items():
        reasons = dict.fromkeys(gap.reason for gap in found)
        names = ", ".join(gap.analyzer for gap in found)
        before = "; nor could its base" if all(gap.old for gap in found) else ""
        text = f"{names} cannot measure it: {'; '.join(reasons)}{before}"
        hits.append(GateHit(file.path, 1, 1, rule.rule, "cannot be measured", text, file.oid))
    hits.sort(key=lambda hit: hit.path)
    value = Decimal(len(hits))
    return RuleResult(value, value > (rule.at_most or 0), tuple(hits))
