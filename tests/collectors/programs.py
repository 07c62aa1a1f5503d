"""A small program in every language that lizard reads, with functions and decisions in it."""

from __future__ import annotations

C = """#include <a.h>
#if A
int one(int a, char *b) { /* x
y */ if (a && b) return 1; else if (a) { for (;;) if (a) while (a) a--; } return a ? 1 : 2; }
#else
int other() { return 0; }
#endif

static int flat(void)
{
    if (x) y(); // z
    for (;;) { }
    switch (x) { case 1: break; case 2: default: return 3; }
}
"""
JAVA = """class A<T> {
  /** doc */
  int f(int a, String b) throws E { if (a > 0 || b == null) { try { g(); } catch (E e) { h(); } }
    return 0; }
  void l() { xs.forEach(x -> { if (x) { y(); } }); }
}
"""
JAVASCRIPT = """// doc
function one(a, b = 1) { if (a && b) { return a ? b : 1; } return `x ${a} y`; }
const two = (a) => { for (const x of a) { if (/[/"]/.test(x)) { continue; } } };
class K { m() { return this.xs.map(function (x) { return x || 1; }); } }
"""
TYPESCRIPT = """export class A<T> { constructor(private a: number) { if (a) { this.b(); } }
  b(x?: string): number { return x ?? 1; } }
const f = (a: number, b: string): void => { while (a) { a--; } };
"""
RUBYLIKE = """# doc
class A
  def one(a, b)
    if a && b
      puts "x #{a} y"
    end
    xs.each do |x|
      next unless x
    end
  end
end
def two; 1; end
"""
PYTHON = '''"""Module."""
import os


def one(a, b=(1, 2), *c, d: int = 3):
    """Doc

    # no comment
    """
    if a and b:
        return [x for x in c if x]  # comment

    def inner(e):
        for x in e:
            while x:
                x -= 1
    with a: pass
    return f"{a if b else c}"


class A:
    async def two(self):
        match self:
            case [1, x] if x:
                pass
        try:
            pass
        except (A, B):
            lambda: 1


def three(): return 1
'''
PROGRAMS = {
    "cpp": C + "namespace n { class B { public: int m(int&& a) const { return a && 1; } }; }\n",
    "csharp": JAVA.replace("throws E", "").replace("->", "=>") + '#region a\nvar x = a ?? @"b";\n',
    "erlang": "%% doc\n-module(a).\nf(A, B) -> case A of 1 -> ok; _ -> no end.\n\ng() -> ok.\n",
    "fortran": "! doc\nsubroutine one(a, b)\n  if (a .and. b) then\n    do i = 1, 2\n    end do\n"
    "  end if\nend subroutine one\n",
    "gdscript": PYTHON.replace("def ", "func "),
    "go": "package m\n// doc\nfunc one(a int, b string) int { if a > 0 && b != `x` { return 1 }\n"
    "for { switch a { case 1: f() } } }\nfunc (t *T) two() { go func() { x() }() }\n",
    "java": JAVA,
    "javascript": JAVASCRIPT,
    "kotlin": "// doc\nfun one(a: Int, b: String): Int { if (a > 0) return 1\n"
    "for (x in b) { when (x) { 1 -> f() \n else -> g() } }\nreturn a ?: 2 }\nfun two() = 1\n",
    "lua": "-- doc\nfunction one(a, b)\n  if a and b then return #a end\n"
    "  for i = 1, 2 do f() end\nend\nlocal two = function() return [[x]] end\n",
    "objectivec": C
    + "@implementation A\n- (int)foo:(int)a bar:(int)b { if (a) { return b; } }\n@end\n",
    "perl": "# doc\npackage A;\nsub one { my ($a) = @_; if ($a && 1) { return $a ? 1 : 2; } }\n"
    "sub two { for (1..2) { } }\n1;\n",
    "php": "<html>\n<?php\n// doc\nfunction one($a, $b = 1) { if ($a && $b) { return 1; }\n"
    "foreach ($a as $x) { } }\nclass A { public function two() { return $a ?? 1; } } ?>\n</html>\n",
    "plsql": "-- doc\nCREATE FUNCTION one(a IN NUMBER) RETURN NUMBER IS\nBEGIN\n"
    "  IF a > 1 AND a < 3 THEN\n    RETURN 1;\n  END IF;\n  RETURN 2;\nEND one;\n/\n",
    "python": PYTHON,
    "r": "# doc\none <- function(a, b = 1) {\n  if (a && b) {\n"
    "    for (x in a) { print(x) }\n  }\n}\n",
    "ruby": RUBYLIKE,
    "rust": "// doc\n#[test]\nfn one<'a>(a: i32, b: &'a str) -> i32 {\n"
    'if a > 0 && b == "x" { return 1; }\n'
    "match a { 1 => f(), _ => g() } for x in b { loop { } } a }\n",
    "scala": "// doc\nobject A { def one(a: Int, b: Int): Int = { if (a > 0 && b > 0) 1 else 2 }\n"
    "def two(x: Any) = x match { case 1 => 2\n case _ => 3 } }\n",
    "solidity": "// doc\ncontract A { function one(uint a, uint b) public returns (uint) {\n"
    "if (a > 0 && b > 0) { return 1; } for (;;) { } return a > b ? 1 : 2; } }\n",
    "st": "FUNCTION_BLOCK one\nVAR a : INT; END_VAR // doc\nIF a > 1 AND a < 3 THEN\n  a := 1;\n"
    "END_IF\nEND_FUNCTION_BLOCK\n",
    "swift": "// doc\nfunc one(a: Int, b: String?) -> Int { guard a > 0 else { return 1 }\n"
    "for x in b { if x && a > 1 { y() } }\nreturn a > 1 ? 1 : 2 }\n",
    "tsx": TYPESCRIPT
    + "const C = () => <div onClick={() => { if (a) b(); }}>{a && <b>c</b>}</div>;\n",
    "ttcn": "// doc\nmodule a { function one(integer a) { if (a > 1 and a < 3) { return; } } }\n",
    "typescript": TYPESCRIPT,
    "vue": "<template><b>don</b></template>\n<script>\n" + JAVASCRIPT + "</script>\n",
    "zig": "// doc\nfn one(a: i32, b: i32) i32 {\n"
    "if (a > 0 and b > 0) { return 1; } while (a) { } }\n",
}
