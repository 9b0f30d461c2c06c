"""Bad, odd and hostile files end as the manifest says; so do others of the same kinds, which it does not hold."""

import csv
import io
import json
import resource
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import xlsxwriter
from badinputs import KEPT, manifest

from geo.errors import InputRefused, SettingError
from geo.workflows.importing import commit_import, file_label, import_refused, preview_import
from geo.workflows.json_forms import entry_json, import_json
from geo.workflows.rejects import rejects_csv
from geo.workflows.unfinished import read_unfinished, save_upload

GROUPS = ("control", "csv", "xlsx", "zip", "shp", "geojson", "gpkg", "kml")
TAKEN = {"ACCEPT", "NORMALISE"}
CPU_SECONDS = 10
HEADER = "event_id,event_date,event_type,toponym,admin0,lat,lon,description"
NAMES = json.loads((KEPT / "names" / "hostile_names.json").read_text("utf-8"))


# What an import says


def cpu_seconds():
    """Seconds of this process and of the workers that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def ledger_of(desk, content, name, **more):
    """The ledger of a file, taken or refused; nothing may be written and the counts must add up."""
    before, began = desk.store.revision(), cpu_seconds()
    try:
        said = import_json(preview_import(desk, content, name=name, **more).report)
    except InputRefused as refusal:
        said = import_refused(refusal, name=name)
        assert said["error"].endswith((".", "?"))
        assert "\n" not in said["error"]
    assert cpu_seconds() - began < CPU_SECONDS
    assert desk.store.revision() == before
    assert said["read"] == said["added"] + said["changed"] + said["unchanged"] + said["rejected"]
    assert len({i["line"] for i in said["issues"]}) >= min(said["rejected"], 1)
    return said


def rows_in(desk, content, name="x.csv", **more):
    return preview_import(desk, content, name=name, **more).draft.head(100)


# The manifest


@pytest.mark.parametrize("line", manifest(*GROUPS), ids=lambda line: line["file"])
def test_each_bad_input_ends_as_the_manifest_says(line, bad_input, desk_template):
    path = bad_input(line["file"])
    said = ledger_of(desk_template, path, path.name)
    wanted = line["outcome"]
    assert said["outcome"] in TAKEN if wanted == "INERT" else said["outcome"] == wanted
    if wanted not in {"ACCEPT", "INERT"}:
        assert said["code"] == line["code"]
    if wanted == "ASK":
        assert said["question"]
    if wanted != "REJECT":
        assert (said["read"], said["rejected"]) == (int(line["rows"]), int(line["rows_rejected"]))


@pytest.mark.parametrize(
    "line", [line for line in manifest("csv") if line["outcome"] == "INERT"], ids=lambda line: line["file"]
)
def test_texts_that_would_run_elsewhere_are_stored_as_they_are(line, bad_input, desk_template):
    path = bad_input(line["file"])
    with path.open(encoding="utf-8", newline="") as file:
        written = [list(row.values())[-1].strip() for row in csv.DictReader(file)]
    preview = preview_import(desk_template, path, name=path.name)
    column = preview.report.mapping.get(preview.header[-1], "")
    assert written
    if column:
        assert [row[column] for row in preview.draft.head(100)] == written


# Names of files


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_is_only_a_label(name, desk_template):
    said = ledger_of(desk_template, KEPT / "control" / "template.csv", name)
    assert (said["outcome"], said["read"], said["file"]) == ("ACCEPT", 5, file_label(name))
    assert said["file"].isprintable()
    assert len(said["file"]) <= 120


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_an_upload_with_a_hostile_name_lies_under_an_id_of_ours(name, desk):
    draft = read_unfinished(desk.settings, save_upload(desk.settings, b"x", name=name))
    assert draft.name == file_label(name)
    folder = Path(f"{desk.settings.store.removeprefix('sqlite:///')}.drafts")
    assert draft.path == folder / draft.draft_id / "upload"
    assert [path.name for path in folder.iterdir()] == [draft.draft_id]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_is_harmless_in_receipt_history_and_rejects(name, desk):
    content = f"{HEADER}\nN1,2023-09-19,battle,,,,,\nN2,2023-02-30,battle,,,,,=1+1\n".encode()
    preview = preview_import(desk, content, name=name)
    receipt = commit_import(desk, preview)
    entry = entry_json(desk.store.history(limit=1)[0])
    assert receipt.file == entry["file"] == file_label(name)
    assert json.loads(json.dumps(entry))["file"].isprintable()
    assert ",=" not in rejects_csv(preview)


# Other files of the same kinds


def table(*rows, header=HEADER):
    return "\n".join([header, *rows, ""]).encode()


def dated(*days):
    return table(*(f"E{n},{day},battle,,,,," for n, day in enumerate(days)))


def pinned(*points, country="", place="Stepanakert"):
    """One row for each (lat, lon), ten days apart."""
    rows = (
        (f"E{n}", f"2023-0{n + 1}-11", "battle", place, country, lat, lon, "")
        for n, (lat, lon) in enumerate(points)
    )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER.split(","), *rows])
    return out.getvalue().encode()


GOOD = "A,2023-09-19,battle,Shusha,Azerbaijan,39.758,46.749,text"
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,country,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities"
)


def acled(number, day, kind="Battles", finer="Armed clash"):
    return f"AZE{number},{day},1,{kind},{finer},Side A,Azerbaijan,Shusha,39.7580,46.7490,1,Reuters,Note,2"


UCDP = (
    "id,type_of_violence,dyad_name,side_a,side_b,source_headline,where_prec,where_coordinates,latitude,longitude,"
    "country,date_prec,date_start,date_end,best,high,low"
)


def ucdp(
    number,
    figures="3,5,1",
    *,
    days="2020-10-01 00:00:00.000,2020-10-02 00:00:00.000",
    kind="1",
    where="1",
    when="1",
):
    place = "Shusha,39.7580,46.7490,Azerbaijan"
    return f"{number},{kind},A - B,A,B,Headline,{where},{place},{when},{days},{figures}"


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


OWN_COLUMNS = ["event_id", "event_date", "event_type", "toponym"]


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def square(west, south, size=0.5):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def layer(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def kml(*placemarks):
    body = "".join(f"<Placemark>{placemark}</Placemark>" for placemark in placemarks)
    return f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'.encode()


POST = "<name>Post</name><Point><coordinates>46.75,39.76,0</coordinates></Point>"
AREA = (
    "<name>Area</name><Polygon><outerBoundaryIs><LinearRing><coordinates>46,39 47,39 47,40 46,39</coordinates>"
    "</LinearRing></outerBoundaryIs></Polygon>"
)


def polygons():
    shapes = [shapely.box(46, 39, 46.5, 39.5), shapely.box(46.5, 39, 47, 39.5)]
    return gpd.GeoDataFrame({"name": ["Şuşa", "Зона"]}, geometry=shapes, crs=4326)


def shapefile(frame, folder, *, without=()):
    folder.mkdir()
    frame.to_file(folder / "layer.shp", encoding="UTF-8")
    return packed(**{part.name: part.read_bytes() for part in folder.iterdir() if part.suffix not in without})


def geopackage(path, **layers):
    for name, frame in layers.items():
        frame.to_file(path, layer=name, driver="GPKG", mode="a" if path.exists() else "w")
    return path.read_bytes()


@dataclass(frozen=True)
class Case:
    """A file and how it must end; ``code`` None says that any code is right."""

    title: str
    content: bytes
    outcome: str
    code: str | None
    read: int
    rejected: int = 0
    name: str = "x.csv"


CASES = [
    # Encodings
    Case("tab separated cp1251", table("A,2023-09-19,battle,Шуша,,39.758,46.749,Обстрел города утром").replace(b",", b"\t").decode().encode("cp1251"), "NORMALISE", "ENC-02", 1, name="x.tsv"),
    Case("koi8-r", table("A,2023-09-19,battle,Шуша,,39.758,46.749,Обстрел города").decode().encode("koi8-r"), "NORMALISE", "ENC-02", 1),
    Case("UTF-16 BE with mark", b"\xfe\xff" + table(GOOD).decode().encode("utf-16-be"), "NORMALISE", "ENC-01", 1),
    Case("UTF-16 LE without mark", table(GOOD).decode().encode("utf-16-le"), "NORMALISE", "ENC-01", 1),
    Case("one line of Latin-1 in UTF-8", table("A,2023-09-19,battle,Şuşa,,39.758,46.749,é") + b"B,2023-09-20,battle,Goris,,39.51,46.34,caf\xe9\n", "PARTIAL", "ENC-04", 2, 1),
    Case("Turkish letters that two encodings read", table("A,2023-09-19,battle,Şuşa,,,,").decode().encode("cp1254"), "ASK", "ENC-03", 1),
    # Tables
    Case("semicolons and decimal commas", b"event_id;event_date;event_type;toponym;lat;lon\nA;2023-09-19;battle;Shusha;39,758;46,749\n", "NORMALISE", "GEO-05", 1),
    Case("bars", table(GOOD).replace(b",", b"|"), "ACCEPT", "", 1),
    Case("header in capitals, words parted by blanks", table("A,2023-09-19,battle", header="EVENT ID,Event Date,EVENT-TYPE"), "ACCEPT", "", 1),
    Case("a header and no rows", f"{HEADER}\n".encode(), "REJECT", "CSV-07", 0),
    Case("only line ends", b"\r\n\r\n", "REJECT", "CSV-07", 0),
    Case("a byte order mark and nothing else", b"\xef\xbb\xbf", "REJECT", "CSV-07", 0),
    Case("empty rows at the end", table(GOOD, ",,,,,,,", "  ,,,,,,,", ""), "NORMALISE", "CSV-10", 1),
    Case("a row ends in a lone CR", f"{HEADER}\r\n{GOOD}\rB,2023-02-30,battle,,,,,\r\n".encode(), "PARTIAL", "DAT-04", 2, 1),
    Case("line ends of an old Macintosh", f"{HEADER}\r{GOOD}\r".encode(), "ACCEPT", "", 1),
    Case("blanks before quotes", table('A, 2023-09-19, "battle", "Shusha", , 39.758, 46.749, "a, b"'), "ACCEPT", "", 1),
    Case("repeated rows", table(GOOD, GOOD, GOOD), "NORMALISE", "CSV-13", 3),
    Case("one id for two events", table(GOOD, GOOD.replace("2023-09-19", "2023-09-20")), "PARTIAL", "CSV-12", 2, 1),
    Case("an id of 500 characters", table(f"{'A' * 500},2023-09-19,battle,,,,,"), "PARTIAL", "CSV-06", 1, 1),
    Case("a type of 10,000 characters", table(f"A,2023-09-19,{'b' * 10_000},,,,,"), "PARTIAL", "CSV-06", 1, 1),
    Case("columns named as JavaScript's", table("A,2023-09-19,battle,x,y,z", header="event_id,event_date,event_type,__proto__,constructor,toString"), "ACCEPT", "", 1),
    Case("two columns for one of ours", table("A,2023-09-19,battle,1,2,3", header="event_id,event_date,event_type,lat,lon,LAT"), "ASK", "CSV-02", 1),
    Case("no column is known", table("A,Shusha,2023-09-19", header="Kennung,Ort,Tag"), "ASK", "CSV-08", 1),
    Case("no column can hold a date", table("A,battle", header="event_id,event_type"), "REJECT", "CSV-09", 0),
    Case("a quote that swallows the file", f"{HEADER}\nA,2023-09-19,battle,\"Shusha,,,,\n{GOOD}\n{GOOD}\n".encode(), "REJECT", "CSV-04", 0),
    # Kinds
    Case("a web page", b"<!doctype html><html><body>Please log in</body></html>", "REJECT", "TYP-01", 0),
    Case("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "REJECT", "TYP-01", 0),
    Case("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "REJECT", "TYP-02", 0, name="x.xls"),
    Case("Parquet", b"PAR1" + b"\0" * 100 + b"PAR1", "REJECT", "TYP-02", 0, name="x.parquet"),
    Case("a database named .csv", b"SQLite format 3\0" + b"\0" * 100, "REJECT", "TYP-01", 0),
    Case("a table under a name without meaning", table(GOOD), "ACCEPT", "", 1, name="export.dat"),
    # Known tables
    Case("ACLED as its site gives it", table(acled(1, "07 February 2025"), acled(2, "19 March 2025", "Protests", "Peaceful protest"), header=ACLED), "NORMALISE", "DAT-11", 2),
    Case("ACLED through Excel, with its mark", b"\xef\xbb\xbf" + table(acled(1, "7-Feb-25"), acled(2, "19-Mar-25"), header=ACLED), "ASK", "DAT-06", 2),
    Case("ACLED with semicolons", table(acled(1, "2025-02-07"), header=ACLED).replace(b",", b";"), "ACCEPT", "", 1),
    Case("UCDP with best above high", table(ucdp(1, "9,5,3"), ucdp(2), header=UCDP), "NORMALISE", "VAL-05", 2),
    Case("UCDP that ends before it begins", table(ucdp(1, days="2020-10-05,2020-10-01"), header=UCDP), "PARTIAL", "DAT-09", 1, 1),
    Case("UCDP through a European Excel", table(ucdp(1, days="1/10/2020,3/10/2020"), header=UCDP), "ASK", "DAT-01", 1),
    Case("HXL with other tags", b"Wann,Wo,B,L,Was,Tote\n#date+occurred,#loc+name,#geo+lat,#geo+lon,#event+type,#affected+killed\n2020-10-01,Shusha,39.758,46.749,shelling,3\n", "ACCEPT", "", 1),
    Case("HXL tags instead of a header", b"#date,#loc,#geo+lat,#geo+lon\n2020-10-01,Shusha,39.758,46.749\n", "ACCEPT", "", 1),
    # Dates
    Case("a day in the future", dated("2098-09-19", "2023-09-19"), "NORMALISE", "DAT-05", 2),
    Case("a column proves month first", dated("03/14/2023", "04/05/2023"), "NORMALISE", "DAT-01", 2),
    Case("points and day first", dated("14.03.2023", "05.04.2023"), "NORMALISE", "DAT-01", 2),
    Case("one date that proves nothing", dated("03-04-2023"), "ASK", "DAT-01", 1),
    Case("day and month alike", dated("04/04/2023"), "ACCEPT", "", 1),
    Case("a spreadsheet's date and time", dated("9/19/2023 0:00", "9/20/2023 13:45"), "NORMALISE", None, 2),
    Case("Excel days", dated("45188", "45189"), "ASK", "DAT-03", 2),
    Case("Excel days among others", dated("45188", "2023-09-19"), "ASK", "DAT-03", 2),
    Case("years of two digits", dated("19.09.23", "20.09.23"), "ASK", "DAT-06", 2),
    Case("leap days", dated("2023-02-29", "2024-02-29", "1900-02-29", "2000-02-29"), "PARTIAL", "DAT-04", 4, 2),
    Case("30 February in words", dated("30 Feb 2023", "31 Sep 2023"), "PARTIAL", "DAT-04", 2, 2),
    Case("week, quarter, day of the year", dated("2023-W05-1", "2023-Q1", "2023-045"), "PARTIAL", "DAT-04", 3, 3),
    Case("seconds since 1970", dated("1695081600", "1695081600000"), "PARTIAL", "DAT-04", 2, 2),
    Case("Persian and full-width digits", dated("۲۰۲۳-۰۹-۱۹", "２０２３－０９－１９"), "PARTIAL", "DAT-07", 2, 2),
    Case("month names in other languages", dated("19 сентября 2023", "19 septembre 2023"), "PARTIAL", None, 2, 2),
    Case("years of other calendars", dated("1402-06-28", "2566-09-19"), "PARTIAL", "DAT-07", 2, 2),
    Case("the ends of time", dated("9999-12-31", "0001-01-01", "1900-01-01"), "PARTIAL", "DAT-05", 3, 2),
    Case("months and years", dated("Sep 2023", "2023-09", "09/2023", "2023"), "NORMALISE", "DAT-10", 4),
    Case("a dash 30,000 times", dated("-" * 30_000, "1" * 70), "PARTIAL", "DAT-04", 2, 2),
    Case("no date", dated("", "2023-09-19"), "PARTIAL", "VAL-01", 2, 1),
    # Coordinates
    Case("swapped, proved by the country", pinned(("46.749", "39.758"), country="Azerbaijan", place="Shusha"), "ASK", "GEO-04", 1),
    Case("swapped, with nothing but a name", pinned(("46.749", "39.758"), place="Shusha"), "ASK", "PLC-02", 1),
    Case("a sign lost", pinned(("-39.8177", "46.7528"), ("39.8177", "-46.7528"), country="Azerbaijan"), "ASK", "GEO-07", 2),
    Case("another country altogether", pinned(("52.5", "13.4"), country="Azerbaijan", place="Berlin"), "ASK", "GEO-07", 1),
    Case("far from its place", pinned(("52.5", "13.4"), place="Shusha"), "ASK", "PLC-02", 1),
    Case("0, 0 and -0, -0", pinned(("0", "0"), ("-0.0", "-0")), "NORMALISE", "GEO-03", 2),
    Case("half a point", pinned(("39.8", ""), ("", "46.7")), "PARTIAL", "GEO-03", 2, 2),
    Case("degrees, minutes and seconds", pinned(("39°49'04\"N", "46°45'10\"E"), ("N 39 49 04", "E 46 45 10")), "NORMALISE", "GEO-08", 2),
    Case("seconds without a side", pinned(("39d49m04s", "46d45m10s")), "PARTIAL", "GEO-01", 1, 1),
    Case("both numbers in one cell", pinned(("39.8177 46.7528", "")), "PARTIAL", None, 1, 1),
    Case("metres and a grid reference", pinned(("4405000", "478000"), ("38S MK 12345 67890", "")), "PARTIAL", "GEO-06", 2, 2),
    Case("thousands", pinned(("39 815,3", "46 751,9"), ("39.815.300", "46.751.900")), "PARTIAL", "GEO-05", 2, 2),
    Case("no numbers", pinned(("nan", "inf"), ("3.98e1", "4.67e1"), ("٣٩٫٨", "٤٦٫٧")), "PARTIAL", "GEO-01", 3, 3),
    Case("beyond the world", pinned(("139.8", "46.7"), ("39.8", "181")), "PARTIAL", "GEO-02", 2, 2),
    # Places
    Case("letters of two alphabets", pinned(("39.758", "46.749"), place="Shushа"), "ACCEPT", "", 1),
    Case("a word that tables write for nothing", pinned(("39.758", "46.749"), place="NA"), "ASK", "TXT-05", 1),
    Case("unknown", pinned(("39.758", "46.749"), place="Unknown location"), "PARTIAL", "PLC-01", 1, 1),
    Case("a name in HTML", pinned(("39.758", "46.749"), place="<b>Shusha</b>"), "ACCEPT", "", 1),
    # Values
    Case("figures in no order", table("A,2023-09-19,battle,5,3,9", "B,2023-09-19,battle,9,3,5", header="event_id,event_date,event_type,fatalities_best,fatalities_low,fatalities_high"), "PARTIAL", "VAL-05", 2, 1),
    Case("no whole numbers", table("A,2023-09-19,battle,1.5", "B,2023-09-19,battle,12 or more", 'C,2023-09-19,battle,"1,200"', header="event_id,event_date,event_type,fatalities"), "PARTIAL", "VAL-03", 3, 3),
    Case("fewer than nobody, more than live", table("A,2023-09-19,battle,-1", "B,2023-09-19,battle,999999999999", header="event_id,event_date,event_type,fatalities"), "PARTIAL", "VAL-04", 2, 2),
    Case("words that are not in a vocabulary", table("A,2023-09-19,battle,certain", "B,2023-09-19,battle,HIGH", header="event_id,event_date,event_type,confidence"), "PARTIAL", "VAL-02", 2, 1),
    Case("an id on two lines", table('"A\nB",2023-09-19,battle,,,,,'), "PARTIAL", "VAL-06", 1, 1),
    Case("a type with controls", table("A,2023-09-19,\x1b[2Jbattle,,,,,"), "NORMALISE", "TXT-03", 1),
    Case("a post without a point or of no kind", table("P1,A,base,,", "P2,B,castle,39.8,46.7", "P3,C,base,39.8,46.7", header="post_id,name,kind,lat,lon"), "PARTIAL", None, 3, 2),
    # Workbooks
    Case("two sheets with data", book(a=[OWN_COLUMNS, ["A", "2023-09-19", "battle", ""]], b=[OWN_COLUMNS, ["B", "2023-09-20", "battle", ""]]), "ASK", "XLS-02", 1, name="x.xlsx"),
    Case("a sheet of notes beside", book(a=[OWN_COLUMNS, ["A", "2023-09-19", "battle", ""]], notes=[["made by hand"]]), "ACCEPT", "", 1, name="x.xlsx"),
    Case("a workbook without rows", book(a=[OWN_COLUMNS]), "REJECT", "CSV-07", 0, name="x.xlsx"),
    Case("numbers among texts", book(a=[OWN_COLUMNS, [1001, "2023-09-19", "battle", ""], [1002.0, 45189, "battle", ""]]), "ASK", "DAT-03", 2, name="x.xlsx"),
    Case("half a workbook", book(a=[OWN_COLUMNS])[:2000], "REJECT", "XLS-01", 0, name="x.xlsx"),
    # Archives
    Case("two tables in an archive", packed(**{"a.csv": table(GOOD), "b.csv": table(GOOD)}), "ASK", "ZIP-07", 1, name="x.zip"),
    Case("an archive in an archive", packed(**{"a.zip": packed(**{"a.csv": table(GOOD)})}), "REJECT", "TYP-02", 0, name="x.zip"),
    Case("an archive without data", packed(**{"README.txt": b"x"}), "REJECT", "ZIP-06", 0, name="x.zip"),
    Case("a table beside a readme", packed(**{"README.txt": b"x", "a.csv": table(GOOD)}), "ACCEPT", "", 1, name="x.zip"),
    Case("an absolute name", packed(**{"/etc/a.csv": table(GOOD)}), "REJECT", "ZIP-02", 0, name="x.zip"),
    Case("an archive cut off", packed(**{"a.csv": table(GOOD) * 50})[:-30], "REJECT", "ZIP-03", 0, name="x.zip"),
    Case("a KMZ", packed(**{"doc.kml": kml(POST), "files/a.png": b"x"}), "ACCEPT", "", 1, name="x.kmz"),
    # Layers
    Case("a KML of two kinds", kml(AREA, POST, POST), "PARTIAL", "GJS-04", 3, 1, name="x.kml"),
    Case("KML without a point", kml("<name>Post</name>"), "PARTIAL", "GJS-02", 1, 1, name="x.kml"),
    Case("a layer of two kinds", layer(feature(square(46, 39), name="A"), feature(square(47, 39), name="B"), feature(point(46.7, 39.8))), "PARTIAL", "GJS-04", 3, 1, name="x.geojson"),
    Case("posts and an area", layer(feature(point(46.7, 39.8), name="A"), feature(point(46.8, 39.8), name="B"), feature(square(47, 39))), "PARTIAL", "GJS-04", 3, 1, name="x.geojson"),
    Case("dated points are events", layer(feature(point(46.749, 39.758), name="Shusha", date="2023-09-19", type="battle")), "ACCEPT", "", 1, name="x.geojson"),
    Case("points swapped in a layer", layer(feature(point(39.758, 46.749), name="Shusha", date="2023-09-19", country="Azerbaijan")), "ASK", "GEO-04", 1, name="x.geojson"),
    Case("a bow tie", layer(feature({"type": "Polygon", "coordinates": [[[46, 39], [47, 40], [47, 39], [46, 40], [46, 39]]]})), "ASK", "GJS-02", 1, name="x.geojson"),
    Case("metres that say so", layer(feature({"type": "Polygon", "coordinates": [[[500000, 4400000], [510000, 4400000], [510000, 4410000], [500000, 4400000]]]}), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}), "NORMALISE", "SHP-02", 1, name="x.geojson"),
    Case("a system behind a link", layer(feature(square(46, 39)), crs={"type": "link", "properties": {"href": "http://127.0.0.1/"}}), "ASK", "NET-01", 1, name="x.geojson"),
    Case("no features", layer(), "REJECT", "CSV-07", 0, name="x.geojson"),
    Case("NaN", b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[NaN,1]}}]}', "REJECT", "GJS-01", 0, name="x.geojson"),
    Case("an OGR file that points elsewhere", b'<OGRVRTDataSource><OGRVRTLayer name="p"><SrcDataSource>CSV:/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>', "REJECT", "TYP-01", 0, name="x.geojson"),
    Case("TopoJSON", b'{"type":"Topology","objects":{},"arcs":[]}', "REJECT", "TYP-02", 0, name="x.json"),
    Case("one broken line", b"\n".join([json.dumps(feature(square(46, 39))).encode(), b"{broken", json.dumps(feature(square(47, 39))).encode()]), "PARTIAL", "GJS-01", 3, 1, name="x.ndjson"),
    Case("polluted properties", b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"__proto__":{"a":1},"constructor":{"prototype":{}}},"geometry":{"type":"Point","coordinates":[46.7,39.8]}}]}', "ACCEPT", "", 1, name="x.geojson"),
    Case("a zone that ends before it begins", layer(feature(square(46, 39), valid_from="2020-11-10", valid_to="2020-11-01")), "PARTIAL", "DAT-09", 1, 1, name="x.geojson"),
    Case("a status that is none", layer(feature(square(46, 39), status="hold")), "PARTIAL", "VAL-02", 1, 1, name="x.geojson"),
    Case("zones as text in a table", table('Z,A,2020-01-01,"POLYGON((46 39,47 39,47 40,46 39))"', "Y,B,2020-01-01,POLYGON nonsense", header="zone_id,name,valid_from,wkt"), "PARTIAL", "GJS-02", 2, 1),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_other_files_of_the_same_kinds_end_alike(case, desk_template):
    said = ledger_of(desk_template, case.content, case.name)
    assert (said["outcome"], said["read"], said["rejected"]) == (case.outcome, case.read, case.rejected)
    assert case.code in {None, said["code"]}


@pytest.mark.parametrize(
    ("made", "outcome", "code", "read"),
    [
        (lambda folder: shapefile(polygons(), folder), "ACCEPT", "", 2),
        (lambda folder: shapefile(polygons().to_crs(32638), folder), "NORMALISE", "SHP-02", 2),
        (lambda folder: shapefile(polygons(), folder, without=(".prj",)), "ASK", "SHP-02", 2),
        (lambda folder: shapefile(polygons(), folder, without=(".dbf",)), "REJECT", "SHP-01", 0),
        (lambda folder: shapefile(polygons(), folder, without=(".cpg",)), "ACCEPT", "", 2),
    ],
    ids=["whole", "metres", "no .prj", "no .dbf", "no .cpg"],
)
def test_other_shapefiles_end_alike(made, outcome, code, read, tmp_path, desk_template):
    said = ledger_of(desk_template, made(tmp_path / "layer"), "x.zip")
    assert (said["outcome"], said["code"], said["read"], said["rejected"]) == (outcome, code, read, 0)


def test_a_geopackage_with_two_layers_asks_and_the_answer_gives_the_layer(tmp_path, desk_template):
    posts = gpd.GeoDataFrame({"name": ["Post"]}, geometry=[shapely.Point(46.7, 39.8)], crs=4326)
    content = geopackage(tmp_path / "two.gpkg", zones=polygons(), posts=posts)
    asked = ledger_of(desk_template, content, "x.gpkg")
    assert (asked["outcome"], asked["code"], asked["question"]) == ("ASK", "GPK-03", "layer")
    said = ledger_of(desk_template, content, "x.gpkg", answers={"layer": "posts"})
    assert (said["outcome"], said["family"], said["read"]) == ("ACCEPT", "posts", 1)


# What exactly becomes of them


def test_a_line_number_is_that_of_the_file_below_a_cell_of_several_lines(desk_template):
    content = table('A,2023-09-19,battle,Shusha,,39.758,46.749,"one\ntwo\nthree"', "B,2023-02-30,battle,,,,,")
    (issue,) = preview_import(desk_template, content, name="x.csv").report.issues
    assert (issue.line, issue.column, issue.value) == (5, "event_date", "2023-02-30")


def test_a_row_of_ucdp_whose_figures_contradict_each_other_is_kept_and_named(desk_template):
    preview = preview_import(desk_template, table(ucdp(1, "9,5,3"), header=UCDP), name="x.csv")
    assert [(i.code, i.line) for i in preview.report.issues] == [("VAL-05", 2)]
    (row,) = preview.draft.head(1)
    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (3, 9, 5)


def test_spans_and_precisions_of_ucdp_are_kept(desk_template):
    rows = rows_in(desk_template, table(ucdp(1), ucdp(2, kind="3", where="4", when="4"), header=UCDP))
    wanted = ("event_type", "event_date", "date_end", "time_precision", "geo_precision", "where_prec")
    assert [tuple(row[name] for name in wanted) for row in rows] == [
        ("battle", "2020-10-01", "2020-10-02", 1, 1, 1),
        ("mass_killing", "2020-10-01", "2020-10-02", 3, 3, 4),
    ]


def test_types_of_acled_become_ours_and_an_unknown_one_is_not_guessed(desk_template):
    kinds = [
        ("Protests", "Peaceful protest"),
        ("Explosions/Remote violence", "Air/drone strike"),
        ("New", "Newer"),
    ]
    content = table(*(acled(n, f"2025-0{n + 1}-07", *kind) for n, kind in enumerate(kinds)), header=ACLED)
    assert [(row["event_type"], row["sub_type"]) for row in rows_in(desk_template, content)] == [
        ("protest", "Peaceful protest"),
        ("missile_strike", "Air/drone strike"),
        ("not_stated", "Newer"),
    ]


def test_where_the_month_is_a_word_only_the_century_is_asked(desk_template):
    (question,) = preview_import(desk_template, dated("7-Feb-25", "19-Mar-25"), name="x.csv").questions
    assert [option.value for option in question.options] == ["dmy"]
    days = rows_in(desk_template, dated("7-Feb-25", "19-Mar-25"), answers={question.key: "dmy"})
    assert [row["event_date"] for row in days] == ["2025-02-07", "2025-03-19"]


def test_an_order_that_was_answered_is_named(desk_template):
    report = preview_import(
        desk_template, dated("03/04/2023"), name="x.csv", answers={"date_order": "mdy"}
    ).report
    assert (report.outcome, report.code) == ("NORMALISE", "DAT-01")
    assert report.normalised == ("event_date was read month first, as answered",)


@pytest.mark.parametrize(
    ("content", "key", "answer", "wanted"),
    [
        (dated("45188"), "excel:event_date", "yes", {"event_date": "2023-09-19"}),
        (dated("03-04-2023"), "date_order:event_date", "dmy", {"event_date": "2023-04-03"}),
        (pinned(("46.749", "39.758"), country="Azerbaijan"), "swap", "fix", {"lat": 39.758, "lon": 46.749}),
        (pinned(("46.749", "39.758"), country="Azerbaijan", place="Qwertyabad"), "swap", "keep", {"lat": 46.749, "lon": 39.758}),
        (pinned(("-39.758", "46.749"), country="Azerbaijan"), "sign", "fix", {"lat": 39.758, "lon": 46.749}),
        (pinned(("52.5", "13.4"), place="Shusha"), "place:Shusha|", "shusha", {"lat": 39.76006, "lon": 46.74989}),
        (pinned(("52.5", "13.4"), place="Shusha"), "place:Shusha|", "keep", {"lat": 52.5, "place_id": ""}),
        (pinned(("39.758", "46.749"), place="NA"), "place:NA|", "empty", {"toponym": "", "lat": 39.758}),
        (pinned(("39.758", "46.749"), place="Unknown"), "unnamed", "keep", {"toponym": "Unknown", "lat": 39.758}),
        (table("A,2023-09-19,battle,Shu\u202esha,,39.758,46.749,"), "bidi", "strip", {"toponym": "Shusha", "place_id": "shusha"}),
        (table("A,2023-09-19,battle,x", header="event_id,event_date,event_type,Ort"), "column:toponym", "Ort", {"toponym": "x"}),
    ],
)  # fmt: skip
def test_an_answer_settles_its_question(content, key, answer, wanted, desk_template):
    preview = preview_import(desk_template, content, name="x.csv", answers={key: answer})
    assert preview.questions == ()
    (row,) = preview.draft.head(1)
    assert {name: row[name] for name in wanted} == wanted


def test_rows_may_be_left_out_by_answer_and_are_then_listed(desk_template):
    said = ledger_of(
        desk_template, pinned(("52.5", "13.4"), place="Shusha"), "x.csv", answers={"place:Shusha|": "leave"}
    )
    assert (said["outcome"], said["code"], said["rejected"]) == ("PARTIAL", "PLC-07", 1)


@pytest.mark.parametrize(
    "answers",
    [
        {"nonsense": "x"},
        {"encoding": "klingon"},
        {"format": "bogus"},
        {"type:skirmish": "bogus"},
        {"column:bogus": "1"},
        {"column:lat": "no such column"},
        {"place:Shusha|": "nowhere"},
    ],
)
def test_an_answer_that_no_question_takes_is_a_usage_error(answers, desk_template):
    content = table("A,2023-09-19,battle,Shusha,,,,Обстрел").decode().encode("cp1251")
    with pytest.raises(SettingError) as error:
        preview_import(desk_template, content, name="x.csv", answers=answers)
    assert "\n" not in str(error.value)


def test_a_remembered_place_that_the_gazetteer_no_longer_has_is_asked_again(desk):
    content = table("A,2023-09-19,battle,Martuni,,,,")
    Path(f"{desk.settings.store.removeprefix('sqlite:///')}.answers.json").write_text(
        json.dumps({"columns": {}, "places": {"place:Martuni|": "gone"}})
    )
    assert [case.name for case in preview_import(desk, content, name="x.csv").open_names] == ["Martuni"]


def test_remembered_columns_of_another_family_do_no_harm(desk):
    content = table("A,2023-09-19,39.8,46.7", header="Kennung,Tag,lat,lon")
    answers = {"column:event_id": "Kennung", "column:event_date": "Tag"}
    commit_import(desk, preview_import(desk, content, name="x.csv", answers=answers))
    assert preview_import(desk, content, name="x.csv", family="posts").report.family == "posts"


def test_a_word_that_tables_write_for_nothing_is_no_town_in_italy(desk_template):
    content = table("A,2023-09-19,battle,None,,,,", "B,2023-09-19,battle,Nan,Thailand,,,")
    preview = preview_import(desk_template, content, name="x.csv")
    assert [row["place_id"] for row in preview.draft.head(2)] == ["", "adm1:th-nan"]
    assert [case.name for case in preview.open_names] == ["None"]


def test_a_name_in_letters_of_two_alphabets_is_named(desk_template):
    content = table("A,2023-09-19,battle,Shushа,,39.758,46.749,")
    assert [issue.code for issue in preview_import(desk_template, content, name="x.csv").report.issues] == [
        "TXT-02"
    ]


def test_zero_is_a_coordinate_and_only_0_0_is_missing(desk_template):
    rows = rows_in(
        desk_template, pinned(("0", "46.7"), ("39.8", "-0.0"), ("-0.0", "0"), place="a spot at sea")
    )
    assert [(row["lat"], row["lon"]) for row in rows] == [(0, 46.7), (39.8, 0), (None, None)]
    assert "-0" not in repr([(row["lat"], row["lon"]) for row in rows])


def test_a_layer_without_facts_claims_nothing(desk_template):
    (zone,) = rows_in(desk_template, layer(feature(square(46, 39))), "x.geojson")
    assert {name: zone[name] for name in ("name", "kind", "status", "party", "valid_from")} == {
        "name": "unnamed",
        "kind": "administrative",
        "status": "unknown",
        "party": "",
        "valid_from": "",
    }
    (post,) = rows_in(desk_template, layer(feature(point(46.7, 39.8))), "x.geojson")
    assert (post["kind"], post["contingent"], post["valid_from"]) == ("site", "", "")


def test_a_zone_with_a_party_is_a_zone_of_control(desk_template):
    (zone,) = rows_in(desk_template, layer(feature(square(46, 39), party="azerbaijan")), "x.geojson")
    assert (zone["kind"], zone["status"]) == ("control", "unknown")


def test_the_same_file_gives_the_same_family_each_time(desk_template):
    content = kml(AREA, "<name>Line</name><LineString><coordinates>46,39 47,39</coordinates></LineString>")
    assert ledger_of(desk_template, content, "x.kml")["family"] == "zones"
