"""Clauses on records that reward bad conduct."""

from collections.abc import Iterator, Sequence

from quality.contract.contract import Contract
from quality.contract.incentive import Incentive
from quality.contract.levels import ServiceLevel


def record_incentives(contract: Contract, critical: Sequence[ServiceLevel]) -> Iterator[Incentive]:
    """What is gained by records that the supplier keeps to himself or writes about others, where
    ``critical`` service levels count them."""
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
    yield from _relief(contract, critical)


def _relief(contract: Contract, critical: Sequence[ServiceLevel]) -> Iterator[Incentive]:
    """Other parties' failures that whoever they relieve writes down himself."""
    for number, level in enumerate(contract.service_levels):
        if level not in critical or not level.relieved_by:
            continue
        failing = [each for each in contract.service_levels if each.party in level.relieved_by]
        named = {each.source for each in (level, *failing)}
        kept = contract.kept_in(level.indicator.kinds)
        counted = kept if "" in named else [each for each in kept if each.name in named]
        own = [each.name for each in counted if each.declared_by == "supplier"]
        if own:
            parties = " and ".join(level.relieved_by)
            yield Incentive(
                ("service_levels", number, "relieved_by"),
                f"{level.id}: that {parties} failed is the supplier's own word ({', '.join(own)})",
                "write down hand-overs and outages of others that were none",
                "take the records from the customer's or a third party's source",
            )
