"""The merge gate: a change of a supplier's judged by the contract's gate rules.

contract + checkout -> trees of merge base and head -> changed files -> facts -> GateResult
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import get_args

from collectors.git.checkout import Checkout
from collectors.git.revisions import Revisions
from collectors.nursery.limits import refuse_tighter_shell
from quality.catalogue.recipes import verify_tools
from quality.contract.sections.gate_rules import GateRule
from quality.errors import MeasureError, UsageError
from quality.gate.change import Tree, find_change, named, tree
from quality.gate.claims import said_generated
from quality.gate.comparison import Comparison
from quality.gate.facts import GateFacts
from quality.gate.findings import unsearched
from quality.gate.needs import PAIRING, analyzers, in_force
from quality.gate.reported import HeadReports, read_tests
from quality.gate.request import MergeRequest
from quality.gate.results import RuleResult, fingerprinted
from quality.gate.rules import JUDGES, needed
from quality.gate.splits import splits
from quality.gate.unmeasured import excuse, find_gaps
from quality.model.gate import GateOutcome, GateResult, GateVerdict
from quality.store.counting import Classifier


class NothingComparedError(MeasureError):
    """The head brings nothing that the base does not hold."""


def gate(request: MergeRequest, facts: GateFacts) -> GateResult:
    """Judge a merge by facts that nobody asked for yet (UsageError for an unknown repository,
    MeasureError where there is nothing to compare, or nothing to judge it by)."""
    contract = request.contract
    known = [repository.name for repository in contract.repositories]
    if request.repository not in known:
        raise UsageError(
            f"--repository {request.repository}: not in contract {contract.id}, which names "
            f"{', '.join(known)}"
        )
    if not contract.gate:
        raise MeasureError(
            f"contract {contract.id} has no gate rules, so nothing is judged: add them under gate:"
        )
    checkout, recipe = facts.checkout, facts.recipe
    verify_tools(recipe)
    refuse_tighter_shell(recipe.limits)
    found = checkout.compare(request.base, request.head)
    if found.merge_base == found.head:
        raise _nothing(request, "the base holds the head already")
    facts.watcher.say(f"comparing {found.head[:12]} with {found.merge_base[:12]}")
    classify = Classifier(contract.files)
    trees = (
        tree("base", found.merge_base, checkout.files(found.merge_base), classify),
        tree("head", found.head, checkout.files(found.head), classify),
    )
    change = find_change(*trees, checkout.readable, recipe.limits.file_bytes)
    if not change.touched and checkout.same_tree(found.merge_base, found.head):
        raise _nothing(request, "both hold the same files")
    rules = in_force(contract)
    facts.measure(needed(rules, change, trees, recipe))
    names = sorted({name for rule in rules for name in analyzers(rule, recipe)})
    gaps = find_gaps(change, facts, names)
    asked = any(rule.kind.reports for rule in rules)
    tests = _reported(request, trees[1], checkout) if asked else None
    comparison = Comparison(contract, trees, change, facts, gaps, tests)
    # All are judged before any verdict: what a later one asked for, the machine may have lost.
    results = [(rule, JUDGES[rule.rule](rule, comparison)) for rule in rules]
    verdicts = tuple(_verdict(rule, result, comparison) for rule, result in results)
    compared = {name for rule in rules if not rule.kind.always for name in analyzers(rule, recipe)}
    cut = splits(comparison.functions) if compared.issuperset(PAIRING) else ()
    heads = [each.head for each in change.production]
    if signed := said_generated(heads, checkout, recipe.limits.file_bytes):
        facts.notes.append(
            f"says that it is generated, and is judged all the same: {named(signed)}"
        )
    facts.notes.extend(unsearched(rules, change, recipe))
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
        notes=(*_notes(request, found, trees, checkout), *change.notes, *cut, *facts.notes),
        verdicts=verdicts,
        outcome=min((each.outcome for each in verdicts), key=get_args(GateOutcome).index),
        command=_command(request, found),
    )


def _reported(request: MergeRequest, head: Tree, checkout: Checkout) -> HeadReports:
    """What tests report of the head."""
    return read_tests(request.contract, request.repository, request.coverage, head, checkout)


def _nothing(request: MergeRequest, why: str) -> NothingComparedError:
    return NothingComparedError(
        f"nothing to compare: --base {request.base} and --head {request.head}: {why}"
    )


def _command(request: MergeRequest, found: Revisions) -> str:
    """The command line that judges the same commits by the same contract again."""
    words = ["workmanship", "gate", *request.source, "--repository", request.repository]
    given = [word for path in request.coverage for word in ("--coverage", str(path))]
    return shlex.join([*words, "--base", found.merge_base, "--head", found.head, *given])


def _verdict(rule: GateRule, found: RuleResult, comparison: Comparison) -> GateVerdict:
    names = analyzers(rule, comparison.facts.recipe)
    lost = [line for line in comparison.facts.lost if line.partition(" ")[0] in names]
    # The rule that is always in force judges the gaps themselves.
    gaps = [
        gap
        for gap in comparison.gaps
        if not rule.kind.always
        and gap.analyzer in names
        and rule.language in ("", gap.file.language)
    ]
    result = excuse(found, gaps, lost)
    outcome: GateOutcome = "failed" if result.failed else "passed"
    given = rule.at_least if rule.at_most is None else rule.at_most
    by = rule.indicator or rule.kind
    return GateVerdict(
        id=rule.id,
        kind=rule.kind,
        parameters=rule.parameters or rule.kind.fixed,
        value=result.value,
        unit=result.unit or by.unit,
        limit=given if rule.kind.threshold else result.limit,
        good=by.good,
        outcome="unknown" if result.unknown else outcome,
        reason=result.unknown or result.reason,
        why=rule.reason,
        hits=fingerprinted(result.hits),
    )


def _notes(
    request: MergeRequest, found: Revisions, trees: Sequence[Tree], checkout: Checkout
) -> Iterator[str]:
    path = request.contract_path
    was, now = (tree.files.get(path) for tree in trees)
    if (was and was.oid) != (now and now.oid):
        text = f"the merge changes the contract file {path}"
        if request.from_head:
            text += (
                ", and this result was judged by the changed one: read it from the target branch, "
                f"--contract-from {request.base}:{path}"
            )
        yield text
    if request.edited:
        yield f"judged by {path} as it stands in the work tree: the head holds another one, or none"
    if uncommitted := [each for each in checkout.uncommitted(found.head) if each != path]:
        yield f"in the work tree and in no commit, so not judged: {named(uncommitted)}"
    if found.others:
        others = ", ".join(commit[:12] for commit in found.others)
        yield f"compared with one of several merge bases, {found.merge_base[:12]} (also {others})"
    if found.shallow and found.merge_base != found.base:
        yield "the clone is shallow, so the true merge base may be a later one"
