"""A gate rule explained to the engineer whose change it judged: what, why, how to get below."""

from quality.model.gate import GateResult, GateVerdict
from reports.gate import words
from reports.shared.text import safe_text

SHOWN = 20


def render(result: GateResult, rule: str) -> str:
    """Plain text of each verdict whose id or rule is ``rule``."""
    found = [verdict for verdict in result.verdicts if rule in (verdict.id, verdict.rule)]
    lines = [line for verdict in found for line in _explained(result, verdict)]
    return "".join(f"{safe_text(line)}\n" for line in lines)


def _explained(result: GateResult, verdict: GateVerdict) -> list[str]:
    change = f"{words.short(result.merge_base)}..{words.short(result.head)}"
    lines = [
        f"{verdict.id}: {words.rule_name(verdict)}",
        f"  measures    {verdict.kind.measures}",
        f"  why         {verdict.why or f'{verdict.kind.why} (the contract gives no reason)'}",
        f"  this change {words.MARKS[verdict.outcome]}: {words.standing(verdict)} ({change})",
    ]
    lines += [f"              {verdict.reason}"] if verdict.reason else []
    lines += [f"  to pass     {verdict.kind.remedy}", f"  gamed by    {verdict.kind.exploit}", ""]
    counted = [hit for hit in verdict.hits if hit.new]
    lines += words.told(verdict, counted, SHOWN)
    unchanged = len(verdict.hits) - len(counted)
    lines += [f"{unchanged} more stood in the base already"] if unchanged else []
    return [*lines, ""] if lines[-1] else lines
