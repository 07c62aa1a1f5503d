"""Names of a contract that are easily taken for each other."""

from collections.abc import Iterator

from quality.contract.contract import Contract
from quality.contract.text.values import shown
from quality.contract.text.yaml import Location


def alike(contract: Contract) -> Iterator[tuple[Location, str]]:
    """Names of one kind that differ only by upper and lower case, as the second of them stands.

    They are two names here, but one file name where file names know no case, and one to readers.
    """
    pools = contract.charges.pools if contract.charges else ()
    for section, key, names in (
        (("repositories",), "name", [each.name for each in contract.repositories]),
        (("service_levels",), "id", [each.id for each in contract.service_levels]),
        (("gate",), "id", [each.id for each in contract.gate]),
        (("charges", "pools"), "name", [each.name for each in pools]),
    ):
        first: dict[str, str] = {}
        for number, name in enumerate(names):
            other = first.setdefault(name.casefold(), name)
            if other != name:
                text = f"{shown(name)} and {shown(other)} differ only by case: give each its own"
                yield (*section, number, key), text
