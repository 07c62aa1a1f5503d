"""What a given set of values would come to under a contract, period by period."""

from dataclasses import dataclass

from quality.model.statement import CreditStatement
from quality.model.verdict import Outcome, Period, Verdict


@dataclass(frozen=True, slots=True)
class SimulatedPeriod:
    """A period with the verdicts on supposed or measured values, and what would follow in money;
    ``credits`` None: the contract has no commercial terms."""

    period: Period
    verdicts: tuple[Verdict, ...]
    outcome: Outcome
    credits: CreditStatement | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract that is simulated: the name of its file, its id, and its periods, oldest first."""

    name: str
    contract: str
    periods: tuple[SimulatedPeriod, ...]


@dataclass(frozen=True, slots=True)
class TermDifference:
    """A key of which drafts say different things: what stands in each ("nothing": no such key)."""

    key: str
    stands: tuple[str, ...]
