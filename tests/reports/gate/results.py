"""Results that a supplier may have written into."""

from dataclasses import replace
from decimal import Decimal

from quality.model.gate import GateResult
from tests.examples import examples
from tests.reports.gate_samples import (
    RESULT,
    TOTAL,
    verdict,
)

hostile = examples(60)


def failing(number: int, **changes: object) -> GateResult:
    """One failed rule with ``number`` places."""
    hits = tuple(replace(TOTAL, line=at + 1, fingerprint=f"{at:x}") for at in range(number))
    rule = verdict("G-1", "function.ccn", value=Decimal(23), limit=Decimal(15), outcome="failed",
                   hits=tuple(replace(each, **changes) for each in hits))  # fmt: skip
    return replace(RESULT, verdicts=(rule,))
