"""Archives and workbooks: rules before anything is unpacked, one data file or sheet, questions where several are."""

import datetime
import io
import os
import zipfile

import pytest
import xlsxwriter

from geo.errors import SettingError

CSV = b"a,b\n1,2\n"


def workbook(fill, **options):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    fill(book)
    book.close()
    return buffer.getvalue()


def sheets(*names):
    def fill(book):
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["event_id", "location"])
            sheet.write_row(1, 0, [name, "Goris"])

    return workbook(fill)


def test_several_data_files_are_asked_about_and_the_answer_is_read(read, zipped):
    content = zipped({"b.csv": CSV, "c/d.csv": b"a,b\n3,4\n5,6\n", "readme.txt": b"x"})
    outcome = read("a.zip", content)
    (question,) = outcome.source.questions
    assert (question.key, question.code, question.proposed) == ("member", "ZIP-07", "b.csv")
    assert [option.label for option in question.options] == ["b.csv", "c/d.csv"]
    assert len(read("a.zip", content, member=question.options[1].value).cells) == 2
    with pytest.raises(SettingError, match=r"choose one of b\.csv, 2"):
        read("a.zip", content, member="x")


def test_the_question_stays_when_the_proposed_file_is_refused(read, zipped):
    content = zipped({"a.csv": b"", "b.csv": CSV})
    assert read("a.zip", content).word == "ASK"
    assert read("a.zip", content, member="a.csv").codes == {"CSV-07"}
    assert read("a.zip", content, member="b.csv").word == "ACCEPT"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"b.csv": CSV, "c.zip": b"PK"}, "TYP-02"),
        ({"readme.md": b"x"}, "ZIP-06"),
        ({}, "ZIP-06"),
        ({"b.csv": b"%PDF-1.4"}, "TYP-01"),
        ({"zones.dbf": b"x"}, "SHP-01"),
        ({f"{number}.csv": CSV for number in range(201)}, "ZIP-05"),
    ],
)
def test_archives_without_one_readable_data_file_are_refused(read, zipped, files, code):
    assert read("a.zip", zipped(files)).codes == {code}


@pytest.mark.parametrize("name", ["../x.csv", "a/../../x.csv", "/x.csv", "C:x.csv", "..\\x.csv", "a\\x.csv"])
def test_names_that_lead_outside_are_refused(read, zipped, name):
    assert read("a.zip", zipped({name: CSV})).codes == {"ZIP-02"}


def test_a_link_in_an_archive_is_refused(read, tmp_path):
    link = zipfile.ZipInfo("x.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert read("a.zip", tmp_path / "link").codes == {"ZIP-02"}


def test_damage_is_told_from_a_bomb(read, zipped):
    content = zipped({"b.csv": CSV}, stored=True)
    assert read("a.zip", content[:-10]).codes == {"ZIP-03"}
    assert read("a.zip", content.replace(b"1,2", b"1,9", 1)).codes == {"ZIP-03"}


def test_a_size_that_lies_is_found_by_counting(read, zipped):
    content = bytearray(zipped({"b.csv": b"a,b\n" + b"1,2\n" * 100_000}))
    size = len(b"a,b\n") + 400_000
    declared = content.rfind(size.to_bytes(4, "little"))
    content[declared : declared + 4] = (10).to_bytes(4, "little")
    assert read("a.zip", bytes(content)).codes == {"ZIP-03"}


def test_a_workbook_in_an_archive_is_read_as_one(read, zipped):
    outcome = read("a.zip", zipped({"report.xlsx": sheets("A")}, stored=True))
    assert outcome.source.format == "xlsx"
    assert outcome.cells == [("A", "Goris")]


def test_values_are_written_as_a_person_reads_them(read):
    def fill(book):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["day", "moment", "whole", "part", "yes", "sum", "text"])
        sheet.write_datetime(1, 0, datetime.date(2023, 9, 19), day)
        sheet.write_datetime(1, 1, datetime.datetime(2023, 9, 19, 14, 30), moment)  # noqa: DTZ001
        sheet.write_row(1, 2, [12, 39.8153])
        sheet.write_boolean(1, 4, True)
        sheet.write_formula(1, 5, "=1+1", None, 2)
        sheet.write_string(1, 6, "0012")

    (row,) = read("a.xlsx", workbook(fill)).cells
    assert row == ("2023-09-19", "2023-09-19T14:30:00", "12", "39.8153", "true", "2", "0012")


def test_sheets_with_data_are_asked_about(read):
    content = sheets("Events", 'A"; --')
    (question,) = read("a.xlsx", content).source.questions
    assert (question.key, question.code) == ("sheet", "XLS-02")
    assert [option.value for option in question.options] == ["Events", "2"]
    assert read("a.xlsx", content, sheet="2").cells == [('A"; --', "Goris")]


def test_lines_of_a_sheet_are_its_rows_wherever_the_data_begins(read):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, ["Date", "Place"])
        sheet.write_row(4, 2, ["#date", "#loc"])
        sheet.write_row(6, 2, ["2023-09-01", "Goris"])

    outcome = read("a.xlsx", workbook(fill))
    assert outcome.source.tags == ("#date", "#loc")
    assert (outcome.lines, outcome.cells) == ([7], [("2023-09-01", "Goris")])


def test_cells_with_excel_errors_are_said(read):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["event_id", "lat"])
        sheet.write(1, 0, "A")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")

    assert "XLS-03" in read("a.xlsx", workbook(fill)).codes


def test_an_empty_or_damaged_workbook_is_refused(read):
    assert read("a.xlsx", workbook(lambda book: book.add_worksheet())).codes == {"CSV-07"}
    content = sheets("A")
    assert read("a.xlsx", content[: len(content) // 2]).codes == {"XLS-01"}


def test_a_workbook_that_multiplies_itself_is_stopped(read):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write(1_048_575, 500, "x")

    outcome = read("far.xlsx", workbook(fill))
    assert outcome.codes == {"LIM-02"}
    assert "save it as CSV (UTF-8), or allow more" in outcome.sentence


def test_one_long_text_in_many_cells_is_stopped(read, tmp_path):
    path = tmp_path / "amplified"
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 5000))
    with (
        zipfile.ZipFile(io.BytesIO(sheets("A"))) as plain,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for member in plain.namelist():
            body = plain.read(member)
            if member == "xl/sharedStrings.xml":
                body = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
                body += os.urandom(500_000).hex().encode() + b"</t></si></sst>"
            if member == "xl/worksheets/sheet1.xml":
                body = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                body += rows + b"</sheetData></worksheet>"
            changed.writestr(member, body)
    assert read("a.xlsx", path).codes == {"LIM-02"}
