"""Drafts of a contract side by side: what each would cost, and in which terms they differ."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quality.model.canonical import indented
from quality.model.simulation import Draft, SimulatedPeriod, TermDifference
from reports.scorecard.simulation import SUMS, bills, plain_draft, signed, total
from reports.scorecard.terminal import MARKS, table
from reports.shared.plain import plain
from reports.shared.text import safe_text


def text(drafts: Sequence[Draft], differ: Sequence[TermDifference]) -> str:
    """What each draft costs by period (where they have the same ones) and in all, what each service
    level costs in all, then the terms that differ."""
    head = ("", *(each.name for each in drafts))
    rows = list(_periods(drafts))
    rows += [(name, *(_whole(each, key) for each in drafts)) for key, name in SUMS.items()]
    blocks = [table(head, rows)]
    if levels := list(_levels(drafts)):
        blocks.append(table(("credits of", *head[1:]), levels))
    if differ:
        blocks.append(table(("terms", *head[1:]), [(each.key, *each.stands) for each in differ]))
    else:
        blocks.append("The drafts say the same.\n")
    return "\n".join(blocks)


def json(drafts: Sequence[Draft], differ: Sequence[TermDifference]) -> str:
    """The same for programs, each draft with its statements whole."""
    found = [{"name": each.name, **plain_draft(each)} for each in drafts]
    return indented({"drafts": found, "differences": [plain(each) for each in differ]})


def _periods(drafts: Sequence[Draft]) -> Iterator[tuple[str, ...]]:
    """A row for each period; none where the drafts are judged by different ones."""
    ids = [[one.period.id for one in each.periods] for each in drafts]
    if any(each != ids[0] for each in ids):
        return
    for row in zip(*(each.periods for each in drafts), strict=True):
        yield row[0].period.id, *(_period(each) for each in row)


def _period(each: SimulatedPeriod) -> str:
    if each.credits is None or not each.credits.has_money:
        return MARKS[each.outcome]
    unknown = (
        f", not computed for {', '.join(each.credits.unknown)}" if each.credits.unknown else ""
    )
    amount = signed(each.credits.total, each.credits.currency)
    return f"{MARKS[each.outcome]}  {amount}{safe_text(unknown)}"


def _whole(draft: Draft, key: str) -> str:
    statements = bills(draft.periods)
    return signed(total(draft.periods, key), statements[-1].currency) if statements else ""


def _levels(drafts: Sequence[Draft]) -> Iterator[tuple[str, ...]]:
    """What each service level costs after all caps, over all periods."""
    paid = [_paid(each) for each in drafts]
    for name in dict.fromkeys(name for each in paid for name in each):
        yield name or "service points", *(each.get(name, "") for each in paid)


def _paid(draft: Draft) -> dict[str, str]:
    statements = bills(draft.periods)
    if not statements:
        return {}
    nothing = Decimal(0).scaleb(-statements[0].minor_digits)
    verdicts = (verdict for each in draft.periods for verdict in each.verdicts)
    found = {each.id: nothing for each in verdicts if each.level_class == "critical"}
    for step in (step for bill in statements for step in bill.steps):
        found[step.service_level] = found.get(step.service_level, nothing) + step.paid
    return {name: signed(paid, statements[0].currency) for name, paid in sorted(found.items())}
