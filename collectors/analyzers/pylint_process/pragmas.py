"""What pragmas hide, asked of pylint's own state, for the rules alone that spoke.

pylint walks the whole syntax tree for each rule of each pragma, hundreds for one that names a
category, so a file of two hundred pragmas would end at its limit. What a pragma does is the same
here: the first block in pylint's order that holds its line decides, and pylint tells what of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from astroid import nodes
from pylint.utils import FileState


class Asked(FileState):
    """The state of one file as its pragmas make it, of some rules (by their ids)."""

    def __init__(self, linter: Any, module: nodes.Module, rules: Collection[str]) -> None:
        super().__init__(module.name, linter.msgs_store, module)
        self._rules = frozenset(rules)
        self._blocks = _blocks(module)
        self._named = cache(linter._get_messages_to_set)

    def set(
        self, name: str, enable: bool, scope: str, line: int, ignore_unknown: bool = False
    ) -> None:
        """As ``PyLinter._set_msg_status``: obey a pragma that names a rule or a category."""
        for definition in self._named(name, enable, ignore_unknown):
            if definition.msgid in self._rules:
                self.set_msg_status(definition, line, enable, scope)

    def _set_state_on_block_lines(
        self, _store: object, _node: object, msg: Any, msg_state: dict[int, bool]
    ) -> None:
        (line,) = msg_state
        if block := self._blocks.get(line):
            scoped = isinstance(block, nodes.Module | nodes.ClassDef | nodes.FunctionDef)
            first = block.body[0].fromlineno if scoped and block.body else block.tolineno
            self._set_message_state_in_block(msg, msg_state, block, first)


def _blocks(module: nodes.Module) -> dict[int, nodes.NodeNG]:
    """The first node that holds a line, for each line, in the order in which pylint asks them."""
    found: dict[int, nodes.NodeNG] = {}
    free: dict[int, int] = {}  # past lines that are taken, as far as is known

    def after(line: int) -> int:
        while line in free:
            further = free[line]
            free[line] = free.get(further, further)
            line = further
        return line

    for node in _in_order(module):
        line = after(node.fromlineno)
        while line <= node.tolineno:
            found[line] = node
            free[line] = line + 1
            line = after(line)
    return found


def _in_order(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    if node.lineno != node.end_lineno:
        for child in node.get_children():
            yield from _in_order(child)
    yield node
