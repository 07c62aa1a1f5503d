"""Whether each ticket finds exactly one policy, and each policy its calendar."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from quality.contract.contract import Contract
from quality.contract.sections.support import MATCHED, Policy, Support
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Mistake

MOST = 100_000  # combinations of values that are looked at


def support_problems(contract: Contract) -> Iterator[Mistake]:
    """Every calendar without a name or a beginning of its own, every policy without its calendar,
    and tickets that find several policies or none."""
    yield from _calendars(contract)
    if contract.support is None:
        return
    policies = contract.support.policies
    known = sorted({each.name for each in contract.calendars})
    for number, policy in enumerate(policies):
        at = ("support", "policies", number)
        if policy.calendar and policy.calendar not in known:
            hint = meant(policy.calendar, known, f"calendars: has {', '.join(known) or 'none'}")
            yield (*at, "calendar"), f"{shown(policy.calendar)} is not a known calendar; {hint}"
        if policy.otherwise and policy.named:
            yield (*at, "otherwise"), "takes what no other takes: it names no values"
        if policy.pause_limit and policy.pauses == "none":
            yield (
                (*at, "pause_limit"),
                "limits pauses, and there are none: say pauses",
            )
        if policy.pauses == "status" and not contract.support.statuses.waiting:
            text = "is status, and statuses: names none in which the ticket is waiting"
            yield (*at, "pauses"), text
    for party in dict.fromkeys(each.party for each in policies):
        yield from _overlaps([(n, each) for n, each in enumerate(policies) if each.party == party])
        yield from _gaps(contract.support.of(party), party)


def _calendars(contract: Contract) -> Iterator[Mistake]:
    seen: dict[tuple[str, object], int] = {}
    for number, each in enumerate(contract.calendars):
        first = seen.setdefault((each.name, each.effective), number)
        if first != number:
            what = f"from {each.effective}" if each.effective else "without effective"
            text = f"{shown(each.name)} has two versions {what}: give each its first day"
            yield ("calendars", number, "name"), text
    for name in sorted({each.name for each in contract.calendars}):
        versions = [n for n, each in enumerate(contract.calendars) if each.name == name]
        if all(contract.calendars[n].effective for n in versions) and len(versions) > 1:
            text = "is the first version of its name, which holds from the beginning: remove it"
            first = min(versions, key=lambda n: contract.calendars[n].effective or 0)
            yield ("calendars", first, "effective"), text


def _overlaps(policies: Sequence[tuple[int, Policy]]) -> Iterator[Mistake]:
    others = [(n, each) for n, each in policies if each.otherwise]
    for number, _ in others[1:]:
        text = f"is said of {others[0][1].name} too: one takes what no other takes"
        yield ("support", "policies", number, "otherwise"), text
    named = [(n, each) for n, each in policies if not each.otherwise]
    for (_, one), (number, other) in combinations(named, 2):
        shared = [one.named[k] & other.named[k] for k in one.named.keys() & other.named.keys()]
        if all(shared):
            both = [f"{key} {sorted(one.named.get(key, other.named.get(key, ())))[0]}"
                    for key in MATCHED if key in one.named or key in other.named]  # fmt: skip
            what = " and ".join(both) or "any values"
            text = (
                f"takes tickets that {one.name} takes too, such as those with {what}: each ticket "
                "must find one policy"
            )
            yield ("support", "policies", number, "name"), text


def _gaps(support: Support, party: str) -> Iterator[Mistake]:
    if support.others:
        return
    fields = list(support.universe())
    for number, values in enumerate(product(*(words for _, words in fields))):
        ticket = dict.fromkeys(MATCHED, "") | dict(zip((n for n, _ in fields), values, strict=True))
        if number == MOST:
            return
        if support.policy(ticket) is None:
            named = zip((name for name, _ in fields), values, strict=True)
            what = " and ".join(f"{name} {value or '(any other)'}" for name, value in named)
            whose, also = (f"of {party} ", f" and party: {party}") if party else ("", "")
            text = (
                f"{whose}take no ticket with {what}: add a policy with otherwise: true{also}, or "
                "say others: left_out"
            )
            yield ("support", "policies"), text
            return
