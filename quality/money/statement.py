"""The credit statement: what a period's verdicts cost the supplier, by the contract's terms.

A pure function of the contract, of the verdicts of all periods up to the judged one and of the
statements of those before it: multipliers, earnbacks, chronic failures and the annual cap follow
from the past.

The order of computation is that of ``CreditStatement``: charges, steps, period cap, annual cap,
bonus, the framework's cap, carry-over, earnback.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from quality.contract.amendments import Family
from quality.contract.credit_kinds import points_of
from quality.contract.periods import contract_year, periods, periods_of_year
from quality.contract.pricing import HUNDRED, Bases
from quality.contract.sections.charges import Charges
from quality.model.amounts import plain, shares
from quality.model.statement import AnnualCap, CreditStatement, CreditStep, Draw, PointStep
from quality.model.verdict import Period
from quality.money.carrying import carried_over
from quality.money.charges import charges_in, explain, invoice
from quality.money.consequences import consequences, shown_clauses
from quality.money.easing import eased, eased_levels
from quality.money.framework import framework_cap
from quality.money.history import Bills, Judged, PeriodVerdicts
from quality.money.improvement import improved_limit
from quality.money.points import point_steps, points_credit
from quality.money.returns import bonuses_of, earnbacks_of, yearly_earnbacks
from quality.money.steps import claimed, credit_steps

NO_MONEY = Charges.model_construct(currency="", amounts=(), at_risk=Decimal(0))
ZERO = Decimal(0)


def statement(
    judged: Judged,
    before: Bills,
    family: Family | None = None,
    draws: Sequence[Draw] | None = (),
) -> CreditStatement | None:
    """The statement of the last period; None: it has no commercial terms.

    ``judged``: the verdicts of every period up to it, oldest first; ``before``: the statements of
    all but the last, those of closed periods as they were closed; ``family``: the contract with its
    amendments, which say what is charged in other periods (None: there is no amendment); ``draws``:
    what other contracts take of the cap of its framework (None: as if that had no cap)."""
    contract = judged[-1].contract
    family = family or Family((contract,))
    if not contract.has_terms:
        return None
    alike = [each for each in judged[:-1] if each.contract is contract]
    spared, judged = eased_levels(judged), eased(judged)
    now, points = judged[-1], point_steps(judged)
    improved = (improved_limit(contract, level, alike) for level in contract.service_levels)
    bill = replace(
        _money(judged, before, points, family, draws),
        points=points,
        points_total=sum((each.charged_points for each in points), ZERO),
        improved=tuple(each for each in improved if each),
        unknown=_unknown(now),
        eased=spared,
        unknown_before=tuple(each.period.id for each in judged[:-1] if _unknown(each)),
    )
    due = consequences(judged, [*(each for each in before if each), bill])
    return replace(bill, consequences=due, clauses=shown_clauses(now, due))


def _money(
    judged: Judged,
    before: Bills,
    points: Sequence[PointStep],
    family: Family,
    draws: Sequence[Draw] | None,
) -> CreditStatement:
    """The statement's money, from the charges to the net amount."""
    now, contract = judged[-1], judged[-1].contract
    money = contract.charges or NO_MONEY
    bases = _bases(family, now.period)
    nothing = bases.rounded(Fraction(0))
    steps = _all_steps(bases, judged, points, family) if contract.charges else ()
    uncapped = sum((step.charged for step in steps), nothing)
    cap = bases.rounded(bases.at_risk)
    capped = min(uncapped, cap)
    annual = _annual(bases, now, capped, before, family)
    allowed = capped - annual.lapsed if annual else capped
    bonuses = bonuses_of(bases, now) if contract.charges else ()
    bonus = sum((each.amount for each in bonuses), nothing)
    offset = min(bonus, allowed) if contract.credits.bonus_offsets else nothing
    room = min(cap - capped, annual.left - allowed) if annual else cap - capped
    carried = carried_over(bases, contract.credits, before, room)
    asked = allowed - offset, sum((each.amount for each in carried), nothing)
    framework = None if draws is None else framework_cap(bases, judged, before, asked, draws)
    own = asked[0] - framework.lapsed if framework else asked[0]
    if framework:
        room = min(room, framework.granted - own)
        carried = carried_over(bases, contract.credits, before, room)
    paid = shares(own, {step.service_level: step.charged for step in steps}, money.minor_digits)
    total = own + sum((each.amount for each in carried), nothing)
    settled = tuple(replace(step, paid=paid[step.service_level]) for step in steps)
    if contract.credits.earnback and contract.credits.earnback.by:
        earnbacks = yearly_earnbacks(bases, judged, before, (settled, points), family)
    else:
        earnbacks = earnbacks_of(bases, judged, before)
    returned = sum((each.amount for each in earnbacks), nothing)
    return CreditStatement(
        period=now.period.id,
        provisional=now.period.to_date,
        currency=money.currency,
        minor_digits=money.minor_digits,
        rounding=money.rounding,
        charges=bases.rounded(bases.charges),
        charges_explanation=explain(charges_in(family, now.period)),
        at_risk_percent=bases.money.reach,
        at_risk_amount=cap,
        steps=settled,
        uncapped=uncapped,
        cap=cap,
        lapsed=uncapped - capped,
        annual=annual,
        bonuses=bonuses,
        offset=offset,
        bonus_due=bonus - offset,
        total=total,
        earnbacks=earnbacks,
        returned=returned,
        net=total - returned,
        carried=carried,
        framework=framework,
    )


def _unknown(each: PeriodVerdicts) -> tuple[str, ...]:
    critical = (verdict for verdict in each.verdicts if verdict.level_class == "critical")
    return tuple(verdict.id for verdict in critical if verdict.outcome == "unknown")


def _bases(family: Family, period: Period) -> Bases:
    charges = family.in_force(period).charges or NO_MONEY
    year, _, _ = contract_year(family.starts, period.end)
    days = (period.end - period.start).days + 1
    return Bases(charges.of_year(year), invoice(family, period), days)


def _all_steps(
    bases: Bases, judged: Judged, points: Sequence[PointStep], family: Family
) -> tuple[CreditStep, ...]:
    contract, period = judged[-1].contract, judged[-1].period
    steps, rules = credit_steps(bases, judged), points_of(contract)
    if rules is None:
        return steps
    priced_on = bases
    if rules.of == "next_period":  # the last bill takes its own charges
        later = [each for each in periods(family, family.ends) if each.start > period.end]
        charged = [each for each in later[:1] if family.in_force(each).charges]
        priced_on = _bases(family, charged[0]) if charged else bases
    credit = points_credit(rules, bases, priced_on, points)
    if credit is None:
        return steps
    return (*steps, claimed(judged[-1], credit, bases.rounded(Fraction(0))))


def _annual(
    bases: Bases, now: PeriodVerdicts, capped: Decimal, before: Bills, family: Family
) -> AnnualCap | None:
    """The annual cap. Credits of the year's earlier periods use it up; an earnback does not give
    it back. The year's charges are what was billed, and for periods to come what is agreed."""
    money, nothing = bases.money, bases.rounded(Fraction(0))
    if money.annual_cap is None and money.annual_cap_amount is None:
        return None
    year, starts, ends = contract_year(family.starts, now.period.end)
    of_year = periods_of_year(family, year)
    if money.annual_cap is None:
        cap = bases.rounded(Fraction(money.annual_cap_amount or 0))
        how = "agreed amount"
    else:
        billed = {each.period: Fraction(each.charges) for each in before if each}
        amounts = (billed.get(each.id, invoice(family, each)) for each in of_year)
        charges = sum(amounts, Fraction(0))
        cap = bases.rounded(charges * Fraction(money.annual_cap) / HUNDRED)
        named = bases.text(bases.rounded(charges))
        how = f"{plain(money.annual_cap)} % of the year's charges, {named}"
    ids = {each.id for each in of_year}
    used = sum((each.total for each in before if each and each.period in ids), nothing)
    left = max(cap - used, nothing)
    lapsed = max(capped - left, nothing)
    sentence = (
        f"Contract year {year} ({starts} to {ends}): cap {bases.text(cap)} ({how}) - credits so "
        f"far {bases.text(used)} = {bases.text(left)} left; {bases.text(lapsed)} of this period "
        f"lapse"
    )
    return AnnualCap(year, starts, ends, cap, used, left, lapsed, sentence)
