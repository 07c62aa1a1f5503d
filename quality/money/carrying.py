"""What lapsed above the caps of earlier periods and is charged now, as far as there is room.

The period's own credits come first. What is left below its cap, and below the year's, takes up the
oldest lapse first. What the year's cap cut off is not carried: only what the period's did.
"""

from collections.abc import Iterator
from decimal import Decimal

from quality.contract.pricing import Bases
from quality.contract.sections.terms import CreditRules
from quality.model.statement import Carried, CreditStatement
from quality.money.history import Bills


def carried_over(
    bases: Bases, rules: CreditRules, before: Bills, room: Decimal
) -> tuple[Carried, ...]:
    """What earlier lapses add to the period after the statements ``before``; ``room``: what its own
    credits leave below all caps."""
    return tuple(_carried(bases, rules, before, room)) if rules.carry_over else ()


def _carried(bases: Bases, rules: CreditRules, before: Bills, room: Decimal) -> Iterator[Carried]:
    within = rules.carry_over.periods if rules.carry_over else 0
    for bill in before[-within:]:
        if bill is None or (left := bill.lapsed - _taken(before, bill)) <= 0 or room <= 0:
            continue
        amount = min(left, room)
        room -= amount
        yield Carried(
            bill.period,
            amount,
            f"{bases.text(bill.lapsed)} lapsed above the cap of {bill.period}, of which "
            f"{bases.text(left)} are left; {bases.text(amount)} are charged now",
        )


def _taken(before: Bills, lapsed: CreditStatement) -> Decimal:
    """What later periods have charged of a lapse already."""
    every = (each for bill in before if bill for each in bill.carried)
    return sum((each.amount for each in every if each.period == lapsed.period), Decimal(0))
