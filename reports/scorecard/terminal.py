"""Evaluations and explanations as plain text for a terminal: one line a fact, worst visible."""

from collections.abc import Iterator, Sequence
from functools import partial

from quality.model import amounts
from quality.model.evaluation import Evaluation, Snapshot
from quality.model.scorecard import DeclaredReport
from quality.model.statement import Consequence
from quality.model.verdict import Verdict
from reports.scorecard.words import money, settlement, standing, view
from reports.shared import numbers
from reports.shared.text import safe_text

MARKS = {
    "met": "✓ met",
    "below_expected": "! below expected",
    "failed": "✗ FAILED",
    "excused": "○ excused",
    "unknown": "? unknown",
}


REPORTED = "- no limits"


def mark(verdict: Verdict) -> str:
    """The outcome of a service level; one without limits is only reported."""
    return REPORTED if verdict.reported else MARKS[verdict.outcome]


def render(evaluations: Sequence[Evaluation]) -> str:
    """One block a contract: its verdicts as a table, then what could not be measured."""
    return "\n".join(_evaluation(each) for each in evaluations)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns aligned by blanks; numbers to the right. Texts are made safe to print."""
    texts = [
        [numbers.UNKNOWN if cell is None else safe_text(str(cell)) for cell in row] for row in rows
    ]
    widths = [
        max([len(column), *(len(row[n]) for row in texts)]) for n, column in enumerate(columns)
    ]
    right = [bool(rows) and all(isinstance(row[n], int | float | None) for row in rows)
             for n in range(len(columns))]  # fmt: skip

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        )
        return "  ".join(padded).rstrip()

    return "\n".join([line(columns), *(line(row) for row in texts)]) + "\n"


def _evaluation(evaluation: Evaluation) -> str:
    period = evaluation.period
    to_date = ", to date: provisional" if period.to_date else _state(evaluation)
    amended = f", amendment {safe_text(evaluation.amendment)}" if evaluation.amendment else ""
    head = (
        f"{safe_text(evaluation.supplier)} for {safe_text(evaluation.customer)}  "
        f"{safe_text(evaluation.contract_id)}\n"
        f"{period.id} ({period.start} to {period.end}{to_date}), "
        f"recipe {evaluation.recipe.id}{amended}\n\n"
    )
    columns = ("id", "service level", "class", "value", "expected", "minimum", "outcome")
    rows = [_row(verdict) for verdict in evaluation.service_levels]
    concerned: dict[str, list[str]] = {}
    for verdict in evaluation.service_levels:
        if verdict.reason:
            concerned.setdefault(verdict.reason, []).append(verdict.id)
    reasons = [safe_text(f"{', '.join(ids)}: {reason}") for reason, ids in concerned.items()]
    told = [_snapshot(snapshot) for snapshot in evaluation.snapshots]
    snapshots = [line for line in told if not any(reason.endswith(line) for reason in reasons)]
    snapshots += [
        safe_text(f"{view.named(names)}: {text}") for names, text in view.notices(evaluation)
    ]
    signs = [
        f"look at: {sign.title.lower()} ({sign.places} {'place' if sign.places == 1 else 'places'})"
        for sign in evaluation.scorecard.signs
    ]
    declared = [safe_text(_declared(each)) for each in evaluation.scorecard.declared]
    settled = [safe_text(line) for line in _settlement(evaluation)]
    tail = "\n".join(
        [*reasons, *snapshots, *declared, *signs, *settled, f"outcome: {MARKS[evaluation.outcome]}"]
    )
    return f"{head}{table(columns, rows)}\n{tail}\n"


def _declared(report: DeclaredReport) -> str:
    """Whose word a report is, of which tool, and how much of it fits."""
    head = f"{report.source}: {report.section} of {report.repository}"
    head = f"{head}, declared by {report.declared_by}"
    if report.reason:
        return f"{head}, counts for nothing: {report.reason}"
    tools = ", ".join(" ".join(filter(None, tool)) for tool in report.tools) or "no tool named"
    named, matched = report.files
    fit = f"{matched:,} of {named:,} files are in the snapshot"
    counts = ", ".join(f"{number:,} {what}" for what, number in report.counts if number)
    return f"{head} ({tools}; {report.note}; {fit}): {counts or 'nothing'}"


def _state(evaluation: Evaluation) -> str:
    if evaluation.state == "dispute_window_open":
        return f", may be disputed until {evaluation.disputed_until}"
    return ", closed" if evaluation.state == "closed" else ""


def _by_record(evaluation: Evaluation) -> Iterator[str]:
    """A line for each service level that other parties' failures relieve; what the ledger's entries
    do alone, a line of each says."""
    for verdict in evaluation.service_levels:
        by, without = verdict.relieved_by, verdict.without
        if by and by.parties and without:
            yield (
                f"{verdict.id}: relieved by {standing.relievers(by)}: "
                f"{numbers.judged(verdict, verdict.deciding)} {MARKS[verdict.outcome]}, without "
                f"relief {numbers.judged(verdict, without.deciding)} {MARKS[without.outcome]}"
            )


def _settlement(evaluation: Evaluation) -> Iterator[str]:
    """A line for each excusal and what it does, each credit note, and the record of a closed
    period with every difference to a recomputation."""
    units = {verdict.id: verdict for verdict in evaluation.service_levels}
    for each in evaluation.excusals:
        kind = each.kind.replace("_", " ")
        if not each.counts:
            yield f"{each.id}: {kind} counts for nothing: {each.why_not}"
        elif each.days:
            yield f"{each.id}: {kind} excuses {standing.days(each)}"
        elif not each.effects:
            yield f"{each.id}: {kind} ({each.what}) touches no service level"
        for effect in each.effects:
            verdict = units[effect.service_level]
            with_it = f"{numbers.judged(verdict, effect.measured)} {MARKS[effect.outcome]}"
            value = numbers.judged(verdict, effect.measured_without)
            none = "" if effect.taken else " (excusing would do harm, so nothing is excused)"
            yield (
                f"{each.id}: {kind} ({each.what}): {verdict.id} {with_it}, without it {value} "
                f"{MARKS[effect.outcome_without]}{none}"
            )
    yield from _by_record(evaluation)
    yield from _credits(evaluation)
    for told in evaluation.notices:
        nothing = f", counts for nothing: {told.why_not}" if told.why_not else ""
        yield f"{told.id}: {settlement.told(told)}{nothing}"
    for dispute in evaluation.disputes:
        yield f"{dispute.id}: {settlement.disputed(evaluation.credits, dispute)}"
    for note in evaluation.credit_notes:
        nothing = f", counts for nothing: {note.why_not}" if note.why_not else ""
        yield f"{note.id}: {money.noted(evaluation, note)} corrects {note.corrects}{nothing}"
    yield from map(standing.signed, evaluation.acknowledgements)
    if record := evaluation.frozen:
        agreed = ", as both parties agreed" if record.agreed else ""
        day = f"{record.closed_at:%Y-%m-%d}"
        yield f"closed on {day} by {record.closed_by}{agreed}: {record.digest}"
        yield from record.notes
        for other in record.differences:
            yield f"a recomputation differs: {other.what}: frozen {other.frozen}, now {other.now}"


def _credits(evaluation: Evaluation) -> Iterator[str]:
    """The sum in one line, then a line for each consequence that is not money."""
    bill = evaluation.credits
    if bill is None:
        return

    text = partial(amounts.text, currency=bill.currency)
    if bill.has_money:
        parts = [f"credits: {text(bill.total)} of at most {money.at_most(bill)}"]
        parts += [f"{text(lapsed)} lapse"] if (lapsed := bill.lapsed_in_all) else []
        parts += [f"earned back {text(bill.returned)}"] if bill.returned else []
        parts += [f"bonus {text(bill.bonus_due)}"] if bill.bonus_due else []
        parts += [f"not computed for {', '.join(bill.unknown)}"] if bill.unknown else []
        yield ", ".join(parts) + (" (provisional)" if bill.provisional else "")
        yield from (each.explanation for each in bill.eased)
        yield from money.reductions(bill)
        yield from filter(None, [money.shared(bill)])
        yield from (each.explanation for each in bill.carried)
        if (balance := settlement.balance(evaluation)) != bill.total:
            yield f"balance: {text(abs(balance))} in favour of the {settlement.favoured(balance)}"
        if settlement.in_dispute(evaluation):
            due = settlement.undisputed(evaluation)
            yield f"undisputed: {text(abs(due))} in favour of the {settlement.favoured(due)}"
        if until := settlement.to_claim(evaluation):
            yield f"credits lapse unless they are claimed until {until}"
    if bill.unknown_before:
        periods = ", ".join(bill.unknown_before)
        yield f"not known in earlier periods, so neither repeats nor earnbacks count it: {periods}"
    for each in bill.consequences:
        yield consequence(each, standing.overdue(each, evaluation))


def consequence(due: Consequence, late: str = "") -> str:
    """What follows and is not money, when and why; not yet made safe. ``late``: said of the day."""
    day = f", due {due.due}" if due.due else ""
    whose = f"{due.service_level}: " if due.service_level else ""
    return f"{whose}{due.kind.replace('_', ' ')}{day}{late}: {due.why}"


def _row(verdict: Verdict) -> tuple[str, ...]:
    value = numbers.judged(verdict, verdict.deciding)
    repository, together = numbers.whose(verdict)
    value += f" in {repository}, {together} overall" if repository else ""
    told = (value, *numbers.agreed(verdict), mark(verdict))
    return verdict.id, verdict.name, verdict.level_class, *told


def _snapshot(snapshot: Snapshot) -> str:
    name = safe_text(snapshot.repository)
    if snapshot.commit is None or snapshot.committed_at is None:
        return f"{name}: {safe_text(snapshot.reason)}"
    missing = len({each.path for each in snapshot.unmeasured})
    gaps = f", {missing} not fully measured" if missing else ""
    late = ", first read late" if snapshot.late else ""
    base = snapshot.baseline
    beside = f", compared with {base.commit[:12]} ({base.stated})" if base and base.commit else ""
    return (
        f"{name}: commit {snapshot.commit[:12]} of {snapshot.committed_at:%Y-%m-%d %H:%M} UTC, "
        f"{snapshot.files} production files{gaps}{late}{safe_text(beside)}"
    )
