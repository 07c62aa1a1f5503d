"""Names that a program writes into its own module, or among the built-in ones, as it runs.

Of ``globals()["name"] = 1`` the name is known. Where the key is computed, or the namespace is given
away, any name may come into being: the file does not prove that one is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from astroid import nodes
from astroid.const import Context

ANY = "*"
BUILTINS = frozenset(["builtins", "__builtin__", "__builtins__"])
OF_A_MODULE = frozenset(["__dict__"])
OF_CODE = frozenset(["f_globals", "__globals__", "func_globals"])
READING = frozenset(["get", "keys", "values", "items", "iteritems", "copy", "pop", "has_key"])
# What is called with a namespace or a module and writes nothing into it.
READERS = frozenset(
    ["len", "list", "dict", "set", "sorted", "tuple", "print", "dir", "vars", "isinstance", "eval",
     "getattr", "hasattr", "delattr", "getmembers", "iter", "repr", "str", "timeit", "Timer"]
)  # fmt: skip
GIVEN = (nodes.Assign, nodes.AnnAssign, nodes.NamedExpr, nodes.Return, nodes.Arguments, nodes.Tuple,
         nodes.List, nodes.Dict, nodes.IfExp, nodes.BoolOp, nodes.Yield, nodes.Lambda)  # fmt: skip


def written(module: nodes.Module, name: str) -> bool:
    """Whether the name may come into being by what the module does."""
    names = _names(module)
    return ANY in names or name in names


@lru_cache(maxsize=1)  # a file may lack many names
def _names(module: nodes.Module) -> frozenset[str]:
    aliases = {
        alias or real
        for each in module.nodes_of_class(nodes.Import)
        for real, alias in each.names
        if real in BUILTINS
    }
    found = set[str]()
    for node in module.nodes_of_class((nodes.Call, nodes.Subscript, nodes.Name, nodes.Attribute)):
        if _namespace(node, aliases):
            found.update(_into_namespace(node))
        elif _module(node, aliases):
            found.update(_into_module(node))
        if isinstance(node, nodes.Call) and _runs_code_here(node):
            found.add(ANY)
    return frozenset(found)


def _namespace(node: Any, aliases: set[str]) -> bool:
    """Whether it is the dict of a module's names."""
    if isinstance(node, nodes.Attribute):
        of_module = node.attrname in OF_A_MODULE and _module(node.expr, aliases)
        return of_module or node.attrname in OF_CODE
    if isinstance(node, nodes.Name):  # a dict in every module but the main one
        return node.name == "__builtins__"
    called = _called(node)
    if called in ("vars", "locals") and not node.args:
        return not isinstance(node.frame(), nodes.FunctionDef | nodes.Lambda)
    return called == "globals" or (called == "vars" and _module(node.args[0], aliases))


def _module(node: Any, aliases: set[str]) -> bool:
    """Whether it is the module itself, or the one of the built-in names."""
    if isinstance(node, nodes.Name):
        return node.name in aliases or node.name == "__builtins__"
    if isinstance(node, nodes.Subscript):
        listed = node.value.as_string().rpartition(".")[2] == "modules"
        return listed and node.ctx is Context.Load and _names_module(node.slice)
    imports = _called(node) in ("import_module", "__import__")
    return imports and bool(node.args) and _names_module(node.args[0])


def _names_module(node: Any) -> bool:
    own = isinstance(node, nodes.Name) and node.name == "__name__"
    return own or (isinstance(node, nodes.Const) and node.value in BUILTINS)


def _into_namespace(node: Any) -> Iterator[str]:
    parent = node.parent
    if isinstance(parent, nodes.Subscript) and parent.value is node:
        if parent.ctx is Context.Store:
            yield _text(parent.slice)
    elif isinstance(parent, nodes.Attribute):
        call = parent.parent
        if parent.attrname == "update" and isinstance(call, nodes.Call) and not call.args:
            yield from (each.arg or ANY for each in call.keywords)
        elif parent.attrname in ("setdefault", "__setitem__") and isinstance(call, nodes.Call):
            yield _text(call.args[0]) if call.args else ANY
        elif node.as_string() == "__builtins__":
            yield from _into_module(node)
        elif parent.attrname not in READING:
            yield ANY
    else:
        yield from _into_module(node)


def _into_module(node: Any) -> Iterator[str]:
    parent = node.parent
    if isinstance(parent, nodes.AssignAttr):
        yield parent.attrname
    elif isinstance(parent, nodes.Call) and node in parent.args:
        if _called(parent) not in READERS:
            yield _text(parent.args[1]) if len(parent.args) > 1 else ANY
    elif isinstance(parent, GIVEN) or _given_away(parent):
        yield ANY


def _given_away(parent: Any) -> bool:
    if isinstance(parent, nodes.Keyword):  # not the names one by one, ``**globals()``
        return parent.arg not in (None, "globals")
    return isinstance(parent, nodes.Attribute) and parent.attrname == "__setattr__"


def _runs_code_here(call: nodes.Call) -> bool:
    """Text that is run among the names of the module; a function's own exec defines none."""
    alone = len(call.args) == 1 and not call.keywords
    inside = isinstance(call.frame(), nodes.FunctionDef | nodes.Lambda)
    return alone and not inside and _called(call) in ("exec", "execfile")


def _called(node: Any) -> str:
    """The name of what is called, without that of what it is in; "" for what is no call."""
    if not isinstance(node, nodes.Call):
        return ""
    return str(getattr(node.func, "attrname", None) or getattr(node.func, "name", ""))


def _text(node: Any) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else ANY
