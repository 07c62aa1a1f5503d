"""Clauses between several parties that reward bad conduct."""

from collections.abc import Iterator, Sequence

from quality.contract.contract import Contract
from quality.contract.incentives.incentive import Incentive
from quality.contract.sections.levels import ServiceLevel


def party_incentives(contract: Contract, critical: Sequence[ServiceLevel]) -> Iterator[Incentive]:
    """What is gained between parties, where ``critical`` service levels judge or relieve one."""
    for number, level in enumerate(contract.service_levels):
        if level in critical:
            yield from _relief(contract, level, ("service_levels", number, "relieved_by"))
            yield from _part(contract, level, ("service_levels", number, "party"))


def _relief(
    contract: Contract, level: ServiceLevel, at: tuple[str | int, ...]
) -> Iterator[Incentive]:
    """Other parties' failures that whoever they relieve writes down himself."""
    relieving = level.relieved_by or ()
    failing = [each for each in contract.service_levels if each.party in relieving]
    named = {each.source for each in (level, *failing)}
    kept = contract.kept_in(level.indicator.kinds)
    counted = kept if "" in named else [each for each in kept if each.name in named]
    own = [each.name for each in counted if each.declared_by == "supplier"]
    if relieving and own:
        parties = " and ".join(relieving)
        yield Incentive(
            at,
            f"{level.id}: that {parties} failed is the supplier's own word ({', '.join(own)})",
            "write down hand-overs and outages of others that never happened",
            "take the records from the customer's or a third party's source",
        )


def _part(
    contract: Contract, level: ServiceLevel, at: tuple[str | int, ...]
) -> Iterator[Incentive]:
    """A part that is judged, where the whole is not."""
    indicator = level.indicator
    whole = any(each.indicator == indicator and not each.party for each in contract.service_levels)
    if level.party and "service" not in indicator.selects and not whole:
        what, where = ("code", "paths") if not indicator.of else ("tickets", "queues")
        yield Incentive(
            at,
            f"{level.id}: what is in nobody's {where} is judged nowhere",
            f"move {what} to {where} that no party owns",
            f"put a service level on {indicator.id} without party beside it",
        )
