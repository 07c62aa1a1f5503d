"""Directives of real tools, in their real spelling; and what only looks like one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analyzers import suppressions
from collectors.analyzers.suppressions import LONGEST
from collectors.languages.directives import _TABLE, STRINGS, code_pattern, directives
from collectors.languages.suffixes import SUFFIXES
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Claim, Suppression
from tests.examples import examples, table

RECIPE = load_recipe("2026.2")


def facts(text, language):
    (found,) = suppressions.measure([Blob("0" * 40, language, text.encode())], RECIPE)
    return found


def found(text, language):
    """(line, tool) of each directive."""
    return [(row.line, row.tool) for row in facts(text, language).rows]


def tools(text, language):
    return [tool for _, tool in found(text, language)]


OBEYED = [
    ("python", "x = 1  # noqa", "noqa"),
    ("python", "x = 1  #NoQA:E501,W291", "noqa"),
    ("python", "# flake8: noqa", "flake8"),
    ("python", "# ruff: noqa: E501", "ruff"),
    ("python", "# ruff: disable[E501]", "ruff"),
    ("python", "x = 1  # pylint: disable=unused-import", "pylint"),
    ("python", "# pylint: disable-next=C0103", "pylint"),
    ("python", "# pylint: skip-file", "pylint"),
    ("python", "x = 1  # type: ignore[assignment]", "mypy"),
    ("python", "# mypy: ignore-errors", "mypy"),
    ("python", '# mypy: disable-error-code="attr-defined"', "mypy"),
    ("python", "x = 1  # pyright: ignore[reportGeneralTypeIssues]", "pyright"),
    ("python", "# pyright: basic, reportMissingImports=false", "pyright"),
    ("python", "x = 1  # nosec B101", "bandit"),
    ("python", "x = 1  # pragma: no cover", "coverage"),
    ("python", "# lizard forgives", "lizard"),
    ("python", "#lizard forgive global", "lizard"),
    ("python", "#lizard forgives(length, cyclomatic_complexity)", "lizard"),
    ("python", "# GENERATED CODE", "lizard"),
    ("python", "x = 1  # NOSONAR", "sonar"),
    ("python", "# noinspection PyUnresolvedReferences", "jetbrains"),
    ("python", "x = 1  # nosemgrep: rule-id", "semgrep"),
    ("python", "x = 1  # lgtm[py/unused]", "lgtm"),
    ("javascript", "/* eslint-disable */", "eslint"),
    ("javascript", "a(); // eslint-disable-line no-alert", "eslint"),
    ("javascript", "// eslint-disable-next-line no-alert -- because", "eslint"),
    ("javascript", '/* eslint no-alert: "off", curly: 2 */', "eslint"),
    ("javascript", "/*\n * eslint-disable\n */", "eslint"),
    ("javascript", "/* jshint ignore:start */", "jshint"),
    ("javascript", "/* jshint -W030 */", "jshint"),
    ("javascript", "/* istanbul ignore next */", "istanbul"),
    ("javascript", "/* c8 ignore start */", "c8"),
    ("javascript", "/* v8 ignore next */", "v8"),
    ("javascript", "// biome-ignore lint/style/noVar: because", "biome"),
    ("javascript", "// $FlowFixMe[incompatible-type]", "flow"),
    ("javascript", "// #lizard forgives", "lizard"),
    ("typescript", "// @ts-ignore", "typescript"),
    ("typescript", "/* @ts-expect-error */", "typescript"),
    ("typescript", "// @ts-nocheck", "typescript"),
    ("typescript", "/* tslint:disable:no-any */", "tslint"),
    ("typescript", "// deno-lint-ignore no-explicit-any", "deno"),
    ("java", '@SuppressWarnings("unchecked")\nclass A {}', "javac"),
    ("java", "@java.lang.SuppressWarnings({\"a\"}) class A {}", "javac"),
    ("java", '@SuppressFBWarnings(value = "X")\nclass A {}', "spotbugs"),
    ("java", "a(); // NOPMD - because", "pmd"),
    ("java", "// CHECKSTYLE:OFF", "checkstyle"),
    ("java", "//noinspection unchecked", "jetbrains"),
    ("kotlin", '@file:Suppress("UNUSED")', "kotlinc"),
    ("kotlin", '@Suppress("UNUSED") val a = 1', "kotlinc"),
    ("kotlin", "val a = 1 // ktlint-disable no-wildcard-imports", "ktlint"),
    ("scala", '@SuppressWarnings(Array("x")) class A', "scalac"),
    ("scala", "@nowarn class A", "scalac"),
    ("scala", "// scalastyle:off println", "scalastyle"),
    ("csharp", "#pragma warning disable CS0168\n", "roslyn"),
    ("csharp", '[SuppressMessage("Design", "CA1000")]\nclass A {}', "roslyn"),
    ("csharp", '[assembly: SuppressMessage("Design", "CA1000")]', "roslyn"),
    ("csharp", "// ReSharper disable once UnusedMember", "jetbrains"),
    ("csharp", "[ExcludeFromCodeCoverage]\nclass A {}", "coverage"),
    ("cpp", '#pragma GCC diagnostic ignored "-Wall"\n', "gcc"),
    ("cpp", '#  pragma clang diagnostic ignored "-Wall"\n', "clang"),
    ("cpp", '_Pragma("GCC diagnostic ignored \\"-Wall\\"")', "gcc"),
    ("cpp", "#pragma warning(disable: 4996)\n", "msvc"),
    ("cpp", "#pragma warning( push ; disable : 4996 )\n", "msvc"),
    ("cpp", "int a; // NOLINT(google-runtime-int)", "clang-tidy"),
    ("cpp", "// NOLINTNEXTLINE", "clang-tidy"),
    ("cpp", "// NOLINTBEGIN(x)", "clang-tidy"),
    ("cpp", "// cppcheck-suppress nullPointer", "cppcheck"),
    ("cpp", "int a; //-V501", "pvs-studio"),
    ("cpp", "/* coverity[leaked_storage] */", "coverity"),
    ("cpp", "int a; // LCOV_EXCL_LINE", "lcov"),
    ("rust", "#[allow(dead_code)]\nfn f() {}", "rustc"),
    ("rust", "#![allow(clippy::all)]\n", "rustc"),
    ("rust", "#[cfg_attr(test, allow(dead_code))]\nfn f() {}", "rustc"),
    ("go", "package a //nolint:errcheck", "golangci-lint"),
    ("go", "package a // nolint", "golangci-lint"),
    ("go", "//lint:ignore U1000 because", "staticcheck"),
    ("go", "package a // #nosec G101", "gosec"),
    ("swift", "// swiftlint:disable all", "swiftlint"),
    ("ruby", "x = 1 # rubocop:disable Style/Foo", "rubocop"),
    ("ruby", "# :nocov:", "simplecov"),
    ("php", "<?php\n$a = 1; // phpcs:ignore", "phpcs"),
    ("php", "<?php\n$a = 1; // @phpstan-ignore-line", "phpstan"),
    ("php", "<?php\n/** @psalm-suppress MixedAssignment */\n$a = 1;", "psalm"),
    ("perl", "my $a = 1; ## no critic (Foo)\n", "perlcritic"),
    ("lua", "local a = 1 -- luacheck: ignore 211", "luacheck"),
    ("lua", "---@diagnostic disable-next-line: unused-local", "lua-language-server"),
    ("r", "x <- 1 # nolint: line_length_linter", "lintr"),
    ("solidity", "// solhint-disable-next-line no-empty-blocks", "solhint"),
    ("erlang", "-dialyzer({nowarn_function, f/0}).\n", "dialyzer"),
    ("erlang", "-compile([nowarn_export_all, export_all]).\n", "erlc"),
    ("plsql", "select 1 -- noqa: L001\n", "sqlfluff"),
    ("gdscript", '@warning_ignore("unused_variable")\nvar a = 1', "godot"),
    ("python", "# deepcode ignore Sqli: checked", "snyk"),
    ("go", "// bearer:disable go_gosec_sql", "bearer"),
    ("python", "x = 1  # nohorusec", "horusec"),
    ("python", "x = 1  # ggignore", "ggshield"),
    ("java", "int x; // trufflehog:ignore", "trufflehog"),
    ("php", "<?php\n/** @noinspection PhpUnused */", "jetbrains"),
    ("python", "@typing.no_type_check\ndef f(): ...", "mypy"),
    ("python", "# lint-fixme: UseFstring", "fixit"),
    ("python", "import a  # deptry: ignore[DEP001]", "deptry"),
    ("python", "x = 1  # pragma: no mutate", "mutmut"),
    ("csharp", "// Stryker disable once all", "stryker"),
    ("java", "@lombok.Generated class A { }", "jacoco"),
    ("kotlin", "@ExcludeFromJacocoGeneratedReport class A", "jacoco"),
    ("java", "@NullUnmarked class A { }", "nullaway"),
    ("java", "@SuppressForbidden class A { }", "forbidden-apis"),
    ("java", "@SuppressModernizer class A { }", "modernizer"),
    ("java", "@IgnoreJRERequirement class A { }", "animal-sniffer"),
    ("scala", "@silent class A", "scalac"),
    ("csharp", "#nullable disable", "roslyn"),
    ("csharp", '[GeneratedCode("a", "b")] class A { }', "roslyn"),
    ("cpp", "// codechecker_false_positive [all] why", "codechecker"),
    ("cpp", "/* PRQA S 1234 */", "qac"),
    ("cpp", "/* polyspace MISRA-C3:8.7 */", "polyspace"),
    ("cpp", "/* AXIVION DISABLE STYLE MisraC2012-8.7 */", "axivion"),
    ("cpp", "//lint -save -e*", "pc-lint"),
    ("cpp", "#pragma warning(push, 0)", "msvc"),
    ("cpp", "#pragma diag_suppress=Pe111", "edg"),
    ("cpp", "#pragma nv_diag_suppress 177", "edg"),
    ("cpp", "#pragma warn -8057", "borland"),
    ("cpp", "[[clang::suppress]] int *p = 0;", "clang-analyzer"),
    ("cpp", '__attribute__((no_sanitize("address"))) int f();', "sanitizer"),
    ("rust", "#[coverage(off)]\nfn f() {}", "coverage"),
    ("rust", "#[cfg(not(tarpaulin_include))]\nfn f() {}", "coverage"),
    ("rust", "#[mutants::skip]\nfn f() {}", "mutants"),
    ("go", "//exhaustive:ignore", "exhaustive"),
    ("go", "//exhaustruct:ignore", "exhaustruct"),
    ("go", "// coverage-ignore", "go-test-coverage"),
    ("ruby", "# mutant:disable", "mutant"),
    ("php", "<?php\n/** @infection-ignore-all */", "infection"),
    ("php", "<?php\n// @mago-expect lint:no-else", "mago"),
    ("php", "<?php\n/** @phpcsSuppress SlevomatCodingStandard */", "slevomat"),
    ("lua", "--!nocheck", "luau"),
    ("lua", "-- luacov: disable", "luacov"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "tool"), OBEYED)
def test_directive(language, text, tool):
    assert tools(text, language) == [tool]


INNOCENT = [
    ("python", 's = "# noqa"'),
    ("python", '"""\n# pylint: disable=all\n# type: ignore\n"""'),
    ("python", "# pylint: enable=unused-import"),
    ("python", "# pylint disable=unused-import"),
    ("python", "# fmt: off"),
    ("python", "# the type: ignored"),
    ("python", "noqa = type_ignore = 1"),
    ("python", "# mypy: strict, disallow-any-generics"),
    ("javascript", 's = "// eslint-disable";'),
    ("javascript", "s = `\n// eslint-disable\n`;"),
    ("javascript", "/* eslint-enable */"),
    ("javascript", "// prettier-ignore"),
    ("javascript", "// we run eslint-disable nowhere"),
    ("typescript", "// see @ts-ignore in the handbook"),
    ("java", 'String s = "@SuppressWarnings(1) // NOSONAR";'),
    ("java", 'String s = """\n@SuppressWarnings\n""";'),
    ("java", "// @SuppressWarnings(1)"),
    ("java", "/** {@link SuppressWarnings} */"),
    ("java", "import java.lang.SuppressWarnings;"),
    ("kotlin", 'val s = """\n@Suppress("x")\n"""'),
    ("csharp", 'var s = @"\n#pragma warning disable\n";'),
    ("csharp", 'var s = @"a""b\n#pragma warning disable\n";'),
    ("csharp", 'var s = """\n#pragma warning disable\n""";'),
    ("csharp", "#pragma warning restore CS0168\n"),
    ("csharp", "GC.SuppressFinalize(this);"),
    ("cpp", 'auto s = R"x(\n#pragma warning(disable: 1)\n)x";'),
    ("cpp", "#pragma GCC diagnostic push\n#pragma once\n"),
    ("cpp", "// NOLINTEND"),
    ("rust", 'let s = r#"#[allow(x)]"#;'),
    ("rust", 'let s = "\n#[allow(x)]\n";'),
    ("rust", "#[deny(warnings)]\nfn f<'a>(x: &'a str) { allow(x); }"),
    ("go", 's := "//nolint"'),
    ("go", "s := `\n//nolint\n`"),
    ("go", "package a // nolinting"),
    ("ruby", "# rubocop:enable Style/Foo"),
    ("java", "@GeneratedValue long id;"),
    ("python", "'@no_type_check'"),
    ("cpp", "#pragma warn +8057"),
    ("csharp", "#nullable enable"),
]


@pytest.mark.parametrize(("language", "text"), INNOCENT)
def test_no_directive(language, text):
    assert tools(text, language) == []


def test_one_row_a_tool_and_comment_in_order_of_line_and_tool():
    text = "import a  # noqa # pylint: disable=a-b # noqa\n\nb  # type: ignore[x]  # noqa: F401\n"
    assert facts(text, "python").rows == (
        Suppression(1, "noqa", "noqa"),
        Suppression(1, "pylint", "pylint: disable=a-b"),
        Suppression(3, "mypy", "type: ignore[x]"),
        Suppression(3, "noqa", "noqa: F401"),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_an_editors(end):
    text = end.join(
        ["/* a", " * NOPMD", " */", '@SuppressWarnings("x")', "class A { // NOSONAR", "}"]
    )
    assert found(text, "java") == [(2, "pmd"), (4, "javac"), (5, "sonar")]


def test_text_is_short_and_printable():
    (row,) = facts("# noqa: \x1b[2J\u202e" + "x" * 400 + "\n", "python").rows
    assert row.text.startswith("noqa: \\x1b[2J\\u202exxx")
    assert len(row.text) == LONGEST


@pytest.mark.parametrize(
    ("language", "text", "line", "said"),
    [
        ("java", '@SuppressWarnings("a") List<String> x;', 1, '@SuppressWarnings("a")'),
        ("csharp", '[\n  Foo,\n  SuppressMessage("a", "b")\n]', 3, 'SuppressMessage("a", "b")'),
        ("csharp", "  #pragma warning disable CS1 // x", 1, "#pragma warning disable CS1"),
        ("cpp", "/*\n *\n * NOLINT(a) */", 3, "NOLINT(a)"),
        ("cpp", "a(); //-V501", 1, "-V501"),
        ("rust", "#[allow(a)] fn f() {}", 1, "#[allow(a)]"),
        ("vue", "<!-- eslint-disable -->", 1, "eslint-disable"),
    ],
)
def test_place_and_text(language, text, line, said):
    assert [(row.line, row.text) for row in facts(text, language).rows] == [(line, said)]


def test_the_table_is_whole():
    languages = {name for _, names, _, _ in _TABLE for name in names.split()}
    assert languages <= set(SUFFIXES)
    assert {language for language in SUFFIXES if code_pattern(language)} == set(STRINGS)
    assert {tool for tool, *_ in _TABLE} - {"vue"} >= {tool for _, _, tool in OBEYED} - {"pylint"}


HOSTILE = [
    *("#", "/", "*", "/*", "//", "--", "<!--", " ", "# ", "@", "@a.", "[", ", ", "'", '"', '\\"'),
    *('"""', 'R"x(', 'r#"', "$", "#[cfg_attr(", "-compile(", "pylint:", "eslint :", "/* eslint "),
    *("# pyright:", "jshint ", "# pragma: ", "# mypy: ", "lint ", "NOLIN", "#pragma warning("),
    *("=", "\t", "\n", "a", "::", "[a", "_Pragma(", "  *"),
]


@pytest.mark.parametrize("language", table([*sorted(STRINGS), "python", "typescript"], {"python"}))
def test_patterns_are_linear(language):
    """No repetition makes a pattern slow: a quadratic one would take seconds a text."""
    patterns = [pattern for _, pattern in suppressions._comment_patterns(language)]
    if code := code_pattern(language):
        patterns.append(code)
    for part in HOSTILE:
        started = time.process_time()
        for opening in ("", "/*", "# pyright:", "// jshint"):
            text = opening + part * (10_000 // len(part)) + "!"
            for pattern in patterns:
                for _ in pattern.finditer(text):
                    pass
        assert time.process_time() - started < 0.5


@examples(200)
@given(
    st.sampled_from(sorted(SUFFIXES)),
    st.lists(st.sampled_from([text for _, text, _ in OBEYED] + ["\n", '"', "'", "x"])).map(
        "\n".join
    ),
)
def test_rows_are_ordered_and_bounded(language, text):
    rows = facts(text, language).rows
    lines = text.count("\n") + 1
    assert list(rows) == sorted(rows, key=lambda row: (row.line, row.tool, row.text))
    assert all(1 <= row.line <= lines and 0 < len(row.text) <= LONGEST for row in rows)
    assert {row.tool for row in rows} <= {row.tool for row in directives(language)} | {"pylint"}


@pytest.mark.parametrize(
    ("language", "text", "claims"),
    [
        ("python", "# Generated by Django 5.0\nx = 1\n", [(1, "Generated by Django 5.0")]),
        ("csharp", "// <auto-generated/>\nclass A {}\n", [(1, "<auto-generated")]),
        ("go", "package a\n// Code generated by x. DO NOT EDIT.\n",
         [(2, "Code generated by x. DO NOT EDIT.")]),
        ("java", "/*\n * This was automatically generated\n */\nclass A {}\n",
         [(2, "This was automatically generated")]),
        ("javascript", "/* @generated */\nvar a;\n", [(1, "@generated")]),
        ("python", "x = 'DO NOT EDIT'\n", []),  # no comment
        ("python", "\n" * 10 + "# generated by me\n", []),  # not in the first ten lines
        ("python", "\n" * 9 + "# generated by me\n", [(10, "generated by me")]),
        ("python", "# a generator of code\n# editing is fine\n", []),
    ],
)  # fmt: skip
def test_a_head_that_claims_to_be_generated(language, text, claims):
    rows = facts(text, language).rows
    assert [(row.line, row.text) for row in rows if isinstance(row, Claim)] == claims
    assert not [row for row in rows if isinstance(row, Suppression)]
