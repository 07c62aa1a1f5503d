"""The merge gate: a change of a supplier's judged by the contract's gate rules.

contract + checkout -> trees of merge base and head -> changed files -> facts -> GateResult
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from collectors.analyzers import SLOW
from collectors.git.checkout import Bases, Checkout
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.contract.contract import Contract
from quality.contract.gate_rules import GateRule
from quality.errors import UsageError
from quality.gate import findings as gate_findings
from quality.gate import functions as gate_judge
from quality.gate import lines as gate_lines
from quality.gate.change import Change, find_change
from quality.gate.comparison import Whole, needs
from quality.gate.facts import FactBook, Wish
from quality.gate.functions import Judgement, excuse, find_gaps
from quality.gate.lines import limit_of, new_line_wishes
from quality.measure.engine import Engine
from quality.measure.watcher import Watcher
from quality.model.gate import GateOutcome, GateResult, GateVerdict
from quality.model.recipe import Recipe
from quality.model.repository import TreeFile

UNMEASURED = "unmeasured.new"
DEFAULT_RULE = GateRule(
    id=UNMEASURED,
    rule=UNMEASURED,
    reason="What cannot be measured cannot be judged; on by default",
)
ANALYZER = {
    "function": "lizard",
    "findings": "pylint",
    "suppressions": "suppressions",
    "duplication": "clones",
    "tests": "clones",
}
JUDGES = {
    "function": gate_judge.functions,
    "findings": gate_findings.findings,
    "suppressions": gate_findings.suppressions,
    "duplication": gate_lines.duplication,
    "tests": gate_lines.tests_ratio,
}


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be judged: ``contract_path`` is the contract's path inside the repository (""
    if it lies elsewhere), ``from_head``: it was read from the work tree that is judged."""

    repository: str
    base: str
    head: str
    contract_path: str = ""
    from_head: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What a gate measures with. ``database`` None: nothing is kept."""

    engine: Engine
    watcher: Watcher
    database: Path | None = None


def gate(contract: Contract, merge: Merge, checkout: Checkout, means: Means) -> GateResult:
    """Judge a merge (UsageError for an unknown repository, MeasureError where there is nothing
    to compare with)."""
    known = [repository.name for repository in contract.repositories]
    if merge.repository not in known:
        raise UsageError(
            f"--repository {merge.repository}: not in contract {contract.id}, which names "
            f"{', '.join(known)}"
        )
    recipe = load_recipe(contract.recipe)
    verify_tools(recipe)
    bases = checkout.compare(merge.base, merge.head)
    trees = checkout.files(bases.merge_base), checkout.files(bases.head)
    means.watcher.say(f"comparing {bases.head[:12]} with {bases.merge_base[:12]}")
    change = find_change(*trees, contract.files, checkout.read, recipe.limits.file_bytes)
    book = FactBook(checkout, recipe, means.engine, means.watcher, means.database)
    rules = _rules(contract)
    whole = Whole(
        contract, book, (("base", bases.merge_base, trees[0]), ("head", bases.head, trees[1]))
    )
    book.measure(_wishes(rules, change, whole, recipe))
    verdicts = _verdicts(rules, change, whole, book)
    book.keep()
    return GateResult(
        contract_id=contract.id,
        contract_digest=contract.digest,
        supplier=contract.supplier,
        repository=merge.repository,
        base=bases.base,
        merge_base=bases.merge_base,
        head=bases.head,
        recipe=recipe.info,
        files=change.files,
        notes=(*_notes(merge, bases, trees), *change.notes, *book.notes),
        verdicts=verdicts,
        outcome=_overall(verdicts),
    )


def _rules(contract: Contract) -> tuple[GateRule, ...]:
    given = any(rule.rule == UNMEASURED for rule in contract.gate)
    return contract.gate if given else (*contract.gate, DEFAULT_RULE)


def _family(rule: GateRule) -> str:
    return rule.rule.partition(".")[0]


def _analyzers(rule: GateRule, recipe: Recipe) -> tuple[str, ...]:
    """Those whose facts of the changed files a rule stands on; unmeasured.new asks every analyzer
    but the slow one, which only other rules bring in."""
    if rule.rule == UNMEASURED:
        return tuple(part.name for part in recipe.parts if part.name not in SLOW)
    if rule.indicator is not None:
        return needs(rule.indicator, recipe)
    return (ANALYZER[_family(rule)],)


def _wishes(
    rules: Sequence[GateRule], change: Change, whole: Whole, recipe: Recipe
) -> Iterable[Wish]:
    """What is measured at once; the rules ask for more only where they found something."""
    families = {_family(rule) for rule in rules}
    names = {name for rule in rules for name in _analyzers(rule, recipe)}
    yield from ((each.head, name) for each in change.production for name in sorted(names))
    # The same for the base, so that both travel together; the slow one waits until it is asked.
    quick = sorted(names - SLOW)
    yield from ((each.base, name) for each in change.production if each.base for name in quick)
    if families & {"duplication", "tests"}:
        yield from new_line_wishes(
            change, whole="duplication" in families, tests="tests" in families
        )
    indicators = [rule.indicator for rule in rules if rule.indicator is not None]
    if indicators:
        yield from whole.wishes(
            sorted({name for each in indicators for name in needs(each, recipe)})
        )


def _verdicts(
    rules: Sequence[GateRule], change: Change, whole: Whole, book: FactBook
) -> tuple[GateVerdict, ...]:
    names = {rule.id: _analyzers(rule, book.recipe) for rule in rules}
    gaps = find_gaps(change, book, sorted({name for some in names.values() for name in some}))
    judged = {r.id: gate_judge.unmeasured(r, gaps) for r in rules if r.rule == UNMEASURED}
    judged |= {r.id: JUDGES[_family(r)](r, change, book) for r in rules if _family(r) in JUDGES}
    if worse := [rule for rule in rules if rule.indicator is not None]:
        judged |= whole.judge(worse)
    verdicts = []
    for rule in rules:
        blind = [g for g in gaps if g.analyzer in names[rule.id] and rule.rule != UNMEASURED]
        lost = [line for line in book.lost if line.partition(" ")[0] in names[rule.id]]
        verdicts.append(_verdict(rule, excuse(judged[rule.id], blind, lost)))
    return tuple(verdicts)


def _verdict(rule: GateRule, judged: Judgement) -> GateVerdict:
    outcome: GateOutcome = "failed" if judged.failed else "passed"
    limit = judged.limit if rule.indicator is not None else limit_of(rule)
    return GateVerdict(
        id=rule.id,
        rule=rule.rule,
        parameters=rule.parameters or judged.parameters,
        value=judged.value,
        unit=judged.unit,
        limit=limit,
        good=judged.good,
        outcome="unknown" if judged.unknown else outcome,
        reason=judged.unknown or judged.reason,
        why=rule.reason,
        hits=judged.hits,
    )


def _overall(verdicts: Sequence[GateVerdict]) -> GateOutcome:
    """Unknown above failed above passed, as the exit codes have it."""
    outcomes = {verdict.outcome for verdict in verdicts}
    if "unknown" in outcomes:
        return "unknown"
    return "failed" if "failed" in outcomes else "passed"


def _notes(
    merge: Merge, bases: Bases, trees: tuple[tuple[TreeFile, ...], tuple[TreeFile, ...]]
) -> Iterable[str]:
    before, after = ({f.oid for f in tree if f.path == merge.contract_path} for tree in trees)
    if before != after:
        text = f"the merge changes the contract file {merge.contract_path}"
        if merge.from_head:
            text += (
                ", and this result was judged by the changed one: read it from the target branch, "
                f"--contract-from {merge.base}:{merge.contract_path}"
            )
        yield text
    if bases.merge_base == bases.head:
        yield "the base already holds the head: nothing is merged"
    if bases.others:
        others = ", ".join(commit[:12] for commit in bases.others)
        yield f"compared with one of several merge bases, {bases.merge_base[:12]} (also {others})"
    if bases.shallow and bases.merge_base != bases.base:
        yield "the clone is shallow, so the true merge base may be a later one"
