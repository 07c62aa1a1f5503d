"""What a given set of values would come to under a contract, period by period."""

from dataclasses import dataclass

from quality.model.statement import CreditStatement
from quality.model.verdict import Outcome, Period, Verdict


@dataclass(frozen=True, slots=True)
class SimulatedPeriod:
    """A period with the verdicts on supposed values, and what would follow in money; ``credits``
    None: the contract has no commercial terms."""

    period: Period
    verdicts: tuple[Verdict, ...]
    outcome: Outcome
    credits: CreditStatement | None
