"""Report files become text, or are refused in one sentence that says what to do."""

import random
import socket

import pytest
from badinputs import manifest
from report_files import docx_of, locked_pdf, pdf_of, repacked

from geo.documents.paragraphs import rejoined
from geo.documents.read import read_document
from geo.errors import InputRefused
from geo.problems import PROBLEMS
from geo.settings import MAX_REPORT_CHARACTERS, REPORT_LIMIT_MB

SENTENCE = "Shelling hit Shusha on 5 May 2021."


def refusal(content, name):
    with pytest.raises(InputRefused) as caught:
        read_document(content, name)
    assert str(caught.value).startswith(name)
    return caught.value


def codes(report):
    return {note.code for note in report.notes}


FILES = {
    "report.txt": SENTENCE.encode(),
    "report.md": f"# Title\n\n{SENTENCE}".encode(),
    "report.html": f"<html><body><p>{SENTENCE}</p></body></html>".encode(),
    "report.pdf": pdf_of([SENTENCE]),
    "report.docx": docx_of(lambda d: d.add_paragraph(SENTENCE)),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_report_file_gives_its_text(name):
    assert read_document(FILES[name], name).text.endswith(SENTENCE)


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_an_ending_is_read_as_what_it_is(name):
    assert read_document(FILES[name], "report").text.endswith(SENTENCE)


@pytest.mark.parametrize(
    ("name", "other"), [("report.pdf", "a.docx"), ("report.docx", "a.txt"), ("report.html", "a.pdf")]
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, other):
    assert refusal(FILES[name], other).code == "TYP-01"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.doc"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "a.png"),
    ],
)
def test_other_kinds_of_files_are_named_and_refused(content, name):
    assert refusal(content, name).code == "TYP-02"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx"])
def test_an_empty_file_is_refused(name):
    assert refusal(b"", name).code == "CSV-07"


@pytest.mark.parametrize("content", [b" \n\t ", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_but_space_is_refused(content):
    assert refusal(content, "a.txt").code == "CSV-07"


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    assert refusal(b"x" * (REPORT_LIMIT_MB * 1_000_000 + 1), "a.txt").code == "LIM-01"


def test_a_text_that_is_too_long_is_refused_with_both_lengths():
    text = f"has {MAX_REPORT_CHARACTERS + 1:,} characters, {MAX_REPORT_CHARACTERS:,} are allowed: split it"
    assert text in str(refusal(b"x" * (MAX_REPORT_CHARACTERS + 1), "a.txt"))


def test_line_ends_of_all_systems_are_read():
    assert read_document("\ufeffa\r\nb\rc\n".encode(), "x.txt").text == "a\nb\nc\n"


# Bad inputs


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_a_page_that_is_named_as_a_text_is_read_as_a_page(name):
    report = read_document(FILES["report.html"], name)
    assert (report.text, report.kind, codes(report)) == (SENTENCE, "html", {"TXT-06"})


def test_a_text_that_speaks_of_html_keeps_its_tags():
    assert read_document(b"They wrote <b>Shusha</b>.", "a.txt").text == "They wrote <b>Shusha</b>."


def test_bytes_that_are_no_text_are_refused_whatever_their_name():
    refused = refusal(random.Random(7).randbytes(3_000), "a.txt")
    assert (refused.code, str(refused)) == (
        "TYP-02",
        "a.txt is binary data, which is no report: paste its text.",
    )


@pytest.mark.parametrize("line", manifest("text"), ids=lambda line: line["file"])
def test_the_bad_texts_are_read_or_refused_as_the_manifest_says(bad_input, line):
    content = bad_input(line["file"]).read_bytes()
    name = line["file"].partition("/")[2]
    if line["code"] in ("CSV-07", "ENC-06"):
        assert refusal(content, name).code == line["code"]
    elif name.endswith(".html"):
        report = read_document(content, name)
        assert (report.text, codes(report)) == ("Shelling in Shusha", {line["code"]})
    else:
        assert read_document(content, name).text == content.decode()


# Encodings


@pytest.mark.parametrize(
    ("text", "encoding", "note"),
    [
        ("Շուշի և Շուշա", "utf-16", "ENC-01"),
        ("Обстрел города Шуша, сообщили в среду. Погибли пять человек.", "windows-1251", "ENC-02"),
        ("Café à Shusha était fermé, déjà.", "windows-1252", "ENC-02"),
    ],
)
def test_an_older_encoding_is_read_and_never_in_silence(text, encoding, note):
    report = read_document(text.encode(encoding), "a.txt")
    assert (report.text, codes(report)) == (text, {note})


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", "Шуша\n".encode() * 9 + b"\xff\xff\n"])
def test_bytes_of_no_encoding_are_refused_with_a_remedy(content):
    error = refusal(content, "a.txt")
    assert error.code == "ENC-04"
    assert "save it as plain text (UTF-8)" in str(error)


def test_several_possible_encodings_are_asked_and_the_answer_is_used():
    content = "Şuşa".encode("windows-1254")
    assert refusal(content, "a.txt").code == "ENC-03"
    assert read_document(content, "a.txt", encoding="windows-1254").text == "Şuşa"


def test_a_page_is_read_in_the_encoding_that_it_declares():
    page = '<html><head><meta charset="windows-1251"></head><p>Обстрел</p></html>'
    assert read_document(page.encode("windows-1251"), "a.html").text == "Обстрел"


# Web pages


def page(body, head=""):
    return read_document(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def test_what_a_reader_does_not_see_is_no_text():
    hidden = (
        "<script>var Goris = 1</script><style>Goris{}</style><template>Goris</template><nav>Goris</nav>"
        "<p hidden>Goris</p><p style='color: red; display : none'>Goris</p><p aria-hidden='true'>Goris</p>"
        "<!-- Goris --><textarea>Goris</textarea><iframe srcdoc='Goris'>Goris</iframe><img alt='Goris' src='Goris'>"
    )
    assert page(f"{hidden}<p>Shusha</p>").text == "Shusha"


def test_headings_paragraphs_items_and_rows_are_paragraphs_of_their_own():
    body = "<h1>One</h1><p>Two <b>and</b>\n more</p><ul><li>Three<li>Four</ul><table><tr><td>a<td>b<tr><td>c</table>x<br>y"
    assert page(body).text == "One\n\nTwo and more\n\nThree\n\nFour\n\na | b\n\nc\n\nx\ny"


def test_entities_are_read_and_markup_in_them_stays_text():
    assert page("<p>&lt;b&gt; &amp; &Auml;</p>").text == "<b> & Ä"


def test_title_publisher_and_day_are_taken_as_the_page_states_them():
    head = (
        "<title>Guns\n fall silent</title><meta property='og:site_name' content='Agency'>"
        "<meta property='article:published_time' content='2023-09-20T10:00:00Z'><link rel='canonical' href='https://a.example/1'>"
    )
    report = page("<p>x</p>", head)
    assert (report.title, report.publisher) == ("Guns fall silent", "Agency")
    assert (report.published, report.url) == ("2023-09-20", "https://a.example/1")


def test_a_day_of_publication_that_is_none_is_left_out():
    assert page("<p>x</p>", "<meta name='date' content='soon'>").published == ""
    assert page("<p>x</p>", "<meta name='date' content='0001-01-01'>").published == ""


def test_without_a_title_the_first_heading_or_line_is_one():
    assert page("<p>a</p><h1>Head</h1>").title == "Head"
    assert page("<p>Just a line</p>").title == "Just a line"


def test_of_a_page_with_one_article_only_that_is_read_and_it_is_said():
    report = page(f"<p>Read also: Goris</p><article><p>{'Shusha. ' * 40}</p></article>")
    assert "Goris" not in report.text
    assert any("article" in note.text for note in report.notes)


def test_a_page_makes_no_request():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        page(
            f"<img src='{url}'><iframe src='{url}'></iframe><p>x</p>", f"<link rel='stylesheet' href='{url}'>"
        )
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("tag", ["div", "b", "table", "p", "font"])
def test_a_page_that_nests_without_end_is_read(tag):
    assert "Shusha" in page(f"<{tag}>" * 20_000 + "Shusha").text


# PDF


def test_lines_of_a_pdf_are_paragraphs_again():
    lines = [
        "Shelling hit the town of Shusha on 5 May 2021, and inhabi-",
        "tants of the villages around Nagorno-",
        "Karabakh's largest town fled to the cellars of their own",
        "houses.",
        "Another paragraph begins here and goes on to the margin.",
    ]
    first, second = read_document(pdf_of(lines), "a.pdf").text.split("\n\n")
    assert "inhabitants" in first
    assert "Nagorno-Karabakh" in first
    assert second.startswith("Another paragraph")


def test_page_numbers_are_left_out_and_sentences_go_on_over_pages():
    text = read_document(
        pdf_of(["Shelling hit the old town of", "1"], ["Shusha again.", "Page 2 of 2"]), "a.pdf"
    ).text
    assert text == "Shelling hit the old town of Shusha again."


@pytest.mark.parametrize(
    ("stated", "title"), [("Guns fall silent", "Guns fall silent"), ("report-3.docx", SENTENCE)]
)
def test_the_title_of_a_pdf_is_its_own_unless_it_is_a_files_name(stated, title):
    assert read_document(pdf_of([SENTENCE], title=stated), "a.pdf").title == title


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (locked_pdf(), "PDF-02"),
        (pdf_of([""], [""]), "PDF-03"),
        (b"%PDF-1.4 and nothing more", "PDF-01"),
        (pdf_of([SENTENCE])[:200], "PDF-01"),
    ],
)
def test_a_pdf_without_readable_text_is_refused_and_says_what_to_do(content, code):
    error = refusal(content, "a.pdf")
    assert error.code == code
    assert "paste" in str(error)


def test_a_long_pdf_is_cut_and_the_cut_is_said():
    report = read_document(pdf_of(*([f"Sentence number {n} of the report."] for n in range(520))), "a.pdf")
    [cut] = [note for note in report.notes if note.code == "PDF-04"]
    assert (cut.weight, "of 520 pages" in cut.text) == ("incomplete", True)


def test_joining_loses_no_word():
    pages = ["One two three.\n\nFour five\nsix seven", "eight - nine\n\n- ten\n- eleven"]
    assert rejoined(pages).split() == " ".join(pages).split()


# Word


def test_paragraphs_and_table_rows_of_a_document_stand_in_their_order():
    def fill(document):
        document.add_heading("Head")
        document.add_paragraph("Before.")
        table = document.add_table(2, 2)
        for row, words in zip(table.rows, [("Place", "Dead"), ("Shusha", "5")], strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
        document.add_paragraph("After.")

    report = read_document(docx_of(fill, title="The title"), "a.docx")
    assert report.text == "Head\n\nBefore.\n\nPlace | Dead\n\nShusha | 5\n\nAfter."
    assert report.title == "The title"


def test_a_merged_cell_and_a_table_in_a_cell_are_read_once():
    def fill(document):
        table = document.add_table(1, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Merged"
        table.cell(0, 0).add_table(1, 1).cell(0, 0).text = "Inner"

    text = read_document(docx_of(fill), "a.docx").text
    assert (text.count("Merged"), text.count("Inner")) == (1, 1)


def test_tracked_changes_are_read_as_accepted_and_it_is_said():
    content = docx_of(lambda d: d.add_paragraph("OLDWORD"))
    new = (
        b"<w:ins w:id='1' w:author='a'><w:r><w:t>Shusha</w:t></w:r></w:ins>"
        b"<w:del w:id='2' w:author='a'><w:r><w:delText>Goris</w:delText></w:r></w:del>"
    )

    def change(name, data):
        return data.replace(b"<w:r><w:t>OLDWORD</w:t></w:r>", new) if name == "word/document.xml" else data

    report = read_document(repacked(content, change), "a.docx")
    assert (report.text, codes(report)) == ("Shusha", {"DOC-02"})


def test_a_document_that_declares_entities_is_refused():
    def change(name, data):
        declared = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><w:document"
        return data.replace(b"<w:document", declared, 1) if name == "word/document.xml" else data

    assert refusal(repacked(FILES["report.docx"], change), "a.docx").code == "XML-01"


def test_a_document_that_unpacks_to_too_much_is_refused():
    def change(name, data):
        return (
            data.replace(b"</w:body>", b" " * 30_000_000 + b"</w:body>")
            if name == "word/document.xml"
            else data
        )

    assert refusal(repacked(FILES["report.docx"], change), "a.docx").code == "ZIP-01"


@pytest.mark.parametrize("content", [FILES["report.docx"][:900], b"PK\x03\x04 and nothing more"])
def test_half_a_document_is_refused(content):
    assert refusal(content, "a.docx").code == "DOC-01"


def test_a_document_that_nests_too_deeply_is_refused():
    def change(name, data):
        deep = b"<w:sdt><w:sdtContent>" * 3_000 + b"</w:sdtContent></w:sdt>" * 3_000
        return data.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else data

    assert refusal(repacked(FILES["report.docx"], change), "a.docx").code == "DOC-01"


def test_every_note_and_refusal_has_its_problem():
    found = {note.code for name, content in FILES.items() for note in read_document(content, name).notes}
    assert found <= set(PROBLEMS)
