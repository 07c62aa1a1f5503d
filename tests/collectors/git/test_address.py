"""URLs that are obeyed and refused, tokens that never show, names that show all they hold."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.git.address import Address, parse, redact, visible, visible_path
from quality.errors import MeasureError


def basic(secret: str) -> str:
    return "Basic " + base64.b64encode(secret.encode()).decode()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://git.acme.example/billing.git", "git.acme.example"),
        ("https://git.acme.example:8443/a/b", "git.acme.example"),
        ("https://[::1]:8443/a", "[::1]"),
        ("ssh://git@git.acme.example:22/billing.git", "git.acme.example"),
        ("git@git.acme.example:team/billing.git", "git.acme.example"),
        ("git.acme.example:~team/billing.git", "git.acme.example"),
        ("file:///srv/git/billing.git", ""),
        ("/srv/git/billing.git", ""),
    ],
)
def test_accepted(url: str, host: str) -> None:
    assert parse("billing", url, {}) == Address(url, host)


def test_path_starts_at_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("billing", "a folder/billing", {}) == Address(f"{tmp_path}/a folder/billing", "")
    assert parse("billing", "./a:b", {}).url == f"{tmp_path}/a:b"


@pytest.mark.parametrize(
    "url",
    [
        "",
        " https://h/x",
        "https://h/x\n",
        "https://h/\x1b[2Jx",
        "https://h/\N{RIGHT-TO-LEFT OVERRIDE}x",
        "https://h/a b",
        "--upload-pack=touch /tmp/x",
        "-u:x",
        "ext::sh -c touch% /tmp/x",
        "fd::17",
        "http://h/x",
        "git://h/x",
        "ftp://h/x",
        "HTTPS://h/x",
        "https://h",
        "https:///x",
        "https://-h/x",
        "https://h:port/x",
        "https://[::1/x",
        "ssh://-oProxyCommand=touch/x",
        "ssh://-l@h/x",
        "git@-oProxyCommand=touch:x",
        "-l@h:x",
        "h:-x",
        "h:",
        "https://user:SECRET@h/x?ref=main",
        "https://h/x?private_token=SECRET",
        "https://h/x#SECRET",
        "https://user:SE#SECRET@h/x",
        "https://user:SE?SECRET@h/x",
        "https://SE?SECRET@h/x",
        "https://SE/SECRET@h/x",
        "https://user:SE/SECRET@h/x",
        "ssh://user:SECRET@h/x",
        "user:SECRET@h:x",
        "ftp://user:SECRET@h/x",
        "http://SECRET@h/x",
    ],
)
def test_refused_on_one_line_without_the_secret(url: str) -> None:
    with pytest.raises(MeasureError) as caught:
        parse("billing", url, {})
    line = str(caught.value)
    assert line.startswith("billing: url ")
    assert " is not accepted: " in line
    assert "SECRET" not in line
    assert "SE/" not in line
    assert line.isprintable()


HOST = "WORKMANSHIP_TOKEN_GIT_ACME_EXAMPLE"


@pytest.mark.parametrize(
    ("url", "environment", "secret"),
    [
        ("https://u:p%40ss@git.acme.example/x", {}, "u:p@ss"),
        ("https://u:p@ss@git.acme.example/x", {}, "u:p@ss"),
        ("https://token@git.acme.example/x", {}, "token:"),
        ("https://git.acme.example/x", {HOST: "t"}, "x-access-token:t"),
        ("https://git.acme.example/x", {HOST: "me:t"}, "me:t"),
        ("https://u:url@git.acme.example/x", {HOST: "other"}, "u:url"),
    ],
)
def test_token(url: str, environment: dict[str, str], secret: str) -> None:
    address = parse("billing", url, environment)
    assert address.url == "https://git.acme.example/x"
    assert address.authorization == basic(secret)
    assert address.authorization not in repr(address)


def test_a_token_reaches_no_other_host() -> None:
    for tokens in ({"WORKMANSHIP_TOKEN": "t"}, {"WORKMANSHIP_TOKEN_GIT_RIVAL_EXAMPLE": "t"}):
        assert parse("billing", "https://git.acme.example/x", tokens).authorization == ""


def test_no_token_but_for_https() -> None:
    for url in ("git@h:x", "ssh://h/x", "file:///x", "/x"):
        assert parse("billing", url, {"WORKMANSHIP_TOKEN_H": "t"}).authorization == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://u:SECRET@h/x and more", "see https://***@h/x and more"),
        ("see 'https://SECRET@h/x'", "see 'https://***@h/x'"),
        ("https://u:SE/C?R#ET@h/x", "https://***@h/x"),
        ("https://u:SECRET@h/x https://v:SECRET@i/y", "https://***@h/x https://***@i/y"),
        ("ssh://git@h/x", "ssh://git@h/x"),
        ("ssh://git:SECRET@h/x", "ssh://***@h/x"),
        ("git@h:team/x", "git@h:team/x"),
        ("https://h:8443/a@b", "https://h:8443/a@b"),
        ("https://h/x?private_token=SECRET&a=1", "https://h/x?private_token=***&a=1"),
        ("https://h/x?access_token=SECRET", "https://h/x?access_token=***"),
        ("Authorization: Basic U0VDUkVU", "Authorization: ***"),
        ("authorization: bearer SECRET", "authorization: ***"),
        ("Authorization: U0VDUkVU", "Authorization: ***"),
        ("token ghp_0123456789abcdefABCDEF in it", "token *** in it"),
        ("token glpat-0123456789abcdefABCD in it", "token *** in it"),
        ("nothing to hide: a token of thanks", "nothing to hide: a token of thanks"),
    ],
)
def test_redact(text: str, expected: str) -> None:
    assert redact(text) == expected
    assert redact(expected) == expected


@given(st.text(alphabet="abcXYZ019.-_~%:/@?#", min_size=1))
def test_redact_hides_any_password(password: str) -> None:
    secret = f"SECRET{password}SECRET"
    assert "SECRET" not in redact(f"fatal: cannot read https://user:{secret}@h/x there")


def test_visible() -> None:
    assert visible("a\n\x1b[31mb\x85\N{RIGHT-TO-LEFT OVERRIDE}é\\") == (
        "a\\x0a\\x1b[31mb\\xc2\\x85\\xe2\\x80\\xaeé\\"
    )
    assert visible("\udcff\ud800") == "\\xff\\xed\\xa0\\x80"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (b"src/a b.py", "src/a b.py"),
        ("src/é.py".encode(), "src/é.py"),
        (b"\xff.py", "\\xff.py"),
        (b"\\xff.py", "\\x5cxff.py"),
        (b"a\n.py", "a\\x0a.py"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}yp.exe".encode(), "a\\xe2\\x80\\xaeyp.exe"),
    ],
)
def test_visible_path(name: bytes, path: str) -> None:
    assert visible_path(name) == path


@given(st.binary(max_size=8), st.binary(max_size=8))
def test_one_path_one_text(one: bytes, other: bytes) -> None:
    assert (visible_path(one) == visible_path(other)) == (one == other)
    assert visible_path(one).isprintable() or visible_path(one).encode()
