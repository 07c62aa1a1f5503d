"""A gate rule explained to the engineer whose change it judged: what, why, how to get below."""

from __future__ import annotations

from quality.catalogue.gate_rules import GATE_RULES
from quality.model.gate import GateResult, GateVerdict
from reports.gate import words
from reports.gate.text import place
from reports.shared.text import clip, safe_text

SHOWN = 20

HOW = {
    "function.ccn": "Each branch (if, loop, case, and, or, except) adds one path. Move parts that "
    "have a name of their own into functions, return early, replace chains of conditions by a "
    "table. A function that was over the limit before is judged as soon as its body changes.",
    "function.nloc": "Lines without blank and comment lines count. Move steps that can be named "
    "into functions of their own.",
    "function.parameters": "Group parameters that travel together into an object, or split the "
    "function by what its callers need.",
    "function.nesting": "Return or continue early instead of nesting the rest, and move the inner "
    "block into a function.",
    "findings.new": "Correct the places below: `workmanship recipe` says of each rule why it "
    "counts. A comment that hides a finding changes nothing; moving or renaming code brings "
    "nothing new, while editing a line makes its findings yours.",
    "suppressions.new": "Remove the directive and correct what it hides: findings are counted "
    "with or without it. If the analyzer is wrong, ask the customer to leave the rule out.",
    "duplication.new_share": "Six equal code lines in a row, white space and comments aside, make "
    "a duplicate. Call the code that is there already, or move it to where both can.",
    "tests.ratio": "Add tests for the new production code. Only code lines that the base does not "
    "have count, on both sides; moved files bring none.",
    "no_worse": "The whole of the head is compared with the whole of the base. Improve other code "
    "of the same kind in this change, or make the new code better than the average.",
    "unmeasured.new": "Make the file readable: valid syntax, UTF-8, no NUL bytes, no Git LFS "
    "pointer, under the limits of `workmanship recipe`. Code of third parties belongs under the "
    "contract's vendored patterns, which the customer owns.",
}


def render(result: GateResult, rule: str) -> str:
    """Plain text of each verdict whose id or rule is ``rule``."""
    found = [verdict for verdict in result.verdicts if rule in (verdict.id, verdict.rule)]
    lines = [line for verdict in found for line in _explained(result, verdict)]
    return "".join(f"{safe_text(line)}\n" for line in lines)


def _explained(result: GateResult, verdict: GateVerdict) -> list[str]:
    change = f"{words.short(result.merge_base)}..{words.short(result.head)}"
    lines = [
        f"{verdict.id}: {words.rule_name(verdict)}",
        f"  measures    {GATE_RULES[verdict.rule].measures}",
        f"  why         {verdict.why or 'the contract gives no reason'}",
        f"  this change {words.MARKS[verdict.outcome]}: {words.standing(verdict)} ({change})",
    ]
    lines += [f"              {verdict.reason}"] if verdict.reason else []
    lines += [f"  to pass     {HOW[verdict.rule]}", ""]
    counted = [hit for hit in verdict.hits if hit.new]
    shown = counted[:SHOWN]
    lines += [f"{place(hit)}: {clip(words.saying(verdict, hit), 400)}" for hit in shown]
    lines += [words.more(len(counted) - SHOWN)] if len(counted) > SHOWN else []
    unchanged = len(verdict.hits) - len(counted)
    lines += [f"{unchanged} more stood in the base already"] if unchanged else []
    return [*lines, ""] if lines[-1] else lines
