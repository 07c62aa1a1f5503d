"""What a name, a call or a class is beyond doubt, told from one file and the standard library.

pylint infers: it takes a value that an expression may have. Here an answer is given only where
there is no other: a name with a single binding, a class whose bases are all in sight and that
makes up no attributes of its own. Else the answer is None.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Any

from astroid import bases, nodes
from astroid.exceptions import AstroidError

DEPTH = 6  # steps from one name to the next, and from a class to its bases' bases
LITERALS = (nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Set, nodes.JoinedStr)
# Decorators that leave a class or a function to be called as it says.
PLAIN_CLASS = frozenset(
    [
        "dataclass",
        "dataclasses.dataclass",
        "total_ordering",
        "functools.total_ordering",
        "final",
        "typing.final",
        "unique",
        "enum.unique",
    ]
)
PLAIN_METHOD = frozenset(("staticmethod", "classmethod"))
PLAIN = PLAIN_METHOD | frozenset(
    [
        "contextmanager",
        "contextlib.contextmanager",
        "asynccontextmanager",
        "cache",
        "functools.cache",
        "lru_cache",
        "contextlib.asynccontextmanager",
        "functools.lru_cache",
        "typing.final",
        "final",
    ]
)
# Classes of the library that give their instances other attributes than they show.
DYNAMIC = frozenset(
    [
        "ctypes",
        "_ctypes",
        "enum",
        "typing",
        "types",
        "unittest.mock",
        "_thread",
        "_threading_local",
        "xmlrpc.client",
        "multiprocessing.managers",
        "multiprocessing.context",
        "argparse",
        "optparse",
        "logging.LogRecord",
    ]
)
SUPPRESSES = frozenset({"TypeError", "AttributeError", "Exception", "BaseException"})


def binding(name: nodes.Name) -> Any:
    """The one statement or parameter that ever binds a name where it is read, else None."""
    scope, found = name.lookup(name.name)
    places = scope.locals.get(name.name, ())
    if len(places) != 1 or not found or places[0] not in found:
        return None
    if scope.root() is name.root() and hasattr(builtins, name.name):
        # bound only if something is missing: it may be Python's own as well
        return places[0] if places[0].statement() in getattr(scope, "body", ()) else None
    return places[0]


def value(expression: Any, depth: int = DEPTH) -> Any:
    """What an expression is: the node of a module, class, function or literal, or an instance."""
    if depth == 0:
        return None
    if isinstance(expression, LITERALS):
        return expression
    if isinstance(expression, nodes.Name):
        return _named(expression, depth)
    if isinstance(expression, nodes.Attribute):
        return _member(value(expression.expr, depth - 1), expression.attrname)
    if isinstance(expression, nodes.Call):
        return _made(value(expression.func, depth - 1))
    return None


def _made(kind: Any) -> Any:
    """An instance of a known class; what ``super`` and ``type`` make is another's business."""
    plain = isinstance(kind, nodes.ClassDef) and kind.name not in ("super", "type") and known(kind)
    return bases.Instance(kind) if plain else None


def _named(name: nodes.Name, depth: int) -> Any:
    if kind := instance_of(name):
        return kind
    only = binding(name)
    if isinstance(only, nodes.ClassDef | nodes.FunctionDef):
        return only
    if isinstance(only, nodes.Import):
        real = only.real_name(name.name)
        return library(only, real if (real, name.name) in only.names else name.name)
    if isinstance(only, nodes.ImportFrom):
        module = None if only.level else library(only, only.modname)
        return _member(module, only.real_name(name.name))
    if isinstance(only, nodes.AssignName) and isinstance(only.parent, nodes.Assign):
        return value(only.parent.value, depth - 1) if only in only.parent.targets else None
    return None


def instance_of(name: nodes.Name) -> Any:
    """The instance that a method's first parameter is, where its class is known. The class that a
    class method gets may be any heir of its own."""
    scope, found = name.lookup(name.name)
    if not isinstance(scope, nodes.FunctionDef) or not isinstance(scope.parent, nodes.ClassDef):
        return None
    parameters = [*scope.args.posonlyargs, *scope.args.args]
    if not parameters or found != [parameters[0]] or scope.locals[name.name] != found:
        return None
    decorated = set(decorations(scope))
    if decorated & PLAIN_METHOD or scope.name in ("__new__", "__class_getitem__"):
        return None
    if not known(scope.parent):
        return None
    return bases.Instance(scope.parent)


def library(node: Any, name: str) -> nodes.Module | None:
    """A module of the standard library; None for any other."""
    try:
        return node.root().import_module(name, level=0)
    except AstroidError:
        return None


def _member(owner: Any, name: str) -> Any:
    """What an attribute of a module is, or a method of a class or of its instance."""
    if isinstance(owner, nodes.Module):
        found = owner.locals.get(name, ())
        if not found and owner.package:
            return library(owner, f"{owner.name}.{name}")
        if name == "path" and owner.name == "os":
            return library(owner, "posixpath")  # on Windows another, with the same names
        only = found[0] if len(found) == 1 else None
        if isinstance(only, nodes.Import | nodes.ImportFrom):
            return _imported(only, name)
        return only if isinstance(only, nodes.ClassDef | nodes.FunctionDef) else None
    kind = owner._proxied if type(owner) is bases.Instance else owner
    return method(kind, name) if isinstance(kind, nodes.ClassDef) and known(kind) else None


def _imported(only: nodes.Import | nodes.ImportFrom, name: str) -> Any:
    if isinstance(only, nodes.Import):
        real = only.real_name(name)
        return library(only, real) if (real, name) in only.names or real == name else None
    return None if only.level else _member(library(only, only.modname), only.real_name(name))


def method(kind: nodes.ClassDef, name: str) -> Any:
    """A method of a known class that nothing replaces; None for any other attribute."""
    for each in lineage(kind):
        if name in each.instance_attrs:
            return None
        found = each.locals.get(name, ())
        if found:
            only = found[0] if len(found) == 1 else None
            return only if isinstance(only, nodes.FunctionDef) else None
    return None


def known(kind: nodes.ClassDef, depth: int = DEPTH) -> bool:
    """Whether all that makes a class stands in its file or the standard library: every base, no
    metaclass and no decorator that could change it, no attribute made up when it is asked for."""
    module = kind.root().name
    if module == "builtins":
        return True
    if depth == 0 or {module, f"{module}.{kind.name}"} & DYNAMIC:
        return False
    if {"__getattr__", "__getattribute__", "__metaclass__", "__init_subclass__"} & set(kind.locals):
        return False
    if set(decorations(kind)) - PLAIN_CLASS or not _plain_metaclass(kind):
        return False
    found = [value(base) for base in kind.bases]
    return all(isinstance(base, nodes.ClassDef) and known(base, depth - 1) for base in found)


def _plain_metaclass(kind: nodes.ClassDef) -> bool:
    given = kind._metaclass
    return not kind.keywords and (given is None or given.as_string() in ("ABCMeta", "abc.ABCMeta"))


def decorations(node: Any) -> Iterator[str]:
    """The decorators of a class or function, without their arguments."""
    for each in node.decorators.nodes if node.decorators else ():
        yield (each.func if isinstance(each, nodes.Call) else each).as_string()


def lineage(kind: nodes.ClassDef) -> list[nodes.ClassDef]:
    """A known class and all its bases, nearest first; empty where Python refuses their order."""
    try:
        return list(kind.mro())
    except AstroidError:
        return []


def relatives(kind: nodes.ClassDef) -> Iterator[nodes.ClassDef]:
    """The classes of its file that derive from a class, and what else these derive from."""
    for each in kind.root().nodes_of_class(nodes.ClassDef):
        above = [] if each is kind else _above(each)
        if kind in above:
            yield each
            yield from above


def _above(kind: nodes.ClassDef) -> list[nodes.ClassDef]:
    try:
        return list(kind.ancestors())
    except AstroidError:
        return []


def left_open(function: nodes.FunctionDef) -> bool:
    """Whether a method is left to other classes: abstract, or not implemented."""
    last = function.body[-1] if function.body else None
    if isinstance(last, nodes.Raise) and last.exc and "NotImplemented" in last.exc.as_string():
        return True
    return any("abstract" in name for name in decorations(function))


def parent(expression: Any) -> bool:
    """Whether an expression is ``super()``."""
    return isinstance(expression, nodes.Call) and expression.as_string() == "super()"


def guarded(node: Any) -> bool:
    """Whether the failure is waited for, or the platform or version is asked first."""
    for each in node.node_ancestors():
        if isinstance(each, nodes.Try) and any(
            handler.type is None or SUPPRESSES & _caught(handler) for handler in each.handlers
        ):
            return True
        if isinstance(each, nodes.If | nodes.IfExp):
            asked = each.test.as_string()
            if any(
                word in asked
                for word in ("hasattr", "platform", "version", "implementation", "PY", "os.name")
            ):
                return True
    return False


def _caught(handler: nodes.ExceptHandler) -> set[str]:
    return {each.name for each in handler.type.nodes_of_class(nodes.Name)}
