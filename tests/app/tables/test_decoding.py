"""Bytes become the text that was written, or are refused; nothing is ever replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tables.decoding import ENCODINGS, GUESSED, decode
from nncore.errors import InputError, UnknownName, WrongType

TEXT = "x,y,label\n1,2,{}\n3,4,{}\n"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("gb18030", ("红", "蓝")),
        ("gb18030", ("山鸢尾", "变色鸢尾")),
        ("big5", ("紅色", "藍色")),
        ("cp932", ("セトサ", "バージニカ")),
        ("cp932", ("赤", "青")),
        ("cp1252", ("grün", "weiß")),
        ("cp1252", ("élevé", "bas")),
        ("utf-16-le", ("a", "b")),
        ("utf-16-be", ("a", "b")),
    ],
)
def test_an_encoding_is_found_without_a_mark(encoding: str, words: tuple[str, str]) -> None:
    text = TEXT.format(*words)
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_may_be_named(encoding: str) -> None:
    text = TEXT.format("a", "b")
    assert decode(text.encode(encoding), encoding).text == text


@given(st.lists(st.binary(min_size=1, max_size=6).filter(lambda b: not {10, 13, 44} & {*b}), min_size=2, max_size=6))
def test_no_two_labels_ever_merge(labels: list[bytes]) -> None:
    data = b"x,y,label\n" + b"".join(b"1,2,%s\n" % label for label in labels)
    try:
        decoded = decode(data)
    except InputError:
        return
    assert "\ufffd" not in decoded.text or "\ufffd".encode() in data or decoded.encoding not in ("utf-8", *GUESSED)
    if decoded.encoding in ("utf-8", *GUESSED):
        assert decoded.text.encode(decoded.encoding) == data.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ("1,2,猫\n3,4,狗狗狗\n".encode() + b"5,6,\xff\n", "refused.no_utf8"),
        (b"1,2,a\n\x00\x01\x02\xfe", "refused.no_text"),
        (b"1,2,\x81\x8d\x8f\x90\x9d\n", "refused.no_text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(WrongType) as caught:
        decode(data)
    assert caught.value.sentence.key == key


def test_a_named_encoding_has_to_fit_and_to_be_known() -> None:
    with pytest.raises(WrongType) as caught:
        decode(b"1,2,a\n3,4,\xff\n", "gb18030")
    assert caught.value.path == "line 2"
    with pytest.raises(UnknownName):
        decode(b"1,2,a\n", "rot13")
