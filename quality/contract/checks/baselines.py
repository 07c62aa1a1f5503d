"""What a baseline and the service levels that compare with it demand of each other."""

from collections.abc import Iterator

from quality.contract.contract import Contract
from quality.contract.sections.baselines import Baseline
from quality.contract.text.yaml import Location, Mistake


def stated_baselines(contract: Contract) -> Iterator[tuple[Location, Baseline]]:
    """The baselines that stand in a contract, each with its place."""
    if contract.baseline:
        yield ("baseline",), contract.baseline
    for number, repository in enumerate(contract.repositories):
        if repository.baseline:
            yield ("repositories", number, "baseline"), repository.baseline


def baseline_problems(contract: Contract) -> Iterator[Mistake]:
    """Every demand that is not met, with the place of the key to change."""
    shared, repositories = contract.baseline, contract.repositories
    taking = [n for n, each in enumerate(repositories) if each.baseline is None]
    if shared and shared.commit and taking and len(repositories) > 1:
        yield (
            ("baseline", "commit"),
            (
                "belongs to one repository, and this contract has "
                f"{len(repositories)}: give each of them its own baseline"
            ),
        )
    for place, baseline in stated_baselines(contract):
        if baseline.date and baseline.date > contract.ends:
            text = f"{baseline.date} lies after the end, {contract.ends}: nothing would be compared"
            yield (*place, "date"), text
    if shared or not taking:
        return
    for number, level in enumerate(contract.service_levels):
        if level.indicator.since:
            name = repositories[taking[0]].name
            yield (
                ("service_levels", number, "indicator"),
                (
                    f"{level.indicator.id} compares with a baseline, and {name} has none: add "
                    "baseline: with the tag, commit or date that was taken over"
                ),
            )
