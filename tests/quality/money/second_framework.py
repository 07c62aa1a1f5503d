"""The cap that several contracts share, a second time: from the guide, as ``second`` is."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.quality.money.second import Past, verdicts
from tests.quality.money.second_prices import divided
from tests.quality.money.second_term import MONTHS, NOTHING, Term, Tree, day, exact, read

Key = tuple[str, int]  # a contract, and the number of one of its periods


def money(contracts: Mapping[str, Sequence[str]], said: Mapping[str, Sequence[Tree]]) -> Any:
    """By contract what each period comes to: in the order of their ends, in proportion on a day."""
    pasts = {n: Past(Term(read(c)), [verdicts(e) for e in said[n]]) for n, c in contracts.items()}
    every = [(n, number) for n, each in said.items() for number in range(len(each))]
    taken = dict[Key, tuple[Fraction, Fraction]]()  # what is known of it, and the most it can be

    def ends(key: Key) -> Any:
        return pasts[key[0]].term.periods[key[1]][1]

    for today in sorted(set(map(ends, every))):
        due = sorted(each for each in every if ends(each) == today)
        asked = {key: ask(pasts[key[0]], key[1], said[key[0]][key[1]]) for key in due}
        found = {}
        for name, number in due:
            past, evaluation = pasts[name], said[name][number]
            terms = past.contracts[number].get("framework")
            granted, hoped = None, NOTHING
            if terms:
                own = [k for k in every if in_it(pasts[k[0]].contracts[k[1]], terms)]
                within = [k for k in taken if span(terms, ends(k)) == span(terms, today)]
                before = [(k, taken[k]) for k in within if k in own]
                shared = [k for k in due if k in own]
                sums = []
                for most in (1, 0):  # what others may take at most is set aside
                    left = exact(terms["cap"]) - sum(e[most and k[0] != name] for k, e in before)
                    wants = {k[0]: asked[k][most and k[0] != name] for k in shared}
                    whole = sum(wants.values(), NOTHING)
                    parts = divided(max(left, NOTHING), wants, past.term.rule(number)[0])
                    sums.append(wants[name] if whole <= left else parts[name])
                granted, hoped = min(sums), sums[1]
            bill = past.bill(number, evaluation, granted)
            most = asked[name, number][1] if unknown(past, number) else NOTHING
            found[name, number] = bill["total"], max(most, bill["total"] + hoped - (granted or 0))
        taken |= found
    return {name: past.bills for name, past in pasts.items()}


def in_it(contract: Tree, terms: Tree) -> bool:
    return bool(contract.get("framework", {}).get("id") == terms["id"])


def ask(past: Past, number: int, evaluation: Tree) -> tuple[Fraction, Fraction]:
    """What a period would come to without the framework, and what it can come to at most."""
    bill = past.bill(number, evaluation)
    past.bills.pop()
    left = bill["annual"]["left"] if bill["annual"] else bill["at_risk_amount"]
    most = min(bill["at_risk_amount"], left) if unknown(past, number) else NOTHING
    return bill["total"], max(most, bill["total"])


def unknown(past: Past, number: int) -> bool:
    levels, seen = past.levels[number], past.seen[number]
    return any(
        seen[name]["outcome"] == "unknown" and level["class"] == "critical"
        and ("allocation" in level or "credit" in level)
        for name, level in levels.items()
    )  # fmt: skip


def span(terms: Tree, of: Any) -> tuple[int, int]:
    """The year and part of it that a day belongs to."""
    per = terms.get("per", "year")
    if per != "year":
        return of.year, (of.month - 1) // MONTHS[per]
    return of.year - (str(of)[5:] < str(day(terms["starts"]))[5:]), 0
