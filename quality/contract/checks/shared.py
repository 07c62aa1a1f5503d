"""Service levels that several contracts share: whether their parts make a whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quality.contract.contract import Contract
from quality.contract.text.yaml import Location
from quality.model.amounts import plain

WHOLE = 100  # percent


def uneven(contracts: Sequence[Contract]) -> Iterator[tuple[Contract, Location, str]]:
    """The last part of each shared service level whose parts, in all the ``contracts`` at hand
    that name it, do not come to 100 percent. One contract alone says nothing."""
    parts: dict[str, list[tuple[Contract, int]]] = {}
    for contract in contracts:
        for number, level in enumerate(contract.service_levels):
            if level.shared:
                parts.setdefault(level.shared.id, []).append((contract, number))
    for name, found in parts.items():
        levels = [contract.service_levels[number] for contract, number in found]
        shares = [level.shared.percent for level in levels if level.shared]
        whole = sum(shares, Decimal(0))
        if len({contract.id for contract, _ in found}) > 1 and whole != WHOLE:
            contract, number = found[-1]
            each = ", ".join(
                f"{of.id} {plain(share)} %" for (of, _), share in zip(found, shares, strict=True)
            )
            text = f"the parts of {name} come to {plain(whole)} %: {each}"
            yield contract, ("service_levels", number, "shared"), text
