"""Inside pylint's process: what is judged is one file and the standard library, alone.

It imports astroid, never pylint, and changes three things that no option of pylint's can:

1. Only the standard library can be inferred, so that a finding never depends on what happens to
   be installed beside us.
2. ``module.name = value`` in one file adds nothing to another file's tree or to the standard
   library's, which all files of a run share; else a file could change its neighbours' findings.
3. No garbage collection: syntax trees are one large cycle, and walking it again and again costs a
   third of the time. The process is short-lived and bounded.
"""

from __future__ import annotations

import gc
import sys
import sysconfig
from collections.abc import Iterator
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from pathlib import Path
from typing import Any

from astroid.builder import AstroidBuilder
from astroid.context import _invalidate_cache
from astroid.exceptions import InferenceError
from astroid.inference_tip import clear_inference_tip_cache


def isolate() -> None:
    """Hide all but the standard library, once pylint's own checkers are loaded."""
    _hide_installed_packages()
    _keep_assignments_at_home()
    gc.disable()


def forget() -> None:
    """Begin a file with no inference made for another one: it counts what it infers, so that
    what is known already could end elsewhere."""
    _invalidate_cache()
    clear_inference_tip_cache()


def _hide_installed_packages() -> None:
    library = Path(sysconfig.get_path("stdlib"))
    kept = {str(library), str(library / "lib-dynload")}
    sys.path[:] = [entry for entry in sys.path if entry in kept]
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter, PathFinder]


class _Inferred:
    """Stands for an expression whose values are known already."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def infer(self) -> Iterator[Any]:
        return iter(self._values)


def _keep_assignments_at_home() -> None:
    delayed_assattr: Any = AstroidBuilder.delayed_assattr

    def at_home(self: AstroidBuilder, node: Any) -> None:
        expression, home = node.expr, node.root()
        node.expr = _Inferred([value for value in _values(expression) if _root(value) is home])
        try:
            delayed_assattr(self, node)
        finally:
            node.expr = expression

    AstroidBuilder.delayed_assattr = at_home


def _values(expression: Any) -> Iterator[Any]:
    try:
        yield from expression.infer()
    except InferenceError:
        return


def _root(value: Any) -> Any:
    owner = getattr(value, "_proxied", value)  # an instance's attributes stand with its class
    root = getattr(owner, "root", None)
    return root() if callable(root) else None
