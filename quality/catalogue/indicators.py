"""The catalogue of indicators: what a service level may measure, and how its value is made.

An indicator's numerator and denominator come from the table macro of the same name in
``quality/store/sql/indicators`` (dots become underscores); the value is
scale x numerator / denominator.
"""

from __future__ import annotations

from quality.catalogue import mending
from quality.catalogue.exploits import (
    CHOSEN,
    COMMENTED,
    COPIED_TESTS,
    ELSEWHERE,
    FOREIGN,
    GROWN,
    PADDED,
    RENAMED,
    RUN_ALONE,
    SHED,
    SILENCED,
    SPLIT,
    STEERED,
    STEPPED,
    TOUCHED,
    Exploit,
    diluted,
)
from quality.catalogue.indicator import PLAIN, Indicator, Parameter
from quality.catalogue.operation import OPERATION
from quality.catalogue.service import SERVICE
from quality.model.recipe import FINDERS

__all__ = ["INDICATORS", "PLAIN", "Exploit", "Indicator", "Parameter"]

_ABOVE = Parameter("above", 0)
_LINES = Parameter("lines", 2, default=6)
_LANGUAGE = Parameter("language", optional=True)
_UNCHANGED = "nothing is new or changed since the baseline"

_CATALOGUE = (
    Indicator("size.nloc", "Program size", "NLOC", "none", 1,
              "lines of code without blank and comment lines", "files", ("lizard",),
              fixed=(("class", "production"),), combine="total", key_only=True),
    Indicator("size.files", "Files", "files", "none", 1, "production files", "files", ("lizard",),
              fixed=(("class", "production"),), combine="total", key_only=True),
    Indicator("size.functions", "Functions", "functions", "none", 1,
              "functions in production files", "functions", ("lizard",),
              fixed=(("by", "nloc"), ("above", -1)), combine="total", key_only=True,
              debt="function"),
    Indicator("complexity.nloc_share", "Code in overly complex functions", "percent", "low", 100,
              "NLOC of functions whose cyclomatic complexity is above the limit, of all functions' "
              "NLOC", "functions", ("lizard",), _ABOVE, (("by", "ccn"),), debt="function",
              exploit=diluted("function.ccn", "complexity.max"), usual=(20, 10, 15, 25),
              mending=mending.FUNCTIONS),
    Indicator("cognitive.nloc_share", "Code in functions that are hard to follow", "percent", "low",
              100, "NLOC of functions whose cognitive complexity is above the limit, of the NLOC "
              "of all functions that have one", "functions", ("lizard",), _ABOVE,
              (("by", "cognitive"),), debt="function", exploit=SPLIT, usual=(25, 10, 15, 20),
              mending=mending.FUNCTIONS),
    Indicator("complexity.max", "Most complex function", "CCN", "low", 1,
              "largest cyclomatic complexity of a function", "functions", ("lizard",),
              fixed=(("by", "ccn"), ("above", 0)), combine="max", debt="function",
              compared="values", usual=PLAIN, mending=mending.LARGEST_FUNCTION),
    Indicator("unit_size.nloc_share", "Code in overly long functions", "percent", "low", 100,
              "NLOC of functions longer than the limit, of all functions' NLOC",
              "functions", ("lizard",), _ABOVE, (("by", "nloc"),), debt="function",
              exploit=diluted("function.nloc"), usual=(60, 30, 100), mending=mending.FUNCTIONS),
    Indicator("unit_interface.nloc_share", "Code in functions with too many parameters", "percent",
              "low", 100, "NLOC of functions with more parameters than the limit, of all "
              "functions' NLOC", "functions", ("lizard",), _ABOVE, (("by", "parameters"),),
              debt="function", exploit=diluted("function.parameters"), usual=(5, 3, 4, 6, 7),
              mending=mending.FUNCTIONS),
    Indicator("duplication.share", "Duplicated code", "percent", "low", 100,
              "code lines inside a window of consecutive lines that occurs at least twice, of all "
              "code lines", "duplication", ("clones",), _LINES, (("renamed", 0),),
              compared="trees", exploit=RENAMED, usual=(6, 10), mending=mending.DUPLICATES),
    Indicator("duplication.renamed_share", "Duplicated code, renamed", "percent", "low", 100,
              "lines inside a window of consecutive lines that occurs at least twice when names "
              "and literals are left out, of all lines whose shape says something", "duplication",
              ("clones",), _LINES, (("renamed", 1),), key_only=True, compared="trees",
              usual=(6, 10), mending=mending.DUPLICATES),
    Indicator("errors.density", "Coding errors", "per KNLOC", "low", 1000,
              "findings of the recipe's error rules per 1,000 lines in languages that an error "
              "analyzer reads", "findings", ("lizard", FINDERS), _LANGUAGE,
              (("kind", "error"),), debt="finding", within=FINDERS, exploit=SILENCED, usual=PLAIN,
              mending=mending.FINDINGS),
    Indicator("warnings.density", "Coding warnings", "per KNLOC", "low", 1000,
              "findings of the recipe's warning rules per 1,000 lines in languages that an error "
              "analyzer reads", "findings", ("lizard", FINDERS), _LANGUAGE,
              (("kind", "warning"),), debt="finding", within=FINDERS, exploit=SILENCED,
              usual=PLAIN, mending=mending.FINDINGS),
    Indicator("security.density", "Security weaknesses", "per KNLOC", "low", 1000,
              "findings of rules with a weakness of the recipe's security list per 1,000 lines in "
              "languages in which an analyzer looks for any", "security", ("lizard", FINDERS),
              _LANGUAGE, debt="finding", within=FINDERS, exploit=SILENCED, usual=PLAIN,
              mending=mending.FINDINGS),
    Indicator("errors.coverage", "Code that is searched for errors", "percent", "high", 100,
              "NLOC in languages that an error analyzer reads, of all NLOC", "languages",
              ("lizard",), exploit=ELSEWHERE, usual=PLAIN, mending=mending.SEARCHED),
    Indicator("errors.new_density", "New coding errors", "per KNLOC", "low", 1000,
              "findings of the recipe's error rules that the baseline does not have, per 1,000 "
              "code lines that it does not have, in languages that an error analyzer reads",
              "new_findings", ("lizard", "clones", FINDERS), _LANGUAGE, debt="finding",
              within=FINDERS, exploit=TOUCHED, since=_UNCHANGED, mending=mending.FINDINGS),
    Indicator("complexity.new_share", "New code in overly complex functions", "percent", "low",
              100, "new code lines of functions that rose above the limit since the baseline, or "
              "got worse above it, of the new code lines of all functions", "new_functions",
              ("lizard", "clones"), _ABOVE, debt="function", exploit=GROWN, since=_UNCHANGED,
              mending=mending.NEW_FUNCTIONS),
    Indicator("duplication.new_share", "New duplicated code", "percent", "low", 100,
              "code lines that the baseline does not have inside a window of consecutive lines "
              "that occurs at least twice, of all code lines that it does not have",
              "new_duplication", ("lizard", "clones"), _LINES, exploit=RENAMED,
              since=_UNCHANGED, mending=mending.NEW_DUPLICATES),
    Indicator("debt.reduction", "Inherited errors that are gone", "percent", "high", 100,
              "findings of the recipe's error rules in the baseline, less those of the same rule "
              "now, of those in the baseline", "inherited_findings", (FINDERS,), _LANGUAGE,
              debt="finding", within=FINDERS, exploit=SHED,
              since="the baseline has no such findings", mending=mending.INHERITED),
    Indicator("suppressions.density", "Suppressed analyzers", "per KNLOC", "low", 1000,
              "directives that ask an analyzer to look away, per 1,000 lines of code",
              "suppressions", ("lizard", "suppressions"), usual=PLAIN, mending=mending.DIRECTIVES),
    Indicator("suppressions.hidden", "Findings hidden by directives", "findings", "low", 1,
              "findings of the recipe's rules that directives would have hidden", "hidden",
              (FINDERS,), combine="total", debt="finding", within=FINDERS,
              mending=mending.FINDINGS),
    Indicator("measured.share", "Measured code", "percent", "high", 100,
              "bytes of production files that every applicable analyzer measured",
              "unmeasured", (), usual=PLAIN, mending=mending.MEASURED),
    Indicator("unseen.share", "Code that nobody looks at", "percent", "low", 100,
              "bytes of code that no analyzer reads, of all code; a link or submodule counts as "
              "a file of mean size", "unseen", (), exploit=STEERED, usual=PLAIN,
              mending=mending.UNSEEN),
    Indicator("tests.ratio", "Test code", "percent", "high", 100,
              "NLOC of test files, of the production files' NLOC", "files", ("lizard",),
              fixed=(("class", "test"),), exploit=COPIED_TESTS, compared="values", usual=PLAIN,
              mending=mending.TESTS),
    Indicator("python.cc.block_share", "Overly complex Python blocks", "percent", "low", 100,
              "radon's functions and methods above the limit, of all of them", "blocks",
              ("radon",), _ABOVE, debt="function", within="radon",
              exploit=diluted("function.ccn", "python.cc.max"), usual=(10, 15, 20),
              mending=mending.PYTHON_BLOCKS),
    Indicator("python.cc.max", "Most complex Python block", "CC", "low", 1,
              "radon's largest cyclomatic complexity of a function or method", "blocks",
              ("radon",), fixed=(("above", 0),), combine="max", debt="function",
              within="radon", compared="values", usual=PLAIN, mending=mending.LARGEST_BLOCK),
    Indicator("python.cc.mean", "Mean Python complexity", "CC", "low", 1,
              "radon's mean cyclomatic complexity", "blocks", ("radon",), fixed=(("above", 0),),
              key_only=True, debt="function", within="radon", exploit=PADDED, compared="values",
              usual=PLAIN, mending=mending.MEAN_BLOCKS),
    Indicator("python.mi.mean", "Mean maintainability index", "MI", "high", 1,
              "radon's maintainability index (0-100), weighted by NLOC", "maintainability",
              ("lizard", "radon"), key_only=True, exploit=COMMENTED, compared="values",
              within="radon", usual=PLAIN, mending=mending.INDEXED_FILES),
    Indicator("findings.density", "Findings of other analyzers", "per KNLOC", "low", 1000,
              "findings that reports of other analyzers declare in production files, without "
              "suppressed ones, per 1,000 lines of code", "declared", ("lizard",), exploit=CHOSEN,
              records="findings", selects=("source", "tool", "level", "rule", "cwe"),
              mending=mending.FINDINGS),
    Indicator("findings.new_density", "New findings of other analyzers", "per KNLOC", "low", 1000,
              "findings that reports of other analyzers declare and those on the baseline do not, "
              "per 1,000 code lines that it does not have", "new_declared", ("lizard", "clones"),
              exploit=CHOSEN, records="findings",
              selects=("source", "tool", "level", "rule", "cwe"), since=_UNCHANGED,
              mending=mending.FINDINGS),
    Indicator("coverage.line", "Lines that tests run", "percent", "high", 100,
              "lines that reports of tests declare as run, of all that can be; functions that no "
              "report names count as not run", "coverage", ("lizard", "clones"), exploit=RUN_ALONE,
              records="coverage", selects=("source",), mending=mending.LINES_RUN),
    Indicator("coverage.branch", "Branches that tests take", "percent", "high", 100,
              "branches that reports of tests declare as taken, of all; a decision in functions "
              "that no report names counts as two that are not", "coverage", ("lizard", "clones"),
              exploit=RUN_ALONE, records="coverage", selects=("source",),
              mending=mending.BRANCHES_TAKEN),
    Indicator("rating.sig_2007", "Maintainability by the model of 2007", "stars", "high", 1,
              "SIG's model of 2007, from 1 (--) to 5 (++): volume, complexity and size of units, "
              "duplication", "ratings", ("lizard", "clones"), exploit=STEPPED, compared="values",
              usual=PLAIN, mending=mending.RATED),
    Indicator("rating.sonar_debt", "Technical debt by Sonar's costs", "percent", "low", 100,
              "minutes of repair by Sonar's costs, of 30 minutes for each line of code", "debts",
              ("lizard", "clones", FINDERS), exploit=FOREIGN, compared="values", usual=PLAIN,
              mending=mending.DEBTS),
)  # fmt: skip

INDICATORS = {indicator.id: indicator for indicator in (*_CATALOGUE, *SERVICE, *OPERATION)}
