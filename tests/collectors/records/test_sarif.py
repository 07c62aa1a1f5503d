"""SARIF as tools write it, and as nobody should."""

import io
import json
import resource

import pytest

from collectors.records.formats import reader_of
from collectors.records.text import UnreadableError
from quality.model.reports import NamedFile, ReportResult, ReportRule, Run
from tests.collectors.records.reports import commit, of_kind, result, rows, run, sarif


def found(content: str | bytes) -> list[ReportResult]:
    return of_kind(ReportResult, content)


def test_a_result_has_its_place_its_rule_and_its_level() -> None:
    report = sarif(run(result("src/a.py", 7, "F401", level="note"), rules=[{"id": "F401"}]))
    assert rows(report) == [
        ReportResult(0, 0, 0, 7, "note", "", "F401 here"),
        Run(0, "lint", "1.2", ""),
        ReportRule(0, 0, "F401", "warning", ()),
        NamedFile(0, "src/a.py"),
    ]


@pytest.mark.parametrize(
    ("stated", "rule", "level"),
    [
        ({}, {}, "warning"),
        ({}, {"defaultConfiguration": {"level": "error"}}, "error"),
        ({"level": "note"}, {"defaultConfiguration": {"level": "error"}}, "note"),
        ({"level": "worst"}, {"defaultConfiguration": {"level": "error"}}, "error"),
        ({}, {"defaultConfiguration": {"level": "none"}}, "none"),
        ({}, {"defaultConfiguration": {"level": 7}}, "warning"),
    ],
)
def test_a_missing_level_is_the_rules_or_a_warning(stated: dict, rule: dict, level: str) -> None:
    report = sarif(run(result("a.py", ruleIndex=0, **stated), rules=[{"id": "R1"} | rule]))
    (one,), (of,) = found(report), of_kind(ReportRule, report)
    assert (one.level or of.level) == level


def test_the_runs_configuration_overrides_a_rules_level() -> None:
    override = {"descriptor": {"id": "R1"}, "configuration": {"level": "error"}}
    report = sarif(run(result("a.py"), rules=[{"id": "R1"}],
                       invocations=[{"ruleConfigurationOverrides": [override]}]))  # fmt: skip
    assert of_kind(ReportRule, report)[0].level == "error"


def test_rules_are_found_by_index_by_id_by_the_id_above_and_in_extensions() -> None:
    error = {"defaultConfiguration": {"level": "error"}}
    own, more = {"id": "CA1"} | error, {"id": "X9"} | error
    tool = {"driver": {"name": "t", "rules": [own]}, "extensions": [{"name": "e", "rules": [more]}]}
    given = run(
        result("a", rule="CA1"),
        result("a", rule="CA1/md5"),
        result("a", rule="", ruleIndex=0),
        result("a", rule="", rule_=1) | {"rule": {"index": 0, "toolComponent": {"index": 0}}},
        result("a", rule="other"),
    ) | {"tool": tool}
    assert [(each.id, each.level) for each in of_kind(ReportRule, sarif(given))] == [
        ("CA1", "error"), ("CA1/md5", "error"), ("CA1", "error"), ("X9", "error"),
        ("other", "warning"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ({}, ""),
        ({"suppressions": []}, ""),
        ({"suppressions": [{"kind": "inSource"}]}, "suppressed"),
        ({"suppressions": [{"kind": "external", "status": "accepted"}]}, "suppressed"),
        ({"suppressions": [{"kind": "external", "status": "underReview"}]}, ""),
        ({"suppressions": [{"kind": "inSource"}, {"kind": "external", "status": "rejected"}]}, ""),
        ({"kind": "fail"}, ""),
        ({"kind": "pass"}, "passed"),
        ({"kind": "notApplicable", "level": "none"}, "passed"),
        ({"level": "none"}, "passed"),
        ({"baselineState": "absent"}, "absent"),
        ({"baselineState": "new"}, ""),
    ],
)
def test_what_is_no_finding_is_told_apart(more: dict, apart: str) -> None:
    assert [each.apart for each in found(sarif(run(result("a.py", **more))))] == [apart]


@pytest.mark.parametrize(
    "rule",
    [
        {"properties": {"tags": ["security", "external/cwe/cwe-079"]}},
        {"properties": {"tags": ["CWE-79: Cross-site scripting"]}},
        {"properties": {"cwe": "CWE-79"}},
        {"properties": {"cwe": ["cwe:0079"]}},
        {"relationships": [{"target": {"id": "79", "toolComponent": {"name": "CWE"}}}]},
        {"relationships": [{"target": {"id": "79", "toolComponent": {"index": 0}}}]},
        {"relationships": [{"target": {"id": "CWE-79"}}]},
    ],
)
def test_a_rules_weakness_comes_from_taxonomies_and_tags(rule: dict) -> None:
    report = sarif(run(result("a.py"), rules=[{"id": "R1"} | rule], taxonomies=[{"name": "CWE"}]))
    assert of_kind(ReportRule, report)[0].cwes == (79,)


def test_a_result_may_have_weaknesses_of_its_own() -> None:
    taxon = {"id": "89", "toolComponent": {"name": "CWE"}}
    report = sarif(run(result("a.py", taxa=[taxon]), result("a.py")))
    assert [each.cwes for each in of_kind(ReportRule, report)] == [(89,), ()]


def test_bases_stand_before_paths_wherever_the_run_states_them() -> None:
    based = {"artifactLocation": {"uri": "a.py", "uriBaseId": "SRC"}}
    by_index = {"artifactLocation": {"index": 0}}
    given = {
        "originalUriBaseIds": {"ROOT": {"uri": "file:///ci/"},
                               "SRC": {"uri": "src/", "uriBaseId": "ROOT"}},
        "results": [{"message": {}, "locations": [{"physicalLocation": each}]}
                    for each in (based, by_index)],
        "artifacts": [{"location": {"uri": "lib/b.py", "uriBaseId": "%SRCROOT%"}}],
        "tool": {"driver": {"name": "t"}},
    }  # fmt: skip
    for order in (list(given), list(reversed(given))):
        report = sarif({key: given[key] for key in order})
        assert [each.path for each in of_kind(NamedFile, report)] == ["/ci/src/a.py", "lib/b.py"]


def test_bases_that_stand_on_each_other_end() -> None:
    bases = {"A": {"uriBaseId": "B", "uri": "b/"}, "B": {"uriBaseId": "A", "uri": "a/"}}
    place = {"artifactLocation": {"uri": "x.py", "uriBaseId": "A"}}
    given = run({"message": {}, "locations": [{"physicalLocation": place}]})
    assert of_kind(NamedFile, sarif(given | {"originalUriBaseIds": bases}))[0].path.endswith("x.py")


def test_several_runs_have_their_own_rules_tools_and_commits() -> None:
    report = sarif(
        run(result("a.py", rule="A"), tool="one", **commit("AB" * 20)),
        run(result("a.py", rule="B"), result("b.py", rule="B"), tool="two"),
    )
    assert of_kind(Run, report) == [Run(0, "one", "1.2", "ab" * 20), Run(1, "two", "1.2", "")]
    assert [(each.run, each.rule, each.file) for each in found(report)] == [
        (0, 0, 0), (1, 0, 1), (1, 0, 2),
    ]  # fmt: skip


def test_a_run_that_claims_many_commits_claims_ten() -> None:
    claims = [{"revisionId": f"{n:040x}"} for n in range(2_000)]
    (one,) = of_kind(Run, sarif(run(versionControlProvenance=claims)))
    assert one.commit.split() == [f"{n:040x}" for n in range(10)]


def test_a_result_may_have_no_place_and_odd_values() -> None:
    odd = [
        {"message": {"text": 7}, "ruleId": 8, "locations": "x", "level": ["error"]},
        result("a.py", None),
        result("a.py", -3),
        result("a.py", 2**40),
        result("a.py", True),
        result("a.py", 4.0),
    ]
    assert [(each.file, each.line, each.message) for each in found(sarif(run(*odd)))] == [
        (None, None, ""), (0, None, "R1 here"), (0, None, "R1 here"), (0, None, "R1 here"),
        (0, None, "R1 here"), (0, 4, "R1 here"),
    ]  # fmt: skip


def test_hostile_texts_are_visible_on_one_line() -> None:
    text = "<script>x</script>\n\x1b[2J\u202e\ud800 [red]"
    (one,) = found(sarif(run(result("a.py", message={"text": text}))))
    assert one.message == "<script>x</script> \\x1b[2J\\xe2\\x80\\xae\\xed\\xa0\\x80 [red]"
    (long,) = found(sarif(run(result("a.py", message={"text": "x" * 10_000}))))
    assert len(long.message) == 300


GOOD = sarif(run(result("src/a.py")))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "none of the formats"),
        ("<html>404</html>", "none of the formats"),
        ("version https://git-lfs.github.com/spec/v1\n", "none of the formats"),
        (GOOD[:-20], "it ends in the middle"),
        (GOOD[: GOOD.index("src/")], "it ends in the middle"),
        (GOOD + "{}", "something follows the end"),
        (GOOD.replace('"ruleId": "R1"', '"ruleId": "R1", "ruleId": "R2"'), "a key occurs twice"),
        (GOOD.replace('"runs"', '"version": "2.1.0", "runs"'), "a key occurs twice"),
        (GOOD.replace('"startLine": 1', '"startLine": NaN'), "NaN is not a number"),
        (GOOD.replace('"startLine": 1', '"startLine": 1,'), "not JSON"),
        (GOOD.replace('"startLine": 1', f'"startLine": {"9" * 5000}'), "integer string conversion"),
        (GOOD.replace('"startLine": 1', f'"startLine": {"[" * 200_000}'), "nested too deeply"),
        (GOOD.replace("2.1.0", "2.0.0"), "not SARIF 2.1.0: version 2.0.0"),
        (json.dumps({"runs": [run()]}), "not SARIF 2.1.0: version it states none"),
        (json.dumps({"version": "2.1.0"}), "no run of a tool"),
        (sarif(), "no run of a tool"),
        (json.dumps({"version": "2.1.0", "runs": [7]}), "{ was expected"),
        (sarif({"tool": {"driver": {"name": "t"}}}), "its tool did not look"),
        (sarif(run() | {"results": None}), "its tool did not look"),
        (sarif(run(invocations=[{"executionSuccessful": False}])), "says that it failed"),
        (sarif(run(externalPropertyFileReferences={"results": []})), "in other files"),
        (GOOD.encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + GOOD.encode(), ""),
        (
            GOOD.replace("R1 here", "caf\xe9").encode("latin-1").replace(b"\\u00e9", b"\xe9"),
            "UTF-8",
        ),
    ],
)
def test_a_report_that_cannot_be_believed_says_why_on_one_line(
    content: str | bytes, why: str
) -> None:
    if not why:
        assert len(found(content)) == 1
        return
    with pytest.raises(UnreadableError) as caught:
        rows(content)
    assert why in str(caught.value)
    assert str(caught.value).isprintable()


class Endless(io.RawIOBase):
    """A report of many results that never stands in memory as a whole."""

    def __init__(self, results: int) -> None:
        head, tail = (
            GOOD.split("[{", 1)[0] + '[{"results": [',
            '], "tool": {}}], "version": "2.1.0"}',
        )
        one = json.dumps(result("file:///ci/src/a.py", message={"text": "x" * 200}))
        self._parts = self._all(head.replace('"version": "2.1.0", ', ""), one, tail, results)
        self._rest = b""

    @staticmethod
    def _all(head: str, one: str, tail: str, results: int):
        yield head.encode()
        for number in range(0, results, 100):
            yield ((", " if number else "") + ", ".join([one] * 100)).encode()
        yield tail.encode()

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (more := next(self._parts, b"")):
            self._rest += more
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def seek(self, *_: int) -> int:
        return 0


def test_memory_does_not_grow_with_the_report() -> None:
    def peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    from collectors.records import sarif as reader

    assert sum(isinstance(each, ReportResult) for each in reader.read(Endless(2_000))) == 2_000
    before = peak()
    assert sum(isinstance(each, ReportResult) for each in reader.read(Endless(40_000))) == 40_000
    assert peak() - before < 16_384  # KiB, of a report of 16 MB
    assert reader_of("findings", io.BytesIO(GOOD.encode()))[0] == "sarif/1"
