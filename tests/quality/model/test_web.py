"""Addresses of lines: each forge's own form, and nothing that a path or a template smuggles in."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model.web import link, template_of, wrong_template

SHA = "6f1c0de5b3a74f2f9c1be2d0a4479b6d0f3c8e21"
STATED = "https://code.acme.example/{path}?at={commit}#{line}"
AZURE = (
    f"?path=/src/a.py&version=GC{SHA}&line=7&lineEnd=7&lineStartColumn=1&lineEndColumn=1"
)  # fmt: skip

# The address of src/a.py, line 7, as each forge itself writes it.
KNOWN = {
    "https://github.com/acme/billing.git": f"https://github.com/acme/billing/blob/{SHA}/src/a.py#L7",
    "https://token:x@GitHub.com:443/acme/billing": f"https://github.com/acme/billing/blob/{SHA}/src/a.py#L7",
    "git@github.com:acme/billing.git": f"https://github.com/acme/billing/blob/{SHA}/src/a.py#L7",
    "https://gitlab.com/acme/team/billing.git": f"https://gitlab.com/acme/team/billing/-/blob/{SHA}/src/a.py#L7",
    "ssh://git@gitlab.acme.example:2222/t/b.git": f"https://gitlab.acme.example/t/b/-/blob/{SHA}/src/a.py#L7",
    "https://gitlab.acme.example:8443/t/b.git": f"https://gitlab.acme.example:8443/t/b/-/blob/{SHA}/src/a.py#L7",
    "git@bitbucket.org:acme/billing.git": f"https://bitbucket.org/acme/billing/src/{SHA}/src/a.py#lines-7",
    "https://codeberg.org/acme/billing": f"https://codeberg.org/acme/billing/src/commit/{SHA}/src/a.py#L7",
    "https://gitea.acme.example/a/b.git": f"https://gitea.acme.example/a/b/src/commit/{SHA}/src/a.py#L7",
    "https://dev.azure.com/acme/Core%20Team/_git/billing": f"https://dev.azure.com/acme/Core%20Team/_git/billing{AZURE}",
    "git@ssh.dev.azure.com:v3/acme/core/billing": f"https://dev.azure.com/acme/core/_git/billing{AZURE}",
    "https://acme.visualstudio.com/core/_git/billing": f"https://acme.visualstudio.com/core/_git/billing{AZURE}",
}  # fmt: skip
NOWHERE = (
    "billing.git", "/srv/git/billing.git", "file:///srv/billing.git", "../billing",
    "https://git.acme.example/billing.git", "https://evilgithub.com/a/b",
    "https://github.com.evil.example/a/b", "https://dev.azure.com/acme/billing",
    "https://github.com/acme/../../evil",
)  # fmt: skip


@pytest.mark.parametrize("url", KNOWN)
def test_a_known_forge_is_linked_in_its_own_form(url: str) -> None:
    assert link(template_of(url), SHA, "src/a.py", 7) == KNOWN[url]


@pytest.mark.parametrize("url", NOWHERE)
def test_what_is_no_known_forge_leads_nowhere(url: str) -> None:
    assert link(template_of(url), SHA, "src/a.py", 7) == ""


def test_the_contract_may_state_where() -> None:
    template = template_of("/srv/billing.git", STATED)
    assert link(template, SHA, "src/a.py", 7) == f"https://code.acme.example/src/a.py?at={SHA}#7"
    assert link(template, SHA, "a b#?&.py") == (
        f"https://code.acme.example/a%20b%23%3F%26.py?at={SHA}#1"
    )


def test_what_stands_in_a_path_is_no_placeholder() -> None:
    assert link(STATED, SHA, "{commit}/{line}.py", 3) == (
        f"https://code.acme.example/%7Bcommit%7D/%7Bline%7D.py?at={SHA}#3"
    )


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "a/../b.py", "./a.py", "/etc/passwd", "a//b", "", r"b\xff.py", "a\ud800"],
)  # fmt: skip
def test_a_path_that_no_tree_holds_leads_nowhere(path: str) -> None:
    assert link(STATED, SHA, path, 3) == ""


@pytest.mark.parametrize(
    "commit", [None, "", "main", SHA[:12], SHA.upper(), SHA + "\n", f"{SHA}/../x"]
)
def test_only_a_commit_is_linked(commit: str | None) -> None:
    assert link(STATED, commit, "a.py", 3) == ""


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("http://host/{path}?at={commit}", "is not an https address"),
        ("javascript:alert(1)//{path}{commit}", "is not an https address"),
        ("https://user@host/{path}{commit}", "is not an https address"),
        ("https://{path}.host/{commit}", "is not an https address"),
        ("https://host/{path}{commit} x", "is not an https address"),
        ('https://host/{path}{commit}"><script>', "is not an https address"),
        ("https://höst/{path}{commit}", "is not an https address"),
        ("https://host/{path}", "needs {path} and {commit}"),
        ("https://host/{path}{commit}{ref}", "knows no {ref}"),
        ("https://host/{path}{commit}{", "has a brace"),
        ("https://host/{{path}}{commit}", "has a brace"),
    ],
)
def test_a_template_is_checked(template: str, why: str) -> None:
    assert why in wrong_template(template)
    assert link(template, SHA, "a.py") == ""
    assert template_of("https://github.com/a/b", template) == ""


@given(st.text(st.characters(exclude_categories=())), st.integers())
def test_whatever_a_path_is_the_link_leads_to_the_host_and_holds_it_whole(
    path: str, line: int
) -> None:
    found = link("https://host/x/{commit}/{path}#L{line}", SHA, path, line)
    if found:
        parts = urlsplit(found)
        assert (parts.scheme, parts.netloc, parts.query) == ("https", "host", "")
        assert unquote(parts.path) == f"/x/{SHA}/{path}"
        assert set(found) <= set(map(chr, range(33, 127))) - set("\"'<>\\")
