from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.languages.comments import PARSED, comments, masked, readers
from collectors.languages.source import UnmeasurableError, unix
from collectors.languages.suffixes import DIALECTS, MORE, SUFFIXES

# Every true comment says "yes", every look-alike "no".
SAMPLES = {
    "cpp": '#include "a//no" // yes\nint f() { return 1; /* yes\nyes */ } // yes "\n'
    'auto r = R"(// no)"; char *s = "// no"; // yes \\\n yes\n#define X 1 /* yes\n yes */\n',
    "csharp": 'var a = @"c:\\"; // yes\nvar b = $@"x""y // no"; /* yes */\n'
    "#pragma warning disable CA1 // yes don't\nvar c = '\"'; // yes\n",
    "erlang": "%% yes\n-module(x). % yes\nf() -> $% , \"% no\n% no\", '% no'. % yes\n",
    "fortran": "! yes\n x = '! no' ! yes\n",
    "gdscript": 'var x = "# no" # yes\nfunc f(): # yes\n\tpass\n',
    "go": "x := `// no` // yes\n",
    "java": 'String s = "/* no */"; /* yes */ // yes\n',
    "javascript": "const a = `x // no ${b} // no`; // yes\nlet r = /\\/\\/no/; /* yes\n*/ "
    "f('// no')\n`a``b`// yes\n",
    "kotlin": 'val x = "// no" // yes\n',
    "lua": 'local n = #t -- yes\n--[[ yes\n yes ]] x = "-- no" -- yes\n',
    "objectivec": 'NSString *s = @"// no"; // yes\n',
    "perl": 'my $x = "# no"; # yes\n=head1 yes it\'s\n\nyes\n=cut\n# yes\n',
    "php": "<html> it's // no\n<?php // yes\n$x = \"# no\"; # don't yes\n/* yes */ ?> "
    "<b>// no</b>\n<?= $x /* yes */ ?>\n<?php #[No]\n#[No] // yes\n",
    "plsql": "x := '-- no'; -- yes\n/* yes */\n",
    "python": 'x = f"# no {a}" # yes\n"""# no\n# no""" # yes\nr\'\\\'# no\' # yes\ny = 1 # yes',
    "r": 'x <- "# no" # yes\n',
    "ruby": 'x = "a # no #{b # yes\n} c" # yes\ns = "q#{z}"\'# no\' # yes\n=begin yes\nit\'s\n'
    '=end\ny = {a: 1} # yes\n"#{a}""# no" # yes\n',
    "rust": "#[allow(x)] // yes\nlet c = '\"'; /* yes /* yes */ yes */ let h = 'h'; // yes\n"
    'fn f<\'a>(x: &\'a str) {} // yes\nlet r = r#"// no " // no"#; // yes\n',
    "scala": 'val x = "// no" // yes\n',
    "solidity": 'contract A { string x = "// no"; } // yes\n',
    "st": "x := 1; // yes\n(* yes *)\n",
    "swift": 'let a = "// no \\(x)" // yes\n/* yes /* yes */ yes */\nlet c = 1\n'
    "#if X // yes\n#endif\n",
    "tsx": 'const x = "// no"; // yes\nconst C = () => <div onClick={() => { /* yes */ f() }}>'
    "{/* yes */} http://no\n</div>; // yes\n",
    "ttcn": "module a { /* yes */ } // yes\n",
    "typescript": "const a: string = '// no' // yes\n",
    "vue": "<template><a href='http://no'>don't</a><!-- yes --></template>\n<script lang='ts'>\n"
    "// yes\nconst a = '// no' /* yes */\n</script>\n",
    "zig": 'const a = "// no"; // yes\n',
}


def test_every_language_has_a_sample() -> None:
    assert readers().keys() == SUFFIXES.keys()
    assert SAMPLES.keys() == {*SUFFIXES, *MORE} - DIALECTS.keys()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("language", SAMPLES)
def test_comments_are_found_at_their_place(language: str, newline: str) -> None:
    text = SAMPLES[language].replace("\n", newline)
    lines = unix(text).split("\n")
    found = comments(text, language)
    rest = masked(text, found)
    assert "yes" not in rest
    assert rest.lower().count("no") == text.lower().count("no")
    for comment in found:
        assert "yes" in comment.text
        assert text[comment.start : comment.end] == comment.text
        assert lines[comment.line - 1][comment.column :].startswith(
            unix(comment.text).split("\n")[0]
        )
    assert [c for c in rest if c in "\r\n"] == [c for c in text if c in "\r\n"]
    assert len(rest) == len(text)


def test_a_string_without_end_is_no_python() -> None:
    with pytest.raises(UnmeasurableError, match="string without end in line 2"):
        comments("x = 1\ny = 'a\n", "python")


def test_masking_keeps_pythons_other_tokens() -> None:
    for path in Path(tokenize.__file__).parent.glob("t*.py"):
        text = path.read_text("utf-8")
        bare = masked(text, comments(text, "python"))
        assert _code(bare) == _code(text)


def _code(text: str) -> list[tuple[int, str, tuple[int, int]]]:
    skipped = {tokenize.COMMENT, tokenize.NL}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        (token.type, token.string, token.start) for token in tokens if token.type not in skipped
    ]


PIECES = [
    "x = 1",
    "# a",
    "'# b'",
    '"""# c',
    '"""',
    "'''\\'''",
    "f'{a}'",
    " ",
    "\n",
    "\\\n",
    '"',
    "\f",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_python_agrees_with_tokenize(text: str) -> None:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, IndentationError):
        return
    if any(token.type == tokenize.ERRORTOKEN and token.string.strip() for token in tokens):
        return
    wanted = [(*t.start, t.string) for t in tokens if t.type == tokenize.COMMENT]
    assert [(c.line, c.column, c.text) for c in comments(text, "python")] == wanted


SIGNS = [
    *("'", '"', "`", "#", "//", "/*", "*/", "--", "%", "${", "#{", "{", "}", "<?php", "?>", "\r\n"),
    *("<script>", "</script>", "=begin", "=end", "=cut", "\n", "\r", "\\", " ", "a", "é", "<a>"),
]


@given(st.sampled_from(sorted(SAMPLES)), st.lists(st.sampled_from(SIGNS), max_size=20).map("".join))
def test_places_hold_for_any_text(language: str, text: str) -> None:
    try:
        found = comments(text, language)
    except UnmeasurableError:
        assert language == "python" or language in PARSED or language == "vue"
        return
    after = 0
    for comment in found:
        assert after <= comment.start < comment.end
        assert text[comment.start : comment.end] == comment.text
        assert comment.line == 1 + unix(text[: comment.start]).count("\n")
        after = comment.end
    assert len(masked(text, found)) == len(text)
