"""The directives that ask an analyzer to look away: one row each, tool, languages, place, pattern.

Left out on purpose: formatting switches (``fmt: off``, ``prettier-ignore``), which hide nothing,
and whatever turns a check on. Every pattern is linear: no two repetitions in a row can match the
same characters, and none that starts anywhere may run past the next possible start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

# start: what a comment says first; comment: anywhere in one; code: outside comments and strings
Where = Literal["start", "comment", "code"]

ANY = ""
PY = "python"
JS = "javascript typescript tsx vue"
C = "cpp objectivec"
JVM = "java kotlin scala"
START = r"\A(?:/[/*]+!?|\#+|--+|%+|!+|<!--|\(\*|=begin)\s*(?:\*\s*)?"
LINE_START = r"(?m:^[ \t/*#]*)"
PRAGMA = r"(?m:^[ \t]*)\#[ \t]*pragma[ \t]+"
ANNOTATION = r"@(?:\w+:)?(?:[\w.]*\.)?"
ATTRIBUTE = r"[\[,:]\s*(?:[\w.]*\.)?"

_TABLE: tuple[tuple[str, str, Where, str], ...] = (
    # any language
    ("lizard", ANY, "comment", r"\A(?:\#+\s*\#?|(?:/[/*]|!|%+|--|\(\*)\s*\#)lizard forgive"
                               r"|GENERATED CODE"),
    ("sonar", ANY, "comment", r"\bNOSONAR\b"),
    ("pmd", ANY, "comment", r"\bNOPMD\b|\bCPD-OFF\b"),
    ("jscpd", ANY, "comment", r"\bjscpd:ignore-start\b"),
    ("semgrep", ANY, "comment", r"(?<![\w-])nosem(?:grep)?(?![\w-])"),
    ("codeql", ANY, "comment", r"\bcodeql\s*\["),
    ("lgtm", ANY, "comment", r"\blgtm\s*\["),
    ("deepsource", ANY, "comment", r"\bskipcq\b"),
    ("gitleaks", ANY, "comment", r"\bgitleaks:allow\b"),
    ("detect-secrets", ANY, "comment", r"\bpragma:\s*(?:allow|white)list\s+(?:nextline\s+)?secret"),
    ("snyk", ANY, "comment", r"\bdeepcode\s+ignore\b"),
    ("bearer", ANY, "comment", r"\bbearer:disable\b"),
    ("horusec", ANY, "comment", r"\bnohorusec\b"),
    ("ggshield", ANY, "comment", r"\bggignore\b"),
    ("trufflehog", ANY, "comment", r"\btrufflehog:ignore\b"),
    ("jetbrains", ANY, "start", r"(?:@?noinspection\s+\w|ReSharper\s+disable\b)"),
    ("coverity", ANY, "start", r"coverity\s*\["),
    ("shellcheck", ANY, "start", r"shellcheck\s+disable="),
    ("hadolint", ANY, "start", r"hadolint\s+(?:global\s+)?ignore="),
    # Python; pylint's own pragma is read by pragmas.py
    ("noqa", PY, "comment", r"(?i:\#\s*noqa\b)"),
    ("flake8", PY, "comment", r"(?i:\#\s*flake8[:=]\s*noqa\b)"),
    ("ruff", PY, "comment", r"(?i:\#\s*ruff\s*:\s*noqa\b)"
                            r"|\#\s*ruff\s*:\s*(?:disable|ignore|file-ignore)\s*\["),
    ("mypy", PY, "comment", r"\#\s*type:\s*ignore(?!\w)"
                            r"|\#\s*mypy:[^#]*?\b(?:ignore-(?:errors|missing-imports)"
                            r"|disable-error-code|follow-imports=|allow-|no-(?:strict|warn|check)-)"),
    ("mypy", PY, "code", r"@(?:[\w.]*\.)?no_type_check(?:_decorator)?\b"),
    ("pyright", PY, "comment", r"\#\s*pyright:(?:\s*(?:ignore|basic)\b|[^#]*=\s*(?:false|none)\b)"),
    ("pyre", PY, "comment", r"\#\s*pyre-(?:ignore|fixme|unsafe)\b"),
    ("pyrefly", PY, "comment", r"\#\s*pyrefly:\s*ignore\b"),
    ("pytype", PY, "comment", r"\#\s*pytype:\s*(?:disable|skip-file)\b"),
    ("ty", PY, "comment", r"\#\s*ty:\s*ignore\b"),
    ("bandit", PY, "comment", r"\#\s*nosec\b"),
    ("coverage", PY, "comment", r"\#\s*(?:pragma|PRAGMA)[:\s]?\s*(?:no|NO)\s*"
                                r"(?:cover|COVER|branch|BRANCH)"),
    ("fixit", PY, "comment", r"\#\s*lint-(?:ignore|fixme)\b"),
    ("deptry", PY, "comment", r"\#\s*deptry:\s*ignore\b"),
    ("mutmut", PY, "comment", r"\#\s*pragma:\s*no\s+mutate\b"),
    ("sourcery", PY, "comment", r"\#\s*sourcery\s+skip\b"),
    # JavaScript and TypeScript
    ("eslint", JS, "start", r"(?:eslint-disable\b|eslint\s[^*]*:\s*(?:\[\s*)?[\"']?(?:off|0)\b)"),
    ("oxlint", JS, "start", r"oxlint-disable\b"),
    ("tslint", JS, "start", r"tslint:\s*disable\b"),
    ("jshint", JS, "start", r"jshint\s(?:\s*ignore:(?!\s*end)|[^\n]*-[WEI]\d{3}\b)"),
    ("jscs", JS, "start", r"jscs:\s*disable\b"),
    ("typescript", JS, "comment", LINE_START + r"@ts-(?:ignore|nocheck|expect-error)\b"),
    ("vue", JS, "comment", LINE_START + r"@vue-(?:ignore|skip|nocheck|expect-error)\b"),
    ("flow", JS, "comment", LINE_START + r"(?:\$Flow(?:FixMe|Ignore|Issue)|@noflow\b)"),
    ("closure", JS, "comment", r"@suppress\s*\{"),
    ("istanbul", JS, "start", r"istanbul\s+ignore\b"),
    ("c8", JS, "start", r"c8\s+ignore\b(?!\s+stop)"),
    ("v8", JS, "start", r"(?:v8\s+ignore\b(?!\s+stop)|node:coverage\s+(?:ignore|disable)\b)"),
    ("biome", JS, "start", r"(?:biome|rome)-ignore(?:-all|-start)?\s+(?!format\b)"),
    ("stryker", JS + " csharp scala", "start", r"Stryker\s+disable\b"),
    ("deno", JS, "start", r"deno-lint-ignore\b"),
    # Java, Kotlin, Scala
    ("checkstyle", JVM, "comment", r"\bCHECKSTYLE[:.]?\s?(?:OFF|IGNORE|SUPPRESS|STOP)\b"
                                   r"|\bSUPPRESS[ :]CHECKSTYLE\b|\bCSOFF\b"),
    ("ktlint", "kotlin", "comment", r"\bktlint-disable\b"),
    ("detekt", "kotlin", "comment", r"\bdetekt:disable\b"),
    ("scalastyle", "scala", "comment", r"\bscalastyle:(?:off|ignore)\b"),
    ("scalafix", "scala", "comment", r"\bscalafix:(?:off|ok)\b"),
    ("scoverage", "scala", "comment", r"\$COVERAGE-OFF\$"),
    ("javac", "java", "code", ANNOTATION + r"SuppressWarnings\b"),
    ("kotlinc", "kotlin", "code", ANNOTATION + r"Suppress(?:Warnings)?\b"),
    ("scalac", "scala", "code", ANNOTATION + r"(?:SuppressWarnings|nowarn|silent)\b"),
    ("android-lint", "java kotlin", "code", ANNOTATION + r"SuppressLint\b"),
    ("jacoco", "java kotlin", "code", ANNOTATION + r"\w*Generated(?!\w*Value)\w*"),
    ("nullaway", "java", "code", ANNOTATION + r"NullUnmarked\b"),
    ("forbidden-apis", "java", "code", ANNOTATION + r"SuppressForbidden\b"),
    ("modernizer", "java", "code", ANNOTATION + r"SuppressModernizer\b"),
    ("animal-sniffer", "java kotlin", "code", ANNOTATION + r"IgnoreJRERequirement\b"),
    ("spotbugs", JVM, "code", ANNOTATION + r"SuppressFBWarnings\b"),
    # C#
    ("roslyn", "csharp", "code", PRAGMA + r"warning[ \t]+disable\b"
                                 r"|(?m:^[ \t]*)\#[ \t]*nullable[ \t]+disable\b|" + ATTRIBUTE +
                                 r"(?:(?:Unconditional)?SuppressMessage|GeneratedCode)"
                                 r"(?:Attribute)?\s*\("),
    ("coverage", "csharp", "code", ATTRIBUTE + r"ExcludeFromCodeCoverage\b"),
    # C, C++, Objective-C
    ("clang-tidy", C, "comment", r"\bNOLINT(?:NEXTLINE|BEGIN)?\b"),
    ("cppcheck", C, "start", r"cppcheck-suppress\b"),
    ("codechecker", C, "start", r"codechecker_(?:suppress|false_positive|intentional)\b"),
    ("qac", C, "start", r"PRQA\s+S\s+\d"),
    ("polyspace", C, "start", r"polyspace(?:-begin|:begin)?[\s<]"),
    ("axivion", C, "start", r"(?i:axivion\s+(?:disable|next|routine|construct)\b)"),
    ("pvs-studio", C + " csharp java", "start", r"-V(?::|\d{3,4}\b)"),
    ("pc-lint", C, "start", r"lint\b[^\n]*\s[-!]e[\d(*]"),
    ("flawfinder", C, "start", r"(?i:flawfinder|its4|rats):\s*ignore\b"),
    ("parasoft", C + " csharp java", "start", r"parasoft-(?:begin-)?suppress\b"),
    ("lcov", C, "comment", r"\b(?:LCOV|GCOV|GCOVR)_EXCL_(?:BR_)?(?:LINE|START)\b"),
    ("gcc", C, "code", PRAGMA + r"GCC[ \t]+(?:diagnostic[ \t]+ignored|system_header)\b"
                       r"|\b_Pragma\s*\(\s*L?\"\s*GCC\s+diagnostic\s+ignored\b"),
    ("clang", C, "code", PRAGMA + r"clang[ \t]+(?:diagnostic[ \t]+ignored|system_header)\b"
                         r"|\b_Pragma\s*\(\s*L?\"\s*clang\s+diagnostic\s+ignored\b"),
    ("msvc", C, "code", r"(?:" + PRAGMA + r"|\b__pragma\s*\(\s*)"
                        r"warning\s*\((?:[^()#\n]*\b(?:disable|suppress)\b|\s*push\s*,\s*0)"),
    ("edg", C, "code", PRAGMA + r"(?:nv_)?diag_suppress\b"),  # IAR, Keil, TI, NVIDIA
    ("borland", C, "code", PRAGMA + r"warn[ \t]+-"),
    ("clang-analyzer", C, "code", r"\[\[\s*clang::suppress\b"),
    ("sanitizer", C, "code", r"\bno_sanitize(?:_\w+)?\b"),
    ("gsl", C, "code", r"\[\[\s*gsl::suppress\b"),
    # Rust
    ("coverage", "rust", "code", r"\#!?\[[^\]#]*?\b(?:coverage\s*\(\s*off\b|tarpaulin_include\b"
                                 r"|tarpaulin::skip\b)"),
    ("mutants", "rust", "code", r"\#\[\s*mutants::skip\b"),
    ("rustc", "rust", "code", r"\#!?\[\s*(?:cfg_attr\s*\([^\]#]*?\b)?(?:allow|expect)\s*\("),
    # Go
    ("golangci-lint", "go", "start", r"nolint(?=[\s:,]|\Z)"),
    ("staticcheck", "go", "start", r"lint:(?:file-)?ignore\b"),
    ("gosec", "go", "comment", r"\#nosec\b|\bgosec:disable\b"),
    ("revive", "go", "start", r"revive:disable\b"),
    ("exhaustive", "go", "start", r"exhaustive:ignore\b"),
    ("exhaustruct", "go", "start", r"exhaustruct:ignore\b"),
    ("go-test-coverage", "go", "start", r"coverage-ignore\b"),
    # Swift
    ("swiftlint", "swift objectivec", "comment", r"\bswiftlint:disable\b"),
    ("periphery", "swift", "start", r"periphery:ignore\b"),
    # Ruby
    ("rubocop", "ruby", "comment", r"\#\s*(?:rubocop|standard)\s*:\s*(?:disable|todo)\b"),
    ("reek", "ruby", "comment", r":reek:\w"),
    ("simplecov", "ruby", "start", r":nocov:"),
    ("mutant", "ruby", "start", r"mutant:disable\b"),
    ("sorbet", "ruby", "start", r"typed:\s*ignore\b"),
    ("steep", "ruby", "start", r"steep:ignore\b(?!:end)"),
    # PHP
    ("phpcs", "php", "comment", r"\bphpcs:(?:ignore|disable)|@codingStandardsIgnore(?!\w*End)"),
    ("phpstan", "php", "comment", r"@phpstan-ignore\b"),
    ("psalm", "php", "comment", r"@psalm-suppress\b"),
    ("phan", "php", "comment", r"@(?:phan-(?:file-)?)?suppress\b"),
    ("infection", "php", "comment", r"@infection-ignore-all\b"),
    ("mago", "php", "comment", r"@mago-(?:ignore|expect)\b"),
    ("slevomat", "php", "comment", r"@phpcsSuppress\b"),
    ("phpmd", "php", "comment", r"@SuppressWarnings\b"),
    ("phpunit", "php", "comment", r"@codeCoverageIgnore(?!End)"),
    # Perl, R, Lua
    ("perlcritic", "perl", "comment", r"\#\#\s*no\s+critic\b"),
    ("lintr", "r", "comment", r"\#\s*nolint\b(?!\s+end)"),
    ("covr", "r", "comment", r"\#\s*nocov\b(?!\s+end)"),
    ("luacheck", "lua", "start", r"luacheck:\s*(?:push\s+)?(?:ignore|no)\b"),
    ("lua-language-server", "lua", "start", r"@diagnostic\s+disable\b"),
    ("luau", "lua", "start", r"!no(?:check|lint)\b"),
    ("luacov", "lua", "start", r"luacov:\s*disable\b"),
    ("selene", "lua", "start", r"selene:\s*allow\("),
    # the others that lizard reads
    ("solhint", "solidity", "start", r"solhint-disable\b"),
    ("slither", "solidity", "start", r"slither-disable-(?!end)"),
    ("forge", "solidity", "start", r"forge-lint:\s*disable\b(?!-end)"),
    ("gdlint", "gdscript", "start", r"gdlint:\s*(?:disable|ignore)\b"),
    ("godot", "gdscript", "code", r"@warning_ignore(?:_start)?\b"),
    ("dialyzer", "erlang", "code", r"(?m:^-)dialyzer\b"),
    ("elvis", "erlang", "code", r"(?m:^-)elvis\b"),
    ("erlc", "erlang", "code", r"(?m:^-)compile\s*\([^().]*\bnowarn"),
    ("sqlfluff", "plsql", "comment", r"(?i:--\s*noqa\b)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Directive:
    """A kind of directive: the ``tool`` it speaks to and the ``pattern`` that finds it."""

    tool: str
    where: Where
    pattern: str


@cache
def directives(language: str) -> tuple[Directive, ...]:
    """The directives that files of ``language`` may hold."""
    return tuple(
        Directive(tool, where, START + pattern if where == "start" else pattern)
        for tool, languages, where, pattern in _TABLE
        if not languages or language in languages.split()
    )


# ---------------------------------------------------------------- strings, for those in code

# An opened string that never closes runs to the end of its line or text: no second try.
_PLAIN = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
_CHARACTER = r"'(?:\\[^\n][^'\n]{0,9}|[^'\\\n])'"
_BLOCK = r'"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:"{3})?'
_RAW_BLOCK = r'"{3}.*?(?:"{3,}|\Z)'

STRINGS = {
    "cpp": r'(?<!\w)(?:u8|[uUL])?R"(?P<d>[^()\\\s"]{0,16})\(.*?(?:\)(?P=d)"|\Z)'
           rf"|{_PLAIN}|{_CHARACTER}",
    "objectivec": rf"{_PLAIN}|{_CHARACTER}",
    "csharp": r'(?P<q>"{3,}).*?(?:(?P=q)|\Z)|(?:@\$?|\$@)"(?:[^"]|"")*"?'
              rf"|{_PLAIN}|{_CHARACTER}",
    "erlang": r'"[^"\\]*(?:\\.[^"\\]*)*"?' r"|'[^'\\]*(?:\\.[^'\\]*)*'?|\$\\?.",
    "gdscript": rf"{_BLOCK}|{_PLAIN}|" + rf"{_BLOCK}|{_PLAIN}".replace('"', "'"),
    "java": rf"{_BLOCK}|{_PLAIN}|{_CHARACTER}",
    "kotlin": rf"{_RAW_BLOCK}|{_PLAIN}|{_CHARACTER}",
    "python": rf"{_BLOCK}|{_PLAIN}|" + rf"{_BLOCK}|{_PLAIN}".replace('"', "'"),
    "rust": r'(?<!\w)[bc]?r(?P<h>\#*)".*?(?:"(?P=h)|\Z)'
            rf'|"[^"\\]*(?:\\.[^"\\]*)*"?|{_CHARACTER}',
    "scala": rf"{_RAW_BLOCK}|{_PLAIN}|{_CHARACTER}",
}  # fmt: skip


@cache
def code_pattern(language: str) -> re.Pattern[str] | None:
    """Strings, and each directive in code as a group named ``_0``, ``_1`` ... by its place in
    ``directives(language)``; None where code holds no directives."""
    groups = [
        f"(?P<_{number}>{directive.pattern})"
        for number, directive in enumerate(directives(language))
        if directive.where == "code"
    ]
    if not groups:
        return None
    return re.compile("|".join([STRINGS[language], *groups]), re.DOTALL)
