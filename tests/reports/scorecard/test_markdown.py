import re

from hypothesis import given
from hypothesis import strategies as st

from quality.model.statement import Consequence
from reports.scorecard import markdown
from tests.examples import examples
from tests.reports import money_samples as samples
from tests.reports.samples import bare, evaluation


def outside_of_code(text: str) -> str:
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", text, flags=re.DOTALL)


def test_a_statement_for_a_mail_in_few_lines() -> None:
    text = re.sub("[\u00a0\u202f]", " ", markdown.render([samples.worked()]))
    for line in (
        "## Acme Software, 2026-Q3: ✗ FAILED",
        "| ✗ FAILED | `TQ-3` Duplicated code | 7.5 % | ≤ 5 % | EUR 12,000.00 "
        "(of EUR 14,400.00 before caps) |",
        "| Above the period's cap | −EUR 4,800.00 |",
        "Either party may dispute the period until 30 October 2026. It can be closed after that "
        "day, or earlier if both parties agree.",
        "- **Rectification plan due on 14 October 2026**, `TQ-1` (`Schedule 4, 6.1`): 1 failure "
        "worse than minimum within 1 period: 2026-Q3",
    ):
        assert line in text.splitlines()
    assert "At-risk amount EUR 24,000.00 x allocation 40 % x multiplier 1.5" in text
    assert len(text.splitlines()) < 60


def test_without_terms_there_is_no_money() -> None:
    text = markdown.render([evaluation(), bare()])
    assert "Money" not in text
    assert "Due" not in text
    assert "dispute" not in text


def test_hostile_text_is_code_wherever_it_stands() -> None:
    said = outside_of_code(markdown.render([samples.hostile()]))
    assert not re.search(r"[<>\[\]]|script|onerror|HYPERLINK|cmd", said)


@examples(40)
@given(st.text(alphabet="<>[]()*_#`|!=-+ \n\\@:/.ab1", max_size=40))
def test_no_clause_leaves_its_line(text: str) -> None:
    due = Consequence("notice", text, None, text, text, text)
    made = samples.worked(credits=samples.statement(consequences=(due,)))
    lines = markdown.render([made]).splitlines()
    assert len([line for line in lines if line.startswith("- **Notice**")]) == 1
    assert not re.search(r"[<>\[\]]", outside_of_code("\n".join(lines)))
