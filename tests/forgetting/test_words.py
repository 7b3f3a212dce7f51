"""Whether a file holds words of an interview: by hand, in every form that a file may have."""

import io
import zipfile

import pytest

from qualnet.corpus import Attribute, Case, Coder, CodeRow, Corpus, Document, Extra, Memo, RelationEvidence
from qualnet.forgetting.rest import why_not_the_same
from qualnet.forgetting.words import NAME_OF, WORDS_OF, Words, is_readable

SAID = "Bei uns pfeift dreimal der Zeisig im Keller."
WORDS = Words.of(["Interview Sieben", "B7", " - "], [SAID, "Kein Geld da", "kind@beispiel.example"], [])


def zipped(content: bytes, depth: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        archive.writestr("x.txt", content)
    return zipped(out.getvalue(), depth - 1) if depth > 1 else out.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"Eins\nZwei: uns PFEIFT  dreimal, der Zeisig!\n", (WORDS_OF, (2,))),
        ("uns pfeift dreimal der Zeisig".encode("utf-16"), (WORDS_OF, (1,))),
        ("Käse: uns pfeift dreimal der Zeisig".encode("cp1252"), (WORDS_OF, (1,))),
        (b"<p>uns pf<b>eift</b> dreimal der Zeisig</p>", (WORDS_OF, ())),
        (b"<p>uns</p><p>pfeift dreimal</p><p>der Zeisig</p>", (WORDS_OF, ())),
        # an old Word file: UTF-16 from an even or an odd byte on, or one byte a letter
        (b"\xd0\xcf\x11\xe0" + b"\0" * 4 + "uns pfeift dreimal der Zeisig".encode("utf-16-le"), (WORDS_OF, ())),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 5 + "uns pfeift dreimal der Zeisig".encode("utf-16-le"), (WORDS_OF, ())),
        (b"\xd0\xcf\x11\xe0\0\0uns pfeift dreimal der Zeisig", (WORDS_OF, ())),
        (zipped(b"uns pfeift dreimal der Zeisig", 3), (WORDS_OF, ())),
        (b"1\n\nInterview_Sieben war nett\n", (NAME_OF, (3,))),
        (b"a;B7;c\n", (NAME_OF, (1,))),
        (b"kein geld da", (WORDS_OF, (1,))),
        (b"an: kind@beispiel.example", (WORDS_OF, (1,))),
        (b"B7a und AB7", ("", ())),
        (b"der Zeisig im Keller", ("", ())),
        (b"geld da kein", ("", ())),
        # deeper than anybody packs by chance
        (zipped(b"uns pfeift dreimal der Zeisig", 4), ("", ())),
        (b"PK\x03\x04 uns pfeift dreimal der Zeisig", ("", ())),
    ],
)  # fmt: skip
def test_words_and_names_are_found_in_any_form(data: bytes, found: tuple[str, tuple[int, ...]]) -> None:
    assert WORDS.in_file(data) == found


def test_what_others_say_too_is_nobodys() -> None:
    words = Words.of(["i1"], [SAID, "Kein Geld da"], ["Und bei uns pfeift dreimal der Star. Kein Geld da!"])
    assert not words.hold_words("bei uns pfeift dreimal der Star, kein Geld da")
    assert words.hold_words("uns pfeift dreimal der Zeisig")


def test_only_the_first_lines_are_named() -> None:
    assert WORDS.in_file(b"interview sieben\n" * 9) == (NAME_OF, (1, 2, 3))


def encrypted() -> bytes:
    data = bytearray(zipped(b"x"))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "readable"),
    [
        (b"text", True),
        (zipped(b"x"), True),
        (encrypted(), False),
        (b"PK\x03\x04 damaged", False),
        (b"%PDF-1.7", False),
        (b"\0\0\0\x20ftypM4A", False),
    ],
)
def test_what_cannot_be_searched_is_known(data: bytes, readable: bool) -> None:
    assert is_readable(data) is readable


def with_facts(memo: str = "m", case: str = "A", size: str = "9") -> Corpus:
    corpus = Corpus()
    corpus.documents.append(Document("i1", "i1"))
    corpus.memos.append(Memo("m1", memo))
    corpus.cases.append(Case(case, case))
    corpus.attributes.append(Attribute("case", "A", "size", size))
    corpus.codes.append(CodeRow("c1", "One"))
    corpus.coders.append(Coder("AB", "AB"))
    # of a passage that the reader refused
    corpus.relation_evidence.append(RelationEvidence("r1", "s9"))
    return corpus


def test_what_stands_for_no_document_may_go_and_nothing_may_come() -> None:
    bare = Corpus()
    bare.documents.append(Document("i1", "i1"))
    assert why_not_the_same(with_facts(), with_facts(), "i2") == ""
    assert why_not_the_same(with_facts(), bare, "i2") == ""
    for other in (bare, with_facts(memo="n"), with_facts(case="B"), with_facts(size="8")):
        assert why_not_the_same(other, with_facts(), "i2") == "reads otherwise"


def test_what_the_normal_form_has_no_place_for_may_go_and_not_come() -> None:
    extra = Extra("project", "", "Dashboards", "<Dashboards/>")
    assert why_not_the_same(Corpus(extras=[extra]), Corpus(), "i2") == ""
    assert why_not_the_same(Corpus(), Corpus(extras=[extra]), "i2") == "reads otherwise"
