"""The credit statement as Markdown for a mail: what was met, what it costs, what is due."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from quality.model.evaluation import Evaluation
from reports.scorecard.terminal import MARKS, mark
from reports.scorecard.words import invoice, money, standing, view
from reports.scorecard.words.levels import Level, level
from reports.shared.markdown import code, prose
from reports.shared.text import clip

SUFFIX = "md"
ABOUT = "a short statement for a mail"
# A figure of a statement's sentence: 14,400.00 or 9.2 or 2026-Q3, a day, a sign that stands alone.
_FIGURE = re.compile(
    r"\(?(?:\d{1,3}(?:,\d{3})*(?:\.\d{1,6})?|\d{4}-(?:Q[1-4]|[01]\d(?:-[0-3]\d)?)|[%=])\)?[.,;]?"
)
SHOWN = 40  # service levels, consequences or entries: a mail is no archive


def render(evaluations: Sequence[Evaluation]) -> str:
    """A short statement for each contract."""
    return "\n".join("\n".join(_statement(each)) + "\n" for each in evaluations)


def _statement(evaluation: Evaluation) -> Iterator[str]:
    period = evaluation.period
    to_date = ", to date" if period.to_date else ""
    yield f"## {_text(evaluation.supplier)}, {period.id}: {MARKS[evaluation.outcome]}"
    yield ""
    yield (
        f"Contract {code(evaluation.contract_id)} for {_text(evaluation.customer)}, "
        f"{view.days(period.start, period.end)}{to_date}. {view.headline(evaluation)}."
    )
    state = standing.standing(evaluation)
    if standing.has_terms(evaluation) and state:
        yield f"\n{prose(state.sentence)}"
    yield from _levels(evaluation)
    yield from _money(evaluation)
    yield from _rest(evaluation)


def _levels(evaluation: Evaluation) -> Iterator[str]:
    rows = view.urgent([level(each, evaluation.period.id) for each in evaluation.service_levels])
    if not rows:
        return
    yield "\n| outcome | service level | value | minimum | credit |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for row in rows[:SHOWN]:
        verdict = row.verdict
        key = " (key)" if verdict.level_class == "key" else ""
        cells = (
            mark(verdict),
            f"{code(verdict.id, 40)} {_text(verdict.name)}{key}",
            (f"{row.number}{row.unit}" if row.number else "not known") + _whose(row),
            row.minimum,
            money.of_level(evaluation, verdict.id) + _instead_of(evaluation, verdict.id),
        )
        yield f"| {' | '.join(cells)} |"
    yield from _more(len(rows))


def _whose(row: Level) -> str:
    return f" in {code(row.repository, 40)}, {row.together} overall" if row.repository else ""


def _instead_of(evaluation: Evaluation, service_level: str) -> str:
    why = money.instead_of(evaluation, service_level)
    return f" ({_sentence(why)})" if why else ""


def _money(evaluation: Evaluation) -> Iterator[str]:
    lines = invoice.lines(evaluation)
    if not lines:
        return
    yield f"\n### Money: {money.headline(evaluation)}\n"
    yield "| step | amount |"
    yield "| --- | ---: |"
    for line in lines:
        about = f"{code(line.about, 40)} " if line.about else ""
        clause = f" ({code(line.clause, 80)})" if line.clause else ""
        title = f"{about}{_sentence(line.title)}{clause}"
        strong = "**" if line.kind in ("sum", "total") else ""
        yield f"| {strong}{title}{strong} | {strong}{line.amount}{strong} |"
    for line in lines:
        if line.why and (line.product or line.kind == "less"):
            yield f"\n{_sentence(line.why)}"


def _rest(evaluation: Evaluation) -> Iterator[str]:
    due = standing.due(evaluation)
    if due:
        yield "\n### Due\n"
        for each in due[:SHOWN]:
            whose = f", {code(each.service_level, 40)}" if each.service_level else ""
            clause = f" ({code(each.clause, 80)})" if each.clause else ""
            head = f"- **{standing.due_line(each, evaluation)}**"
            yield f"{head}{whose}{clause}: {_sentence(each.why)}"
        yield from _more(len(due))
    if evaluation.excusals:
        yield f"\n### Excused\n\n{standing.excused_line(evaluation)}\n"
        for entry in evaluation.excusals[:SHOWN]:
            nothing = f"; counts for nothing: {prose(entry.why_not)}" if entry.why_not else ""
            yield (
                f"- {code(entry.id, 60)} {standing.kind(entry)}, {standing.span(entry)}: "
                f"{prose(entry.reason)}{nothing}"
            )
        yield from _more(len(evaluation.excusals))
    by_record = [each for each in evaluation.service_levels
                 if each.relieved_by and each.relieved_by.parties]  # fmt: skip
    if by_record:
        yield "\n### Relieved by another party's failure\n"
        for verdict in by_record[:SHOWN]:
            yield f"- {code(verdict.id, 40)}: {_sentence(standing.without(verdict))}"
        yield from _more(len(by_record))


def _more(rows: int) -> Iterator[str]:
    if rows > SHOWN:
        yield f"\nand {rows - SHOWN} more."


def _sentence(text: str) -> str:
    """A sentence with figures as prose: what is neither a plain word nor a figure is code."""
    runs = groupby(clip(text, 700).split(), key=lambda word: bool(_FIGURE.fullmatch(word)))
    said = (" ".join(words) if figure else prose(" ".join(words), 700) for figure, words in runs)
    return " ".join(said)


def _text(text: str) -> str:
    return prose(text, 200) or code(text)
