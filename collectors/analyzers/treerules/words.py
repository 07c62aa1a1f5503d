"""What a grammar calls the things that proofs ask for: node kinds and words of a language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from collectors.languages.trees import Node

NO_STRINGS = frozenset[str]()
SAID = frozenset({
    *("operators", "ands", "ors", "equal", "unequal", "nulls", "signs_of_effect"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Node kinds, but for the operators and literals, which are text.

    ``binaries`` nodes of two operands, ``operators`` that make no sense between two equal ones;
    ``brackets`` around an expression; ``effects`` what may give another value each time, and
    ``signs_of_effect`` words that say so; ``blocks`` whose named children are statements;
    ``wrappers`` of one block or statement; ``jumps`` statements that nothing follows, ``declared``
    what may stand behind them; ``functions`` with a body of their own; ``members`` access to a part
    of a value; ``declares`` what makes a local name; ``strings`` literals, ``text`` and ``code`` in
    them.
    """

    binaries: frozenset[str] = NO_STRINGS
    operators: frozenset[str] = NO_STRINGS
    ands: frozenset[str] = frozenset({"&&"})
    ors: frozenset[str] = frozenset({"||"})
    equal: frozenset[str] = frozenset({"=="})
    unequal: frozenset[str] = frozenset({"!="})
    nulls: frozenset[str] = NO_STRINGS
    brackets: frozenset[str] = frozenset({"parenthesized_expression"})
    effects: frozenset[str] = NO_STRINGS
    signs_of_effect: frozenset[str] = NO_STRINGS
    blocks: frozenset[str] = NO_STRINGS
    wrappers: frozenset[str] = NO_STRINGS
    jumps: frozenset[str] = NO_STRINGS
    breaks: frozenset[str] = NO_STRINGS
    continues: frozenset[str] = NO_STRINGS
    declared: frozenset[str] = NO_STRINGS
    functions: frozenset[str] = NO_STRINGS
    calls: frozenset[str] = NO_STRINGS
    members: frozenset[str] = NO_STRINGS
    loops: frozenset[str] = NO_STRINGS
    ifs: frozenset[str] = NO_STRINGS
    elses: frozenset[str] = NO_STRINGS
    assignments: frozenset[str] = NO_STRINGS
    updates: frozenset[str] = NO_STRINGS
    names: frozenset[str] = NO_STRINGS
    numbers: frozenset[str] = NO_STRINGS
    literals: frozenset[str] = NO_STRINGS
    declares: frozenset[str] = NO_STRINGS
    strings: frozenset[str] = NO_STRINGS
    code: frozenset[str] = NO_STRINGS
    text: frozenset[str] = NO_STRINGS
    comments: frozenset[str] = frozenset({"comment"})

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Words:
        """The words of a table of lists."""
        known = {field.name for field in fields(cls)}
        if unknown := data.keys() - known:
            raise ValueError(f"no words: {sorted(unknown)}")
        return cls(**{name: frozenset(words) for name, words in data.items()})

    def only(self, known: Callable[[str], bool]) -> Words:
        """Without the kinds that are not known; operators and literals are no kinds."""
        kinds = {field.name for field in fields(self)} - SAID
        return replace(
            self, **{name: frozenset(filter(known, getattr(self, name))) for name in kinds}
        )

    def bare(self, node: Node) -> Node:
        """An expression without the brackets around it."""
        while node.kind() in self.brackets:
            inner = [child for child in node.named_children() if child.kind() not in self.comments]
            if len(inner) != 1:
                break
            node = inner[0]
        return node

    def pure(self, node: Node) -> bool:
        """Whether an expression gives the same value each time it is read."""
        if node.kind() in self.effects or any(sign in node.text() for sign in self.signs_of_effect):
            return False
        return not any(child.kind() in self.effects for child in below(node))

    def statements(self, block: Node) -> list[Node]:
        """The statements of a block, comments left out."""
        return [node for node in block.named_children() if node.kind() not in self.comments]


def below(node: Node, stop: frozenset[str] = NO_STRINGS) -> list[Node]:
    """All named nodes below one, in no order; not below those of a kind in ``stop``."""
    found, waiting = [], node.named_children()
    while waiting:
        each = waiting.pop()
        found.append(each)
        if each.kind() not in stop:
            waiting += each.named_children()
    return found


def folded(node: Node) -> str:
    """The text of a node; of one on several lines, its leaves with one blank between two."""
    text: str = node.text()
    if "\n" not in text and "  " not in text:
        return text
    return " ".join(leaves(node))


def leaves(node: Node, without: Collection[str] = ()) -> Iterator[str]:
    """The texts of a node's leaves in order, less the nodes of a kind in ``without``."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.kind() in without:
            continue
        children = each.children()
        if children:
            waiting += reversed(children)
        else:
            yield each.text()


def joined(node: Node) -> str:
    """The text of a node with white space folded, also in its literals."""
    text: str = node.text()
    return " ".join(text.split())
