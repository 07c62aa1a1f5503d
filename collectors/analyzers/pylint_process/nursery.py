"""Plugin that makes a nursery of pylint's process: pylint itself, asked file by file.

pylint loads it by name (``--load-plugins=nursery``) from this folder, and hands it the linter as it
set it up by its options. Instead of files it checks requests: each is answered by a fork, which
knows the standard library's trees that the nursery read, and no file but its own.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, NoReturn

import isolation
import proof
from astroid import MANAGER
from astroid.exceptions import AstroidError

from collectors.nursery.limits import allow, bound
from collectors.nursery.messages import read, write_json
from collectors.nursery.server import serve
from quality.model.recipe import Limits

# What files of all kinds make pylint read, most often first; a file that needs another reads it.
LIBRARY = Path(__file__).with_name("library.txt").read_text("ascii").split()


def register(linter: Any) -> None:
    """Called by pylint once its own checkers are loaded, before it looks at any file."""
    isolation.isolate()
    linter.check = _Linter(linter).serve


class _Linter:
    def __init__(self, linter: Any) -> None:
        self._linter, self._check = linter, linter.check
        self._linted: set[str] = set()
        self._warm = False
        check_module = linter.check_astroid_module

        def recorded(module: Any, *args: Any, **kwargs: Any) -> Any:
            result = check_module(module, *args, **kwargs)
            if result is not None:  # None: the tokenizer refused it
                self._linted.add(module.name)
            return result

        linter.check_astroid_module = recorded
        add_message = linter._add_one_message

        def proven(definition: Any, line: Any, node: Any, args: Any, *rest: Any) -> None:
            if proof.holds(definition.msgid, node, args):
                add_message(definition, line, node, args, *rest)

        linter._add_one_message = proven

    def serve(self, descriptors: list[str]) -> NoReturn:
        """What pylint calls with its "files": the one to listen at."""
        serve(socket.socket(fileno=int(descriptors[0])), self._prepare, self._answer)

    def _prepare(self, head: dict[str, Any]) -> bool:
        """Read the library's trees when so many files are to come that they are worth it."""
        if self._warm or not head["warm"]:
            return False
        for name in LIBRARY:
            try:
                MANAGER.ast_from_module_name(name)
            except AstroidError:  # a platform without it
                continue
        self._warm = True
        return True

    def _answer(self, head: dict[str, Any], connection: socket.socket) -> None:
        """Lint the texts of a request one after another, each within the limits."""
        bound(Limits(**head["limits"]))
        for name in head["names"]:
            text = read(connection)
            allow(head["limits"]["cpu_seconds"])
            Path(f"{name}.py").write_bytes(text)
            write_json(connection, self._lint(name))

    def _lint(self, name: str) -> dict[str, Any]:
        isolation.forget()
        said = self._linter.reporter.messages
        said.clear()
        self._check([f"{name}.py"])
        messages = [[each.line, each.column, each.msg_id, each.msg] for each in said]
        return {"messages": messages, "checked": name in self._linted}
