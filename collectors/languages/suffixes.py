"""Which language a file is in, by its path or by the `#!` line of a script without a suffix: what
the analyzers can read, and nothing else."""

from __future__ import annotations

import re

# One line a reader of lizard 1.24.3, under the first name it gives itself, in lower case. A table
# of our own, so that listing a tree does not need to import lizard.
SUFFIXES = {
    "cpp": ("c", "cpp", "cc", "cxx", "h", "hh", "hpp"),
    "java": ("java",),
    "csharp": ("cs",),
    "javascript": ("js", "cjs", "mjs"),
    "python": ("py",),
    "objectivec": ("m", "mm"),
    "ttcn": ("ttcn", "ttcnpp"),
    "ruby": ("rb",),
    "php": ("php",),
    "swift": ("swift",),
    "scala": ("scala",),
    "gdscript": ("gd",),
    "go": ("go",),
    "lua": ("lua",),
    "rust": ("rs",),
    "typescript": ("ts",),
    "fortran": ("f70", "f90", "f95", "f03", "f08", "f", "for", "ftn", "fpp"),
    "kotlin": ("kt", "kts"),
    "solidity": ("sol",),
    "erlang": ("erl", "hrl", "es", "escript"),
    "zig": ("zig",),
    "tsx": ("tsx", "jsx"),
    "vue": ("vue",),
    "perl": ("pl", "pm"),
    "st": ("st",),
    "r": ("r",),
    "plsql": ("sql", "pks", "pkb", "pls", "plb", "pck"),
}

# What lizard's readers read as well, under suffixes that lizard does not know.
MORE = {
    "cpp": (
        *("c++", "h++", "hxx", "inl", "ipp", "ixx", "tcc", "tpp", "txx", "cppm", "ccm"),
        *("ino", "cu", "cuh"),  # Arduino, CUDA
    ),
    "csharp": ("csx", "cake"),
    "fortran": ("f77", "f15", "f18"),
    "javascript": ("es6", "jsm", "gs", "xsjs", "xsjslib"),
    "kotlin": ("ktm",),
    "lua": ("wlua", "nse"),
    "notebook": ("ipynb",),
    "perl": ("plx", "psgi", "t"),
    "php": ("phtml", "php3", "php4", "php5", "php7", "php8", "phps", "phpt", "ctp"),
    "plsql": ("bdy", "fnc", "pgsql", "plsql", "prc", "psql", "tpb", "tps", "trg"),
    "python": ("pyw", "py3", "pyt", "wsgi"),
    "ruby": ("builder", "gemspec", "jbuilder", "podspec", "rake", "rbw", "ru", "thor"),
    "scala": ("sbt", "sc"),
    "stub": ("pyi",),
    "svelte": ("svelte",),
    "ttcn": ("ttcn3",),
    "typescript": ("cts", "mts"),
}

# Files that are known by their whole name, in lower case.
NAMES = {
    "ruby": (
        *("appraisals", "berksfile", "brewfile", "capfile", "dangerfile", "fastfile", "gemfile"),
        *("guardfile", "podfile", "rakefile", "thorfile", "vagrantfile"),
    ),
}

# Programs that a `#!` line names, without their versions.
INTERPRETERS = {
    "erlang": ("escript",),
    "javascript": ("bun", "deno", "js", "node", "nodejs", "rhino", "zx"),
    "kotlin": ("kotlin", "kotlinc"),
    "lua": ("lua", "luajit", "texlua"),
    "perl": ("perl",),
    "php": ("php",),
    "python": ("ipython", "jython", "pipx", "pypy", "python", "pythonw", "uv"),
    "r": ("rscript",),
    "ruby": ("jruby", "macruby", "ruby"),
    "scala": ("amm", "scala", "scala-cli"),
    "swift": ("swift",),
    "typescript": ("ts-node", "tsx"),
}

LAUNCHERS = frozenset({"busybox", "env"})  # they start the program that is named after them

# Languages of ours that are another one's text: a notebook's code cells, a stub's signatures, the
# scripts of a Svelte page.
DIALECTS = {"notebook": "python", "stub": "python", "svelte": "typescript"}

_READERS = "|".join(
    f"(?P<{name}>{'|'.join(map(re.escape, (*SUFFIXES.get(name, ()), *MORE.get(name, ()))))})"
    for name in {**SUFFIXES, **MORE}
)
# lizard's own pattern (any case, Unicode folding included), its readers as named groups.
_PATTERN = re.compile(rf".*\.(?:{_READERS})$", re.IGNORECASE)
_BY_NAME = {name: language for language, names in NAMES.items() for name in names}
_BY_PROGRAM = {name: language for language, names in INTERPRETERS.items() for name in names}
_HASHBANG = re.compile(rb"(?:\xef\xbb\xbf)?#![ \t]*([^\r\n]*)")
_VERSION = re.compile(r"(?:\.exe)?[-.\d]*\Z")
_ASSIGNED = re.compile(r"\w+=")


def language(path: str) -> str | None:
    """The language of the file at ``path`` by its suffix or name; None where no reader knows it."""
    if match := _PATTERN.match(path):
        return match.lastgroup
    return _BY_NAME.get(path.rpartition("/")[2].lower())


def spoken(language: str) -> str:
    """The language that a text of ``language`` is read as, such as Python for a notebook."""
    return DIALECTS.get(language, language)


def program(content: bytes) -> str:
    """The program that the `#!` line of ``content`` names, in lower case and without its version;
    "" without such a line. Launchers and their options are looked through."""
    match = _HASHBANG.match(content)
    words = match[1].decode("utf-8", "replace").lower().split() if match else []
    for word in words:
        name = word.rpartition("/")[2]
        if name not in LAUNCHERS and not word.startswith("-") and not _ASSIGNED.match(word):
            return _VERSION.sub("", name)
    return ""


def interpreted(content: bytes) -> str | None:
    """The language of a script by its `#!` line; None where it has none, or no reader's."""
    return _BY_PROGRAM.get(program(content))
