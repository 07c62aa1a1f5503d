"""Where oxlint says more than one file can prove: the places at which a rule counts.

A file knows neither the page that it is loaded into nor what its names were meant for. So a rule
that is right in one form of code and wrong in another counts in the first alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

# What must stand at the place that the rule points to.
AT = {
    # what is computed before it is compared may be meant; /./ and a pattern kept for later are
    "eslint/no-constant-binary-expression": re.compile(r"(?!\(\s*[\w$]+\s*=[^=]|typeof\s*/)"),
    # polyfills, and what a loader puts in place of require
    "eslint/no-global-assign": re.compile(
        r"(?:undefined|NaN|Infinity|Array|Boolean|Date|Error|Function|JSON|Map|Math|Number|Object"
        r"|Promise|Proxy|Reflect|RegExp|Set|String|Symbol|WeakMap|WeakSet)\b"
    ),
    # of a fraction the last digits are noise
    "eslint/no-loss-of-precision": re.compile(r"\d+\b(?!\.)"),
    # Symbol cannot be made so, which another rule says
    "eslint/no-new-wrappers": re.compile(r"new\s+(?!Symbol\b)"),
    # of a page some properties act when they are set
    "eslint/no-self-assign": re.compile(
        r"(?![\w$.\[\]]*\.(?:href|src|srcdoc|hash|location|width|height|value|currentTime|innerHTML"
        r"|scrollTop|scrollLeft|selectedIndex)\b)"
    ),
    # what !== and a bare name ask is whether it is NaN
    "eslint/no-self-compare": re.compile(
        r"[\w$]+(?:\s*\.\s*[\w$]+|\[[\w$'\"]+\])+\s*(?:===?|[<>]=?)"
    ),
    # a name that is kept undefined on purpose
    "eslint/no-unassigned-vars": re.compile(r"(?!undefined\b)"),
    # an error that is thrown from there was perhaps the one to tell of
    "eslint/no-unsafe-finally": re.compile(r"(?:return|break|continue)\b"),
    # a comparison, a sum or a function that nobody takes
    "eslint/no-unused-expressions": re.compile(
        r"[\w$.\[\]'\"]+\s*(?:[=!]==?|[<>]=?|[-+*/%])\s*[\w$.\[\]'\"]+\s*(?:;|$|[\r\n])"
        r"|\(?\s*(?:async\s+)?function\b"
    ),
    # one that handles all its errors itself
    "eslint/no-async-promise-executor": re.compile(
        r"async\s*(?:\([^)]*\)|[\w$]+)\s*=>(?!\s*\{\s*try\b)"
        r"|async\s+function\b[^{]*\{(?!\s*try\b)"
    ),
    # to compare truth values by === is meant
    "oxc/bad-comparison-sequence": re.compile(r"[^=!\n]*[<>]"),
    "unicorn/no-negation-in-equality-check": re.compile(r"![^=!]+[=!]==?(?!=|\s*!)"),
    # what has fill() is not always an array, and what it fills with not always new
    "unicorn/no-array-fill-with-reference-type": re.compile(
        r"[\[{]|new\s+(?:Array|Date|Map|Object|Set)\b"
    ),
    # it takes the index for the radix
    "unicorn/no-array-callback-reference": re.compile(r"(?:Number\.)?parseInt\b"),
}
# An assignment to a name, but for those that bundlers know.
ASSIGNED = re.compile(
    r"(?!__)[\w$]+\s*(?:(?:\*\*|<<|>>>?|&&|\|\||\?\?|[-+*/%&|^])?=(?![=>])|\+\+|--)"
)
# What must stand before it.
BEFORE = {
    # a loop that takes one after another is a way to write it
    "eslint/no-cond-assign": re.compile(r"\bif\s*\([^;{}]*\Z"),
    "eslint/no-empty": re.compile(r"\bcatch\s*(?:\([^()]*\)\s*)?\Z"),
    # a condition that is decided when the program is built
    "react/rules-of-hooks": re.compile(r"\A(?!.*\bNODE_ENV\b)", re.DOTALL),
}
# What it must say.
SAYING = {"promise/valid-params": re.compile(r"`Promise\.(?!then)")}
# What must stand somewhere in the text: a rule of a library counts where that is named.
IN = {"react": re.compile(r"[\"'](?:react|preact)(?:[\"'/])")}
# One defect that two rules report is counted by the second, where both name one line.
TWICE = {
    "eslint/no-cond-assign": {"eslint/no-constant-condition"},
    "eslint/no-constant-binary-expression": {
        *("oxc/bad-object-literal-comparison", "unicorn/no-negation-in-equality-check"),
        *("eslint/valid-typeof", "oxc/const-comparisons"),
    },
    "eslint/no-this-before-super": {"eslint/constructor-super"},
    "eslint/no-unused-vars": {"eslint/no-const-assign"},
    "eslint/no-useless-assignment": {"eslint/no-fallthrough", "eslint/no-unused-vars"},
    "eslint/no-unused-expressions": {"eslint/array-callback-return"},
}
# A type and a value of one name are two things.
JAVASCRIPT = frozenset({"eslint/no-redeclare"})
# The markup of a Svelte page, which nobody reads here, uses and sets what its scripts declare; what
# stands after $: is declared, and an assignment to itself draws the page anew.
BY_MARKUP = frozenset(
    {
        *("eslint/no-self-assign", "eslint/no-unassigned-vars", "eslint/no-undef"),
        *("eslint/no-unused-expressions", "eslint/no-unused-vars", "eslint/no-useless-assignment"),
    }
)
# What makes a file a module: all that its top level declares is its own.
MODULE = re.compile(r"^[ \t]*(?:import|export)\b|\brequire\s*\(|\bexports\b|\bdefine\s*\(", re.M)
OUTERMOST = re.compile(r"(?:async\s+)?(?:var|let|const|class|function\b\s*\*?)\s[^();=]*")
DECLARING = re.compile(r"^\s*(?:export\s+)?declare\b", re.M)
UNUSED, UNDECLARED = "eslint/no-unused-vars", "eslint/no-undef"
EARLY = "eslint/no-use-before-define"
NAME = re.compile(r"[A-Za-z_$][\w$]*")
# What a statement or a list of parameters declares, as far as can be told by a look.
DECLARED = re.compile(
    r"\b(?:const|let|var|function|class)\s+([A-Za-z_$][\w$]*)"
    r"|[({\[,]\s*([A-Za-z_$][\w$]*)(?=\s*(?:[,)}\]]|=[^=>]))"
)
OF_THE_PAGE = re.compile(
    r"(?:\btypeof\s+|\b(?:this|window|self|global|globalThis|root)\s*\.\s*)([\w$]+)"
)
LONGEST = 200  # characters that are looked at
SHORTEST = 5  # letters of a name that one would take for another's misspelling


def counts(rule: str, said: str, text: str, at: int, language: str) -> bool:
    """Whether a finding of ``rule``, and what it ``said``, at a place of the text is one."""
    here, before = text[at : at + LONGEST], text[max(0, at - LONGEST) : at]
    family = rule.partition("/")[0]
    return (
        (rule not in AT or AT[rule].match(here) is not None)
        and (rule not in BEFORE or BEFORE[rule].search(before) is not None)
        and (rule not in SAYING or SAYING[rule].search(said) is not None)
        and (family not in IN or IN[family].search(text) is not None)
        and (rule not in JAVASCRIPT or language == "javascript")
        and (rule not in BY_MARKUP or language != "svelte")
        and (rule != UNUSED or _own(text, at, language))
        and (rule != UNDECLARED or _undeclared(here, text))
        and (rule != EARLY or _not_there_yet(here, text, at))
    )


def _own(text: str, at: int, language: str) -> bool:
    """Whether what is declared there is nobody else's: not of a script's top level, which the page
    shares, and not in a file that only declares."""
    start = text.rfind("\n", 0, at) + 1
    if language == "typescript" and DECLARING.search(text):
        return False
    return not OUTERMOST.fullmatch(text[start:at]) or MODULE.search(text) is not None


def _undeclared(here: str, text: str) -> bool:
    """Whether a name that the text does not declare is nobody's: one that it assigns to, or one
    that it reads once, a letter away from one that it declares. Not one that it knows to be of the
    page: whose type it asks for, or which it takes from there."""
    name = match[0] if (match := NAME.match(here)) else ""
    names = _names(text)
    return name not in names.of_the_page and bool(ASSIGNED.match(here) or names.misspelt(name))


def _not_there_yet(here: str, text: str, at: int) -> bool:
    """Whether a name fails when it is read before its statement: one that let or const declares,
    and nothing else, in a text that does more than declare."""
    name = re.escape(match[0]) if (match := NAME.match(here)) else ""
    other = rf"\b(?:var|function|class|enum|namespace|import)\s+{name}(?![\w$])"
    return bool(
        re.compile(rf"\b(?:const|let)\s+{name}(?![\w$])").search(text, at)
        and not re.search(other, text)
        and not DECLARING.search(text)
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a text: how often each stands there, those that it takes from the page, and
    those that it declares, by each way to write one without one of its letters."""

    times: Counter[str]
    of_the_page: frozenset[str]
    declared: dict[str, set[str]]

    def misspelt(self, name: str) -> bool:
        """Whether it stands there once, and one that is declared is a letter away."""
        if len(name) < SHORTEST or self.times[name] != 1:
            return False
        others = {other for way in _ways(name) for other in self.declared.get(way, ())}
        return any(near(name, other) and name.lower() != other.lower() for other in others)


@lru_cache(maxsize=1)
def _names(text: str) -> _Names:
    declared: dict[str, set[str]] = {}
    for match in DECLARED.finditer(text):
        name = match[1] or match[2]
        for way in _ways(name) if SHORTEST <= len(name) + 1 <= LONGEST else ():
            declared.setdefault(way, set()).add(name)
    of_the_page = frozenset(match[1] for match in OF_THE_PAGE.finditer(text))
    return _Names(Counter(NAME.findall(text)), of_the_page, declared)


def _ways(name: str) -> set[str]:
    return {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}


def near(name: str, other: str) -> bool:
    """Whether one letter more, less or else, or two that stand in the wrong order, tell them
    apart."""
    if abs(len(name) - len(other)) > 1:
        return False
    short, long = sorted((name, other), key=len)
    same = next(
        (n for n, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), None
    )
    if same is None:
        return len(short) < len(long)
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same : same + 2] == long[same : same + 2][::-1]
    return short[same + 1 :] == long[same + 1 :] or (
        swapped and short[same + 2 :] == long[same + 2 :]
    )
