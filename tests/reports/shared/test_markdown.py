"""Text in Markdown: whatever a platform would act upon stands in code spans."""

import pytest

from reports.shared.markdown import code, prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain.py", "`plain.py`"),
        ("a|b", r"`a\|b`"),
        ("a\\|b", "`a\\│b`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("```", "```` ``` ````"),
        (" a ", "`  a  `"),
        ("a\nb", r"`a\x0ab`"),
        ("", "–"),
        ("  ", "–"),
    ],
)
def test_code_shows_text_as_it_is(text: str, shown: str) -> None:
    assert code(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Functions with more paths cannot be tested completely.",) * 2,
        ("the team's well-known limit (15), 3.5 at most; E0602",) * 2,
        ("ask @octocat about #1 now", "ask `@octocat` about `#1` now"),
        ("see GH-12", "see `GH-12`"),
        ("fixed in deadbeefcafe", "fixed in `deadbeefcafe`"),
        ("a <b> c", "a `<b>` c"),
        ("__init__: (a_b), f(x):", "`__init__: (a_b), f(x)`:"),
        ("told __init__: twice (a_b), and f(): (", "told `__init__`: twice (`a_b`), and `f(): (`"),
        ("days (10 excused by E-1) count, but (E-1 alone) not",
         "days (10 excused by `E-1`) count, but (`E-1` alone) not"),
        ("see https://evil.example/ and www.evil.example",
         "see `https://evil.example/` and `www.evil.example`"),
    ],
)  # fmt: skip
def test_prose_keeps_plain_words(text: str, shown: str) -> None:
    assert prose(text) == shown
