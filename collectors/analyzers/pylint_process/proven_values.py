"""Proofs about values: a literal, or a name that stands for one alone."""

from __future__ import annotations

import builtins
from typing import Any

from astroid import bases, nodes
from definite import LITERALS, known, value
from elsewhere import ELSEWHERE


def literal(node: Any, _: Any = None) -> bool:
    """The value is a literal, or a name that stands for one alone; None is a placeholder."""
    found = value(node)
    return isinstance(found, LITERALS) and getattr(found, "value", "") is not None


def index(node: Any, _: Any) -> bool:
    """An index of the wrong type into a literal."""
    return isinstance(node, nodes.Subscript) and literal(node.value)


def no_type(node: Any, _: Any) -> bool:
    """The second argument of isinstance is a text or a number."""
    return isinstance(node, nodes.Call) and isinstance(node.args[1], nodes.Const)


def with_function(node: Any, _: Any) -> bool:
    """A function is compared with a literal: never equal."""
    sides = [node.left, *(side for _, side in node.ops)]
    found = [value(side) for side in sides]
    return any(
        isinstance(each, nodes.FunctionDef) and not each.decorators for each in found
    ) and any(isinstance(side, nodes.Const) for side in sides)


def raised(node: Any, _: Any) -> bool:
    """What is raised is a literal."""
    return node.exc is not None and literal(node.exc)


def caught_literal(node: Any, _: Any) -> bool:
    """What is caught is a literal, or one among others is."""
    return any(literal(part) for part in getattr(node, "elts", [node]))


def unpacked(node: Any, _: Any) -> bool:
    """A literal, or a call of a function that always returns so many values."""
    given = node.value if isinstance(node, nodes.Assign) else getattr(node, "iter", None)
    if isinstance(node, nodes.For):
        return False
    if isinstance(given, nodes.Call):
        return _one_length(value(given.func))
    return literal(given)


def _one_length(called: Any) -> bool:
    if not isinstance(called, nodes.FunctionDef) or called.decorators or called.is_generator():
        return False
    if isinstance(called, nodes.AsyncFunctionDef) or isinstance(called.parent, nodes.ClassDef):
        return False
    returned = list(
        called.nodes_of_class(nodes.Return, skip_klass=(nodes.FunctionDef, nodes.Lambda))
    )
    sizes = {
        len(each.value.elts)
        if isinstance(each.value, nodes.Tuple)
        and not any(isinstance(part, nodes.Starred) for part in each.value.elts)
        else -1
        for each in returned
    }
    return len(sizes) == 1 and -1 not in sizes


def context(node: Any, _: Any) -> bool:
    """What a with statement enters is an instance of a class with all its bases in sight."""
    return any(
        type(found := value(manager)) is bases.Instance and known(found._proxied)
        for manager, _ in node.items
    )


def formatted(_: Any, args: Any) -> bool:
    """A value that does not fit its place in a format; None is a placeholder."""
    return "NoneType" not in str(args)


def logged(node: Any, _: Any) -> bool:
    """A logging call that has arguments to format: without any the text is left as it is."""
    least = 3 if getattr(node.func, "attrname", "") == "log" else 2
    return len(node.args) >= least


def itself(node: Any, _: Any) -> bool:
    """A name is assigned to itself, not copied from outside the class or from Python's own."""
    plain = isinstance(node, nodes.AssignName) and isinstance(node.parent, nodes.Assign)
    if not plain or isinstance(node.scope(), nodes.ClassDef):
        return False
    return node.name not in ELSEWHERE["builtins"] and not hasattr(builtins, node.name)


def shared_default(node: Any, _: Any) -> bool:
    """A default that the function itself changes, keeps or hands back."""
    if not isinstance(node, nodes.FunctionDef):
        return False
    given = [*node.args.posonlyargs, *node.args.args][::-1]
    pairs = zip([*given, *node.args.kwonlyargs], _defaults(node.args), strict=False)
    mutable = {each.name for each, default in pairs if isinstance(default, _MUTABLE)}
    return any(_changed(each) for each in node.nodes_of_class(nodes.Name) if each.name in mutable)


_MUTABLE = (nodes.List, nodes.Dict, nodes.Set, nodes.Call)
_CHANGES = frozenset(
    ["append", "extend", "insert", "pop", "remove", "clear", "update", "setdefault", "add",
     "discard", "sort", "reverse", "popitem"]
)  # fmt: skip


def _defaults(arguments: nodes.Arguments) -> list[Any]:
    last_first = [*(arguments.defaults or ())][::-1]
    missing = len(arguments.posonlyargs) + len(arguments.args) - len(last_first)
    return [*last_first, *[None] * missing, *(arguments.kw_defaults or ())]


def _changed(name: nodes.Name) -> bool:
    parent = name.parent
    if isinstance(parent, nodes.Attribute):
        return parent.attrname in _CHANGES and isinstance(parent.parent, nodes.Call)
    if isinstance(parent, nodes.Subscript):
        held = parent.parent
        stored = isinstance(held, nodes.Assign) and parent in held.targets
        return stored or isinstance(held, nodes.AugAssign | nodes.Delete)
    if isinstance(parent, nodes.Assign):
        return isinstance(parent.targets[0], nodes.AssignAttr)
    return isinstance(parent.parent if isinstance(parent, nodes.Tuple) else parent, nodes.Return)
