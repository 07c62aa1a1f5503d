"""The merge gate: a change of a supplier's judged by the contract's gate rules.

contract + checkout -> trees of merge base and head -> changed files -> facts -> GateResult
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from collectors.git.checkout import Checkout, Revisions
from collectors.process.limits import refuse_tighter_shell
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.contract.contract import Contract
from quality.contract.gate_rules import GateRule
from quality.errors import UsageError
from quality.gate.change import find_change
from quality.gate.comparison import Comparison, tree
from quality.gate.facts import GateFacts
from quality.gate.gaps import excuse, find_gaps
from quality.gate.results import RuleResult
from quality.gate.rules import JUDGES, analyzers, in_force, needed
from quality.measure.engine import Engine
from quality.measure.watcher import Watcher
from quality.model.gate import GateOutcome, GateResult, GateVerdict
from quality.model.repository import TreeFile
from quality.store.counting import Classifier


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What is to be judged, by which contract: ``contract_path`` is the contract's path inside
    the repository ("" if it lies elsewhere), ``from_head``: it was read from the head or the work
    tree that is judged."""

    contract: Contract
    repository: str
    base: str
    head: str
    contract_path: str = ""
    from_head: bool = False


def gate(
    request: MergeRequest,
    checkout: Checkout,
    engine: Engine,
    watcher: Watcher,
    database: Path | None = None,
) -> GateResult:
    """Judge a merge; ``database`` None: no facts are reused or kept (UsageError for an unknown
    repository, MeasureError where there is nothing to compare with)."""
    contract = request.contract
    known = [repository.name for repository in contract.repositories]
    if request.repository not in known:
        raise UsageError(
            f"--repository {request.repository}: not in contract {contract.id}, which names "
            f"{', '.join(known)}"
        )
    recipe = load_recipe(*contract.measured_by)
    verify_tools(recipe)
    refuse_tighter_shell(recipe.limits)
    found = checkout.compare(request.base, request.head)
    watcher.say(f"comparing {found.head[:12]} with {found.merge_base[:12]}")
    classify = Classifier(contract.files)
    trees = (
        tree("base", found.merge_base, checkout.files(found.merge_base), classify),
        tree("head", found.head, checkout.files(found.head), classify),
    )
    before, after = (each.files for each in trees)
    change = find_change(before, after, classify, checkout.read, recipe.limits.file_bytes)
    facts = GateFacts(checkout, recipe, engine, watcher, database)
    rules = in_force(contract)
    facts.measure(needed(rules, change, trees, recipe))
    names = sorted({name for rule in rules for name in analyzers(rule, recipe)})
    gaps = find_gaps(change, facts, names)
    verdicts = _judge(rules, Comparison(contract, trees, change, facts, gaps))
    facts.keep()
    return GateResult(
        contract_id=contract.id,
        contract_digest=contract.digest,
        supplier=contract.supplier,
        repository=request.repository,
        base=found.base,
        merge_base=found.merge_base,
        head=found.head,
        recipe=recipe.info,
        files=change.files,
        notes=(*_notes(request, found, before, after), *change.notes, *facts.notes),
        verdicts=verdicts,
        outcome=_overall(verdicts),
    )


def _judge(rules: tuple[GateRule, ...], comparison: Comparison) -> tuple[GateVerdict, ...]:
    results = [JUDGES[rule.rule](rule, comparison) for rule in rules]
    verdicts = []
    for rule, result in zip(rules, results, strict=True):
        names = analyzers(rule, comparison.facts.recipe)
        lost = [line for line in comparison.facts.lost if line.partition(" ")[0] in names]
        # A rule that names no analyzer judges the gaps themselves.
        named = rule.kind.analyzers or rule.indicator
        gaps = [gap for gap in comparison.gaps if named and gap.analyzer in names]
        verdicts.append(_verdict(rule, excuse(result, gaps, lost)))
    return tuple(verdicts)


def _verdict(rule: GateRule, result: RuleResult) -> GateVerdict:
    outcome: GateOutcome = "failed" if result.failed else "passed"
    given = rule.at_least if rule.at_most is None else rule.at_most
    by = rule.indicator or rule.kind
    return GateVerdict(
        id=rule.id,
        kind=rule.kind,
        parameters=rule.parameters or rule.kind.fixed,
        value=result.value,
        unit=by.unit,
        limit=given if rule.kind.threshold else result.limit,
        good=by.good,
        outcome="unknown" if result.unknown else outcome,
        reason=result.unknown or result.reason,
        why=rule.reason,
        hits=result.hits,
    )


def _overall(verdicts: tuple[GateVerdict, ...]) -> GateOutcome:
    """Unknown above failed above passed, as the exit codes have it."""
    outcomes = {verdict.outcome for verdict in verdicts}
    if "unknown" in outcomes:
        return "unknown"
    return "failed" if "failed" in outcomes else "passed"


def _notes(
    request: MergeRequest,
    found: Revisions,
    before: tuple[TreeFile, ...],
    after: tuple[TreeFile, ...],
) -> Iterator[str]:
    path = request.contract_path
    was, now = ({f.oid for f in files if f.path == path} for files in (before, after))
    if was != now:
        text = f"the merge changes the contract file {path}"
        if request.from_head:
            text += (
                ", and this result was judged by the changed one: read it from the target branch, "
                f"--contract-from {request.base}:{path}"
            )
        yield text
    if found.merge_base == found.head:
        yield "the base already holds the head: nothing is merged"
    if found.others:
        others = ", ".join(commit[:12] for commit in found.others)
        yield f"compared with one of several merge bases, {found.merge_base[:12]} (also {others})"
    if found.shallow and found.merge_base != found.base:
        yield "the clone is shallow, so the true merge base may be a later one"
