"""A contract's money computed a second time: written from the guide ``quality/money/README.md``,
with nothing of the program's own.

It takes what a controller has: the contract and its amendments as YAML, and for each period, from
the first one on, the JSON that ``evaluate`` prints. Of that it reads the verdicts and what the
ledger says, never the credits. Amounts are fractions of the currency's major unit.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tests.quality.money.second_prices import (
    Amounts,
    better,
    days,
    divided,
    of_year,
    once,
    part,
    price,
    rung,
    severity,
)  # fmt: skip
from tests.quality.money.second_term import NOTHING, Term, Tree, day, exact, read, rounded

SCALE = {"percent": 100, "per KNLOC": 1000}


def money(contracts: Sequence[str], evaluations: Sequence[Tree]) -> list[Tree]:
    """What each period comes to."""
    term = Term(read(contracts))
    past = Past(term, [verdicts(each) for each in evaluations])
    return [past.bill(number, each) for number, each in enumerate(evaluations)]


def verdicts(evaluation: Tree) -> dict[str, Tree]:
    """By service level: its verdict, with the exact value that decides; None: there is none."""
    found = {e["id"]: {**e, "value": value(e, e)} for e in evaluation["service_levels"]}
    return {n: {**e, "bare": value(e.get("without", e), e)} for n, e in found.items()}


def value(verdict: Tree, level: Tree) -> Fraction | None:
    of = verdict.get("decided_by", verdict)
    if not of["denominator"]:
        return None
    return Fraction(of["numerator"], of["denominator"]) * SCALE.get(level["unit"], 1)


class Past:
    """The periods: their verdicts as money sees them, and the bills so far."""

    def __init__(self, term: Term, found: list[dict[str, Tree]]) -> None:
        self.term, self.bills = term, list[Tree]()
        self.contracts = [term.on(first) for first, _ in term.periods]
        self.rules = [each.get("credits", {}) for each in self.contracts]
        self.levels = [{e["id"]: e for e in c["service_levels"]} for c in self.contracts]
        self.seen = [{name: self.eased(n, name, found) for name in e} for n, e in enumerate(found)]

    def eased(self, number: int, name: str, found: list[dict[str, Tree]]) -> Tree:
        """In grace or suspended, a verdict reads as excused."""
        first, last = self.term.periods[number]
        level, verdict = self.levels[number][name], found[number][name]
        judged = sum(name in each for each in found[: number + 1])
        free = judged <= level.get("grace", 0) and verdict["outcome"] != "met"
        for each in level.get("suspended", ()):
            free |= day(each["from"]) <= first and last <= day(each["to"])
        return {**verdict, "outcome": "excused"} if free else verdict

    def bill(self, number: int, evaluation: Tree, granted: Fraction | None = None) -> Tree:
        """What the period comes to, in the guide's order; ``granted``: by its framework."""
        contract, (first, last) = self.contracts[number], self.term.periods[number]
        terms, year, rule = contract["charges"], self.term.years[number], self.term.rule(number)
        charges = self.term.charges(number)
        risk = of_year(terms.get("at_risk_by_year"), year, terms.get("at_risk", 100)) / 100
        bases = {"charges": charges, "at_risk": charges * risk, "days": (last - first).days + 1}
        told = [each for each in evaluation.get("notices", ()) if each["counts"]]
        free = [each for each in evaluation.get("excusals", ()) if each.get("days")]
        found, lapsed = self.steps(number, bases, told, free), evaluation.get("unclaimed", ())
        due = {name: NOTHING if name in lapsed else each for name, each in found[0].items()}
        charged, counted = (once(e, contract, self.rules[number], told) for e in (due, found[1]))
        points = self.for_points(number, sum(counted.values(), NOTHING))
        charged |= {name: NOTHING if name in lapsed else each for name, each in points.items()}
        uncapped, cap = sum(charged.values(), NOTHING), rounded(bases["at_risk"], *rule)
        annual, bonus = self.annual(number), self.bonus(number)
        allowed = min(uncapped, cap, *([annual["left"]] if annual else []))
        offset = min(bonus, allowed) if self.rules[number].get("bonus_offsets") else NOTHING
        own, room = allowed - offset, min(cap, annual["left"] if annual else cap) - allowed
        most = own + room if granted is None else granted
        bill = {
            "charges": charges, "at_risk_amount": cap, "charged": charged, "points": counted,
            "paid": divided(min(own, most), charged, rule[0]),
            "uncapped": uncapped, "lapsed": uncapped - min(uncapped, cap),
            "annual": annual and annual | {"lapsed": min(uncapped, cap) - allowed},
            "offset": offset, "bonus_due": bonus - offset,
            "carried": self.carried(number, min(room, most - min(own, most))),
        }  # fmt: skip
        bill["total"] = min(own, most) + sum(bill["carried"].values(), NOTHING)
        self.bills.append(bill)
        bill["earnbacks"] = dict(self.earned(number, self.rules[number].get("earnback") or {}))
        bill["net"] = bill["total"] - sum(bill["earnbacks"].values(), NOTHING)
        notes = [exact(e["amount"]) for e in evaluation.get("credit_notes", ()) if e["counts"]]
        for each in (e for e in evaluation.get("disputes", ()) if e["state"] == "settled"):
            disputed = exact(each["amount"]) if each["raised_by"] == "supplier" else NOTHING
            notes.append(exact(each["agreed"]) - disputed)
        bill["balance"] = bill["net"] - bill["bonus_due"] + sum(notes, NOTHING)
        return bill

    def steps(self, number: int, bases: Tree, told: list[Tree], free: list[Tree]) -> list[Amounts]:
        """The amounts of failed critical service levels, and the service points of others."""
        amounts, points, prices = {}, {}, self.rules[number].get("points", {})
        anew, period = dict[str, str](), days(*self.term.periods[number])
        for each in sorted((e for e in told if e["allocations"]), key=lambda e: str(e["from"])):
            anew |= each["allocations"] if day(each["from"]) <= self.term.periods[number][0] else {}
        for name, verdict in self.seen[number].items():
            level, run = self.levels[number][name], len(self.run(number, name))
            level = level | ({"allocation": anew[name]} if name in anew else {})
            credit = level.get("credit") or ("allocation" in level and {"kind": "at_risk"})
            if verdict["outcome"] != "failed" or not credit:
                continue
            if credit["kind"] == "points":
                again = exact(prices.get("repeat", 2)) if run > 1 else 1
                points[name] = severity(rung(credit, verdict), prices) * again * part(level)
                continue
            full = price(level, credit, verdict, bases, self.contracts[number]["charges"])
            full *= self.multiplier(number, name, run)
            own = (each for each in free if name in (each["service_levels"] or [name]))
            left = period.difference(*(days(day(each["from"]), day(each["to"])) for each in own))
            full *= Fraction(len(left), len(period))
            full = min(full * part(level), exact(credit.get("cap", full * part(level))))
            amounts[name] = rounded(full, *self.term.rule(number))
        return [amounts, points]

    def known(self, number: int, name: str) -> list[str]:
        """The outcomes of the periods that judged the service level; unknown is passed over."""
        judged = (each[name]["outcome"] for each in self.seen[: number + 1] if name in each)
        return [outcome for outcome in judged if outcome != "unknown"]

    def run(self, number: int, name: str) -> list[str]:
        known = self.known(number, name)
        return known[max((n for n, each in enumerate(known, 1) if each != "failed"), default=0) :]

    def multiplier(self, number: int, name: str, run: int) -> Fraction:
        """The highest that applies."""
        rules, known = self.rules[number], self.known(number, name)
        applies = [e for e in rules.get("consecutive", ()) if run >= e["failures"]]
        for each in rules.get("repeated", ()):
            applies += [each] * (known[-each["within"] :].count("failed") >= each["failures"])
        of_the_year = of_year(rules.get("by_year"), self.term.years[number], 1)
        return max([of_the_year, *(exact(each["multiplier"]) for each in applies)])

    def for_points(self, number: int, points: Fraction) -> Amounts:
        """What the points of the period cost, if there are any and they have a price."""
        prices = self.rules[number].get("points", {})
        if not points or not (prices.get("table") or prices.get("percent_per_point")):
            return {}
        rate = points * exact(prices.get("percent_per_point", 0))
        for row in prices.get("table", ()):
            rate = exact(row["percent"]) if points >= row["points"] else rate
        later = prices.get("of") == "next_period" and number + 1 < len(self.term.periods)
        full = self.term.charges(number + later) * rate / 100
        return {"": rounded(full, *self.term.rule(number))}

    def annual(self, number: int) -> Tree | None:
        terms, years = self.contracts[number]["charges"], self.term.years
        if "annual_cap" not in terms and "annual_cap_amount" not in terms:
            return None
        whole = [self.term.charges(n) for n, y in enumerate(years) if y == years[number]]
        share = sum(whole, NOTHING) * exact(terms.get("annual_cap", 0)) / 100
        cap = exact(terms.get("annual_cap_amount", rounded(share, *self.term.rule(number))))
        used = sum(e["total"] for n, e in enumerate(self.bills) if years[n] == years[number])
        return {"cap": cap, "used": used, "left": max(cap - used, NOTHING)}

    def carried(self, number: int, room: Fraction) -> dict[int, Fraction]:
        """What lapsed above earlier caps, the oldest first, as far as there is room now."""
        found, periods = {}, (self.rules[number].get("carry_over") or {"periods": 0})["periods"]
        for then in range(max(number - periods, 0), number):
            taken = sum((e["carried"].get(then, NOTHING) for e in self.bills), NOTHING)
            if take := min(self.bills[then]["lapsed"] - taken, room):
                found[then], room = take, room - take
        return found

    def bonus(self, number: int) -> Fraction:
        """All bonuses of the period, each rounded by itself."""
        total, charges, rule = NOTHING, self.term.charges(number), self.term.rule(number)
        for name, verdict in self.seen[number].items():
            level = self.levels[number][name]
            bonus = level.get("bonus")
            if bonus and verdict["outcome"] == "met" and verdict["value"] is not None:
                full = bonus.get("amount", charges * exact(bonus.get("percent", 0)) / 100)
                earned = better(verdict["value"], exact(bonus["better_than"]), verdict["good"])
                total += rounded(exact(full) * part(level), *rule) if earned else 0
        return total

    def earned(self, number: int, rule: Tree) -> Iterator[tuple[tuple[str, int], Fraction]]:
        """What returns in the period, by service level and number of the period it was paid in."""
        before = {key for each in self.bills[:number] for key in each["earnbacks"]}
        back = self.met if "periods" in rule else self.averaged
        for then, bill in enumerate(self.bills if rule else ()):
            for name, paid in bill["paid"].items():
                names = [n for n, e in bill["points"].items() if e and rule.get("points")]
                names = [name] if name else names
                if paid and (name, then) not in before and names and back(number, then, names):
                    full = paid * exact(rule.get("share", 100)) / 100
                    yield (name, then), rounded(full, *self.term.rule(number))

    def met(self, number: int, then: int, names: list[str]) -> bool:
        """Expected was met in each of so many periods since; excused ones are passed over."""
        since = [
            {e[name]["outcome"] if name in e else "" for name in names} - {"excused"}
            for e in self.seen[then + 1 : number + 1]
        ]
        periods = self.rules[number]["earnback"]["periods"]
        return [e for e in since if e] == [{"met"}] * periods and bool(since[-1])

    def averaged(self, number: int, then: int, names: list[str]) -> bool:
        """In the year's last period: the year's average met expected."""
        years = self.term.years
        if years[then] != years[number] or years[number] in years[number + 1 :]:
            return False
        return all(self.average_met(number, name) for name in names)

    def average_met(self, number: int, name: str) -> bool:
        years = self.term.years
        judged = [e.get(name) for n, e in enumerate(self.seen) if years[n] == years[number]]
        counted = [each for each in judged if each and each["outcome"] != "excused"]
        if not counted or any(each["value"] is None for each in counted):
            return False
        average, last = sum(each["value"] for each in counted) / len(counted), counted[-1]
        return not better(exact(last["expected"]), average, last["good"])
