"""The functions that a change touches, and which function of the base each of them was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from quality.gate.change import Change
from quality.gate.facts import GateFacts
from quality.gate.needs import PAIRING
from quality.model.facts import CodeLines, Function
from quality.model.repository import TreeFile
from quality.pairing import Placed, pasts


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
        facts.measure((file, name) for file in change.gone for name in PAIRING)
        for number, file in enumerate(change.gone, len(change.production)):
            base += _placed(facts, file, number)
    head, base = _unmatched(head, base, lambda one: one.function.body)
    pairs = pasts(head, base)
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
