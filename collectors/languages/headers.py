"""What the head of a function says in a syntax tree: its name, its parameters, where it begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from collectors.languages.structures import Parameters, Structures
from collectors.languages.trees import Node

ANONYMOUS = "(anonymous)"
NAME_LENGTH = 200
# Nodes that give their name to the function that they hold, by the field of the name.
GIVERS = {
    "variable_declarator": "name", "pair": "key", "field_definition": "property",
    "public_field_definition": "name", "assignment_expression": "left", "assignment": "left",
    "field": "name", "short_var_declaration": "left", "let_declaration": "pattern",
    "val_definition": "pattern", "property_declaration": "",
}  # fmt: skip
NAMES = frozenset({"simple_identifier", "identifier", "name", "type_identifier", "init"})
NAMELESS = frozenset({"arrow_function", "computed_property", "func_literal"})
FIXED = {
    "arrow_expression_clause": "get", "computed_property": "get", "indexer_declaration": "this",
    "subscript_declaration": "subscript",
}  # fmt: skip
NO_NAMES = frozenset({"namespace", "class", "struct", "enum", "union", "extern"})
# The first word of a function that has no name of its own.
WORDS = frozenset({
    "get", "set", "init", "deinit", "constructor", "willSet", "didSet", "static", "receive",
    "fallback", "add", "remove", "subscript", "this", "extension",
})  # fmt: skip
COMMENTS = frozenset({"comment", "line_comment", "block_comment", "multiline_comment", "ERROR"})


class Header(NamedTuple):
    """``first_line``: the one of the name; ``body_line``: where the body begins; both from 1;
    ``code``: the character after the name."""

    name: str
    first_line: int
    body_line: int
    code: int
    parameters: int


def has_body(node: Node, bodies: frozenset[str]) -> bool:
    """Whether a function is defined, not merely declared."""
    return not bodies or any(child.kind() in bodies for child in node.children())


def is_class(node: Node, found: Header, rules: Structures) -> bool:
    """Whether a class or namespace of C++ is taken for a function, behind a macro that the grammar
    does not know. Elsewhere these words may be names of functions, and in C with parameters."""
    name = found.name.rpartition(rules.separator)[2]
    return (
        name in NO_NAMES
        and node.field("declarator") is not None
        and _list(node, rules.parameters) is None
    )


def header(node: Node, role: str, rules: Structures, prefix: str) -> Header:
    """What a function's head says; ``prefix``: the names of what it is in, with their separator."""
    named = _name_node(node) if role == "functions" else node.field("name")
    full = prefix + (_text(named) if named is not None else _given_name(node))
    start = node.range().start.line + 1
    first = named.range().start.line + 1 if named is not None else start
    body = node.field("body")
    body_line = body.range().start.line + 1 if body is not None else first
    code = named.range().end.index if named is not None else node.range().start.index
    return Header(full[-NAME_LENGTH:], first, max(first, body_line), code,
                  parameters(node, rules.parameters))  # fmt: skip


def curried(node: Node) -> bool:
    """Whether it is all that the function around it gives: ``a => b => ...`` nests nothing."""
    parent = node.parent()
    return parent is not None and parent.kind() == node.kind()


def name_line(node: Node) -> int:
    """The line of a declaration's name, from 1."""
    named = _name_node(node)
    return int((named if named is not None else node).range().start.line) + 1


def own_name(node: Node) -> str:
    """The name of a class or property."""
    named = _name_node(node)
    return _text(named) if named is not None else _given_name(node)


def _name_node(node: Node) -> Node | None:
    named = node.field("name")
    if named is not None and named.kind() not in ("user_type",):
        return named
    declarator = None
    for declarator in _declarators(node):  # noqa: B007  # the last one
        pass
    if declarator is not None:
        return declarator if "abstract" not in declarator.kind() else None
    if node.kind() in NAMELESS:
        return None
    for child in node.children():
        kind = child.kind()
        if kind in NAMES:
            return child
        if kind in ("variable_declaration", "pattern", "property_element"):
            return next((each for each in child.children() if each.kind() in NAMES), child)
    return None


def _declarators(node: Node) -> Iterator[Node]:
    """C's declarators from the outermost to the name: ``*f(int a)``, ``f(int a)``, ``f``."""
    declarator = node.field("declarator")
    while declarator is not None:
        yield declarator
        inner = declarator.field("declarator")
        if inner is None and declarator.kind() == "reference_declarator":
            inner = declarator.child(1)
        declarator = inner


def _given_name(node: Node) -> str:
    """The word or the variable that stands for the name of a function without one."""
    if word := FIXED.get(node.kind()):
        return word
    for child in node.children():
        if child.kind() != "modifiers":
            if (word := str(child.text()[:20])) in WORDS:
                return word
            break
    parent = node.parent()
    if parent is not None and (giver := GIVERS.get(parent.kind())):
        named = parent.field(giver)
        if named is not None and named.range().end.index <= node.range().start.index:
            return _text(named)
    return ANONYMOUS


def _text(node: Node) -> str:
    return " ".join(str(node.text()).split())[:NAME_LENGTH] or ANONYMOUS


def parameters(node: Node, rules: Parameters) -> int:
    """How many parameters a function takes."""
    listed = _list(node, rules)
    if listed is None:
        single = node.field("parameter") or node.field("parameters")
        return int(single is not None)
    found = listed.named_children() if rules.lists else []
    counted = 0
    for child in found:
        kind = child.kind()
        if kind in COMMENTS or kind in rules.not_ or (rules.only and kind not in rules.only):
            continue
        if kind == "parameter_declaration" and child.text() == "void":
            continue
        counted += (len(child.field_children(rules.names)) or 1) if rules.names else 1
    return counted


def _list(node: Node, rules: Parameters) -> Node | None:
    if node.kind() in rules.lists:
        return node
    field = node.field("parameters")
    if field is not None:
        return field if field.kind() in rules.lists else None
    for declarator in _declarators(node):
        for child in declarator.children():
            if child.kind() in rules.lists:
                return child
    for child in node.children():
        if child.kind() in rules.lists:
            return child
        if child.kind() == "lambda_function_type":
            return next((each for each in child.children() if each.kind() in rules.lists), None)
    return None
