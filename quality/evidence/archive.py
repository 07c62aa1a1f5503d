"""The file of a bundle: a ZIP of which every byte follows from its entries, read as hostile.

Nothing is ever unpacked to a name that the file gives. Names, sizes and layout are checked before a
byte is inflated, and what is inflated is bounded. The archive's comment is the digest of all bytes
before it: it finds a changed byte that changes no entry, such as one of a date.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from quality.errors import DisagreementError, UsageError

MOST_ENTRIES = 20_000
MOST_BYTES = 1 << 30  # of all entries together
FILE_BYTES = 256 << 20
SPREAD = 100  # times the file's size that its entries may have; ours deflate to a tenth at most
LEAST = 1 << 20  # bytes of entries that any file may have
MANIFEST = "manifest.json"
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*){0,3}")
NAME_LENGTH = 200
_WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP knows: it tells nothing of the machine
_MODE = 0o100644 << 16
_UNIX = 3
_LOCAL, _CENTRAL, _END = 30, 46, 22  # bytes of the headers, without names
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")

Entries = Mapping[str, bytes]


def pack(entries: Entries) -> bytes:
    """The bundle's bytes: the same entries give the same bytes wherever zlib is the same."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, _MODE
            info.create_system = _UNIX
            archive.writestr(info, entries[name], zipfile.ZIP_DEFLATED, 9)
    body = file.getvalue()[:-2]  # the length of the comment, which is none yet
    comment = _digest(body)
    return body + struct.pack("<H", len(comment)) + comment


def _digest(body: bytes) -> bytes:
    return f"sha256:{hashlib.sha256(body).hexdigest()}".encode()


def unpack(path: Path) -> dict[str, bytes]:
    """The entries of a bundle, by name (UsageError: it is no bundle, or larger than one may be;
    DisagreementError with the place: it was changed)."""
    content = _read(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_layout(path, archive, infos, content)
            found = {info.filename: _inflated(path, info, content) for info in infos}
            comment = archive.comment
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError,
            struct.error, OverflowError) as error:  # fmt: skip
        raise UsageError(f"{path} is not an evidence bundle: {str(error)[:200]}") from None
    if not comment and MANIFEST in found:
        raise DisagreementError(f"{path}: the archive was packed anew: of {MANIFEST} and all other"
                                f" entries the bytes as they were sent are needed")  # fmt: skip
    if not comment:
        raise UsageError(f"{path} is not an evidence bundle")
    if comment != _digest(content[: -2 - len(comment)]):
        raise DisagreementError(f"{path}: the archive is not as it was written: between its entries"
                                f" a byte was changed")  # fmt: skip
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise UsageError(f"cannot read {path}: {reason}") from None
    if len(content) > FILE_BYTES:
        raise UsageError(f"{path} is larger than {FILE_BYTES:,} bytes: this is not a bundle")
    return content


def _check_layout(
    path: Path, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], content: bytes
) -> None:
    """Refuse whatever ``pack`` does not write, before anything is inflated."""
    if len(infos) > MOST_ENTRIES:
        raise UsageError(
            f"{path} has {len(infos):,} entries: a bundle has at most {MOST_ENTRIES:,}"
        )
    whole = sum(info.file_size for info in infos)
    if whole > min(MOST_BYTES, max(LEAST, SPREAD * len(content))):
        raise UsageError(f"{path} would unpack to {whole:,} bytes: this is not a bundle")
    names = [info.filename for info in infos]
    for info in infos:
        name = info.filename
        if info.orig_filename != name or len(name) > NAME_LENGTH or not NAME.fullmatch(name):
            raise UsageError(f"{path}: {name[:80]!a} is not the name of an entry of a bundle")
        plain = (info.compress_type, info.flag_bits, info.external_attr, info.extra, info.comment)
        if plain != (zipfile.ZIP_DEFLATED, 0, _MODE, b"", b"") or info.date_time != _WHEN:
            raise DisagreementError(f"{path}: entry {name}: its header is not as it was written")
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1][:1]:
        raise UsageError(f"{path}: entry {twice[0]} is there twice")
    if names != sorted(names):
        raise DisagreementError(f"{path}: its entries were put into another order")
    position = 0
    for info in infos:
        if info.header_offset != position:
            raise DisagreementError(f"{path}: there is something before entry {info.filename}")
        position += _LOCAL + len(info.filename) + info.compress_size
    directory = sum(_CENTRAL + len(name) for name in names)
    if len(content) != position + directory + _END + len(archive.comment):
        raise DisagreementError(f"{path}: there is something behind its entries")


def _inflated(path: Path, info: zipfile.ZipInfo, content: bytes) -> bytes:
    """An entry's bytes, at most as many as its header says."""
    begin = info.header_offset + _LOCAL + len(info.filename)
    header = _LOCAL_HEADER.pack(
        b"PK\x03\x04", 20, 0, zipfile.ZIP_DEFLATED, 0, 33,
        info.CRC, info.compress_size, info.file_size, len(info.filename), 0,
    )  # fmt: skip
    if content[info.header_offset : begin] != header + info.filename.encode():
        raise DisagreementError(
            f"{path}: entry {info.filename}: its header is not as it was written"
        )
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        found = machine.decompress(content[begin : begin + info.compress_size], info.file_size + 1)
    except zlib.error:
        found = b""
    whole = machine.eof and not machine.unused_data and not machine.unconsumed_tail
    if not whole or len(found) != info.file_size or zlib.crc32(found) != info.CRC:
        raise DisagreementError(f"{path}: entry {info.filename} is damaged: a byte was changed")
    return found
