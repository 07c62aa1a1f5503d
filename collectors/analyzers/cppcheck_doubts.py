"""What cppcheck says and one file cannot show: messages that other files may prove wrong.

A file alone does not say what a macro of another file does to its arguments, which function never
returns, or which constant stands for a failure. Where a message hangs on one of them it is not
believed. Each row was found by reading findings in public packages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

# message: what cppcheck says; statement: the code from its line to the statement's end;
# before: its line and the three lines of code above; above: the lines of the function above it;
# after: from the line above to the end of the function; undeclared: the lines up to it, in which
# the pattern is not found; conditions: those of the preprocessor in which the line stands
Where = Literal["message", "statement", "before", "above", "after", "undeclared", "conditions"]
PRINTF = "invalidPrintfArgType_ wrongPrintfScanf invalidScanfArgType_ invalidLengthModifier"
CALLS = r"\b(?!if\b|for\b|while\b|switch\b|sizeof\b|return\b|(?:f|s|sn)?printf\b|f?puts\b|str\w+\b)"
UNINITIALISED = "uninitvar legacyUninitvar uninitStructMember"
RETURNED = r"\breturn\s*\(?\s*[&*]?\s*(?!NULL\b|nullptr\b|[A-Z_0-9]+\b)[A-Za-z_]\w*\s*\)?\s*$"
KNOWN_TYPES = (
    r"\b(?:int|char|short|long|float|double|unsigned|signed|bool|size_t|u?int\d+_t|(?:struct|union)\s+\w+)"
    r"\b(?:[^;(){}=]*[\s*,])?\s*NAME\b"
)
TESTED = (
    r"!\s*NAME\b|\bNAME\s*[=!]=\s*(?:NULL|nullptr|0)\b"
    r"|(?:if\s*\(|&&|\|\|)\s*NAME\s*(?:\)|&&|\|\||\?)"
)
CONDITION = re.compile(r"\s*#\s*if")
CONDITION_END = re.compile(r"\s*#\s*endif")
GUARD = re.compile(r"(?i)\bifndef\s+\w*_h(?:pp|xx|h)?_*\s*$|!\s*defined\W+\w*_h(?:pp|xx|h)?_*\W*$")
BEFORE_LINES = 3
AFTER_LINES = 60
DECLARED_LINES = 200


class Doubt(NamedTuple):
    """``rules``: beginnings of their ids; ``pattern`` with NAME for the variable of the message."""

    rules: str
    where: Where
    pattern: str
    why: str


DOUBTS = (
    Doubt("doubleFree", "message", "^Resource handle",
          "fdopen() takes a descriptor only where it succeeds"),
    Doubt("nullPointer", "message", "^(?:Possible null|Null pointer dereference$)",
          "on some path, or by what a library says of an argument"),
    Doubt("nullPointer", "message", r"\)0$", "the address zero, where a platform has it"),
    Doubt("nullPointerOutOf", "before",
          r"if\s*\(\s*(?:!\s*NAME\b|NAME\s*==\s*(?:NULL|0|nullptr)\b)|x\w*alloc\w*\s*\(",
          "it was tested, and the function that is called then may never return"),
    Doubt("nullPointerRedundantCheck", "above", TESTED,
          "it was tested first, and what is done then may never return"),
    Doubt(UNINITIALISED, "statement", r"\)\s*&\s*NAME\b", "it is set by its address"),
    Doubt(UNINITIALISED, "statement", CALLS + r"[A-Za-z_]\w*\s*\([^;{}]*\bNAME\b",
          "a macro of another file may set its argument"),
    Doubt(UNINITIALISED, "undeclared", KNOWN_TYPES,
          "of a type of another file, whose members its constructor or a call may set"),
    Doubt("resourceLeak", "before", r"\bNAME\b\s*\)?\s*(?:[<=!]=|<)\s*[A-Za-z_]",
          "it is compared with a name that another file may define as failure"),
    Doubt("memleak", "message", r"\.\w+$", "a member may be released with its owner"),
    Doubt("memleak", "statement", RETURNED, "what is returned may hold it"),
    Doubt("memleak", "before", r"\bgetaddrinfo\s*\(", "it gives nothing where it fails"),
    Doubt("deallocuse", "statement", r"\w\s*\(.*\b(?:f?close\w*|munmap|free)\s*\(",
          "a macro of another file holds the release"),
    Doubt("leakReturnValNotUsed", "statement", r"(?:^|[;{}])\s*open\s*\(", "a method of that name"),
    Doubt("missingReturn", "after",
          r"#|\b(?!return\b|break\b|continue\b|else\b|default\b)[A-Za-z_]\w*\s*(?:\([^;{}]*\))?\s*;",
          "a macro of another file may return, or a function of another file never"),
    Doubt(PRINTF, "statement", r'"\s*[A-Za-z_]\w*|[A-Z_]{2}\w*\s*"',
          "part of the format stands in a macro of another file"),
    Doubt("arrayIndexOutOfBounds bufferAccessOutOfBounds missingReturn", "conditions", ".",
          "the condition may decide the size as well, or who returns"),
    Doubt("zerodiv", "statement", r"\.\s*(?:size|length|count)\s*\(", "whether it is empty"),
    Doubt("deallocret", "above", r"\bclose\s*\(\s*NAME\b", "a descriptor is but a number"),
    Doubt("unsignedLessThanZero", "statement", r"\A(?![^;]*(?:<\s*0\b|\b0\s*>[^=]))",
          "zero is meant as well"),
    Doubt("wrongfeofUsage", "statement", "&&", "another condition may end the loop"),
    Doubt("invalidPrintfArgType_float", "statement", r"\bscalbl?n",
          "it gives a double, which cppcheck does not know"),
    Doubt("deallocret", "statement", r"\A\s*return\s+NAME\s*\Z", "whether there was one"),
    Doubt("returnDanglingLifetime", "above", r"&\s*\*\s*\(?\s*NAME\b",
          "what a pointer in it points to lives on"),
    Doubt("sizeofDivisionMemfunc", "statement", r"\A[^/]*\Z", "the division stands elsewhere"),
    Doubt("mktempCalled", "after", "O_EXCL", "the file is opened only where there is none"),
    Doubt("accessMoved", "before", r"(?i)throw\w*\s*\(", "a macro of another file may throw"),
    Doubt("redundantCondition", "message", "!= ?-1", "an unsigned number may be compared so"),
    Doubt("duplicateExpression duplicateValueTernary", "message",
          "of '(?:[-+*/%^]=?|[<>]=?|(?:<<|>>)=?)'",
          "tables of numbers, and operators that a class defines"),
    Doubt("clarifyCondition", "message", "^Boolean result is used in bitwise",
          "most do so on purpose"),
    Doubt("constStatement", "message", "unused cast", "(void)0 is how macros do nothing"),
    Doubt("literalWithCharPtrCompare", "message", "'NULL'", "an assertion with its text"),
    Doubt("containerOutOfBounds", "message", "^Either the condition", "on some path"),
    Doubt("mismatchingContainers", "statement", r"\.\s*get\s*\(", "pointers, not iterators"),
    Doubt("unreachableCode", "message", "'raise", "a signal may be handled"),
    Doubt("unreachableCode", "statement", r"\A\s*(?:[A-Z_]{3}\w*\s*(?:\([^;{}]*\))?)?\s*\Z",
          "a macro of another file may begin a handler"),
    Doubt("identicalConditionAfterEarlyExit", "message", "return expression", "style"),
    Doubt("truncLongCast", "statement", r"\A(?!.*[\w)\]]\s*\*\s*[\w(])", "no product"),
)  # fmt: skip


def doubtful(rule: str, message: str, line: int, code: Sequence[str]) -> bool:
    """Whether a message about a line (from 1) of ``code``, which has no comments, may be wrong."""
    found = re.findall(r"'([^']*)'|:\s*(\S+)\s*$", message)
    named = next((one or other for one, other in reversed(found)), "")
    name = re.escape(re.split(r"[.\[>-]", named.lstrip("&*"))[0])
    return any(
        bool(re.search(doubt.pattern.replace("NAME", name or r"\w+"),
                       _shown(doubt.where, message, line, code), re.MULTILINE))
        is (doubt.where != "undeclared")
        for doubt in _doubts(rule)
    )  # fmt: skip


@cache
def _doubts(rule: str) -> tuple[Doubt, ...]:
    return tuple(
        doubt
        for doubt in DOUBTS
        if rule in doubt.rules.split()
        or any(rule.startswith(each) for each in doubt.rules.split() if each.endswith(("_", "Of")))
        or any(rule.startswith(each) for each in ("wrongPrintfScanf", "truncLongCast")
               if each in doubt.rules.split())
    )  # fmt: skip


def _shown(where: Where, message: str, line: int, code: Sequence[str]) -> str:
    if where == "message":
        return message
    if where == "statement":
        text = "\n".join(code[line - 1 : line + 8])
        return re.split(r"[;{}]", text, maxsplit=1)[0] if ";" in text else text
    return "\n".join(_lines(where, line, code))


def _lines(where: Where, line: int, code: Sequence[str]) -> Sequence[str]:
    if where == "undeclared":
        return code[max(0, line - DECLARED_LINES) : line]
    if where == "before":
        return [text for text in code[:line] if text.strip()][-1 - BEFORE_LINES :]
    if where == "conditions":
        return _conditions(code[:line])
    if where == "above":
        begins = (at + 1 for at in range(line - 2, -1, -1) if code[at].startswith("}"))
        return code[next(begins, 0) : line - 1]
    end = next(
        (at for at in range(line, min(len(code), line + AFTER_LINES)) if code[at].startswith("}")),
        min(len(code), line + AFTER_LINES),
    )
    return code[max(0, line - 2) : end]


def _conditions(code: Sequence[str]) -> list[str]:
    """The conditions that are open after these lines, but for the guard of a header."""
    open_ = list[str]()
    for text in code:
        if CONDITION.match(text):
            open_.append(text)
        elif open_ and CONDITION_END.match(text):
            open_.pop()
    return [text for text in open_ if not GUARD.search(text)]
