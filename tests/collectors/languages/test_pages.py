"""PHP in pages: the markup becomes statements, and nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.languages.pages import php_alone
from collectors.languages.trees import errors, tree

CASES = [
    ("<?php f(); ?><br><?php g();", "<?php f(); ;'<br>';    g();"),
    ("<?php f();\n?>\n<p>it's</p>\n<?php g();", None),
    ("<p><?= $x ?></p>", None),
    ("<?php if ($a): ?>A<?php else: ?>B<?php endif; ?>\n", None),
    ("<?php // done ?><b><?= $x ?>\n", None),
    (
        "<?php $x = '?>'; $y = \"?>\"; /* ?> */ $z = 1;",
        "<?php $x = '?>'; $y = \"?>\"; /* ?> */ $z = 1;",
    ),
    ("<?php $t = <<<E\n?> text\nE;\n?>\n<hr>", None),
    ("<?php f(); ?>\n<?=g()?>", "<?php f(); ; \n$_=g(); "),
    ("no code at all", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_grammar_reads_what_stands_between(text: str, expected: str | None) -> None:
    read = php_alone(text)
    assert expected in (None, read)
    assert errors(tree(read, "php")) == []
    assert placed(read) == placed(text)


def test_a_text_without_markup_stays_as_it_is() -> None:
    text = "<?php\nfunction f() { return 1; }\n"
    assert php_alone(text) is text


def test_what_is_shown_is_a_statement_and_branches_stay_apart() -> None:
    read = php_alone("<?php if ($a) { ?>one<?php } else { ?>two<?php } ?> <?= $x ?>")
    assert "'one'" in read
    assert "'two'" in read
    assert "echo  $x" in read


@given(st.text(alphabet="<?php= \n'\"/*#$x;E>", max_size=60))
def test_no_character_moves(text: str) -> None:
    assert placed(php_alone(text)) == placed(text)


def placed(text: str) -> tuple[int, list[int]]:
    return len(text), [place for place, sign in enumerate(text) if sign == "\n"]
