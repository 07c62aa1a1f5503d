"""Pages of components: what of them is a script, and where it stands."""

from hypothesis import given
from hypothesis import strategies as st

from collectors.languages.components import scripts, scripts_alone

PIECES = st.lists(
    st.sampled_from(
        ["<script>", "</script>", "<script lang='ts'>", "<!--", "-->", "a=1", "\n", "\r\n", "é",
         "<p>", "<style>", "\u2028"]
    )
).map("".join)  # fmt: skip


def test_all_but_scripts_is_blank() -> None:
    text = "<p>é</p>\r\n<script>let a;\n</script><!-- <script>b</script> -->\n<script>c"
    assert scripts_alone(text) == (
        "        \r\n        let a;\n         " + " " * 27 + "\n        c"
    )


@given(PIECES)
def test_lines_and_columns_stay(text: str) -> None:
    alone = scripts_alone(text)
    assert [len(line) for line in alone.splitlines()] == [len(each) for each in text.splitlines()]
    for script in scripts(text):
        assert alone[script.start : script.start + len(script.text)] == script.text
