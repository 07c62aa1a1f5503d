"""Plugin that makes a nursery of pylint's process: pylint itself, asked file by file.

pylint loads it by name (``--load-plugins=nursery``) from this folder, and hands it the linter as it
set it up by its options. Instead of files it checks requests: each is answered by a fork, which
knows the standard library's trees that the nursery read, and no file but its own.
"""

from __future__ import annotations

import socket
from io import BytesIO
from pathlib import Path
from tokenize import tokenize
from typing import Any, NoReturn

import isolation
import proof
from astroid import MANAGER
from astroid.exceptions import AstroidError
from pragmas import Asked

from collectors.nursery.limits import allow, bound
from collectors.nursery.messages import read, write_json
from collectors.nursery.server import serve
from quality.model.recipe import Limits

# What files of all kinds make pylint read; a file that needs another reads it. Held here too: a
# request names modules, and nothing else that it may name is ever read by the nursery.
LIBRARY = frozenset(Path(__file__).with_name("library.txt").read_text("ascii").split())


def register(linter: Any) -> None:
    """Called by pylint once its own checkers are loaded, before it looks at any file."""
    isolation.isolate()
    linter.check = _Linter(linter).serve


class _Linter:
    def __init__(self, linter: Any) -> None:
        self._linter, self._check = linter, linter.check
        self._known: set[str] = set()
        self._linted: Any = None
        self._places: list[tuple[Any, Any]] = []
        check_module = linter.check_astroid_module

        def recorded(module: Any, *args: Any, **kwargs: Any) -> Any:
            result = check_module(module, *args, **kwargs)
            if result is not None:  # None: the tokenizer refused it
                self._linted = module
            return result

        linter.check_astroid_module = recorded
        add_message = linter._add_one_message

        def proven(definition: Any, line: Any, node: Any, args: Any, *rest: Any) -> None:
            if proof.holds(definition.msgid, node, args):
                before = len(linter.reporter.messages)
                add_message(definition, line, node, args, *rest)
                if len(linter.reporter.messages) > before:
                    self._places.append((line, node))

        linter._add_one_message = proven

    def serve(self, descriptors: list[str]) -> NoReturn:
        """What pylint calls with its "files": the one to listen at."""
        serve(socket.socket(fileno=int(descriptors[0])), self._prepare, self._answer)

    def _prepare(self, head: dict[str, Any]) -> bool:
        """Read the library's trees that a request names, once for all children."""
        new = LIBRARY.intersection(head["library"]) - self._known
        for name in sorted(new):
            try:
                MANAGER.ast_from_module_name(name)
            except AstroidError:  # a platform without it
                continue
        self._known |= new
        return bool(new)

    def _answer(self, head: dict[str, Any], connection: socket.socket) -> None:
        """Lint the texts of a request one after another, each within the limits."""
        limits = Limits(**head["limits"])
        bound(limits)
        for name in head["names"]:
            text, obedient = read(connection), read(connection)
            allow(limits.cpu_seconds)
            Path(f"{name}.py").write_bytes(text)
            answer = self._lint(name)
            if obedient and self._linted and answer["messages"]:
                allow(limits.cpu_seconds)  # pragmas take none of the time that the code has
                answer["obeyed"] = self._obey(obedient, answer["messages"])
            write_json(connection, answer)

    def _lint(self, name: str) -> dict[str, Any]:
        isolation.forget()
        said = self._linter.reporter.messages
        said.clear()
        self._places.clear()
        self._linted = None
        self._check([f"{name}.py"])
        messages = [[each.line, each.column, each.msg_id, each.msg, False] for each in said]
        return {"messages": messages, "checked": self._linted is not None, "obeyed": True}

    def _obey(self, text: bytes, messages: list[list[Any]]) -> bool:
        """Mark the messages that the pragmas of a text hide, which has the code of the one just
        linted: it is asked of pylint's own state, and nothing is linted twice. False: they upset
        pylint, and hide nothing."""
        linter = self._linter
        places = list(map(_line, self._places))
        asked = Asked(linter, self._linted, {message[2] for message in messages})
        linter.file_state, linter._set_msg_status = asked, asked.set
        try:
            linter.process_tokens(list(tokenize(BytesIO(text).readline)))
        except Exception:  # hostile code, or no memory left
            return False
        finally:
            del linter._set_msg_status
        for message, line in zip(messages, places, strict=True):
            message[-1] = self._hides(message[2], line)
        return True

    def _hides(self, rule: str, line: int | None) -> bool:
        return self._linter._ignore_file or not self._linter.is_message_enabled(rule, line)


def _line(place: tuple[int | None, Any]) -> int | None:
    """The line by which pylint tells whether a message is enabled."""
    line, node = place
    if line is not None or node is None:
        return line
    found: int = node.position.lineno if node.position else node.fromlineno
    return found
