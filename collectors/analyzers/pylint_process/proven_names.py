"""Proofs about names and definitions: every binding is in sight."""

from __future__ import annotations

import sys
from typing import Any

from astroid import nodes
from definite import known, lineage
from elsewhere import ELSEWHERE
from written_names import written

# What a program may get as a built-in name by other means: translation, IPython, profilers.
INSTALLED = frozenset(
    ["_", "__", "N_", "_n", "ngettext", "gettext", "pgettext", "get_ipython", "display", "profile"]
)
NOT_SELF = frozenset(
    ["cls", "klass", "mcs", "mcls", "metacls", "meta", "this", "me", "_", "__"]
)  # nor with _self in it


def undefined(node: Any, args: Any) -> bool:
    """No star import can bring the name, nothing writes it into the module or among the built-in
    names, and no other version of Python or program has it."""
    name = args if isinstance(args, str) else args[0]
    if name in ELSEWHERE["builtins"] or name in INSTALLED or written(node.root(), name):
        return False
    return not any(
        each.names[0][0] == "*" and (each.level or each.modname not in sys.stdlib_module_names)
        for each in node.root().nodes_of_class(nodes.ImportFrom)
    )


def twice(node: Any, _: Any) -> bool:
    """Both definitions stand beside each other, undecorated, and nothing reads the first."""
    scope = node.parent.scope() if node.parent else None
    if not isinstance(node, nodes.FunctionDef) or node.decorators or scope is None:
        return False
    places = [each for each in scope.locals.get(node.name, ()) if each is not node]
    beside = [each for each in places if isinstance(each, nodes.FunctionDef)]
    if len(places) != len(beside) or not beside:
        return False
    return all(not each.decorators and each.parent is node.parent for each in beside)


def plain_method(node: Any, _: Any) -> bool:
    """A method of a known class, which nothing makes something else of."""
    kind = node.parent.frame() if node.parent else None
    if not isinstance(kind, nodes.ClassDef) or node.decorators or not known(kind):
        return False
    return not _used_in_body(kind, node.name)


def no_self(node: Any, args: Any) -> bool:
    """Its first parameter is never used as an object with members."""
    if not plain_method(node, args):
        return False
    kind = node.parent.frame()
    first = next((each.name for each in [*node.args.posonlyargs, *node.args.args]), "")
    if not first or first in NOT_SELF or "self" in first or "cls" in first or len(first) == 1:
        return False
    others = [each for each in kind.mymethods() if each is not node and each.args.args]
    if not any(each.args.args[0].name == "self" for each in others) or _called_on_class(kind, node):
        return False
    return not any(
        isinstance(each.parent, nodes.Attribute) and each.name == first
        and _has(kind, each.parent.attrname)
        for each in node.nodes_of_class(nodes.Name)
    )  # fmt: skip


def _called_on_class(kind: nodes.ClassDef, function: nodes.FunctionDef) -> bool:
    """Whether a method serves as a plain function: of the class, or as a decorator."""
    return any(
        each.attrname == function.name and each.expr.as_string() == kind.name
        for each in kind.root().nodes_of_class(nodes.Attribute)
    ) or any(each is not function for each in function.nodes_of_class(nodes.FunctionDef))


def _has(kind: nodes.ClassDef, name: str) -> bool:
    return any(name in each.locals or name in each.instance_attrs for each in lineage(kind))


def _used_in_body(kind: nodes.ClassDef, name: str) -> bool:
    """Whether the class body itself calls a function, or makes something else of it."""
    return any(
        each.name == name and each.scope() is kind for each in kind.nodes_of_class(nodes.Name)
    ) or any(
        name == part.name
        for function in kind.mymethods() if function.decorators
        for part in function.decorators.nodes_of_class(nodes.Name)
    )  # fmt: skip


def removed(node: Any, _: Any) -> bool:
    """A key is deleted in the loop over its dict, and the loop goes on."""
    return isinstance(node, nodes.Delete) and not any(
        isinstance(each, nodes.Break | nodes.Return | nodes.Raise)
        for each in node.parent.nodes_of_class((nodes.Break, nodes.Return, nodes.Raise))
    )


def super_itself(node: Any, _: Any) -> bool:
    """The class ``super`` without parentheses, not a variable of that name."""
    names = (each for each in node.nodes_of_class(nodes.Name) if each.name == "super")
    return all(each.lookup("super")[0].root().name == "builtins" for each in names)
