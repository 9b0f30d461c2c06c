"""The kinds of problems a file can have: one code, one title and one remedy for each.

Codes are a contract: they stand in ledgers, in rejects files and as headings in ``docs/problems.md``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: what it is called and what to do about it."""

    title: str
    remedy: str


PROBLEMS: dict[str, Problem] = {
    # Encodings
    "ENC-01": Problem("The file is UTF-16", "Nothing to do; it was read as UTF-16."),
    "ENC-02": Problem(
        "The file is in an older encoding",
        "Look at the samples; answer encoding= if the letters are wrong, or save the file as UTF-8.",
    ),
    "ENC-03": Problem(
        "Several encodings are possible", "Choose the line that reads right, or save the file as UTF-8."
    ),
    "ENC-04": Problem(
        "Bytes that are not of the file's encoding", "Save the file as UTF-8, or mend the named lines."
    ),
    "ENC-06": Problem(
        "NUL bytes", "Export the file again: NUL bytes come from a damaged or interrupted copy."
    ),
    # Types of files
    "TYP-01": Problem("The content is not what the name says", "Give the file its true ending."),
    "TYP-02": Problem("A kind of file that is not taken", "Unpack or convert the file first."),
    # CSV and tables
    "CSV-02": Problem("Two columns of one name", "Say which one counts, or rename one."),
    "CSV-03": Problem(
        "A row with too few or too many cells",
        "Put cells that hold the delimiter or a decimal comma in quotes.",
    ),
    "CSV-04": Problem("A quote that is not closed", "Close the quote in the named line."),
    "CSV-05": Problem("Too many columns", "Remove the empty columns."),
    "CSV-06": Problem("A cell that is too long", "Shorten the cell."),
    "CSV-07": Problem("The file is empty", "Export it again and check its size."),
    "CSV-08": Problem("The columns cannot be told", "Say which row is the header, or which column is meant."),
    "CSV-09": Problem("A required column is missing", "Add or map the column."),
    "CSV-10": Problem("Mixed line ends or blank lines", "Nothing to do; blank lines were skipped."),
    "CSV-11": Problem("Excel's sep= line", "Nothing to do; it was read as the delimiter."),
    "CSV-12": Problem("An id that stands twice", "Give each row its own id, or remove the repeat."),
    "CSV-13": Problem("An exact repeat of a row", "Nothing to do; the repeat was skipped and counted."),
    # Answers
    "ANS-01": Problem("An answer that the file did not need", "Nothing to do, unless its name is misspelt."),
    # Archives
    "ZIP-01": Problem("The archive unpacks to too much", "Pack only the data file."),
    "ZIP-02": Problem("The archive holds unsafe names", "Pack the files again without folders above them."),
    "ZIP-03": Problem("The archive is damaged", "Pack it again."),
    "ZIP-04": Problem("The archive is encrypted", "Pack it again without a password."),
    "ZIP-05": Problem("The archive holds too many files", "Pack only the data file."),
    "ZIP-06": Problem("The archive holds no data file", "Pack a CSV, workbook, layer or shapefile."),
    "ZIP-07": Problem("The archive holds several data files", "Say which one is meant."),
    "ZIP-09": Problem(
        "Odd names in the archive", "Nothing to do; helper files were skipped, names are labels."
    ),
    # Workbooks
    "XLS-01": Problem("The workbook cannot be read", "Save it again as .xlsx."),
    "XLS-02": Problem("Several sheets with data", "Say which sheet is meant."),
    "XLS-03": Problem("Cells with Excel errors", "Mend the formulas; the cells were read as empty."),
    # Dates
    "DAT-01": Problem("The order of day and month", "Say whether the day or the month comes first."),
    "DAT-03": Problem("Numbers that look like Excel days", "Say whether they are Excel days."),
    "DAT-04": Problem("Not a day that exists", "Write it as YYYY-MM-DD."),
    "DAT-05": Problem("A day outside the limits or in the future", "Check the year."),
    "DAT-06": Problem("Years of two digits", "Say the order and the century."),
    "DAT-07": Problem("Another calendar", "Convert the date to the Gregorian calendar."),
    "DAT-08": Problem("Times and time zones", "Nothing to do; the day is that of the place."),
    "DAT-09": Problem("A span that ends before it begins", "Swap or mend the dates."),
    "DAT-10": Problem("Written as a month or year", "Nothing to do; it became the span it stands for."),
    "DAT-11": Problem("Dates in words or another order", "Nothing to do; the column proves how it is read."),
    # Coordinates
    "GEO-01": Problem("Not a coordinate", "Write degrees with a decimal point, like 39.8153."),
    "GEO-02": Problem("Latitude or longitude outside the world", "Check the number and the order."),
    "GEO-03": Problem("0, 0 or half a coordinate", "Fill both numbers, or neither."),
    "GEO-04": Problem("Latitude and longitude swapped", "Say whether to swap them."),
    "GEO-05": Problem("Commas in numbers", "Write degrees with a decimal point, like 39.8153."),
    "GEO-06": Problem("Projected metres or a grid reference", "Convert to degrees (EPSG:4326) first."),
    "GEO-07": Problem("A point far from its country", "Check the sign of the coordinate."),
    "GEO-08": Problem("Degrees, minutes and seconds", "Nothing to do; they were converted."),
    # Places
    "PLC-01": Problem("No place that can be used", "Name the place, or leave the column out."),
    "PLC-02": Problem("A name that could mean several places", "Choose the place that is meant."),
    "PLC-03": Problem("Several names of one place", "Nothing to do; the written names are kept."),
    "PLC-06": Problem("A name that is not in the gazetteer", "Choose a place, or give coordinates."),
    "PLC-07": Problem("The point lies far from the named place", "Say whether name or point is right."),
    "PLC-08": Problem("Placed by name", "Nothing to do; the row had a name and no coordinates."),
    # Text
    "TXT-01": Problem("Hidden characters that turn text around", "Say whether to remove them."),
    "TXT-02": Problem("Letters of several scripts in one word", "Check the name."),
    "TXT-03": Problem("Control characters", "Nothing to do; a visible sign stands for each."),
    "TXT-04": Problem("One name in several written forms", "Nothing to do; the forms mean the same."),
    "TXT-05": Problem("A place called like an empty cell", "Say whether it is a name or stands for nothing."),
    "TXT-06": Problem("HTML in a text", "Nothing to do; it was reduced to its text."),
    # Values
    "VAL-01": Problem("A required cell is empty", "Fill the cell."),
    "VAL-02": Problem("A word that is not in the vocabulary", "Use one of the listed words."),
    "VAL-03": Problem("Not a whole number", "Write digits only; leave it empty if unknown."),
    "VAL-04": Problem("A number outside its limits", "Check the number."),
    "VAL-05": Problem("Figures that contradict each other", "Mend the figures: low <= best <= high."),
    "VAL-06": Problem("An id with unprintable characters", "Write the id on one line."),
    "VAL-07": Problem(
        "A type of event that is not ours", "Nothing to do; the word is kept as the finer type."
    ),
    # Layers with geometry
    "GJS-01": Problem("Not well-formed JSON", "Mend the file at the named line and column."),
    "GJS-02": Problem(
        "A shape that is missing, empty or crosses itself", "Draw it, or say whether to repair it."
    ),
    "GJS-04": Problem("A geometry of another kind than expected", "Split the layer by kind."),
    "GJS-06": Problem("Geometry nested too deeply", "Flatten the geometry collections."),
    "GJS-07": Problem("Newline-delimited GeoJSON", "Nothing to do; each line was read as a feature."),
    "SHP-01": Problem(
        "A part of the shapefile is missing", "Pack .shp, .shx, .dbf and .prj together as .zip."
    ),
    "SHP-02": Problem("The coordinate reference system is in doubt", "Say which one it is."),
    "SHP-03": Problem("The shapefile's encoding is not known", "Say which encoding its texts have."),
    "SHP-06": Problem("The shapefile is damaged", "Export it again."),
    "GPK-02": Problem("Not a usable GeoPackage", "Export it again."),
    "GPK-03": Problem("Several layers", "Say which layer is meant."),
    "XML-01": Problem("A document type declaration", "Remove the DOCTYPE; it is not needed in KML."),
    "XML-02": Problem("Not well-formed XML", "Mend the file at the named line."),
    "NET-01": Problem("The file points elsewhere", "Save the data itself; links are not followed."),
    "ZON-02": Problem("A gap between neighbouring zones", "Nothing to do; the gap is shown as unknown."),
    # Report files
    "PDF-01": Problem("The PDF cannot be read", "Save it again, or paste its text."),
    "PDF-02": Problem("The PDF is protected by a password", "Save it without one, or paste its text."),
    "PDF-03": Problem("The PDF holds no text", "Make its text readable (OCR), or paste it."),
    "PDF-04": Problem("Only part of the PDF was read", "Split the file."),
    "PDF-05": Problem(
        "Lines of a PDF joined to paragraphs", "Nothing to do; compare a doubtful place with the file."
    ),
    "DOC-01": Problem("The Word document cannot be read", "Save it again as .docx, or paste its text."),
    "DOC-02": Problem("Tracked changes", "Nothing to do; they were read as if they were accepted."),
    "HTM-01": Problem("The web page cannot be read", "Save the page again, or paste its text."),
    # Online services
    "GCD-01": Problem("The online service refuses or asks for a pause", "Wait; the gazetteer still answers."),
    "GCD-02": Problem("The online service answered nonsense", "Check the connection; nothing was placed."),
    # Limits
    "LIM-01": Problem("More than the limit", "Split the file, or import it on the command line."),
    "LIM-02": Problem(
        "The file took too long or too much memory to read",
        "Split or simplify it, save a workbook as CSV, or allow more.",
    ),
    "UPL-01": Problem("The upload was not finished", "Upload the file again."),
    # Repeats
    "DUP-01": Problem("Likely the same event twice", "Look at the group; nothing was merged."),
}
