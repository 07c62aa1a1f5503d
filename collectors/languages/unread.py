"""What can hold a program's logic and no analyzer reads: one row a kind, with why it counts.

A file that is in no language of ``suffixes`` and in no row here is data, and counts nowhere:
JSON, YAML, XML, style sheets, prose, images, fonts. Every row can be wrong about a single file, so
each is listed with its path, and the customer's patterns take out what is not the supplier's code.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from collectors.languages.suffixes import language


@dataclass(frozen=True, slots=True)
class Unread:
    """A kind of code without a reader: ``what`` it is called, ``why`` it counts, and how it is
    known: by ``suffixes``, whole ``names``, or the ``programs`` of its `#!` line (all in lower
    case, a blank between two)."""

    what: str
    why: str
    suffixes: str = ""
    names: str = ""
    programs: str = ""


PAGE, COMPILED, ARCHIVE = "page with scripts", "compiled program", "archive"
SCRIPT, RENAMED = "script of another program", "code under another suffix"
HIDDEN = "file that nobody looked into"
_COMPILES = "a language that programs are written in"
_BUILDS = "decides what is built and shipped, and runs any command"
_MARKUP = "a page or template that holds loops, conditions or scripts"
_PACKED = "holds files, code too, that nobody can read where they stand"

UNREAD = (
    Unread("shell script", "runs any command and branches on the result",
           "sh bash zsh ksh csh tcsh fish command ebuild bats", ".bashrc .profile .zshrc",
           "sh bash dash ash zsh ksh mksh csh tcsh fish rc bats"),
    Unread("Windows script", "runs any command and branches on the result",
           "ps1 psm1 bat cmd btm vbs vbe jse wsf wsh hta ahk au3 kix", programs="pwsh powershell"),
    Unread("assembler", _COMPILES, "asm nasm s masm a51"),
    Unread("mainframe or business language", _COMPILES,
           "cob cbl cpy ccp cobol pli pl1 plx1 rpg rpgle sqlrpgle clle clp abap nsp nsn jcl rexx "
           "rex 4gl prg trigger apex mumps", programs="rexx"),
    Unread("Basic", _COMPILES, "vb bas cls frm ctl vba bi"),
    Unread("functional language", _COMPILES,
           "fs fsi fsx clj cljs cljc ex exs hs lhs purs elm ml mli mll mly re rei res resi idr "
           "agda lean", programs="clojure bb elixir runghc runhaskell ocaml"),
    Unread("Lisp or Prolog", _COMPILES, "lisp lsp cl el scm ss rkt hy fnl prolog pro",
           programs="sbcl guile racket scheme swipl emacs"),
    Unread("Dart, Groovy or Haxe", _COMPILES, "dart groovy gvy gy hx as mxml",
           programs="dart groovy"),
    Unread("Pascal or Ada", _COMPILES, "pas dpr dpk lpr pp adb ads ada"),
    Unread("systems language", _COMPILES, "d di nim nims cr v vh jai odin vala vapi mojo hack hhi",
           programs="nim crystal rdmd"),
    Unread("statistics or mathematics", _COMPILES,
           "jl sas do ado sps nb wl mlx rmd qmd rnw stan", programs="julia"),
    Unread("script language", _COMPILES,
           "tcl tk exp awk sed gawk coffee litcoffee iced ls vim applescript scpt luau moon pde "
           "raku rakumod p6 pm6 rpy bsh aj", programs="tclsh wish expect awk gawk sed coffee lua5 "
           "raku perl6 osascript"),
    Unread("Cython", _COMPILES, "pyx pxd pxi"),
    Unread("shader or hardware description", _COMPILES,
           "glsl vert frag geom comp hlsl fx metal wgsl sv svh vhd vhdl"),
    Unread("contract or bytecode text", _COMPILES, "vy cairo move wat wast ll"),
    Unread("control program", _COMPILES, "tcpou tcdut tcgvl l5x scl awl iecst"),
    Unread("grammar", "carries code that is copied into the parser",
           "y l yy ll1 ypp lpp g g4 lex yacc jj jjt peg pegjs ragel rl xrl yrl"),
    Unread("include file", "code of another file's language, whatever that is", "inc include"),
    Unread("build definition", _BUILDS,
           "mk mak cmake gradle bzl bazel star ninja dockerfile nuspec spec",
           "makefile gnumakefile bsdmakefile cmakelists.txt dockerfile containerfile jenkinsfile "
           "build build.bazel workspace workspace.bazel meson.build sconstruct sconscript wscript "
           "justfile earthfile tiltfile configure.ac configure",
           "make"),
    Unread("infrastructure code", "decides with conditions and loops what is deployed",
           "tf nix jsonnet libsonnet cue dhall rego bicep pkl"),
    Unread("component page", _MARKUP, "astro marko riot qml xaml mdx"),
    Unread("server page", _MARKUP,
           "jsp jspx jspf tag tagx asp aspx ascx ashx asmx asax master cshtml vbhtml razor cfm cfc "
           "erb rhtml eex heex leex xsp dtl"),
    Unread("template", _MARKUP,
           "ejs haml slim pug jade hbs handlebars mustache j2 jinja jinja2 twig liquid ftl ftlh vm "
           "tpl tmpl gotmpl gohtml njk mako latte smarty"),
    Unread(PAGE, _MARKUP),
    Unread("transformation", "a program over documents, with conditions and recursion",
           "xsl xslt xq xql xqy xquery"),
    Unread("rules or process model", "is executed as it stands: rules, decisions, processes",
           "drl dmn bpmn bpel"),
    Unread("document with macros", "carries programs inside a document or database",
           "xlsm xltm xlam xlsb docm dotm pptm ppam mdb accdb accde fmp12"),
    Unread(COMPILED, "runs, and nobody can read what it does",
           "class dex exe dll so dylib a lib o obj ko pyc pyo pyd node wasm swf beam elf sys msi "
           "rlib jmod"),
    Unread(ARCHIVE, _PACKED,
           "jar war ear aar apk ipa whl egg nupkg snupkg gem crx xpi vsix phar deb rpm dmg iso cab "
           "pkg zip tar gz tgz bz2 tbz2 xz txz 7z rar zst lz lzma"),
    Unread(SCRIPT, "its `#!` line says that it runs, by a program that no analyzer knows"),
    Unread(RENAMED, "one rename away from running: the suffix below is code's"),
    Unread(HIDDEN, "without a suffix, and too large to tell what it is"),
)  # fmt: skip

# Suffixes that say nothing of what is below them: run.sh.in, settings.py.dist, old.js.bak
_INERT = (
    "bak backup copy default disabled dist example hold in inert off old orig sample save template "
    "text txt"
)
INERT = frozenset(_INERT.split())
PROSE = frozenset({"copying.lib", "go.mod"})  # no code, whatever their suffixes say

_BY_SUFFIX = {suffix: row.what for row in UNREAD for suffix in row.suffixes.split()}
_BY_NAME = {name: row.what for row in UNREAD for name in row.names.split()}
_BY_PROGRAM = {name: row.what for row in UNREAD for name in row.programs.split()}
_SHARED_OBJECT = re.compile(r"\.so(?:\.\d+)+\Z")
_NAMED = re.compile(r"(dockerfile|containerfile|jenkinsfile|makefile)\.[\w.-]+\Z")


def unread(path: str) -> str:
    """What the file at ``path`` is, by its suffix or name, if it is code that no analyzer reads;
    "" for what a reader reads, for data, and for what only its content tells."""
    name = path.rpartition("/")[2].lower()
    if name in PROSE or language(path):
        return ""
    stem, dot, suffix = name.rpartition(".")
    if found := _BY_NAME.get(name) or (_BY_SUFFIX.get(suffix) if dot else None):
        return found
    if _SHARED_OBJECT.search(name):
        return COMPILED
    if named := _NAMED.match(name):
        return _BY_NAME[named[1]]
    below = name.rstrip("~") if name.endswith("~") else stem if suffix in INERT else ""
    plain = unicodedata.normalize("NFKC", name).strip(" .")  # as some file systems read it
    below = below or (plain if plain != name else "")
    return RENAMED if "." in below and (language(below) or unread(below)) else ""


def scripted(program: str) -> str:
    """What a script is whose `#!` line names ``program``, where no analyzer reads it."""
    return _BY_PROGRAM.get(program, SCRIPT)
