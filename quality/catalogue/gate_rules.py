"""The catalogue of merge-gate rules: what a contract's gate may ask. How each is judged is the
function of the same name in ``quality/gate/rules.py``."""

from __future__ import annotations

from quality.model.gate import GateRuleKind
from quality.model.recipe import FINDERS

DUPLICATE_LINES = 6  # consecutive code lines that make a duplicate, as in duplication.share

_SPLIT = (
    "Cut the function at any line into two that nobody would name: read the findings and the "
    "duplication of the same change"
)
_READERS = ("clones", "lizard")  # functions, and the lines by which they are known again
_CATALOGUE = (
    GateRuleKind("function.ccn", measures="cyclomatic complexity of each new or touched function",
        why="A function with many paths is rarely tested along each of them",
        remedy="Each branch (if, loop, case, and, or, except) adds one path. Move parts that have "
        "a name of their own into functions, return early, replace chains of conditions by a "
        "table. A function that was over the limit before may be touched, and must not get worse.",
        exploit=_SPLIT, analyzers=_READERS, unit="CCN", takes=("touched",)),
    GateRuleKind("function.nloc", measures="lines of code of each new or touched function",
        why="A long function does several things, and is read whole for each of them",
        remedy="Lines without blank and comment lines count. Move steps that can be named into "
        "functions of their own.",
        exploit="Write several statements on one line: keep function.ccn beside it",
        analyzers=_READERS, unit="NLOC", takes=("touched",)),
    GateRuleKind("function.parameters", measures="parameters of each new or touched function",
        why="Who calls a function with many parameters mixes them up",
        remedy="Group parameters that travel together into an object, or split the function by "
        "what its callers need.",
        exploit="Pass one dictionary of everything: read what the function takes out of it",
        analyzers=_READERS, unit="parameters", takes=("touched",)),
    GateRuleKind("function.nesting", measures="nesting depth of each new or touched function",
        why="What stands deep inside is understood only with all that stands around it",
        remedy="Return or continue early instead of nesting the rest, and move the inner block "
        "into a function.",
        exploit=_SPLIT, analyzers=_READERS, unit="levels", takes=("touched",)),
    GateRuleKind("findings.new", measures="findings that the base does not have",
        why="A new error is cheapest to correct in the change that brings it",
        remedy="Correct the places below: `workmanship recipe` says of each rule why it counts. A "
        "comment that hides a finding changes nothing; moving or renaming code brings nothing new, "
        "while editing a line makes its findings yours.",
        exploit="Reach names through getattr, where no analyzer looks: let a reviewer ask why",
        analyzers=(FINDERS,), unit="findings", default=0,
        takes=("rules", "severity", "cwe", "language")),
    GateRuleKind("security.new",
        measures="findings of a weakness of the security list that the base does not have",
        why="A weakness is cheapest to close before it is delivered",
        remedy="Close the weakness at the places below: the message names its CWE. A comment that "
        "hides it changes nothing, and excuses it for nobody.",
        exploit="Build the dangerous call where no rule follows it: a reviewer asks what input "
        "reaches it",
        analyzers=(FINDERS,), unit="findings", default=0, takes=("severity", "cwe", "language")),
    GateRuleKind("suppressions.new", measures="new directives that ask an analyzer to look away",
        why="A directive hides the next finding too",
        remedy="Remove the directive and correct what it hides: findings are counted with or "
        "without it. If the analyzer is wrong, ask the customer to leave the rule out.",
        exploit="Take an old directive away elsewhere in the same change: the tool and the text "
        "must be the same, so the sum never grows",
        analyzers=("suppressions",), unit="directives", default=0),
    GateRuleKind("duplication.new_share",
        measures="percent of the new code lines that also occur elsewhere",
        why="A copied error is corrected once and stays elsewhere",
        remedy="Six equal code lines in a row, white space and comments aside, make a duplicate. "
        "Call the code that is there already, or move it to where both can.",
        exploit="Rename a variable in every sixth line of the copy, or add many lines that are "
        "new: the whole is watched by duplication.share",
        analyzers=("clones",), files="languages", unit="percent", number="share",
        fixed=(("lines", DUPLICATE_LINES),)),
    GateRuleKind("tests.ratio", measures="new test code, in percent of the new production code",
        why="Code without tests is tested by its users",
        remedy="Add tests for the new production code. Only code lines that the base does not have "
        "count, on both sides; moved files bring none.",
        exploit="Add tests that assert nothing: a reviewer reads one of them",
        analyzers=("clones",), files="tests", unit="percent", good="high", threshold="at_least",
        number="ratio"),
    GateRuleKind("coverage.new_lines",
        measures="percent of the new code lines that can be run which tests run",
        why="A line that no test has run is run by a user first",
        remedy="Run the tests with coverage (Cobertura, JaCoCo, LCOV, JSON of coverage.py) on the "
        "head and give the report with --coverage FILE, or commit it where the contract says. Test "
        "the lines below. A function of three lines or more that the report passes over counts as "
        "not run.",
        exploit="Write tests that call everything and assert nothing: a reviewer reads one of them",
        analyzers=_READERS, unit="percent", good="high", threshold="at_least", number="share",
        reports=True),
    GateRuleKind("no_worse",
        measures="what an indicator counts as bad, after the change against before",
        why="What is agreed for the period is lost one change at a time",
        remedy="Of shares and densities the numerators are compared, in what the change touches: "
        "more simple code pays for nothing, and taking code away costs nothing. Bring no new code "
        "of the bad kind, or improve as much of it in this change.",
        exploit="Stay right below the indicator's limit, many times: hold new functions to a limit "
        "too",
        analyzers=(), files="trees", unit="", threshold=None, takes=("indicator",)),
    GateRuleKind("unmeasured.new", measures="changed files that an analyzer cannot measure",
        why="What cannot be measured cannot be judged",
        remedy="Make the file readable: valid syntax, UTF-8, no NUL bytes, no Git LFS pointer, "
        "under the limits of `workmanship recipe`. Code of third parties belongs under the "
        "contract's vendored patterns, which the customer owns.",
        exploit="Put the code where no analyzer reads, another language or a generated file: the "
        "notes of the gate name what it did not judge",
        analyzers=(), unit="files", default=0, always=True),
)  # fmt: skip

GATE_RULES = {kind.id: kind for kind in _CATALOGUE}
