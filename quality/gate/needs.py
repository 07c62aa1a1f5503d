"""What the gate rules in force stand on, known before the change is: so that what takes long to
start can start while the change is looked at."""

from __future__ import annotations

from contextlib import suppress

from collectors.git.checkout import Checkout
from collectors.process.bounded import Supervisor
from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import Indicator
from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.contract.sections.gate_rules import GateRule
from quality.errors import WorkmanshipError
from quality.gate.request import MergeRequest
from quality.model.recipe import Recipe

PAIRING = ("clones", "lizard")  # what is asked of a file to know its functions again


def in_force(contract: Contract) -> tuple[GateRule, ...]:
    """The contract's gate rules, and those that judge where it does not name them."""
    given = {rule.rule for rule in contract.gate}
    always = (
        GateRule(id=kind.id, rule=kind.id, reason=f"{kind.why}; on by default")
        for kind in GATE_RULES.values()
        if kind.always and kind.id not in given
    )
    return (*contract.gate, *always)


def analyzers(rule: GateRule, recipe: Recipe) -> tuple[str, ...]:
    """Those whose facts a rule stands on: its own or its indicator's; where it names none, every
    one but the slow, which only other rules bring in. Of a language, those that read it."""
    if rule.indicator is not None:
        return counting(rule.indicator, recipe)
    if rule.language:
        named = recipe.named(rule.kind.analyzers)
        return tuple(name for name in named if recipe.part(name).reads(rule.language))
    quick = tuple(part.name for part in recipe.parts if not part.slow)
    return recipe.named(rule.kind.analyzers) or quick


def counting(indicator: Indicator, recipe: Recipe) -> tuple[str, ...]:
    """The analyzers whose facts an indicator counts."""
    if indicator.query == "unseen":
        return ()  # it counts what no analyzer reads
    names = recipe.named(indicator.analyzers) or tuple(part.name for part in recipe.parts)
    return (*names, *PAIRING) if by_function(indicator) else names


def by_function(indicator: Indicator) -> str:
    """The number of a function that a share of functions is made by; "" of other indicators."""
    if indicator.query != "functions" or indicator.compared != "files":
        return ""
    return str(dict(indicator.fixed).get("by", ""))


def begin(request: MergeRequest, checkout: Checkout, processes: Supervisor) -> None:
    """Have the analyzers start that a change needs. What is wrong with it, the gate tells."""
    with suppress(WorkmanshipError):
        recipe = load_recipe(*request.contract.measured_by)
        found = checkout.compare(request.base, request.head)
        old = {file.oid for file in checkout.files(found.merge_base)}
        new = (file for file in checkout.files(found.head) if file.oid not in old)
        languages = {file.language for file in new if file.language}
        named = {name for rule in in_force(request.contract) for name in analyzers(rule, recipe)}
        parts = (recipe.part(name) for name in named)
        needed = [part.name for part in parts if any(map(part.reads, languages))]
        if needed:
            processes.begin(recipe.id, needed)
