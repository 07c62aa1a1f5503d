"""The merge gate's result as GitHub-flavoured Markdown: step summary and merge-request comment."""

from collections.abc import Sequence

from quality.model.gate import GateHit, GateResult, GateVerdict
from reports.gate import words
from reports.shared.markdown import code, prose
from reports.shared.numbers import UNKNOWN, count

LIMIT = 60_000
"""Bytes of UTF-8. The narrowest platform takes 65,536 characters of comment; a step summary may
have 1 MiB, and some count bytes."""

_TAIL = 400  # bytes kept for what is said at the end


def render(result: GateResult) -> str:
    """Markdown of at most ``LIMIT`` bytes: the rules as a table, then the places worst first."""
    verdicts = words.worst_first(result)
    again = ["", f"Reproduce: {code(result.command)}"] if words.again(result) else []
    told = _Budget(LIMIT - _TAIL - _size(again))
    told.add(_head(result))
    rows = [
        "| outcome | rule | value | reason |",
        "| --- | --- | --- | --- |",
        *map(_row, verdicts),
    ]
    left_rules = told.add_lines(rows if verdicts else ["No rule was judged."])
    if left_rules:
        told.add(["", f"{words.more(left_rules, 'rules')}."])
    open_ = [verdict for verdict in verdicts if verdict.outcome != "passed"]
    left = sum(_add_places(told, verdict, len(open_) - at) for at, verdict in enumerate(open_))
    if left:
        told.force(["", f"{words.more(left, 'places')} that did not fit here."])
    told.force(again)
    return "\n".join(told.lines) + "\n"


class _Budget:
    """Lines that together stay within a number of UTF-8 bytes."""

    def __init__(self, size: int) -> None:
        self.lines: list[str] = []
        self.left = size

    def add_lines(self, lines: Sequence[str], share: int | None = None) -> int:
        """Add lines from the first on while they fit (into ``share`` bytes, if given); how many
        did not."""
        room = self.left if share is None else min(share, self.left)
        for at, line in enumerate(lines):
            if _size([line]) > room:
                return len(lines) - at
            room -= _size([line])
            self.force([line])
        return 0

    def add(self, block: Sequence[str]) -> bool:
        """Add all of the lines or none."""
        if _size(block) > self.left:
            return False
        self.force(block)
        return True

    def force(self, block: Sequence[str]) -> None:
        """Add the lines, whatever is left."""
        self.lines += block
        self.left -= _size(block)


def _size(block: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in block)


def _head(result: GateResult) -> list[str]:
    compared = f"{code(words.short(result.head))} against {code(words.short(result.merge_base))}"
    lines = [
        f"## Workmanship gate: {words.MARKS[result.outcome]}",
        "",
        f"Repository {code(result.repository)}, {compared}, {words.files(result)}. Contract "
        f"{code(result.contract_id)} with {prose(result.supplier) or UNKNOWN}, recipe "
        f"{code(result.recipe.id)}.",
        "",
    ]
    notes = [f"> **Note:** {prose(note)}" for note in result.notes[:10]]
    if len(result.notes) > 10:
        notes.append(f"> {words.more(len(result.notes) - 10, 'notes')}")
    return [*lines, *(line for note in notes for line in (note, ""))]


def _row(verdict: GateVerdict) -> str:
    mark = words.MARKS[verdict.outcome]
    cells = (mark, code(words.label(verdict)), code(words.standing(verdict)), _reason(verdict))
    return f"| {' | '.join(cells)} |"


def _reason(verdict: GateVerdict) -> str:
    places = len(words.offences(verdict))
    if verdict.reason or not places:
        return prose(verdict.reason)
    return f"{count(places)} {'place' if places == 1 else 'places'}, see below"


def _add_places(told: _Budget, verdict: GateVerdict, sharing: int) -> int:
    """Tell the places of a rule in its share of what is left; how many did not fit."""
    hits = words.offences(verdict)
    if not hits and not verdict.why:
        return 0
    head = ["", f"### {code(words.label(verdict))}", ""]
    head += [f"Why it is in the contract: {prose(verdict.why)}", ""] if verdict.why else []
    table = ["| place | what |", "| --- | --- |"] if hits else []
    share = told.left // sharing - 100
    if share < 2_000 or not told.add([*head, *table]):
        return len(hits)
    left = told.add_lines([_place(verdict, hit) for hit in hits], share)
    if left:
        told.add(["", f"{words.more(left)}."])
    return left


def _place(verdict: GateVerdict, hit: GateHit) -> str:
    return f"| {code(words.place(hit))} | {prose(words.saying(verdict, hit))} |"
