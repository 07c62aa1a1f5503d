"""What a file is whose name does not tell: a look at its content, in the process that lists a tree.

Whatever is done here is linear in what is looked at: nobody bounds the time of this process.
"""

from __future__ import annotations

import hashlib
import re

from collectors.languages.suffixes import (
    INTERPRETERS,
    MORE,
    NAMES,
    SUFFIXES,
    interpreted,
    language,
    program,
)
from collectors.languages.unread import (
    ARCHIVE,
    COMPILED,
    HIDDEN,
    INERT,
    PAGE,
    UNREAD,
    scripted,
    unread,
)
from quality.model.canonical import compact

REVISION = 2  # raised when the code here finds something else in the same content
LARGEST = 4_194_304  # bytes of a file that is looked into
MOST = 67_108_864  # bytes of all of them in one tree
HEAD = 1024  # bytes that hold a first line worth reading

PAGES = frozenset(("html", "htm", "xhtml", "shtml"))
# Data by suffix: never looked into. Everything else that no table knows is.
_DATA = (
    "md markdown rst adoc txt text tex bib rtf pdf doc docx odt xls xlsx ods ppt pptx odp epub "
    "json json5 jsonc jsonl ndjson geojson yaml yml toml ini cfg conf config properties env lock "
    "xml xsd wsdl dtd plist resx resw strings po pot mo csv tsv parquet avro arrow orc sqlite db "
    "css scss sass less styl map svg png jpg jpeg gif webp bmp ico icns tif tiff psd ai eps avif "
    "heic mp3 mp4 wav ogg oga ogv webm avi mov flac m4a ttf otf woff woff2 eot proto thrift avsc "
    "graphql gql csproj vbproj fsproj vcxproj sln props targets iml pbxproj snap patch diff log "
    "pem crt cer der key pub p12 jks keystore sum mod editorconfig gitignore gitattributes "
    "gitmodules dockerignore npmignore eslintrc prettierrc babelrc"
)
DATA = frozenset(_DATA.split())

_TEMPLATED = re.compile(
    rb"\{%|\{\{|<%|<\?(?!xml)|\*ng[A-Z]|\sv-[a-z]{2,10}[=:]|\sx-data=|\sth:[a-z]"
)
_HANDLER = re.compile(rb"\son[a-z]{3,20}=", re.IGNORECASE)
_SCRIPT = re.compile(rb"<script\b([^<>]*)>\s*[^\s<]", re.IGNORECASE)
_NO_PROGRAM = re.compile(
    rb"\btype\s{0,9}=\s{0,9}[\"']?(?:application|text)/(?:ld\+)?json", re.IGNORECASE
)
_MAGIC = (
    (b"\x7fELF", COMPILED), (b"\xca\xfe\xba\xbe", COMPILED),
    (b"\xcf\xfa\xed\xfe", COMPILED), (b"\xce\xfa\xed\xfe", COMPILED), (b"\0asm", COMPILED),
    (b"PK\x03\x04", ARCHIVE), (b"\x1f\x8b", ARCHIVE), (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE), (b"Rar!", ARCHIVE),
    (b"!<arch>", COMPILED), (b"\x28\xb5\x2f\xfd", ARCHIVE),
)  # fmt: skip


def telling(path: str) -> bool:
    """Whether the name alone says what a file is: no look is needed."""
    return bool(language(path) or unread(path)) or _suffix(path) in DATA


def look(path: str, content: bytes) -> tuple[str | None, str]:
    """The language of a file whose name does not tell, None if it is in none that is read; and
    what it is if it is code without a reader, else ""."""
    if _suffix(path) in PAGES:
        return None, PAGE if _programmed(content) else ""
    head = content[:HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?php", b"<?=")):
        return "php", ""
    if found := interpreted(head):
        return found, ""
    if named := program(head):
        return None, scripted(named)
    packed = (what for magic, what in _MAGIC if content.startswith(magic))
    return None, next(packed, COMPILED if head.startswith(b"MZ") and b"\0" in head else "")


def unlooked(path: str) -> str:
    """What a file counts as that is too large to be looked into: data only with a suffix."""
    suffix = _suffix(path)
    return PAGE if suffix in PAGES else "" if suffix else HIDDEN


def _listing() -> str:
    rows = [(row.what, row.suffixes, row.names, row.programs) for row in UNREAD]
    tables = [SUFFIXES, MORE, NAMES, INTERPRETERS, rows, sorted(INERT), sorted(DATA | PAGES)]
    content = compact([REVISION, LARGEST, MOST, *tables])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


LISTING = _listing()
"""The digest of all that decides how a tree is listed."""


def _suffix(path: str) -> str:
    """The suffix in lower case; of a name that starts with its only dot, what follows it."""
    name = path.rpartition("/")[2].lower()
    return name.rpartition(".")[2] if "." in name else ""


def _programmed(page: bytes) -> bool:
    if _TEMPLATED.search(page) or _HANDLER.search(page):
        return True
    return any(not _NO_PROGRAM.search(found[1]) for found in _SCRIPT.finditer(page))
