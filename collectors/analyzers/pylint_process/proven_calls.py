"""Proofs about calls: what is called is certain, and it takes what it says."""

from __future__ import annotations

from typing import Any

from astroid import bases, nodes
from definite import (
    LITERALS,
    PLAIN,
    PLAIN_CLASS,
    decorations,
    guarded,
    instance_of,
    known,
    left_open,
    lineage,
    method,
    parent,
    relatives,
    value,
)
from elsewhere import ELSEWHERE


def missing(node: Any, _: Any) -> bool:
    """Arguments that are not given: what a library asks for, it asks for in every version."""
    return call(node, None, versions=False)


def call(node: Any, _: Any, *, versions: bool = True) -> bool:
    """Wrong arguments: it is certain what is called, and it takes what it says."""
    if not isinstance(node, nodes.Call) or _expected_to_fail(node):
        return False
    if isinstance(node.func, nodes.Attribute) and parent(node.func.expr):
        called = _parent_method(node.func)
    else:
        called = value(node.func)
    if isinstance(called, nodes.ClassDef):
        return known(called) and _plainly_made(called, versions)
    if not isinstance(called, nodes.FunctionDef) or set(decorations(called)) - PLAIN:
        return False
    if left_open(called) or (called.root() is not node.root() and guarded(node)):
        return False
    owner = called.parent.frame()
    qualified = f"{owner.qname() if isinstance(owner, nodes.ClassDef) else called.root().name}"
    return not versions or f"{called.name}()" not in ELSEWHERE.get(qualified, ())


def _plainly_made(kind: nodes.ClassDef, versions: bool) -> bool:
    """Whether __init__ alone says what a class is called with, in all versions of Python."""
    for each in lineage(kind):
        if "__new__" in each.locals and each.root().name != "builtins":
            return False
        if "__init__" in each.locals or PLAIN_CLASS & set(decorations(each)):
            made = each.locals.get("__init__", [None])
            plain = len(made) == 1 and not (made[0] and list(decorations(made[0])))
            return plain and not (versions and "__init__()" in ELSEWHERE.get(each.qname(), ()))
    return True


def _parent_method(attribute: nodes.Attribute) -> Any:
    """What ``super().name`` is: only if no other class can come between the two."""
    kind = attribute.frame().parent.frame() if attribute.frame().parent else None
    if not isinstance(kind, nodes.ClassDef) or not known(kind) or len(kind.bases) > 1:
        return None
    return method(lineage(kind)[1], attribute.attrname)


def _expected_to_fail(node: Any) -> bool:
    """Whether the code waits for the failure, as a test of it does."""
    for each in node.node_ancestors():
        if isinstance(each, nodes.Try) and any(
            handler.type is not None and "TypeError" in handler.type.as_string()
            for handler in each.handlers
        ):
            return True
        if isinstance(each, nodes.With) and "aises(" in each.items[0][0].as_string():
            return True
    return False


def not_callable(node: Any, _: Any) -> bool:
    """A literal or a module is called, or an attribute that holds a literal alone."""
    called = value(node.func) if isinstance(node, nodes.Call) else None
    if isinstance(called, nodes.Const) and called.value is None:
        return False
    return isinstance(called, (*LITERALS, nodes.Module)) or _kept(node.func)


def _kept(called: Any) -> bool:
    """Whether ``self.name`` is a number or text that __init__ sets and nothing else does, or a
    property that returns one."""
    owner = instance_of(called.expr) if _of_name(called) else None
    if type(owner) is not bases.Instance:
        return False
    found = [(each, each.instance_attrs.get(called.attrname, ())) for each in _family(owner)]
    places = [place for _, each in found for place in each]
    if len(places) != 1 or any(called.attrname in each.locals for each, _ in found):
        return False
    parent = places[0].parent
    kept = value(parent.value) if isinstance(parent, nodes.Assign) else None
    return isinstance(kept, nodes.Const) and kept.value is not None


def _family(owner: Any) -> list[nodes.ClassDef]:
    return [*lineage(owner._proxied), *relatives(owner._proxied)]


def _of_name(node: Any) -> bool:
    return isinstance(node, nodes.Attribute | nodes.AssignAttr) and isinstance(
        node.expr, nodes.Name
    )


def never_called(node: Any, _: Any) -> bool:
    """A function in a condition: it is one for certain."""
    test = getattr(node, "test", node)
    found = value(test)
    return isinstance(found, nodes.FunctionDef) and not (set(decorations(found)) - {"staticmethod"})


def returns_nothing(node: Any, _: Any) -> bool:
    """The result of a function of the file that returns none, or of a literal's method."""
    call = node.value
    if isinstance(call.func, nodes.Attribute) and isinstance(call.func.expr, LITERALS):
        return True
    called = value(call.func)
    return (
        isinstance(called, nodes.FunctionDef)
        and not called.decorators
        and isinstance(called.parent, nodes.Module)
        and len(called.body) > 0
        and not isinstance(called.body[-1], nodes.Pass | nodes.Raise)
    )
