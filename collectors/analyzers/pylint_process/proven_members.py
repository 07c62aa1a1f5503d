"""Proofs about members: all that could have them is in sight, and nothing else sets them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from astroid import bases, nodes
from definite import (
    LITERALS,
    guarded,
    instance_of,
    known,
    left_open,
    lineage,
    parent,
    relatives,
    value,
)
from elsewhere import ELSEWHERE, absent, no_module_has

# Functions that look at an instance and keep nothing of it.
LOOKS = frozenset(
    [
        "isinstance",
        "super",
        "type",
        "id",
        "hash",
        "repr",
        "str",
        "len",
        "iter",
        "print",
        "getattr",
        "hasattr",
    ]
)


def no_member(node: Any, _: Any) -> bool:
    """A member that a module, a literal, or a class with all its bases in sight does not have."""
    name, expression = node.attrname, node.expr
    if guarded(node) or name in _set_names(node.root()) or parent(expression):
        return False
    owner = value(expression)
    if owner is None:
        return _from_literal(expression) and name not in ELSEWHERE["builtins.str"]
    if isinstance(owner, nodes.Module):
        return no_module_has(owner.name, name)
    if isinstance(owner, LITERALS):
        return _literal_absent(owner, name)
    kind = owner._proxied if type(owner) is bases.Instance else owner
    if not isinstance(kind, nodes.ClassDef) or not known(kind) or _dynamic(kind, name):
        return False
    own = isinstance(expression, nodes.Name) and instance_of(expression)
    return not (own and _mixed_in(kind, name))


def _literal_absent(owner: Any, name: str) -> bool:
    if isinstance(owner, nodes.Const) and owner.value is None:
        return False
    return absent("builtins.str" if isinstance(owner, nodes.JoinedStr) else owner.pytype(), name)


def _from_literal(call: Any) -> bool:
    """Whether a call is a method of a text that stands there."""
    while isinstance(call, nodes.Call) and isinstance(call.func, nodes.Attribute):
        inner = call.func.expr
        if isinstance(inner, nodes.Const) and isinstance(inner.value, str):
            return True
        call = inner
    return False


_NAMES: dict[Any, frozenset[str]] = {}


def _set_names(module: nodes.Module) -> frozenset[str]:
    """Names that a file sets on any object, passes by name or holds as a text: they may be set in a
    way that nobody can follow."""
    if module not in _NAMES:
        _NAMES.clear()
        found = set[str]()
        for each in module.nodes_of_class((nodes.Const, nodes.AssignAttr, nodes.Keyword)):
            if isinstance(each, nodes.Const):
                found |= {each.value} if isinstance(each.value, str) else set()
            elif isinstance(each, nodes.AssignAttr):
                found |= {each.attrname} if not isinstance(each.parent, nodes.AugAssign) else set()
            elif each.arg:
                found.add(each.arg)
        _NAMES[module] = frozenset(found)
    return _NAMES[module]


def _mixed_in(kind: nodes.ClassDef, name: str) -> bool:
    """Whether a class may be made to be completed by others: it says so, leaves methods to them,
    passes on what it is made with, or sets nothing up and is made nowhere in its file. One that
    hands its instance to others may get attributes from them, but no misspelt ones."""
    plain = kind.name.lower()
    if any(word in plain for word in ("mixin", "base", "abstract", "interface", "protocol")):
        return True
    own = [each for each in lineage(kind) if each.root() is kind.root()]
    methods = [method for each in own for method in each.mymethods()]
    if any(map(left_open, methods)) or any(map(_passes_on, methods)):
        return True
    if not any("__init__" in each.locals for each in own) and not _made(kind):
        return True
    known_names = {each for part in own for each in (*part.locals, *part.instance_attrs)}
    return any(map(_hands_out, methods)) and not get_close_matches(name, known_names, 1, 0.8)


def _passes_on(function: nodes.FunctionDef) -> bool:
    """Whether a method calls its parent's with whatever it was given: some other class's business,
    where there is no other base in sight."""
    kind = function.parent.frame()
    given = (*(function.args.vararg or "",), function.args.kwarg or "")
    return function.name == "__init__" and any(given) and not kind.bases and any(
        parent(each.expr) for each in function.nodes_of_class(nodes.Attribute)
    )  # fmt: skip


def _hands_out(function: nodes.FunctionDef) -> bool:
    """Whether a method gives its instance to somebody else."""
    first = function.args.args[0].name if function.args.args else ""
    return any(
        isinstance(given, nodes.Name) and given.name == first
        and not (isinstance(each.func, nodes.Name) and each.func.name in LOOKS)
        and not (isinstance(each.func, nodes.Attribute) and each.func.attrname.startswith("__"))
        for each in function.nodes_of_class(nodes.Call)
        for given in (*each.args, *(keyword.value for keyword in each.keywords))
    )  # fmt: skip


def _made(kind: nodes.ClassDef) -> bool:
    calls = kind.root().nodes_of_class(nodes.Call)
    return any(isinstance(c.func, nodes.Name) and c.func.name == kind.name for c in calls)


def _dynamic(kind: nodes.ClassDef, name: str) -> bool:
    """Whether an attribute of a class may come from what its file does to objects by name, from
    a class related to it, or from another version of the library."""
    if name.startswith("__") and name.endswith("__"):
        return True  # another version of Python's
    for each in lineage(kind):
        if each.root() is kind.root():
            if any(_by_name(inner) for inner in each.nodes_of_class((nodes.Call, nodes.Attribute))):
                return True
        elif name in ELSEWHERE.get(each.qname(), ()):
            return True
    return any(
        name in each.locals or name in each.instance_attrs or not known(each)
        for each in relatives(kind)
    )


def _by_name(node: Any) -> bool:
    if isinstance(node, nodes.Attribute):
        return node.attrname == "__dict__"
    name = node.func.name if isinstance(node.func, nodes.Name) else ""
    return name in ("setattr", "vars", "locals", "exec")


def no_name(node: Any, args: Any) -> bool:
    """A name that no version of the standard library's module has, imported without a guard."""
    if not isinstance(node, nodes.ImportFrom) or node.level or guarded(node):
        return False
    if any(isinstance(each, nodes.Try) for each in node.node_ancestors()):
        return False
    name, module = args[0], args[1]
    return module == node.modname and no_module_has(module, name)


def slots(node: Any, _: Any) -> bool:
    """An attribute of an instance whose class has all its bases, and their slots, in sight."""
    owner = instance_of(node.expr) if isinstance(node.expr, nodes.Name) else None
    return type(owner) is bases.Instance


def abstract(node: Any, _: Any) -> bool:
    """An instance of a class that has all its bases, and their methods, in sight."""
    kind = value(node.func)
    return isinstance(kind, nodes.ClassDef) and known(kind)
