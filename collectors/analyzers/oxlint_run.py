"""How oxlint is spoken to: its configuration, its answers, and the texts that prove it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from collectors.analyzers.findings import shortened
from collectors.analyzers.program import Canary, Program, Said, installed_program

UNPARSED = ""  # the rule of a message that says why a text cannot be parsed
# What a program in a browser or in Node may take for given.
SURROUNDINGS = (
    *("builtin", "browser", "node", "commonjs", "amd", "worker", "serviceworker", "webextensions"),
    *("jest", "mocha", "jasmine", "jquery", "shared-node-browser"),
)
# Left out is "import", which would read what a file names, wherever that lies.
PLUGINS = ("eslint", "typescript", "unicorn", "oxc", "react", "promise", "node", "vue")
# What a rule is told, where it would speak of taste too.
OPTIONS: dict[str, list[dict[str, object]]] = {
    "eslint/no-constant-condition": [{"checkLoops": "none"}],
    "eslint/no-redeclare": [{"builtinGlobals": False}],
    "eslint/no-unused-expressions": [
        {"allowShortCircuit": True, "allowTernary": True, "allowTaggedTemplates": True}
    ],
    "eslint/no-unreachable-loop": [{"ignore": ["ForInStatement"]}],
    "eslint/no-unused-vars": [
        {"vars": "local", "args": "none", "caughtErrors": "none", "ignoreRestSiblings": True}
    ],
    "eslint/no-use-before-define": [
        {
            **dict.fromkeys(("functions", "classes", "variables", "enums", "typedefs"), False),
            "ignoreTypeReferences": True,
        }
    ],
    "promise/catch-or-return": [{"allowThen": True, "allowFinally": True}],
}
CODE = re.compile(r"(?P<plugin>[\w-]+)\((?P<name>[\w-]+)\)")
COMPILER = "TS"  # a plugin that is none: what TypeScript's own compiler would refuse
FAMILIES = {"react-hooks": "react", "typescript-eslint": "typescript"}  # as messages name them


@dataclass(frozen=True, slots=True)
class Message:
    """A message of oxlint's: where it points to in bytes of the text, its rule and what it says."""

    offset: int
    rule: str
    text: str


_STOP = "`debugger` statement is not allowed"
_NAN = "Checking equality with NaN will always return false"
CANARY_RULES = ("eslint/no-debugger", "eslint/use-isnan")
CANARIES = (
    Canary(
        ".js",
        "if (a === NaN) {\n  debugger;\n}\n",
        frozenset(
            {Message(10, "eslint/use-isnan", _NAN), Message(19, "eslint/no-debugger", _STOP)}
        ),
    ),
    Canary(
        ".ts",
        "const a: string = <string>b;\ndebugger;\n",
        frozenset({Message(29, "eslint/no-debugger", _STOP)}),
    ),
    Canary(
        ".tsx",
        "const a: number = <p/>;\ndebugger;\n",
        frozenset({Message(24, "eslint/no-debugger", _STOP)}),
    ),
    Canary(
        ".vue",
        '<script lang="ts">\nconst a: string = <string>b;\ndebugger;\n</script>\n',
        frozenset({Message(48, "eslint/no-debugger", _STOP)}),
    ),
    Canary(
        ".svelte",
        '<script lang="ts">\nconst a: string = <string>b;\ndebugger;\n</script>\n',
        frozenset({Message(48, "eslint/no-debugger", _STOP)}),
    ),
    Canary(".ts", "const a = ;\n", frozenset({Message(10, UNPARSED, "Unexpected token")})),
)


def program(rules: Collection[str]) -> Program[Message]:
    """oxlint, looking for these rules and no other."""
    return _program(tuple(sorted({*rules, *CANARY_RULES})))


@cache
def _program(rules: tuple[str, ...]) -> Program[Message]:
    path = installed_program("oxlint", "oxlint")
    settings = {
        "plugins": PLUGINS,
        "categories": {"correctness": "off"},  # the others are off of themselves
        "env": dict.fromkeys(SURROUNDINGS, True),
        "rules": {rule: ["warn", *OPTIONS.get(rule, ())] for rule in rules},
    }

    def command(names: Sequence[str]) -> list[str]:
        own = ["--config=../rules.json", "--disable-nested-config", "--no-ignore"]
        return [path, *own, "--threads=1", "--format=json", *names]

    return Program(
        "oxlint", command, _messages, CANARIES, {"rules.json": json.dumps(settings)},
        done=frozenset({0, 1}),
    )  # fmt: skip


def _messages(said: Said, names: Sequence[str]) -> Iterator[tuple[str, Message]]:
    answer = json.loads(said.stdout)
    if answer["number_of_files"] != len(names):
        raise ValueError("it passed over files")
    for told in answer["diagnostics"]:
        rule = UNPARSED
        if code := told.get("code"):
            match = CODE.fullmatch(code)
            if match is None:
                raise ValueError(f"an unknown kind of rule: {code}")
            if match["plugin"] != COMPILER:
                rule = f"{FAMILIES.get(match['plugin'], match['plugin'])}/{match['name']}"
        offset = told["labels"][0]["span"]["offset"] if told["labels"] else 0
        text = shortened(told["message"])
        yield told["filename"], Message(offset, rule, text)
