"""Evaluations with commercial terms by plain constructors: the worked example and its extremes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from quality.model.closing import Difference, FrozenRecord
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import CreditNote, Effect, ReliefEvent
from quality.model.statement import (
    AnnualCap,
    BonusStep,
    Consequence,
    CreditStatement,
    CreditStep,
    Earnback,
    ImprovedLimit,
    PointStep,
    ShownClause,
)
from quality.model.verdict import Measured, Outcome, Period, RelievedBy, Verdict
from tests.reports.samples import (
    ARABIC,
    HOSTILE,
    apart,
    evaluation,
    levels,
    quarters,
    scorecard,
    verdict,
)

D = Decimal
DIGEST = "sha256:9be2d04479b6d0f3c8e216f1c0de5b3a74f2f9c1be2d0a4479b6d0f33d1f0c7a"


def step(level: str, name: str, amount: str, **changes: object) -> CreditStep:
    """A failed level priced by allocation: 24,000 x 60 % = 14,400."""
    made = CreditStep(
        service_level=level,
        name=name,
        kind="at_risk",
        value=D("9.173284"),
        unit="percent",
        limit=D(8),
        limit_name="minimum",
        shortfall=D("1.173284"),
        base=D("24000.00"),
        base_name="at-risk amount",
        allocation=D(60),
        pool_percent=None,
        rate=D(60),
        multiplier=D(1),
        multiplier_reason="",
        amount=D(amount),
        event="",
        instead="",
        charged=D(amount),
        paid=D("12000.00"),
        clause="Schedule 4, 2.3",
        explanation=f"{level}: 9.173284 % is worse than the minimum of 8 % by 1.173284 percentage "
        f"points. At-risk amount EUR 24,000.00 x allocation 60 % = EUR {D(amount):,f} "
        "(Schedule 4, 2.3)",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


SECOND = step(
    "TQ-3", "Duplicated code", "14400.00", value=D("7.5"), limit=D(5), shortfall=D("2.5"),
    allocation=D(40), rate=D(40), multiplier=D("1.5"),
    multiplier_reason="2 failures within 4 periods: 2026-Q2, 2026-Q3", clause="Schedule 4, 2.5",
    explanation="TQ-3: 7.5 % is worse than the minimum of 5 % by 2.5 percentage points. At-risk "
    "amount EUR 24,000.00 x allocation 40 % x multiplier 1.5 (2 failures within 4 periods: "
    "2026-Q2, 2026-Q3) = EUR 14,400.00 (Schedule 4, 2.5)",
)  # fmt: skip


def statement(**changes: object) -> CreditStatement:
    """The worked example: 28,800 capped at 24,000, of which 4,800 lapse."""
    made = CreditStatement(
        period="2026-Q3",
        provisional=False,
        currency="EUR",
        minor_digits=2,
        rounding="half_up",
        charges=D("200000.00"),
        charges_explanation="EUR 200,000.00 a quarter (from 2026-01-01)",
        at_risk_percent=D(12),
        at_risk_amount=D("24000.00"),
        steps=(step("TQ-1", "Code in overly complex functions", "14400.00"), SECOND),
        points=(),
        points_total=D(0),
        uncapped=D("28800.00"),
        cap=D("24000.00"),
        lapsed=D("4800.00"),
        annual=None,
        bonuses=(),
        offset=D(0),
        bonus_due=D("0.00"),
        total=D("24000.00"),
        earnbacks=(),
        returned=D("0.00"),
        net=D("24000.00"),
        improved=(),
        consequences=(),
        clauses=(),
        unknown=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def nothing_due(**changes: object) -> CreditStatement:
    """A period in which everything was met."""
    nothing = D("0.00")
    return statement(
        steps=(), uncapped=nothing, lapsed=nothing, total=nothing, net=nothing, **changes
    )


CHRONIC = Consequence(
    "chronic_failure", "TQ-3", None,
    "A chronic failure is a material breach in the sense of clause 18.2.", "Schedule 4, 5.1",
    "2 failures worse than minimum within 4 periods: 2026-Q2, 2026-Q3",
)  # fmt: skip
PLAN = Consequence(
    "rectification_plan", "TQ-1", date(2026, 10, 14),
    "The supplier submits a rectification plan that names cause, remedy and date for approval.",
    "Schedule 4, 6.1", "1 failure worse than minimum within 1 period: 2026-Q3",
)  # fmt: skip
CLAUSES = (
    ShownClause("Credits are a price adjustment",
                "Credits are no penalty and no sole remedy; further claims remain.",
                "applies always"),
    ShownClause("Indemnification",
                "The supplier indemnifies the customer against third-party claims that follow from "
                "a chronic failure.", "chronic failure is due"),
)  # fmt: skip


def excusals() -> tuple[ReliefEvent, ...]:
    """An event that counts, debt that counts, and one that does not."""
    return (
        ReliefEvent(
            "EV-7", "excused_event", "customer", date(2026, 7, 6), date(2026, 8, 14),
            "paths src/portal/legacy/", "The customer delivered the rate tables six weeks late.",
            "letters of 3 and 17 July", "supplier", "",
            (Effect("TQ-2", Measured(812, 21410, 100), "met",
                    Measured(1812, 21410, 100), "failed", taken=True),),
        ),
        ReliefEvent(
            "AD-2", "accepted_debt", "", None, date(2026, 12, 31), "rule W0611",
            "Imports go with the new gateway.", "", "customer", "",
            (Effect("TQ-4", Measured(9, 18210, 1000), "met", Measured(12, 18210, 1000),
                    "below_expected", taken=True),),
        ),
        ReliefEvent(
            "EV-9", "excused_event", "maintenance", date(2026, 9, 1), date(2026, 9, 3),
            "repositories billing", "Move of the build servers.", "", "supplier",
            "not approved by the customer",
        ),
    )  # fmt: skip


def with_excusals(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """The levels of the sample as the excusals above left them."""
    without = replace(verdicts[1], measured=Measured(1812, 21410, 100), outcome="failed")
    by = RelievedBy(("EV-7",), ())
    return (verdicts[0], replace(verdicts[1], without=without, relieved_by=by), *verdicts[2:])


def failing_levels() -> tuple[Verdict, ...]:
    """The ordinary sample's levels, TQ-3 failed as in the statement."""
    verdicts = levels()
    third = replace(
        verdicts[2], measured=Measured(75, 1000, 100), outcome="failed", minimum=D(5),
        expected=D(3), reason="7.5 % is worse than the minimum of 5 %",
    )  # fmt: skip
    return with_excusals((*verdicts[:2], third, *verdicts[3:]))


def past(periods: tuple[str, ...], **changes: object) -> tuple[PastPeriod, ...]:
    """Earlier quarters: every third failed, and cost money."""
    found = []
    for number, period in enumerate(periods):
        outcome: Outcome = ("met", "failed", "met", "unknown")[number % 4]  # type: ignore[assignment]
        year, quarter = int(period[:4]), int(period[-1])
        first = date(year, 3 * quarter - 2, 1)
        last = date(year + quarter // 4, 3 * quarter % 12 + 1, 1).toordinal() - 1
        credit = (
            statement(period=period, steps=(SECOND,), uncapped=D("9600.00"), lapsed=D("0.00"),
                      total=D("9600.00"), net=D("9600.00"))
            if outcome == "failed" else nothing_due(period=period)
        )  # fmt: skip
        made = PastPeriod(
            Period(period, first, date.fromordinal(last), to_date=False), outcome,
            (("TQ-1", "met"), ("TQ-3", outcome)), credit, "closed", number % 2,
        )  # fmt: skip
        found.append(replace(made, **changes))  # type: ignore[arg-type]
    return tuple(found)


def worked(**changes: object) -> Evaluation:
    """Acme in 2026-Q3: two failures, capped; a plan is due, the period is open to dispute."""
    made = evaluation(
        8,
        service_levels=failing_levels(),
        credits=statement(consequences=(CHRONIC, PLAN), clauses=CLAUSES),
        credits_without=statement(),
        excusals=excusals(),
        state="dispute_window_open",
        disputed_until=date(2026, 10, 30),
        ledger_digest=DIGEST,
        past=past(quarters(8)[:-1]),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def single_event() -> Evaluation:
    """One event fails both levels and is charged once; EUR 14,400."""
    text = f"{SECOND.explanation}; not charged: the same event (EV-7) is charged once, as TQ-1"
    second = replace(SECOND, event="EV-7", instead="TQ-1", charged=D("0.00"), paid=D("0.00"),
                     explanation=text)  # fmt: skip
    first = replace(statement().steps[0], event="EV-7", paid=D("14400.00"))
    return worked(
        contract_id="ACME-EVENT",
        credits=statement(steps=(first, second), uncapped=D("14400.00"), lapsed=D("0.00"),
                          total=D("14400.00"), net=D("14400.00")),
        credits_without=None,
        excusals=(),
    )  # fmt: skip


def everything_at_once() -> Evaluation:
    """Closed and amended, with annual cap, bonus, earnback, points, improvement, credit note."""
    annual = AnnualCap(
        2, date(2026, 1, 1), date(2026, 12, 31), D("60000.00"), D("48000.00"), D("12000.00"),
        D("12000.00"), "Contract year 2 (2026-01-01 to 2026-12-31): cap EUR 60,000.00 (7.5 % of "
        "the year's charges, EUR 800,000.00) - credits so far EUR 48,000.00 = EUR 12,000.00 left; "
        "EUR 12,000.00 of this period lapse",
    )  # fmt: skip
    bonus = BonusStep(
        "TQ-2", "Code in overly long functions", D("3.79"), "percent", D(4), D("2000.00"),
        "Schedule 4, 7.2", "TQ-2: 3.79 % is better than 4 %. charges EUR 200,000.00 x 1 % = "
        "EUR 2,000.00 (Schedule 4, 7.2)",
    )  # fmt: skip
    back = Earnback(
        "TQ-3", "Duplicated code", "2025-Q4", D("9600.00"), D(100), D("9600.00"),
        ("2026-Q1", "2026-Q2"), "TQ-3: expected was met in 2026-Q1, 2026-Q2, so 100 % of the EUR "
        "9,600.00 paid for 2025-Q4 return = EUR 9,600.00",
    )  # fmt: skip
    points = PointStep(
        service_level="TQ-5", name="Availability", value=D("96.5"), unit="percent", limit=D(99),
        shortfall=D("2.5"), severity="severe", base_points=3, multiplier=D(2),
        multiplier_reason="also failed in 2026-Q2", points=D(6), event="", instead="",
        charged_points=D(6), clause="Schedule 4, 3.1", explanation=
        "TQ-5: 96.5 % is worse than the minimum of 99 % by 2.5 percentage points. Service points 3 "
        "(severe) x 2 (also failed in 2026-Q2) = 6 (Schedule 4, 3.1)",
    )  # fmt: skip
    note = CreditNote("CN-1", "2026-Q3", "2026-Q1", D("-1200.00"),
                      "A release was counted twice.", "mail of 3 August", "")  # fmt: skip
    unsigned = replace(note, id="CN-2", why_not="not approved by the supplier")
    record = FrozenRecord(
        datetime(2026, 11, 2, 9, 30, tzinfo=UTC), "M. Winter", False, DIGEST,
        DIGEST.replace("9be2", "0000"),
        (Difference("TQ-1 value", "9.173284 (1964/21410)", "8.99 (1925/21410)"),
         Difference("contract digest", DIGEST, DIGEST.replace("9be2", "ffff"))),
        ("the copy in acme.closed is missing: close again to restore it",),
    )  # fmt: skip
    return worked(
        contract_id="ACME-ALL",
        supplier="Hooli Consolidated",
        amendment="ACME-2026-01-A2",
        state="closed",
        disputed_until=None,
        frozen=record,
        credit_notes=(note, unsigned),
        credits=statement(
            annual=annual, bonuses=(bonus,), bonus_due=D("2000.00"), total=D("12000.00"),
            earnbacks=(back,), returned=D("9600.00"), net=D("2400.00"), points=(points,),
            points_total=D(6), consequences=(CHRONIC, PLAN), clauses=CLAUSES, unknown=("TQ-9",),
            improved=(ImprovedLimit("TQ-2", D(5), D("4.2"), "TQ-2: the average of 2025-Q1 to "
                      "2025-Q4 was 4.1 %, so expected moves from 5 % to 4.2 % (at most 20 % of the "
                      "distance to 0)"),),
        ),
    )  # fmt: skip


def without_money() -> Evaluation:
    """Consequences and points, but the contract states no charges; the period is running."""
    nothing = D(0)
    return worked(
        contract_id="NO-MONEY",
        supplier="Umbrella Works",
        state="provisional",
        disputed_until=None,
        period=Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), to_date=True),
        credits=replace(
            nothing_due(consequences=(PLAN,), clauses=CLAUSES[:1], provisional=True),
            currency="", charges=nothing, charges_explanation="", at_risk_percent=nothing,
            at_risk_amount=nothing, cap=nothing,
        ),
        credits_without=None,
        past=(),
    )  # fmt: skip


def quiet() -> Evaluation:
    """All met: nothing is claimed of what is at risk, in another currency."""
    return evaluation(
        1,
        contract_id="GLOBEX-8",
        supplier="Globex Japan",
        outcome="met",
        service_levels=tuple(
            verdict(f"TQ-{row}", name, Measured(row, 100, 100), "met")
            for row, name in enumerate(("Complex code", "Long functions"), start=1)
        ),
        credits=replace(
            nothing_due(), currency="JPY", minor_digits=0, charges=D(3000000),
            at_risk_amount=D(360000), cap=D(360000), total=D(0), net=D(0), lapsed=D(0),
            uncapped=D(0), returned=D(0), bonus_due=D(0),
        ),
        scorecard=scorecard(quarters(1)),
    )  # fmt: skip


def busy() -> Evaluation:
    """Twenty service levels, half of them failed, and seven consequences due."""
    found = levels()
    many = tuple(
        replace(found[row % 5], id=f"TQ-{row}", outcome="failed" if row % 2 else "met",
                reason="9.173 % is worse than the minimum of 8 %" if row % 2 else "")
        for row in range(20)
    )  # fmt: skip
    due = statement(consequences=(CHRONIC, PLAN, PLAN, PLAN, CHRONIC, PLAN, PLAN))
    return worked(contract_id="ACME-BUSY", service_levels=many, credits=due)


def hostile() -> Evaluation:
    """Every text of the terms and of the ledger attacks the page."""
    made = worked(contract_id=f"=cmd|{HOSTILE}", supplier=f"=HYPERLINK({HOSTILE}", customer=ARABIC)
    assert made.credits is not None
    attacked = replace(
        made.credits,
        charges_explanation=HOSTILE,
        steps=tuple(
            replace(each, name=HOSTILE, explanation=HOSTILE, clause=HOSTILE, base_name=HOSTILE,
                    multiplier=D(2), multiplier_reason=HOSTILE, service_level=HOSTILE,
                    event=HOSTILE)
            for each in made.credits.steps
        ),
        consequences=tuple(
            replace(each, text=HOSTILE, clause=HOSTILE, why=HOSTILE, service_level=HOSTILE)
            for each in made.credits.consequences
        ),
        clauses=tuple(ShownClause(HOSTILE, HOSTILE, HOSTILE) for _ in made.credits.clauses),
        unknown=(HOSTILE,),
    )  # fmt: skip
    return replace(
        made,
        credits=attacked,
        amendment=HOSTILE,
        credit_notes=(CreditNote(HOSTILE, "2026-Q3", HOSTILE, D(1), HOSTILE, HOSTILE, HOSTILE),),
        excusals=tuple(
            replace(each, id=HOSTILE, what=HOSTILE, reason=HOSTILE, evidence=HOSTILE,
                    why_not=each.why_not and HOSTILE,
                    effects=tuple(replace(e, service_level=HOSTILE) for e in each.effects))
            for each in made.excusals
        ),
        service_levels=tuple(
            replace(each, id=HOSTILE, name=HOSTILE, reason=HOSTILE) for each in made.service_levels
        ),
    )  # fmt: skip


def everything() -> tuple[Evaluation, ...]:
    """All of the above, as one portfolio."""
    usual = (worked(), single_event(), everything_at_once(), without_money(), quiet())
    return apart(*usual, hostile(), busy())
