"""Consequences and clauses that can never become due, or that carry keys which do nothing."""

from collections.abc import Iterator
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.credit_kinds import counts_points
from quality.contract.periods import periods
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import Points, Trigger
from quality.contract.text.yaml import Mistake
from quality.model.amounts import plain


def dead_triggers(contract: Contract) -> Iterator[Mistake]:
    """Every trigger, and every key of one, that does nothing; and clauses that nothing shows."""
    for number, trigger in enumerate(contract.consequences):
        place = ("consequences", number)
        if trigger in contract.consequences[:number]:
            first = contract.consequences.index(trigger)
            yield place, f"stands twice, first in consequences[{first}]: remove one"
            continue
        yield from (((*place, *at), text) for at, text in _trigger(trigger, contract))
    yield from _clauses(contract)


def beyond_the_term(window: int, contract: Contract) -> str:
    """What is to be said of a window that the term cannot fill; "": it can."""
    most = len(periods(contract, contract.ends))
    if window <= most:
        return ""
    return f"{window} periods are more than the {most} of the term: shorten them"


def _trigger(trigger: Trigger, contract: Contract) -> Iterator[Mistake]:
    if text := beyond_the_term(trigger.of, contract):
        yield ("of",), text
    for n, name in enumerate(trigger.service_levels):
        level = contract.level(name)
        if name in trigger.service_levels[:n]:
            yield ("service_levels", n), f"{name} stands twice: remove one"
        elif level is not None and (text := _counts_nothing(trigger, level)):
            yield ("service_levels", n), text
    if trigger.failures is not None:
        yield from _failures(trigger, contract)
        return
    measure = "points" if trigger.points is not None else "credits"
    if "below" in trigger.model_fields_set:
        yield ("below",), f"does nothing beside {measure}: remove it"
    if trigger.across:
        yield ("across",), f"does nothing: {measure} are added up anyway; remove it"
    if trigger.points is not None and not any(map(counts_points, contract.service_levels)):
        text = "never due: no service level counts points; give one a credit of kind points"
        yield ("points",), text
    elif trigger.points is not None and trigger.points > (most := most_points(contract, trigger)):
        yield ("points",), f"never due: at most {plain(most)} points can be counted; lower it"
    if trigger.credits is not None and contract.charges is not None:
        reach = contract.charges.reach
        if not any(each.credit for each in contract.service_levels):
            yield ("credits",), "never due: no service level has a credit"
        elif trigger.credits > reach:
            text = f"never due: credits stop at the {plain(reach)} % at risk; use that or less"
            yield ("credits",), text


def most_points(contract: Contract, trigger: Trigger | None = None) -> Fraction:
    """The most points that a period can count, or the periods of a trigger."""
    prices = contract.credits.points or Points()
    named = trigger.service_levels if trigger else ()
    whole = Fraction(0)
    for level in filter(counts_points, contract.service_levels):
        steps = level.credit.steps if level.credit and (not named or level.id in named) else ()
        counted = [getattr(prices, each.severity) if each.severity else each.points or 0
                   for each in steps]  # fmt: skip
        whole += max(counted, default=0) * Fraction(prices.repeat) * level.part
    return whole * (trigger.of if trigger else 1)


def _counts_nothing(trigger: Trigger, level: ServiceLevel) -> str:
    """Why naming a service level adds nothing to a trigger; "": it does."""
    if trigger.points is not None:
        return "" if counts_points(level) else f"{level.id} counts no points: remove it"
    if trigger.credits is not None:
        if level.credit is None:
            return f"{level.id} has no credit: remove it"
        return f"{level.id} has no credit of its own, only points" if counts_points(level) else ""
    return "" if _fails(trigger, level) else _never(trigger, level)


def _fails(trigger: Trigger, level: ServiceLevel) -> bool:
    return (level.expected if trigger.below == "expected" else level.minimum) is not None


def _never(trigger: Trigger, level: ServiceLevel) -> str:
    missing = trigger.below if level.expected is not None else "limit"
    return f"{level.id} never counts, because it has no {missing}: state one, or remove it"


def _failures(trigger: Trigger, contract: Contract) -> Iterator[Mistake]:
    named = trigger.service_levels
    counted = [
        level for level in contract.service_levels
        if (level.id in named if named else level.level_class == "critical")
        and _fails(trigger, level)
    ]  # fmt: skip
    if not counted:
        if not named:
            yield ("failures",), "never due: no service level is critical; name some"
        return
    if trigger.across and len(counted) == 1:
        yield ("across",), f"does nothing: {counted[0].id} alone is counted; remove it"
    most = len(periods(contract, contract.ends))
    possible = min(trigger.of, most) * (len(counted) if trigger.across else 1)
    if (trigger.failures or 0) > possible:
        yield ("failures",), f"never due: at most {possible} can be counted; lower it"
    if trigger.below == "expected" and all(e.expected == e.minimum for e in counted):
        yield ("below",), "does nothing: expected is the minimum in what is counted; remove it"


def _clauses(contract: Contract) -> Iterator[Mistake]:
    due = {trigger.kind for trigger in contract.consequences}
    for number, clause in enumerate(contract.clauses):
        for n, name in enumerate(clause.applies_to):
            level, place = contract.level(name), ("clauses", number, "applies_to", n)
            if level is None and name not in due:
                yield place, f"shows nothing: no consequence is a {name.replace('_', ' ')}"
            elif level is not None and level.minimum is None:
                yield place, f"shows nothing: {name} has no minimum, so it never fails"
