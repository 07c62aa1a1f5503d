"""Contracts that carry secrets, and files that are no contracts: one clear line, nothing shown."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.file import load_contract, parse_contract
from quality.contract.text.problem import ContractError
from tests.examples import examples
from tests.quality.contracts import PATH, SMALL, parse, problems, small


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://h/x.git?private_token=s3cret", "contains a blank, '?' or '#'"),
        ("'https://bob:s3 cret@h/x'", "contains a blank, '?' or '#'"),
        ("ext::sh -c s3cret", "starts with a name and '::'"),
        ("--upload-pack=s3cret", "starts with '-'"),
        ("http://bob:s3cret@h/x", "has a transport that is not allowed"),
        ("git://s3cret/x", "has a transport that is not allowed"),
        ("ssh://bob:s3cret@h/x", "carries a password"),
        ("bob:s3cret@h:x", "carries a password"),
        ("file://s3cret/x", "is a file on another machine"),
        ("https:///s3cret", "names no host"),
        ("https://s3cret", "names no host and path"),
        ("https://bob:s3/cret@h/x", "names no host"),
        ("HTTPS://s3cret/x", "has a transport that is not allowed"),
        ("git@-s3cret:x", "names no host"),
        ("bob:s3/cret@h:x", "names no host"),
        ("bob:s3cret@h", "names no host"),
        ("https://bob:s3cret@/x", "names no host"),
        ("https://bob@-s3cret/x", "names no host"),
        ('"s3cret\\nx"', "contains an invisible character"),
        ('" s3cret"', "is empty or has blanks around it"),
        ("[s3cret]", "must be text, not a list"),
        ("{s3cret: 1}", "must be text, not a group of keys"),
    ],
)
def test_a_refused_url_is_not_shown(url, message):
    (line,) = problems(small(("https://git.acme.example/billing.git", url)))
    assert line.startswith(f"13:10: repositories[0].url: {message}")
    assert "s3cret" not in line


@pytest.mark.parametrize(
    "change",
    [
        ("  - name: billing", "  - https://bob:s3cret@h/x.git\n  - name: billing"),
        ("name: billing", "name: https://bob:s3cret@h/x"),
        ("branch: main", "https://bob:s3cret@h/x: main"),
        ("branch: main", "https://bob:s3cret@h/x?y=1: main\n    branch: [main"),
        ("branch: main", "branch: main: https://bob:s3cret@h/x"),
        ("branch: main", "branch: bob:s3cret@h/x y"),
        ("class: critical", "class: bob:s3cret@h/x?t=s3cret"),
        ("indicator: complexity", "indicator: https://bob:s3cret@h/complexity"),
        ("repositories:", "repositories: https://bob:s3cret@h/x\nold:"),
        ("repositories:", "repositories: &a https://bob:s3cret@h/x\nold:"),
        ("billing.git\n", "billing.git\n    url: https://bob:s3cret@h/x\n"),
    ],
)
def test_a_token_in_the_wrong_place_is_not_shown(change):
    for line in problems(small(change)):
        assert "s3cret" not in line


def test_a_token_in_the_url_is_kept_from_the_repr():
    contract = parse(small(("https://git.acme", "https://bob:s3cret@git.acme")))
    assert contract.repositories[0].url == "https://bob:s3cret@git.acme.example/billing.git"
    assert "s3cret" not in repr(contract)


# ---------------------------------------------------------------- files that are no contract


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "1:1: file: is empty: `workmanship init` writes a contract to start from"),
        (b"# x\n", "1:1: file: is empty: `workmanship init` writes a contract to start from"),
        (b"- a\n", "1:1: file: holds no keys: `workmanship init` writes a contract to start from"),
        (b"PK\x03\x04\x00", "1:3: file: a control character that YAML does not allow: delete it"),
        ("a: ü\nb: x\n  ü".encode("latin-1"),
         "1:4: file: is not UTF-8 here: save the file with the encoding UTF-8"),
        (SMALL.encode("utf-16"),
         "1:1: file: is not UTF-8 here: save the file with the encoding UTF-8"),
        (b"#" * 1_048_577, "1:1: file: is larger than 1,048,576 bytes: this is not a contract"),
        (b"[" * 100_000, "1:14: file: nested deeper than 12 levels: this is not a contract"),
        (b"{a: " * 100_000, "1:53: file: nested deeper than 12 levels: this is not a contract"),
        (b"a: 1\n" * 100_000, "10000:4: file: more than 10,000 values: this is not a contract"),
        (b"? [a]\n: b\n", "1:3: file: a key must be a plain word: a *, [ or { here needs quotes"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_contract(content, line):
    assert line in problems(content)


def test_aliases_are_never_expanded():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n"
        for old, new in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
    )
    assert all("anchors" in line or "known" in line or "missing" in line for line in problems(bomb))


def test_a_file_that_cannot_be_read(tmp_path):
    for path, message in (
        (tmp_path / "none.yaml", "does not exist: check the name, or write one with "
         "`workmanship init`"),
        (tmp_path, "is a folder: name the contract file in it"),
        (tmp_path / ("x" * 300), "cannot be read: file name too long"),
    ):  # fmt: skip
        with pytest.raises(ContractError) as caught:
            load_contract(path)
        assert str(caught.value) == f"{path}:1:1: file: {message}"
        assert caught.value.exit_code == 2
    with pytest.raises(ContractError) as caught:
        load_contract(tmp_path / "a\n\x1b[2Jb.yaml")
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


@examples(200)
@given(st.data())
def test_a_damaged_contract_never_ends_in_a_traceback(data):
    """Cut, doubled and overwritten lines: a contract or a ContractError, nothing else."""
    lines = SMALL.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        junk = st.text(st.sampled_from(list("ab:-[]{}\"'&*!#|>%@ \n\t0.1\x00\ud800é")), max_size=8)
        column = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:column] + data.draw(junk) + lines[at][column + 1 :]
    content = "".join(lines).encode("utf-8", "surrogatepass")
    with suppress(ContractError):
        parse_contract(content, PATH)
        return
    assert all(problems(content))


# ---------------------------------------------------------------- numbers, escapes and patterns


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("above: 20", "above: 99999999999"),
         "19:12: service_levels[0].above: must be a whole number up to 2,147,483,647"),
        (("supplier: Acme Software", 'supplier: "Acme \\UFFFFFFFF"'),
         "5:19: file: an escape that stands for no character: delete it"),
        (("supplier: Acme Software", 'supplier: "Acme \\U00110000"'),
         "5:19: file: an escape that stands for no character: delete it"),
        (("service_levels:", "files: {tests: ['[[:alpha:]]*.py']}\nservice_levels:"),
         '15:17: files.tests[0]: "[[:alpha:]]*.py" names a class of characters, [:alpha:]: write '
         "them out, such as [a-z]"),
    ],
)  # fmt: skip
def test_what_no_column_or_character_can_hold_is_one_line(change, problem):
    assert problems(small(change)) == [problem]


@pytest.mark.filterwarnings("error")
def test_a_bracket_in_a_pattern_prints_no_warning():
    text = small(("service_levels:", "files: {tests: ['[[a]*.py']}\nservice_levels:"))
    assert parse(text).files.tests == ("[[a]*.py",)


def test_the_largest_whole_number_is_valid():
    assert parse(small(("above: 20", "above: 2147483647"))).service_levels[0].above == 2**31 - 1
