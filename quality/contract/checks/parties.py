"""What operational level agreements demand: parties that are known, and own something apart."""

from collections.abc import Iterator

from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.parties import OWNED, Provider, claimed_twice
from quality.contract.sections.support import CLOCKS
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Mistake

NARROWING = ("source", "queue", "priority")


def party_problems(contract: Contract) -> Iterator[Mistake]:
    """Every party that owns nothing or what another one owns, and everything that names a party
    and cannot mean it."""
    for number, party in enumerate(contract.parties):
        if not any(getattr(party, key) for key in OWNED):
            text = f"{shown(party.name)} owns nothing: give it {' or '.join(OWNED)}"
            yield ("parties", number, "name"), text
    for key, (number, place), (other, pattern) in claimed_twice(contract.parties):
        own = getattr(contract.parties[number], key)[place]
        text = f"{shown(own)} matches names that {shown(pattern)} of {other.name} matches too: "
        yield ("parties", number, key, place), f"{text}each of the {key} has one owner"
    for number, policy in enumerate(contract.support.policies if contract.support else ()):
        if policy.party:
            yield from _known(contract, policy.party, ("support", "policies", number, "party"))
    for number, level in enumerate(contract.service_levels):
        at = ("service_levels", number)
        if level.party:
            yield from _known(contract, level.party, (*at, "party"))
            yield from _part(contract, level, (*at, "party"))
        if contract.parties:
            yield from _policies(contract, level, at)
        for place, name in enumerate(level.relieved_by or ()):
            yield from _known(contract, name, (*at, "relieved_by", place))
            yield from _relief(contract, level, name, (*at, "relieved_by", place))


def _of(contract: Contract, name: str) -> Provider | None:
    return next((each for each in contract.parties if each.name == name), None)


def _known(contract: Contract, name: str, at: tuple[str | int, ...]) -> Iterator[Mistake]:
    if _of(contract, name) is None:
        names = [each.name for each in contract.parties]
        hint = meant(name, names, f"parties: has {', '.join(names) or 'none'}")
        yield at, f"{shown(name)} is not a known party; {hint}"


def _clock(level: ServiceLevel) -> str:
    """The clock that a service level counts; "": none."""
    kind = level.indicator.query.removeprefix("tickets_")
    return kind if "policy" in level.indicator.selects and kind in CLOCKS else ""


def _owed(contract: Contract, party: str, clock: str) -> bool:
    """Whether a party owes anything by a clock."""
    policies = contract.support.of(party).policies if contract.support else ()
    return any(policy.targets.seconds[CLOCKS.index(clock)] for policy in policies)


def _part(contract: Contract, level: ServiceLevel, at: tuple[str | int, ...]) -> Iterator[Mistake]:
    """A service level on what its party does not have."""
    party = _of(contract, level.party)
    if party is None:
        return
    if not level.indicator.of and not party.paths:
        yield at, f"{party.name} has no paths, and code is measured"
    elif level.indicator.of == "tickets" and not party.queues:
        yield at, f"{party.name} has no queues, and tickets are counted"
    elif "service" in level.indicator.selects and level.service and not party.runs(level.service):
        yield at, f"{party.name} does not run {shown(level.service)}: add it to its services"
    elif (clock := _clock(level)) and not _owed(contract, party.name, clock):
        text = f"{party.name} owes nothing here: give it a policy with party: {party.name} and "
        yield at, f"{text}targets: {{{clock}: ...}} in support.policies"


def _policies(
    contract: Contract, level: ServiceLevel, at: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """A service level on what nobody owes from end to end, or another party does."""
    policies = contract.support.policies if contract.support else ()
    whose = {each.party for each in policies if each.name == level.policy}
    clock = _clock(level)
    if whose and level.party not in whose:
        names = " and ".join(sorted(each or "all, from end to end" for each in whose))
        yield (*at, "policy"), f"{shown(level.policy)} is owed by {names}"
    elif clock and not level.party and not _owed(contract, "", clock):
        text = "counts what is owed from end to end, and nothing is: give support.policies one "
        yield (*at, "indicator"), f"{text}without party and with targets: {{{clock}: ...}}"


def _relief(
    contract: Contract, level: ServiceLevel, name: str, at: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """Relief by a party whose failure no service level judges, or that cannot be one."""
    party, clock = _of(contract, name), _clock(level)
    if party is None:
        return
    if name == level.party:
        yield at, "is the party itself: its own failure is not relief"
    elif clock and level.party:
        yield at, f"does nothing: the clock of {level.party} runs in its own queues alone"
    elif level.party and level.party in _relieve(contract, name):
        text = f"is relieved by {level.party} itself: a second in which both fail would be nobody's"
        yield at, text
    elif not any(_judges(each, name, level) for each in contract.service_levels):
        what = f"its {clock} of the same tickets" if clock else "a service of its, with a minimum"
        text = f"is judged by no service level with party: {name} on {what}: what is excused here "
        yield at, f"{text}would be nobody's failure; add one"


def _judges(level: ServiceLevel, party: str, relieved: ServiceLevel) -> bool:
    """Whether a service level judges a party by all that can relieve another one."""
    if level.party != party:
        return False
    if clock := _clock(relieved):
        narrow = (getattr(level, key) not in ("", getattr(relieved, key)) for key in NARROWING)
        return _clock(level) == clock and not level.policy and not any(narrow)
    return level.indicator.id == "service.availability" and level.minimum is not None


def _relieve(contract: Contract, party: str) -> set[str]:
    """The parties whose services' failures relieve a party, and those that relieve these."""
    found, waiting = {party}, [party]
    while waiting:
        of = waiting.pop()
        levels = (each for each in contract.service_levels if each.party == of and each.service)
        further = {name for each in levels for name in each.relieved_by or ()} - found
        found |= further
        waiting += further
    return found - {party}
