"""Contracts of several suppliers on the same records: whether they divide the work alike."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from quality.contract.contract import Contract
from quality.contract.sections.parties import OWNED, Provider, clashes
from quality.contract.sections.support import Support
from quality.contract.text.values import shown
from quality.contract.text.yaml import Location


def divided_otherwise(contracts: Sequence[Contract]) -> Iterator[tuple[Contract, Location, str]]:
    """The parties of a contract that an earlier one on the same records knows otherwise: what one
    counts for a party the other would count for another, or for nobody."""
    for one, other in combinations(contracts, 2):
        if _places(one) & _places(other):
            for number, party in enumerate(other.parties):
                for text in _differences(one, other, party):
                    yield other, ("parties", number, "name"), text


def _places(contract: Contract) -> set[str]:
    folder = contract.path.absolute().parent
    return {each.url or str(folder / each.file) for each in contract.records}


def _differences(one: Contract, other: Contract, party: Provider) -> Iterator[str]:
    for earlier in one.parties:
        if earlier.name == party.name:
            for key in OWNED:
                if set(getattr(earlier, key)) != set(getattr(party, key)):
                    yield f"{party.name} owns other {key} in {one.id}: state the same in both"
            continue
        for key, place, pattern in clashes(earlier, party):
            yield (
                f"{shown(getattr(party, key)[place])} of {party.name} matches names that "
                f"{shown(pattern)} of {earlier.name} matches in {one.id}: each of the {key} has "
                "one owner"
            )
    owed = [_owed(each, party.name) for each in (one, other)]
    if all(owed) and owed[0] != owed[1]:
        yield f"{party.name} owes other targets in {one.id}: what it fails there it may keep here"


def _owed(contract: Contract, party: str) -> list[object]:
    """What a party owes by a contract, whatever its policies are called."""
    support = contract.support or Support()
    own = support.of(party).policies if party in {each.party for each in support.policies} else ()
    return [(each.model_copy(update={"name": "", "calendar": ""}), contract.calendar(each.calendar))
            for each in own]  # fmt: skip
