"""Older encodings: one that reads as words is taken and named, several are asked about."""

import pytest

from geo.errors import SettingError

RUSSIAN = "Обстрел утром города Степанакерт, второе сообщение о взрыве; регистрация беженцев"
SETTLED = [
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "mac-cyrillic"),
    ("Обстріл вранці міста Київ, є поранені", "windows-1251"),
    ("Ostrzał miasta Łódź, zginęło dwóch żołnierzy", "windows-1250"),
    ("Église touchée – dégâts à l’école, cœur", "windows-1252"),
    ("Beschuss der Straße in München, größere Schäden", "windows-1252"),
    ("قصف مدفعي على المدينة صباح اليوم وسقوط عدد من القتلى", "windows-1256"),
    ("Βομβαρδισμός το πρωί στην Αθήνα, δύο νεκροί", "windows-1253"),
    ("הפגזה בבוקר על העיר תל אביב שני הרוגים", "windows-1255"),
    ("price 5€ – “quoted” 30° north", "windows-1252"),
]
ASKED = [
    ("Şuşa Laçın Ağdam çatışma ölü yaralı", "windows-1254"),
    ("Čuvari mosta u Višegradu, žrtve, kuća, đak", "windows-1250"),
    ("Útok na město Žďár, přišli ozbrojenci", "windows-1250"),
    ("Támadás a főváros ellen, tűz ütött ki", "windows-1250"),
]


def table(text, encoding):
    words = text.split(" ")
    lines = [f'{place},"{" ".join(words[place : place + 3])}"' for place in range(0, len(words), 3)]
    return ("event_id,description\r\n" + "\r\n".join(lines) + "\r\n").encode(encoding)


@pytest.mark.parametrize(("text", "encoding"), SETTLED)
def test_a_text_that_reads_as_words_in_one_encoding_is_read_so_and_said(read, text, encoding):
    outcome = read("a.csv", table(text, encoding))
    assert (outcome.word, outcome.codes) == ("NORMALISE", {"ENC-02"})
    assert outcome.source.notes[0].text == f"read as {encoding}"
    assert outcome.cells == read("a.csv", table(text, "utf-8")).cells


@pytest.mark.parametrize(("text", "encoding"), ASKED)
def test_a_text_that_reads_as_words_in_several_encodings_is_asked_about(read, text, encoding):
    (question,) = read("a.csv", table(text, encoding)).source.questions
    assert (question.key, question.code) == ("encoding", "ENC-03")
    assert question.proposed == encoding
    samples = [option.sample for option in question.options if option.sample]
    assert len(samples) > 1
    assert len(set(samples)) == len(samples)


def test_an_answered_encoding_is_used_by_any_of_its_names(read):
    text, encoding = ASKED[0]
    for answer in ("windows-1254", "cp1254", "WINDOWS-1254"):
        outcome = read("a.csv", table(text, encoding), encoding=answer)
        assert outcome.word == "ACCEPT"
        assert outcome.cells[0][1] == "Şuşa Laçın Ağdam"


def test_what_was_settled_can_still_be_changed(read):
    outcome = read("a.csv", table(RUSSIAN, "windows-1251"), encoding="koi8-r")
    assert outcome.source.encoding == "koi8-r"


def test_an_unknown_encoding_is_refused_with_those_that_are_known(read):
    with pytest.raises(
        SettingError, match=r"“klingon-8” does not answer encoding: choose one of utf-8, windows-1252"
    ):
        read("a.csv", b"a\n1\n", encoding="klingon-8")


def test_rows_that_the_answered_encoding_cannot_read_are_named(read):
    outcome = read("a.csv", b"a,b\n1,\x81\n2,x\n", encoding="windows-1252")
    assert [(issue.line, issue.code) for issue in outcome.issues] == [(2, "ENC-04")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_shows_by_its_nul_bytes(read, encoding):
    outcome = read("a.csv", "id,место\r\n1,Шуша\r\n".encode(encoding))
    assert (outcome.word, outcome.codes) == ("NORMALISE", {"ENC-01"})
    assert outcome.cells == [("1", "Шуша")]


def test_broken_utf16_is_refused(read):
    assert read("a.csv", "id,место\r\n1,Шуша\r\n".encode("utf-16") + b"\x00\xd8\x41").codes == {"ENC-04"}


def test_bad_bytes_in_the_header_are_refused_with_its_line(read):
    outcome = read("a.csv", "ж,b\n".encode() + "ü,c\n".encode("latin-1"), header="2")
    assert (outcome.word, outcome.codes) == ("REJECT", {"ENC-04"})
