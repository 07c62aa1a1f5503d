"""What the author of a wrong contract reads: where, what, and what to do."""

import pytest

from quality.catalogue.recipes import load_recipe, searched_languages
from tests.quality.contracts import SMALL, problems, small


def test_everything_wrong_is_said_at_once():
    text = small(
        ("supplier:", "suplier:"),
        ("starts: 2026-01-01", "starts: 2028-01-01"),
        ("Europe/Berlin", "Europe/Berln"),
        ('"2026.2"', "2026.2"),
        ("branch: main\n", "branch: main\n  - name: billing\n    url: ../b\n    branch: x y\n"),
        ("complexity.nloc_share\n    above: 20", "complexity.nlocshare\n    above: 20"),
        ("minimum: 8", "minimum: 8,5"),
        ("    at_most: 15\n", "    at_most: 15\n    at_most: 20\n    at_mots: 20\n"),
    )
    assert problems(text) == [
        "5:3: contract.suplier: is not a known key; did you mean supplier?",
        "7:9: contract.ends: 2027-12-31 lies before the start, 2028-01-01: swap or correct the "
        "two days",
        '9:13: contract.timezone: "Europe/Berln" is not a known time zone; did you mean '
        "Europe/Berlin?",
        '10:11: contract.recipe: must be text, not a number: write it in quotes, "2026.2"',
        '15:11: repositories[1].name: the same name "billing" stands on line 12: give each its own',
        "17:13: repositories[1].branch: is not a branch name: write it as git does, such as main "
        "or release/2.x",
        '21:16: service_levels[0].indicator: "complexity.nlocshare" is not a known indicator; did '
        "you mean complexity.nloc_share?",
        "24:14: service_levels[0].minimum: must be a number such as 5 or 8.5: use a decimal point, "
        "8.5",
        "29:5: gate[0].at_most: occurs twice, first on line 28: remove one",
        "30:5: gate[0].at_mots: is not a known key; did you mean at_most?",
    ]


SHARE = "complexity.nloc_share"
SEARCHED = sorted(searched_languages("2026.2"))
ONE_PROBLEM = [
    # whose keys sign
    (("gate:", "signing_keys: {supplier: [mine]}\ngate:"), "22:27: signing_keys.supplier[0]: "
     "\"mine\" names no key: write sha256: and the 64 digits that signing and verifying show"),
    # keys
    (("  supplier: Acme Software\n", ""), "3:3: contract.supplier: is missing"),
    (("gate:", "owner: me\ngate:"), "22:1: owner: is not a known key here; known are "
     "format, contract,"
     " repositories, baseline, files, findings, coverage, sources, calendars, parties, support, "
     "services, defects, service_levels, gate, charges, framework, credits, "
     "continuous_improvement, consequences, clauses, "
     "excusals, approvers, signing_keys, closing"),
    (("gate:", "timezone: UTC\ngate:"), "22:1: timezone: is not a known key here; it belongs under "
     "contract:"),
    (("Northwind Retail", ""), "4:3: contract.customer: is empty: give it a value or remove it"),
    (("minimum: 8", "minimum:"), "21:5: service_levels[0].minimum: is empty: give it a value or "
     "remove it"),
    (("minimum: 8", "mininum: 8"), "21:5: service_levels[0].mininum: is not a known key; did you "
     "mean minimum?"),
    (("customer: N", "supplier: A\n  customer: N"), "6:3: contract.supplier: occurs twice, first "
     "on line 4: remove one"),
    # types
    (("id: ACME-2026-01", "id: 2026"), '3:7: contract.id: must be text, not a number: write it in '
     'quotes, "2026"'),
    (("Northwind Retail", "true"), '4:13: contract.customer: must be text, not true or false: '
     'write it in quotes, "true"'),
    (("gate:\n", "files: x\ngate:\n"), "22:8: files: must be a group of keys (lines such as "
     "`id: ...`), not text"),
    (("/1\n", "/2\n"), "1:9: format: must be workmanship.contract/1: this release reads no other "
     "format"),
    # the head
    (("id: ACME-2026-01", "id: ../x"), '3:7: contract.id: "../x" must be at most 64 letters (a-z), '
     "digits, '.', '_' and '-', and start with a letter or digit"),
    (("Acme Software", '"Acme\\e[31m"'), "5:13: contract.supplier: contains the invisible "
     "character U+001B: delete it"),
    (("Acme Software", '"Acme \\u202egnp"'), "5:13: contract.supplier: contains the invisible "
     "character U+202E: delete it"),
    (("Acme Software", '" "'), "5:13: contract.supplier: is empty: write some text"),
    (("starts: 2026-01-01", "starts: 2026-02-30"), "6:11: contract.starts: 2026-02-30 is not a day "
     "of the calendar"),
    (("starts: 2026-01-01", "starts: 01.02.2026"), "6:11: contract.starts: must be a day written "
     "as YYYY-MM-DD, such as 2026-01-01"),
    (("starts: 2026-01-01", "starts: 2026-01-01T10:00:00Z"), '6:11: contract.starts: '
     '"2026-01-01T10:00:00Z" has a time of day: write the day alone, such as 2026-01-01'),
    (("starts: 2026-01-01", "starts: 0026-01-01"), "6:11: contract.starts: 0026-01-01 is out of "
     "range: use a year between 1970 and 2199"),
    (("quarter", "quater"), '8:11: contract.period: "quater" is not possible; did you mean '
     "quarter?"),
    (("quarter", "week"), '8:11: contract.period: "week" is not possible; use quarter or month'),
    (("Europe/Berlin", "berlin"), '9:13: contract.timezone: "berlin" is not a known time zone; did '
     "you mean Europe/Berlin?"),
    (("Europe/Berlin", "localtime"), '9:13: contract.timezone: "localtime" is not a known time '
     "zone; use a name such as Europe/Berlin or UTC"),
    (('"2026.2"', '"1999"'), '10:11: contract.recipe: "1999" is not a known recipe; use one of '
     "2026.2"),
    (("repositories:", "  python: 3.13\nrepositories:"), "11:11: contract.python: must be text, "
     'not a number: write it in quotes, "3.13"'),
    (("repositories:", '  python: "3.10"\nrepositories:'), '11:11: contract.python: "3.10" '
     "measures nothing here; use one of 3.11, 3.12, 3.13, 3.14"),
    (("repositories:", "  minimum_measured: 101\nrepositories:"), "11:21: "
     "contract.minimum_measured: 101 is more than 100 percent"),
    # files
    (("gate:", 'files: {tests: ["[a"]}\ngate:'), '22:17: files.tests[0]: "[a" matches nothing: '
     "write a pattern such as **/tests/**"),
    (("gate:", 'files: {tests: ["a", "!"]}\ngate:'), '22:22: files.tests[1]: "!" matches nothing: '
     "write a pattern such as **/tests/**"),
    # service levels
    ((f"{SHARE}\n    above: 20", SHARE), "16:5: service_levels[0].above: is missing: "
     f"{SHARE} needs its limit, a whole number"),
    (("above: 20", "above: 20\n    lines: 6"), "20:12: service_levels[0].lines: does not belong to "
     f"{SHARE}: it takes above"),
    ((SHARE, "errors.density"), "19:12: service_levels[0].above: does not belong to "
     "errors.density: it takes language"),
    (("above: 20", "above: -1"), f"19:12: service_levels[0].above: -1 is too low: {SHARE} takes 0 "
     "or more"),
    ((f"{SHARE}\n    above: 20", "duplication.share\n    lines: 1"), "19:12: "
     "service_levels[0].lines: 1 is too low: duplication.share takes 2 or more"),
    (("above: 20", "above: 20.5"), "19:12: service_levels[0].above: must be a whole number such as "
     "20, not 20.5"),
    (("above: 20", "above: many"), "19:12: service_levels[0].above: must be a whole number such as "
     "20, without quotes"),
    (("minimum: 8", "minimum: 4"), "21:14: service_levels[0].minimum: 4 is better than expected "
     f"(5): low is good for {SHARE}, so the worst tolerated value is 5 or more"),
    ((f"{SHARE}\n    above: 20", "measured.share"), "20:14: service_levels[0].minimum: 8 is better "
     "than expected (5): high is good for measured.share, so the worst tolerated value is 5 or "
     "less"),
    (("    minimum: 8\n", ""), "16:5: service_levels[0].minimum: is missing: a critical service "
     "level needs the worst tolerated value"),
    (("expected: 5", "expected: 5 %"), "20:15: service_levels[0].expected: must be a number such "
     "as 5 or 8.5: leave out the percent sign, 5"),
    (("expected: 5", 'expected: "5"'), "20:15: service_levels[0].expected: must be a number such "
     "as 5 or 8.5: remove the quotes, 5"),
    (("expected: 5", "expected: 1_000"), "20:15: service_levels[0].expected: must be a number such "
     "as 5 or 8.5"),
    (("expected: 5", "expected: true"), "20:15: service_levels[0].expected: must be a number such "
     "as 5 or 8.5"),
    (("expected: 5", "expected: -5"), "20:15: service_levels[0].expected: must be 0 or more"),
    (("expected: 5", "expected: .nan"), "20:15: service_levels[0].expected: must be a number up to "
     "1,000,000,000"),
    (("expected: 5", "expected: -.inf"), "20:15: service_levels[0].expected: must be a number up "
     "to 1,000,000,000"),
    (("expected: 5", "expected: 1e99999999999999999999"), "20:15: service_levels[0].expected: must "
     "be a number up to 1,000,000,000"),
    (("expected: 5", "expected: 0.1234567"), "20:15: service_levels[0].expected: has more than 6 "
     "decimals"),
    (("minimum: 8", "minimum: 101"), "21:14: service_levels[0].minimum: 101 is more than 100 "
     "percent"),
    ((f"{SHARE}\n    above: 20\n    expected: 5\n    minimum: 8", "size.nloc"),
     "17:12: service_levels[0].class: size.nloc can only be class key: a size is neither good nor "
     "bad"),
    ((f"{SHARE}\n    above: 20\n    expected: 5\n    minimum: 8", "python.mi.mean\n    minimum: 5"),
     "17:12: service_levels[0].class: python.mi.mean can only be class key: its value is too "
     "easily moved for money to hang on it"),
    ((f"critical\n    indicator: {SHARE}\n    above: 20\n    expected: 5\n    minimum: 8",
      "key\n    indicator: size.nloc\n    expected: 5"), "19:15: service_levels[0].expected: "
     "size.nloc is neither good nor bad: remove this line"),
    (("minimum: 8", "minimum: 8\n    scope: all"), '22:12: service_levels[0].scope: "all" is not '
     "possible; use contract or each-repository"),
    # the baseline
    (("service_levels:", "baseline: {tag: v1, date: 2026-01-01}\nservice_levels:"), "15:11: "
     "baseline: has tag and date: it needs exactly one of tag, commit and date"),
    (("service_levels:", "baseline: {}\nservice_levels:"), "15:11: baseline: names nothing: it "
     "needs exactly one of tag, commit and date"),
    (("service_levels:", "baseline: {tag: 'v1..2'}\nservice_levels:"), "15:17: baseline.tag: is "
     "not a tag: write its name as git does, such as v1.0"),
    (("service_levels:", "baseline: {commit: '9348'}\nservice_levels:"), "15:20: baseline.commit: "
     "is not a whole commit id: write all 40 hex digits (`git rev-parse`), in quotes"),
    (("service_levels:", "baseline: {date: 2028-01-01}\nservice_levels:"), "15:18: "
     "baseline.date: 2028-01-01 lies after the end, 2027-12-31: nothing would be compared"),
    (("service_levels:", "  - name: web\n    url: web.git\n    branch: main\nbaseline: {commit: '"
      + "12" * 20 + "'}\nservice_levels:"), "18:20: baseline.commit: belongs to one repository, "
     "and this contract has 2: give each of them its own baseline"),
    ((SHARE, "complexity.new_share"), "18:16: service_levels[0].indicator: complexity.new_share "
     "compares with a baseline, and billing has none: add baseline: with the tag, commit or date "
     "that was taken over"),
    (("function.ccn\n    at_most: 15", "no_worse\n    indicator: complexity.new_share\n"
      "    above: 9"), "25:16: gate[0].indicator: complexity.new_share compares with the "
     "baseline, and a merge with its base"),
    # the gate
    (("function.ccn", "function.cnn"), '24:11: gate[0].rule: "function.cnn" is not a known gate '
     "rule; did you mean function.ccn?"),
    (("    at_most: 15\n", ""), "23:5: gate[0].at_most: is missing: function.ccn needs its limit"),
    (("at_most: 15", "at_most: 1.5"), "25:14: gate[0].at_most: 1.5 is not a whole number, and "
     "function.ccn counts"),
    (("at_most: 15", "at_most: 15\n    above: 2"), "26:12: gate[0].above: does not belong to "
     "function.ccn: use at_most"),
    (("at_most: 15", "at_most: 15\n    rules: [errors]"), "26:12: gate[0].rules: does not belong "
     "to function.ccn: only findings.new takes rules"),
    (("at_most: 15", "at_most: 15\n    cwe: [89]"), "26:10: gate[0].cwe: does not belong to "
     "function.ccn: only findings.new or security.new takes cwe"),
    (("function.ccn\n    at_most: 15", "security.new\n    cwe: [9999]"), "25:11: gate[0].cwe[0]: "
     "no rule that counts finds CWE-9999: `workmanship recipe` lists them"),
    (("function.ccn\n    at_most: 15", "security.new\n    language: cobol"), "25:15: "
     'gate[0].language: "cobol" is not a known language with an error analyzer; use one of '
     f"{', '.join(SEARCHED)}"),
    (("function.ccn\n    at_most: 15", "security.new\n    severity: [grave]"), "25:16: "
     'gate[0].severity[0]: "grave" is not possible; use critical or major or minor'),
    (("at_most: 15", "at_most: 15\n    indicator: complexity.max"), "26:16: gate[0].indicator: "
     "does not belong to function.ccn: only no_worse takes an indicator"),
    (("ccn\n    at_most: 15", "ccn\n    at_least: 1\n    at_most: 15"), "25:15: gate[0].at_least: "
     "does not belong to function.ccn: use at_most"),
    (("function.ccn\n    at_most: 15", "no_worse"), "23:5: gate[0].indicator: is missing: no_worse "
     "needs to know what must not get worse"),
    (("function.ccn\n    at_most: 15", "no_worse\n    indicator: size.nloc"), "25:16: "
     "gate[0].indicator: size.nloc is neither good nor bad: it cannot get worse"),
    (("function.ccn\n    at_most: 15", f"no_worse\n    indicator: {SHARE}"), "23:5: gate[0].above: "
     f"is missing: {SHARE} needs its limit, a whole number"),
    (("function.ccn\n    at_most: 15", "duplication.new_share\n    at_most: 150"), "25:14: "
     "gate[0].at_most: 150 is more than 100 percent"),
    (("function.ccn\n    at_most: 15", "findings.new\n    rules: []"), "25:12: gate[0].rules: is "
     "empty: name one, or remove this line to mean all"),
    (("function.ccn\n    at_most: 15", "findings.new\n    rules: [errrors]"), "25:13: "
     'gate[0].rules[0]: "errrors" is not a rule of recipe 2026.2; did you mean errors?'),
    # YAML
    (("id: TQ-1", "id: &x TQ-1"), "16:9: service_levels[0].id: anchors (&) and aliases (*) are not "
     "allowed: write the value out"),
    (("id: TQ-1", "id: !!str TQ-1"), "16:9: service_levels[0].id: tags (!) are not allowed: write "
     "text in quotes"),
    (("  id: ACME", "\tid: ACME"), "3:1: file: a tab: YAML is indented with spaces only"),
    (("Northwind Retail", "Northwind: Retail"), "4:22: file: a colon too many, or a line indented "
     "differently from its neighbours: put text that contains a colon in quotes"),
    (("  supplier", "   supplier"), "5:12: file: a colon too many, or a line indented differently "
     "from its neighbours: put text that contains a colon in quotes"),
    (("    above", "   above"), "19:4: file: is indented differently from its neighbours, or a "
     "quote above it is not closed"),
    (("Northwind Retail", "@home"), "4:13: file: text that starts with @ must be in quotes"),
    (("at_most: 15", "at_most: 'x"), "26:1: file: a quote is opened and never closed"),
    (("Acme Software", "Acme\x1b[31m"), "5:17: file: a control character that YAML does not allow: "
     "delete it"),
    (("Acme Software", '"\\ud800"'), "5:13: file: an escape that stands for no character: delete "
     "it"),
    (("at_most: 15\n", "at_most: 15\n---\na: 1\n"), "26:1: file: a second document starts here: "
     "keep one contract a file"),
    (("format:", "%YAML 1.1\n---\nformat:"), "1:1: file: is read as YAML 1.2: remove the %YAML "
     "line"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), ONE_PROBLEM, ids=[line for _, line in ONE_PROBLEM])
def test_a_problem_says_where_what_and_what_to_do(change, line):
    assert problems(small(change)) == [line]


def test_entries_of_one_name():
    text = small(
        ("branch: main\n", "branch: main\n  - {name: ledger, url: 'https://git.acme.example/"
         "billing.git', branch: main}\n"),
        ("gate:", "  - {id: TQ-1, class: key, indicator: complexity.max}\ngate:"),
        ("at_most: 15", "at_most: 15\n  - {id: G-1, rule: unmeasured.new}"),
    )  # fmt: skip
    assert problems(text) == [
        "15:25: repositories[1].url: the same url and branch stands on line 13: give each its own",
        '23:10: service_levels[1].id: the same id "TQ-1" stands on line 17: give each its own',
        '28:10: gate[1].id: the same id "G-1" stands on line 25: give each its own',
    ]


def test_empty_and_wrong_sections():
    head = SMALL[: SMALL.index("repositories:")]
    assert problems(head + "repositories: []\nservice_levels: []\n") == [
        "11:15: repositories: is an empty list: it needs at least one entry",
        "12:17: service_levels: is an empty list: it needs at least one entry",
    ]
    assert problems(head + "repositories: {a: b}\nservice_levels: 5\n") == [
        '11:15: repositories: must be a list (each entry on a line that starts with "- "), not a '
        "group of keys",
        '12:17: service_levels: must be a list (each entry on a line that starts with "- "), not '
        "a number",
    ]


def test_an_excluded_rule_cannot_be_asked_for():
    rules = load_recipe("2026.2").rules
    excluded = next(rule for rule in rules if rule.list == "excluded")
    counted = next(rule for rule in rules if rule.list == "errors")
    names = f"[{counted.id}, {excluded.id}, {counted.symbol}]"
    text = small(("function.ccn\n    at_most: 15", f"findings.new\n    rules: {names}"))
    first, second = problems(text)
    reason = f"{excluded.id} ({excluded.symbol}) is excluded from the recipe: {excluded.reason}"
    assert first.endswith(f"gate[0].rules[1]: {reason}")
    assert second.endswith(f'rules[2]: "{counted.symbol}" must be given by its id, {counted.id}')
