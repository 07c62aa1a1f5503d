"""Clauses on records that reward bad conduct."""

from collections.abc import Iterator, Sequence

from quality.contract.contract import Contract
from quality.contract.incentives.incentive import Incentive
from quality.contract.sections.levels import ServiceLevel


def record_incentives(contract: Contract, critical: Sequence[ServiceLevel]) -> Iterator[Incentive]:
    """What is gained by records that the supplier keeps to himself, where ``critical`` service
    levels count them."""
    counted = {kind for level in critical for kind in level.indicator.kinds}
    for number, source in enumerate(contract.records):
        owed = source.declared_by == "supplier" and source.kind in counted
        if owed and not contract.fails_without(source):
            yield Incentive(
                ("sources", number),
                f"{source.name}: what the supplier does not declare is unknown, and unknown "
                "costs nothing",
                "send no export after a bad period",
                "set missing: failed",
            )
