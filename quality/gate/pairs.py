"""Which function of the head was which of the base: across edits, renames, moves and splits.

Every function of the base stands for one of the head at most, so nothing that is new can borrow
the past of what is still there, and of a function that was split one part has the past.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from quality.gate.change import Change
from quality.gate.facts import GateFacts
from quality.model.facts import CodeLines, Function
from quality.model.repository import TreeFile

SIMILAR = 0.5  # of the larger one's lines, as of renamed files
COMMON = 50  # a line that so many functions share says nothing of where one came from
CLOSEST = 5  # functions compared exactly with one
ANALYZERS = ("clones", "lizard")  # what is asked of a file


@dataclass(frozen=True, slots=True)
class Placed:
    """A function and where it stands: ``file`` is what tells the files of a side apart, the same
    for a file and its base version."""

    function: Function
    path: str
    file: int
    lines: Counter[int] = field(default_factory=Counter, compare=False)


@dataclass(frozen=True, slots=True)
class Touched:
    """A function that the change touches: ``now`` None, it is gone; ``before`` None, it is new."""

    now: Placed | None
    before: Placed | None


def touched_functions(change: Change, facts: GateFacts) -> tuple[Touched, ...]:
    """The functions that are new, changed or gone, in the order of the head; what only moved, was
    only renamed or set out anew is not touched."""
    head, base = list[Placed](), list[Placed]()
    for number, each in enumerate(change.production):
        now, before = (_placed(facts, side, number) for side in (each.head, each.base))
        left = _unmatched(now, before, lambda one: (one.function.name, one.function.body))
        now, before = _unmatched(*left, lambda one: one.function.body)
        head += now
        base += before
    if head or base:
        facts.measure((file, name) for file in change.gone for name in ANALYZERS)
        for number, file in enumerate(change.gone, len(change.production)):
            base += _placed(facts, file, number)
    head, base = _unmatched(head, base, lambda one: one.function.body)
    pairs = _similar(head, base)
    pairs |= _by_name(head, base, pairs)
    taken = set(pairs.values())
    found = [Touched(one, base[pairs[at]] if at in pairs else None) for at, one in enumerate(head)]
    return (*found, *(Touched(None, one) for at, one in enumerate(base) if at not in taken))


def _placed(facts: GateFacts, file: TreeFile | None, number: int) -> list[Placed]:
    if file is None:
        return []
    code = next(iter(facts.rows(file, "clones", CodeLines)), CodeLines((), (), (), ()))
    lines = list(zip(code.numbers, code.hashes, strict=True))
    return [
        Placed(row, file.path, number, Counter(
            hashed for line, hashed in lines if row.start_line <= line <= row.end_line
        ))
        for row in facts.rows(file, "lizard", Function)
    ]  # fmt: skip


def _unmatched(
    head: Sequence[Placed], base: Sequence[Placed], key: Callable[[Placed], Hashable]
) -> tuple[list[Placed], list[Placed]]:
    """Both sides without those that have a key in common; of several, the first ones go."""
    shared = Counter(map(key, head)) & Counter(map(key, base))
    return _without(head, key, shared), _without(base, key, shared)


def _without(
    side: Iterable[Placed], key: Callable[[Placed], Hashable], shared: Counter[Hashable]
) -> list[Placed]:
    left, kept = Counter(shared), []
    for each in side:
        if left[key(each)] > 0:
            left[key(each)] -= 1
        else:
            kept.append(each)
    return kept


def _similar(head: Sequence[Placed], base: Sequence[Placed]) -> dict[int, int]:
    """Pairs of at least SIMILAR lines: those of one name first, then the most similar."""
    holders: dict[int, list[int]] = {}
    for at, one in enumerate(base):
        for line in one.lines:
            holders.setdefault(line, []).append(at)
    pairs = []
    for at, one in enumerate(head):
        shared: Counter[int] = Counter()
        for line in one.lines:
            if len(places := holders.get(line, ())) <= COMMON:
                shared.update(places)
        for place, _ in shared.most_common(CLOSEST):
            other = base[place]
            most = max(one.lines.total(), other.lines.total())
            share = (one.lines & other.lines).total() / most
            if share >= SIMILAR:
                renamed = one.function.name != other.function.name
                pairs.append((renamed, one.file != other.file, -share, at, place))
    found = dict[int, int]()
    taken = set[int]()
    for *_, at, place in sorted(pairs):
        if at not in found and place not in taken:
            found[at] = place
            taken.add(place)
    return found


def _by_name(
    head: Sequence[Placed], base: Sequence[Placed], pairs: dict[int, int]
) -> dict[int, int]:
    """The rest by name within a file and its base version, in their order."""
    taken = set(pairs.values())
    named: dict[tuple[int, str], list[int]] = {}
    for place, one in enumerate(base):
        if place not in taken:
            named.setdefault((one.file, one.function.name), []).append(place)
    found = dict[int, int]()
    for at, one in enumerate(head):
        places = named.get((one.file, one.function.name))
        if at not in pairs and places:
            found[at] = places.pop(0)
    return found
