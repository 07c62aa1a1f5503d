"""Names and amounts in an entry of a ledger that the contract and its amendments do not know."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quality.contract.contract import Contract
from quality.contract.ledger.entries import Signed
from quality.contract.ledger.notices import Reallocation
from quality.contract.periods import calendar_days
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Location


def strangers(entry: Signed, contracts: Sequence[Contract]) -> Iterator[tuple[Location, str]]:
    """What is wrong, each with its place inside of the entry."""
    for key in ("corrects", "period"):
        name = getattr(entry, key, "")
        if name and (text := _no_period(name, contracts)):
            yield (key,), text
    amount = getattr(entry, "amount", None)
    if amount is not None and (text := _too_fine(amount, contracts)):
        yield ("amount",), text
    levels = {level.id for contract in contracts for level in contract.service_levels}
    repositories = {each.name for contract in contracts for each in contract.repositories}
    named: list[tuple[Location, str, set[str], str]] = []
    for key, known, noun in (
        ("service_levels", levels, "service level"),
        ("repositories", repositories, "repository"),
    ):
        for number, name in enumerate(getattr(entry, key, ())):
            named.append(((key, number), name, known, noun))
    if isinstance(entry, Reallocation):
        for number, each in enumerate(entry.allocations):
            of = ("allocations", number, "service_level")
            named.append((of, each.service_level, levels, "service level"))
    for at, name, known, noun in named:
        if name not in known:
            hint = meant(name, sorted(known), f"it has {', '.join(sorted(known))}")
            yield at, f"{shown(name)} is not a {noun} of the contract; {hint}"


def _no_period(name: str, contracts: Sequence[Contract]) -> str:
    """Why a name is not a period of the contract; "" if it is one."""
    first, ends = contracts[0], contracts[-1].ends
    if ("Q" in name) != (first.period == "quarter"):
        return f"{name} is not a {first.period}, by which the contract is judged"
    begin, end = calendar_days(name)
    if end < first.starts or begin > ends:
        return f"{name} lies outside the term, {first.starts} to {ends}"
    return ""


def _too_fine(amount: Decimal, contracts: Sequence[Contract]) -> str:
    """Why an amount is none in the contract's currency; "" if it is one."""
    charges = next((each.charges for each in contracts if each.charges), None)
    if charges is None or round(amount, charges.minor_digits) == amount:
        return ""
    unit = f"{charges.minor_digits} decimals" if charges.minor_digits else "no decimals"
    return f"{amount:f} is too fine: {charges.currency} has {unit}"
