"""What a text imports from other files, as its tree shows it: for those who ask where code went.
One native search a language finds the places; only those are looked into.

An import by a computed name is none: what is not written down cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from collectors.languages.trees import Node
from quality.model.facts import Import

MOST = 5_000  # imports of a file that are kept: no honest file has as many
LONGEST = 1_000  # characters of a target
Found = tuple[int | None, str]  # folders up, or None: not relative; the path as written

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_CLAUSE = re.compile(r"[^,{}]+(?:\{[^{}]*\})?")  # a.b, or a.{b, c}
_RENAMED = re.compile(r"\s(?:as\s.*|=>.*)|=>.*", re.DOTALL)
_SCRIPT = re.compile(r"\.[cm]?[jt]sx?\Z")
_ALIAS = re.compile(r"[@~]/")  # what bundlers call the source's root
_PHP = re.compile(
    r"(?:require|include)(?:_once)?[\s(]*"
    r"(?P<here>(?:__DIR__|dirname\s*\(\s*__FILE__\s*\))\s*\.\s*)?"
    r"(?P<quote>['\"])(?P<path>[^'\"$\\]*)(?P=quote)[\s)]*",
    re.IGNORECASE,
)


def imports(root: Node, language: str) -> list[Import]:
    """The imports of a tree by line, each target once; of more than MOST the last has no target,
    and says that the rest was not kept. None for a language that is not in RULES."""
    if language not in RULES:
        return []
    rule, read = RULES[language]
    first: dict[Found, int] = {}
    for node in root.find_all({"rule": rule}):
        line = node.range().start.line + 1
        for up, path in read(node):
            found = _resolved(up, path)
            if found is not None:
                first[found] = min(line, first.get(found, line))
    rows = [Import(line, up, target) for (up, target), line in first.items()]
    rows.sort(key=lambda row: (row.line, row.target, row.up is None, row.up or 0))
    return [*rows[:MOST], Import(rows[MOST].line, None, "")] if len(rows) > MOST else rows


def _resolved(up: int | None, path: str) -> Found | None:
    """The path without ``.`` and ``..``; None where nothing is left or it leads nowhere."""
    parts = list[str]()
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part == ".." and up is None:
            return None
        elif part == "..":
            up = (up or 0) + 1
        elif part not in ("", "."):
            parts.append(part)
    target = "/".join(parts)
    return (up, target) if 0 < len(target) <= LONGEST and target.isprintable() else None


# ---------------------------------------------------------------- what a place says


def _python(node: Node) -> Iterator[Found]:
    children = node.children()
    if node.kind() == "call":
        words = [word for word in children[-1].children() if word.is_named()]
        if re.search(r"import_module|__import__", children[0].text()):
            if words and words[0].kind() == "string":
                yield None, _unquoted(words[0]).replace(".", "/")
        else:
            yield from ((None, _unquoted(word)) for word in words if word.kind() == "string")
        return
    names = [name for name in map(_dotted, children) if name]
    if node.kind() == "import_statement":
        yield from ((None, name) for name in names)
        return
    given = node.field("module_name")
    module = re.sub(r"[\s\\]", "", given.text()) if given else ""
    level = len(module) - len(module.lstrip("."))
    up, path = (level - 1 if level else None), module.lstrip(".").replace(".", "/")
    yield up, path
    if len(path) <= LONGEST:  # else a supplier decides how much memory this takes
        yield from ((up, f"{path}/{name}") for name in (names if level else names[1:]))


def _dotted(node: Node) -> str:
    """The path of an imported name; "" for all that is none."""
    if node.kind() == "aliased_import":
        node = node.child(0)
    text = node.text() if node.kind() == "dotted_name" else ""
    return re.sub(r"[\s\\]", "", text).replace(".", "/")


def _script(node: Node) -> Iterator[Found]:
    path = _unquoted(node)
    yield (0 if path.startswith(".") else None), _SCRIPT.sub("", _ALIAS.sub("", path, count=1))


def _jvm(node: Node) -> Iterator[Found]:
    text = _COMMENT.sub(" ", node.text()).replace("`", "")
    text = re.sub(r"\A\s*import\s+(?:static\s)?", "", text)
    for clause in _CLAUSE.findall(text.strip().rstrip(";")):
        head, brace, tail = clause.partition("{")
        if len(head) > LONGEST:
            continue
        for name in tail.rstrip("} \t\n").split(",") if brace else [""]:
            words = re.sub(r"\s", "", _RENAMED.sub("", f"{head}{name}")).split(".")
            if words[-1] in ("*", "_", "given"):
                words.pop()
                if not words or not words[-1][:1].isupper():
                    continue  # a package, whose classes production and tests may share
            yield None, "/".join(words)
            if len(words) > 1 and words[-2][:1].isupper():
                yield None, "/".join(words[:-1])  # what stands in a class


def _quoted(node: Node) -> Iterator[Found]:
    path = _unquoted(node)
    yield (0 if path.startswith(".") else None), path


def _ruby(node: Node) -> Iterator[Found]:
    call = node.parent().parent()
    here = call.field("method").text() == "require_relative" or _unquoted(node).startswith(".")
    yield (0 if here else None), _unquoted(node).removesuffix(".rb")


def _php(node: Node) -> Iterator[Found]:
    if match := _PHP.fullmatch(node.text()):
        here = match["here"] or match["path"].startswith(".")
        yield (0 if here else None), match["path"]


def _unquoted(node: Node) -> str:
    return str(node.text()).strip("rRbBuU")[1:-1]


# ---------------------------------------------------------------- where to look


def _strings(*kinds: str, inside: dict[str, Any]) -> dict[str, Any]:
    return {"any": [{"kind": kind} for kind in kinds], "inside": inside}


def _call(kind: str, field: str, names: str, arguments: str) -> dict[str, Any]:
    """The arguments of a call of one of ``names``."""
    called = {"kind": kind, "has": {"field": field, "regex": f"^(?:{names})$"}}
    return {"kind": arguments, "inside": called}


def _any(*rules: Any) -> dict[str, Any]:
    return {"any": [{"kind": rule} if isinstance(rule, str) else rule for rule in rules]}


_CALLED = _call("call_expression", "function", "require|import", "arguments")
_JAVASCRIPT = _strings(
    "string", "template_string", inside=_any("import_statement", "export_statement", _CALLED)
)
_TYPESCRIPT = _any(_JAVASCRIPT, _strings("string", inside={"kind": "import_require_clause"}))
_DYNAMIC = {
    "kind": "call",
    "has": {"field": "function", "regex": r"^(?:(?:importlib\.)?import_module|__import__)$"},
}
# What runs a file by its path, whatever it is called.
_RUNNING = {
    "kind": "call",
    "has": {
        "field": "function",
        "regex": r"^(?:[\w.]+\.)?(?:run_path|SourceFileLoader|spec_from_file_location|load_source"
        r"|execfile)$",
    },
}
# By our name of a language: the rule that finds the places, and what reads one of them.
RULES: dict[str, tuple[dict[str, Any], Callable[[Node], Iterator[Found]]]] = {
    "cpp": (_strings("string_literal", inside={"kind": "preproc_include"}), _quoted),
    "go": (
        _strings(
            "interpreted_string_literal", "raw_string_literal", inside={"kind": "import_spec"}
        ),
        _quoted,
    ),
    "java": ({"kind": "import_declaration"}, _jvm),
    "javascript": (_JAVASCRIPT, _script),
    "kotlin": ({"kind": "import_header"}, _jvm),
    "php": (
        _any("include_expression", "include_once_expression", "require_expression",
             "require_once_expression"),
        _php,
    ),
    "python": (_any("import_statement", "import_from_statement", _DYNAMIC, _RUNNING), _python),
    "ruby": (
        _strings("string", inside=_call(
            "call", "method", "require|require_relative|load", "argument_list"
        )),
        _ruby,
    ),
    "scala": ({"kind": "import_declaration"}, _jvm),
    "tsx": (_TYPESCRIPT, _script),
    "typescript": (_TYPESCRIPT, _script),
}  # fmt: skip
