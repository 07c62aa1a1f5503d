"""The gate rule that counts what no other rule can see."""

from __future__ import annotations

from decimal import Decimal

from quality.contract.gate_rules import GateRule
from quality.gate.comparison import Comparison
from quality.gate.gaps import Gap
from quality.gate.results import RuleResult, fingerprinted
from quality.model.gate import GateHit
from quality.model.repository import TreeFile


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
        hits.append(GateHit(file.path, 1, 1, rule.rule, "cannot be measured", text, None, None,
                            file.oid, True))  # fmt: skip
    hits.sort(key=lambda hit: hit.path)
    value = Decimal(len(hits))
    return RuleResult(value, value > (rule.at_most or 0), fingerprinted(hits))
