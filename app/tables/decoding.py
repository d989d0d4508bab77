"""Bytes of a table as text, in the encoding that they are in.

Labels must never merge: nothing is replaced, and what is read is written back to see that no two texts became one.
Where no encoding fits, the table is refused with its line. Not here: what the text says (`nncore.tables`).
"""

import codecs
import re
import unicodedata
from typing import NamedTuple

from charset_normalizer import from_bytes

from nncore.errors import UnknownName, WrongType, shown
from nncore.sentence import Sentence

_NO_TEXT = Sentence(
    "refused.no_text", "is not text in any encoding that can be read here; save the table as CSV in UTF-8"
)
_NO_UTF8 = Sentence("refused.no_utf8", "must be UTF-8 text; save the table in that encoding")
_NO_SUCH_BYTES = Sentence("refused.not_in_encoding", "is not text in {value}; save the table as CSV in UTF-8")

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

GUESSED = ("gb18030", "big5", "cp932", "cp1252")
"""What a table may be in that has no mark and is not UTF-8: simplified and traditional Chinese, Japanese, Western."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GBK",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "cp1252": "Latin-1 (Windows-1252)",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
}
"""Every encoding that may be asked for by name, and what people call it."""

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")

LOOKED_AT = 20_000
"""Bytes of lines beyond ASCII by which an encoding is guessed."""

_COMMON = {"gb18030": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
"""Lead bytes of the characters that are used most."""


class Decoded(NamedTuple):
    """A text, and the encoding that it was in; `guessed` where nothing but its letters says so."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, encoding: str = "") -> Decoded:
    """`data` as text; `encoding` is one of ENCODINGS where it is known. Raises WrongType with the line."""
    if encoding:
        if encoding not in ENCODINGS:
            raise UnknownName.of("encoding", encoding, ENCODINGS, "encoding")
        return Decoded(_strictly(data, encoding), encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, name), name)
    if b"\0" in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            raise WrongType(_line(data, error.start), _NO_UTF8) from None
    return _guessed(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongType(_line(data, error.start), _NO_SUCH_BYTES, value=shown(ENCODINGS[encoding])) from None
    return text.removeprefix("\ufeff")


def _without_mark(data: bytes) -> Decoded:
    """UTF-16 without a mark: nearly every table has digits and line ends, whose other byte is 0."""
    little, big = data[1::2].count(0), data[0::2].count(0)
    encoding = "utf-16-le" if little >= big else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _no_text(data) from None
    if not _is_plausible(text):
        raise _no_text(data)
    return Decoded(text, encoding, guessed=True)


def _guessed(data: bytes) -> Decoded:
    sample = _sample(data)
    ranked = [match.encoding for match in from_bytes(sample, cp_isolation=list(GUESSED))]
    order = sorted(GUESSED, key=lambda name: ranked.index(name) if name in ranked else len(ranked))
    fitting = [name for name in order if _fits(sample, name)]
    if fitting[:1] == ["big5"] and "gb18030" in fitting and _common(sample, "gb18030") >= _common(sample, "big5"):
        fitting.insert(0, "gb18030")
    for name in fitting:
        text = _fitting(data, name)
        if text is not None:
            return Decoded(text, name, guessed=True)
    raise _no_text(data)


def _sample(data: bytes) -> bytes:
    """The first lines that are not all ASCII: the others say nothing."""
    sample = bytearray()
    for found in _LINE.finditer(data):
        if not found[0].isascii():
            sample += found[0][:LOOKED_AT]
        if len(sample) >= LOOKED_AT:
            break
    return bytes(sample)


def _fits(sample: bytes, encoding: str) -> bool:
    """Whether the sample, which may be cut in the middle of a character, is plausible text."""
    try:
        return _is_plausible(codecs.getincrementaldecoder(encoding)().decode(sample))
    except UnicodeDecodeError:
        return False


def _fitting(data: bytes, encoding: str) -> str | None:
    """`data` in this encoding, if it can be that: without replacement, exactly reversible, in letters people write."""
    try:
        text = data.decode(encoding)
        if text.encode(encoding) != data:
            return None
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    return text if _is_plausible(text) else None


def _is_plausible(text: str) -> bool:
    """Whether it holds no character that is private, unassigned or a control, and not mostly half-width kana."""
    odd = {letter for letter in set(text) if ord(letter) > 127 or ord(letter) < 32} - set("\r\n\t\f")
    if any(unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") for letter in odd):
        return False
    kana = sum("\uff61" <= letter <= "\uff9f" for letter in odd)
    return 2 * kana < max(len(odd), 1) or kana == 0


def _common(sample: bytes, encoding: str) -> float:
    """The share of its two-byte characters that are among the most used ones."""
    leads, common, place = 0, 0, 0
    while place < len(sample):
        if sample[place] < 0x80:
            place += 1
            continue
        leads += 1
        common += sample[place] in _COMMON[encoding]
        place += 2
    return common / leads if leads else 0.0


def _is_broken_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes: more whole characters beyond ASCII than breaks."""
    text = _sample(data).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - broken > 2 * broken


def _no_text(data: bytes) -> WrongType:
    odd = next((n for n, byte in enumerate(data) if byte >= 0x80 or (byte < 32 and byte not in b"\r\n\t\f")), 0)
    return WrongType(_line(data, odd), _NO_TEXT)


def _line(data: bytes, place: int) -> str:
    before = data.count(b"\n", 0, place)
    return f"line {1 + before}"
