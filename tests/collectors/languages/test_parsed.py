from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.languages.comments import comments
from collectors.languages.source import UnmeasurableError

# Legal code whose last comment says "yes", as TypeScript's own parser reads it; each was chosen to
# mislead about a slash, a brace, an angle bracket or a quote.
JAVASCRIPT = r"""
f = s => /a`b/.test(s); // yes
function f(x){ return /a`b/.test(x) } // yes
typeof /`/; // yes
a = b / c; // yes / d
x = {} / 1; // yes /
if (a) /`/.test(b); // yes
if (a) {}~/`/.test(b); // yes
function f() {}~/`/.test(b); // yes
x = function f() {} / 2; // yes / d
class A {}~/`/.test(b); // yes
x = class {} / 2; // yes /
export default {} / 2; // yes /
a++ / 2; // yes / d
`a${ /* yes */ b ? `x${/`}/.source /* yes */}` : {} }c // no`; // yes
x = a ? {} / 1 : {} / 2; // yes /
switch(a){ case 1: {}~/`/.test(a); default: {}~/`/.test(b) } // yes
lbl: {}~/`/.test(a); // yes
for (const x of /`/[Symbol.split]("")) {} // yes
var of = 8; x = of / 2; // yes / e
do /`/.test(x); while (x) // yes
x = y.return / 2; // yes / d
x = y.if(a) / 2; // yes / d
x = { if(a) {}, return: /`/, get a() { return /`/ } } / 2; // yes /
class A { static { } x = /`/; static /* yes */ y = 1; #p = /`/; m() {} }~/`/.test(1); // yes
x = [/`/, /[`/]/, .../`/.source]; // yes
x = "a\~// no"; // yes
async function f() { for await (const x of /`/y) /`/; await /`/; } // yes
label: while(1) { continue label~/`/.test(x) } // yes
export {a}~/`/.test(a) // yes
function f() { return~{}~/`/.test(x) } // yes
x = <div>//no `don't {/* yes */ a} <b t="//no" /* yes */ c={/`/} {...p}/> // no</div>; // yes
x = cond && <A b=<B/> /> / 2; // yes /
x = a < b / c; // yes > e
x = 1..toFixed() / 2n / .5 // yes /
<!-- yes
"""
TYPESCRIPT = r"""
function f(): {} {}~/`/.test(x) // yes
function f(): void {}~/`/.test(x) // yes
class A { m(): B { {} /`/.test(1) } n(): C<{}> { {} /`/.test(2) } } // yes
type A = {}~/`/.test(x) // yes
let x: {} = {} / 2; // yes / d
x = a! / 2; // yes / d
x = <any>/`/; // yes
type A = `a${B extends `x` ? {} : "`"}`; // yes
"""
TSX = r"""
type F = <T>(x: T) => void; // yes
interface A { <T>(x: T): T; new <U>(x: U): { a: U } } // yes
f = <T,>(x: T) => x; g = <T extends A>(x: T) => <b>{x} // no</b>; // yes
x = <A<B<C>, () => void> p="x">t // no</A>; // yes
x = <A>{/* yes */}{`a${b /* yes */}`}it's `</A> // yes
type A = { a: <T>(x: {b: T}) => T /* yes */ } // yes
class A { x: <T>() => T /* yes */~ y = <T,>() => 1 } // yes
"""
RUBY = r"""
x = <<-A~  # no #{a # yes~  }~A~# yes
call(<<-'A', <<B) # yes~ # no "~ A~'# no~B~y = 1 # yes
x = %w[# no] + %q(# no (# no)) # yes
x = a =~ /"# no/ ? ?" : %r{# no"} # yes
s = "#{b ? "# no" : '# no'}" # yes
=begin yes~it's "~=end~x = 1 # yes
"""
SWIFT = r"""
let a = /x"y/ // yes
let a = #/x"y // no/# // yes
let s = #"a " // no"# /* yes /* a */ b */
let s = QQQ~ // no \(x) " // no~QQQ // yes
x.split(/,"/) // yes
"""
GO = r"""
package p; var x = `" // no` // yes
package p; var r = '"' /* yes */
"""
LUA = r"""
local x = [[ -- no ]] --[==[ yes ]] a ]==]
local x = "\"" .. '--no' -- yes
"""
SOLIDITY = r"""
contract A { string x = "// no"; /* yes */ } // yes
"""
CASES = [
    (language, code.replace("~", "\n") + "\n")
    for language, codes in (
        ("javascript", JAVASCRIPT), ("typescript", TYPESCRIPT), ("tsx", TSX), ("ruby", RUBY),
        ("swift", SWIFT), ("go", GO), ("lua", LUA), ("solidity", SOLIDITY),
    )
    for code in codes.replace("QQQ", '"' * 3).strip().split("\n")
]  # fmt: skip
# What the grammars do not read: planted, it hides a comment from the tree, from lizard or both.
UNREAD = [
    ("javascript", "export default function(){}\n/`/.test(1) // yes\n/* ` yes */"),
    ("javascript", "debugger\n/`/.test(x) // yes\n/* ` yes */"),
    ("typescript", "type A = B extends {} ? {} : {}\n/`/.test(x) // yes\n/* ` yes */"),
    ("swift", 'let a = /[/]"/ // yes'),
    ("ruby", "x = @@\n# yes\n"),
    ("javascript", "debugger\n/`/.test(a); b = `/*`; copied(); c = `*/`"),
]


@pytest.mark.parametrize(("language", "code"), CASES)
def test_nothing_legal_hides_a_comment(language: str, code: str) -> None:
    found = [comment.text for comment in comments(code, language)]
    assert all("yes" in text and "no" not in text for text in found)
    assert len(found) == code.count("yes")


@pytest.mark.parametrize(("language", "code"), UNREAD)
def test_an_error_of_syntax_hides_no_comment(language: str, code: str) -> None:
    with pytest.raises(UnmeasurableError, match="its comments cannot be told for certain"):
        comments(code, language)


def test_in_a_text_with_errors_a_sign_in_a_string_is_a_comment_too() -> None:
    code = "debugger\n/a/.test(x) // yes\n/* yes */ let x = 'a // no' // yes\n"
    found = [comment.text for comment in comments(code, "javascript")]
    assert found == ["// yes", "/* yes */", "// no' ", "// yes"]


PIECES = [
    *(
        "'",
        '"',
        "`",
        "${",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "/",
        "//",
        "/*",
        "*/",
        "\\",
        "\n",
        " ",
        "a",
    ),
    *("<a>", "</a>", "<a", "/>", "<", ">", "=", "=>", "return", "function", "class", "?", ":", ";"),
]


@given(
    st.sampled_from(["javascript", "typescript", "tsx", "vue"]),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)
def test_any_text_has_an_end(language: str, text: str) -> None:
    after = 0
    try:
        found = comments(text, language)
    except UnmeasurableError:
        return
    for comment in found:
        assert after <= comment.start < comment.end <= len(text)
        after = comment.end
