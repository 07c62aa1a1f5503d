"""One list of functions from two readers: lizard's, and those of the syntax tree that it missed.

A function of the tree and one of lizard's are the same where lizard's begins on a line of the
other's head; of several, the one that has the name, then the one that ends alike. What only the
tree has is *covered*, so that nothing is counted twice, where lizard gave its lines to a function
around it, and that one has all the decisions that the tree finds in both. Where the tree finds
more of them than lizard counted in the same function, the stricter answer stands: the tree's; so
it does where lizard lost or added many lines. What is covered gives its cognitive complexity to the
function that covers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from collectors.analyzers.bodies import digest
from collectors.analyzers.matching import Listed, Owners, match, real, understood
from collectors.languages.source import UnmeasurableError
from collectors.languages.trees import Node
from collectors.languages.unit import Unit
from collectors.languages.units import TOP_LEVEL, TreeUnits
from quality.model.facts import Function

# What the readers' rules may differ in where both see a function: lizard gives no parameter to
# `x => x` and one to `...`, and its last line may stand a few lines off.
MORE_PARAMETERS, MORE_LINES, SOME_LINES = 1, 1.25, 5


@dataclass(slots=True)
class Joined:
    """A file's functions, lizard's first; ``pairs``: what both readers see, lizard's
    first; ``stands``: in how many of them the tree's numbers stand in the place of lizard's."""

    functions: list[Function] = field(default_factory=list)
    pairs: list[tuple[Function, Function]] = field(default_factory=list)
    stands: int = 0


def join(listed: Sequence[Listed], tree: TreeUnits, language: str, unread_percent: int) -> Joined:
    """The functions of a file in that language. Raises UnmeasurableError where neither reader
    understands more than ``unread_percent`` of its lines of code."""
    matched = match(listed, tree.units)
    listed = real(listed, tree, matched)
    owners = Owners(listed)
    _understood(tree, owners, unread_percent)
    _merge(tree, matched)
    measure = _Measure(tree, language)
    standing = {unit: measure.of(unit) for unit in tree.units if not unit.joined}
    partner = {id(found): unit for unit, found in matched.items()}
    _choose(listed, tree, standing, partner)
    alone = _alone(tree, owners, matched, partner)
    outside = [unit for unit in tree.statements if not _given(unit, owners)]
    joined = Joined()
    for each in listed:
        unit = partner.get(id(each))
        if unit is None:  # no node to read it from: its decisions stand in for what they cost
            cognitive = max(each.function.ccn - 1, each.cognitive)
            joined.functions.append(replace(each.function, cognitive=cognitive))
            continue
        joined.pairs.append((each.function, standing[unit]))
        joined.stands += not each.stands
        if each.stands:
            cognitive = unit.cognitive + each.cognitive
            joined.functions.append(replace(each.function, cognitive=cognitive))
        else:
            joined.functions.append(measure.complete(unit, standing[unit]))
    joined.functions += (measure.complete(unit, standing[unit]) for unit in alone)
    if top := measure.top_level(outside):
        joined.functions.append(top)
    return joined


def _choose(
    listed: Sequence[Listed],
    tree: TreeUnits,
    standing: dict[Unit, Function],
    partner: dict[int, Unit],
) -> None:
    """Whose numbers stand for each function that both readers see."""
    for each in listed:
        unit = partner.get(id(each))
        each.spare = each.function.ccn - 1 - (unit.decisions if unit else 0)
        if unit:
            by_lizard, by_tree = each.function, standing[unit]
            each.stands = not (
                each.spare < 0
                or _hidden(by_lizard, by_tree, tree)
                or _swollen(by_lizard, by_tree, tree)
            )


def _alone(
    tree: TreeUnits, owners: Owners, matched: dict[Unit, Listed], partner: dict[int, Unit]
) -> list[Unit]:
    """What only the tree has. What is covered costs the function that covers it its cognitive
    complexity."""
    alone = list[Unit]()
    for unit in tree.units:
        if unit.joined or unit in matched or (unit.role == "macros" and not unit.decisions):
            continue
        owner = _covers(unit, owners, matched, partner)
        if owner is None:
            alone.append(unit)
        else:
            level = _level(unit, partner.get(id(owner)))
            owner.cognitive += unit.cognitive + level * unit.increments
    return alone


def _level(unit: Unit, around: Unit | None) -> int:
    """The cognitive nesting of a unit in one around it."""
    level = 0
    while around is not None and unit is not around:
        level += unit.level
        if unit.parent is None:
            break
        unit = unit.parent
    return level


def _understood(tree: TreeUnits, owners: Owners, percent: int) -> None:
    unread = sum(not owners.of(line) for line in tree.unread)
    code = tree.lines.all
    if unread * 100 > code * percent:
        raise UnmeasurableError(
            f"neither lizard nor the grammar reads {unread} of {code} lines of code"
        )


def _hidden(by_lizard: Function, by_tree: Function, tree: TreeUnits) -> bool:
    """Whether lizard lost so much of a function that it cannot be a matter of counting rules: some
    strings of several lines are no code to it."""
    strings = tree.lines.strings(by_tree.start_line, by_tree.end_line)
    return (
        by_tree.parameters > by_lizard.parameters + MORE_PARAMETERS
        or by_tree.nloc - strings > by_lizard.nloc * MORE_LINES + SOME_LINES
    )


def _swollen(by_lizard: Function, by_tree: Function, tree: TreeUnits) -> bool:
    """Whether lizard took much for a function's that stands behind it: simple code would be counted
    twice, and make what is complex a smaller share."""
    whole = tree.lines.count(by_tree.start_line, by_tree.end_line)
    return by_lizard.nloc > whole * MORE_LINES + SOME_LINES and understood(tree, by_lizard)


def _merge(tree: TreeUnits, matched: dict[Unit, Listed]) -> None:
    """Count in the function around it what lizard counts there."""
    for unit in tree.units:
        around = unit.parent
        if around is None or unit in matched or unit.role == "macros":
            continue
        unit.joined = (
            unit.role == "closures"
            or (unit.role == "blocks" and (around.role != "blocks" or around.joined))
            or (unit.role == "functions" and not tree.rules.nested)
        )
    for unit in reversed(tree.units):
        if unit.joined and (around := unit.parent):
            around.decisions += unit.decisions
            around.cognitive += unit.cognitive + unit.level * unit.increments
            around.increments += unit.increments
            around.nesting = max(around.nesting, unit.depth + unit.nesting)


def _covers(
    unit: Unit, owners: Owners, matched: dict[Unit, Listed], partner: dict[int, Unit]
) -> Listed | None:
    """The function of lizard's that counts a unit as a part of itself."""
    around = unit.parent
    while around is not None and around not in matched:
        around = around.parent
    for owner in owners.of(unit.end_line):
        found = partner.get(id(owner))
        fits = found is None or found is around
        if fits and owner.stands and owner.spare >= unit.decisions:
            owner.spare -= unit.decisions
            return owner
    return None


def _given(unit: Unit, owners: Owners) -> bool:
    """Whether a function of lizard's, which counts with its numbers, counts a statement as its own.
    A line that both share is not enough."""
    last = owners.of(unit.end_line)
    for owner in owners.of(unit.first_line):
        if owner.stands and owner.spare >= unit.decisions and owner in last:
            owner.spare -= unit.decisions
            owner.cognitive += unit.cognitive
            return True
    return False


class _Measure:
    def __init__(self, tree: TreeUnits, language: str) -> None:
        self._lines, self._language = tree.lines, language

    def of(self, unit: Unit) -> Function:
        """A unit's numbers as lizard counts them; its tokens, which are slow, are not counted."""
        return Function(
            unit.name, unit.first_line, unit.end_line, self._nloc([unit]), 1 + unit.decisions, 0,
            unit.parameters, unit.nesting, 0, "tree", unit.cognitive,
        )  # fmt: skip

    def complete(self, unit: Unit, function: Function) -> Function:
        """The numbers of a unit with its tokens and the digest of its code."""
        code = self._code(unit)
        return replace(function, tokens=len(code), body=digest(code, self._language))

    def _whole(self, node: Node, children: Sequence[Node]) -> bool:
        """Whether it is a string without code in it, which is one token."""
        return node.kind() in self._lines.string_kinds and not any(
            "interpolation" in kind or "substitution" in kind or "expression" in kind
            for kind in (child.kind() for child in children)
        )

    def top_level(self, statements: Sequence[Unit]) -> Function | None:
        """One unit for all control statements outside functions."""
        if not statements:
            return None
        code = [token for unit in statements for token in self._code(unit)]
        return Function(
            TOP_LEVEL, statements[0].first_line, max(unit.end_line for unit in statements),
            self._nloc(statements), 1 + sum(unit.decisions for unit in statements), len(code), 0,
            max(unit.nesting for unit in statements), digest(code, self._language), "tree",
            sum(unit.cognitive for unit in statements),
        )  # fmt: skip

    def _nloc(self, units: Sequence[Unit]) -> int:
        """Code lines of the units; a line that ends a function inside is not theirs, and one that
        begins one is, as with lizard."""
        lines = 0
        last = 0
        for unit in units:
            first = max(unit.first_line, last + 1)
            lines += self._lines.count(first, unit.end_line)
            last = max(last, unit.end_line)
            lines -= sum(
                self._lines.count(inner.first_line + 1, inner.end_line) for inner in _inner(unit)
            )
        return max(lines, 1)

    def _code(self, unit: Unit) -> list[str]:
        """The tokens of a unit from its parameters on, comments and what is inside it left out.
        Without recursion: a supplier decides how deep a tree is."""
        skipped = {*((each.start, each.end) for each in _inner(unit)), *self._lines.comments}
        code, waiting = list[str](), [unit.node]
        while waiting:
            node = waiting.pop()
            at = node.range()
            if (at.start.index, at.end.index) in skipped:
                continue
            children = node.children()
            if children and not self._whole(node, children):
                waiting.extend(reversed(children))
            elif at.start.index >= unit.code:
                code.append(node.text())
        return code


def _inner(unit: Unit) -> list[Unit]:
    """The functions in a unit that are counted for themselves."""
    found, waiting = [], list(unit.inner)
    while waiting:
        each = waiting.pop()
        if each.joined:
            waiting += each.inner
        else:
            found.append(each)
    return found
