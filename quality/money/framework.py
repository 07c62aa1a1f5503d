"""The cap that the credits of several contracts share, and how it is divided where it binds.

A span of the framework is divided in this order, and what it cuts off lapses:

1. what periods of the span are closed with, of any contract, is fixed and comes first,
2. then the periods by the day on which they end,
3. of periods that end on one day each takes in proportion to what it asks for; the units that
   rounding leaves go to those that lost most by it (of equals to the first contract by its id).

A period asks for its credit after its own caps and its bonus, and for what earlier lapses add. What
is not known of another contract is not free: what it may come to at most is set aside, and shown as
uncertain.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from quality.contract.pricing import Bases
from quality.model.amounts import shares
from quality.model.statement import Draw, FrameworkCap
from quality.money.history import Bills, Judged, PeriodVerdicts


def framework_cap(
    bases: Bases,
    judged: Judged,
    before: Bills,
    asks: tuple[Decimal, Decimal],
    draws: Sequence[Draw],
) -> FrameworkCap | None:
    """The cap of the framework of the last period; None: its contract has none. ``asks``: its own
    credit, and what earlier lapses would add; ``before``: the statements of the periods before;
    ``draws``: what other contracts take in the same span."""
    now, terms = judged[-1], judged[-1].contract.framework
    if terms is None or now.contract.charges is None:
        return None
    span = terms.span(now.period.end)
    own, late = asks
    used = _used(judged, before, span, bases.rounded(Fraction(0)))
    cap, name = bases.rounded(Fraction(terms.cap)), now.contract.id
    left, granted = _granted(bases, cap - used, (name, own + late), _weighed(draws, most=True))
    _, hoped = _granted(bases, cap - used, (name, own + late), _weighed(draws, most=False))
    granted = min(granted, hoped)  # the unit that rounding leaves may go to anybody
    found = FrameworkCap(
        id=terms.id,
        starts=span[0],
        ends=span[1],
        cap=cap,
        draws=tuple(draws),
        used=used,
        left=left,
        asked=own + late,
        granted=granted,
        uncertain=hoped - granted,
        lapsed=own - min(own, granted),
        explanation="",
    )
    return replace(found, explanation=_explained(bases, found))


def _used(judged: Judged, before: Bills, span: tuple[date, date], nothing: Decimal) -> Decimal:
    """What earlier periods of the same contract took in a span."""
    name = _framework(judged[-1])
    pairs = zip(judged, before, strict=False)
    return sum(
        (bill.total for each, bill in pairs
         if bill and _framework(each) == name and span[0] <= each.period.end <= span[1]),
        nothing,
    )  # fmt: skip


def _framework(judged: PeriodVerdicts) -> str | None:
    terms = judged.contract.framework
    return terms.id if terms else None


Weighed = Sequence[tuple[Draw, Decimal]]


def _weighed(draws: Sequence[Draw], *, most: bool) -> Weighed:
    return [(each, each.most if most else each.amount) for each in draws]


def _granted(
    bases: Bases, left: Decimal, asked: tuple[str, Decimal], draws: Weighed
) -> tuple[Decimal, Decimal]:
    """What the cap leaves for the day, and what of it the one contract gets that ``asked``."""
    nothing = bases.rounded(Fraction(0))
    left -= sum((amount for each, amount in draws if each.how != "beside"), nothing)
    left = max(left, nothing)
    beside = {each.contract: amount for each, amount in draws if each.how == "beside"}
    wanted = dict([asked]) | beside
    if sum(wanted.values(), nothing) <= left:
        return left, asked[1]
    return left, shares(left, wanted, bases.money.minor_digits)[asked[0]]


def _explained(bases: Bases, found: FrameworkCap) -> str:
    def money(amount: Decimal) -> str:
        return bases.text(amount)

    taken = {how: sum((each.most for each in found.draws if each.how == how), Decimal(0))
             for how in ("closed", "ended", "beside")}  # fmt: skip
    parts = [f"Framework {found.id} ({found.starts} to {found.ends}): cap {money(found.cap)}"]
    closing = sorted({each.contract for each in found.draws if each.how == "closed"})
    parts += [f"closed by {', '.join(closing)} {money(taken['closed'])}"] if closing else []
    earlier = taken["ended"] + found.used
    parts += [f"earlier periods {money(earlier)}"] if earlier else []
    text = f"{' - '.join(parts)}: {money(found.left)} left"
    if taken["beside"]:
        text += f" for {money(found.asked + taken['beside'])}"
    text += f", of which {money(found.granted)} of {money(found.asked)} here"
    if found.uncertain:
        unknown = [f"{e.contract} in {e.period}" for e in found.draws if e.most > e.amount]
        text += (
            f"; up to {money(found.uncertain)} more once it is known what is taken by "
            f"{', '.join(unknown)}"
        )
    return text
