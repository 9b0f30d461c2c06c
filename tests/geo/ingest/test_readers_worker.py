"""The worker: shut in, without network, and every way it can end is one sentence."""

import gc
import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys

import pytest

from geo.errors import SettingError
from geo.ingest.reading import isolated
from geo.ingest.reading.isolated import run_job
from geo.ingest.reading.open import open_source
from geo.ingest.reading.sandbox import clean_environment
from geo.ingest.reading.spool import Spool, read_spooled
from geo.settings import ROOT, WorkerLimits


def in_worker(code):
    """What a child prints that shut itself in as the worker does."""
    program = f"from geo.ingest.reading import sandbox\nfrom geo.settings import WorkerLimits\nsandbox.shut_in(WorkerLimits())\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=clean_environment(str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


@pytest.fixture
def listener():
    """A port of this machine that nobody must connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def connected(server):
    try:
        server.accept()[0].close()
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile"])
def test_only_the_named_driver_is_left_in_gdal(driver):
    found = in_worker(
        f"sandbox.keep_driver({driver!r})\nimport pyogrio\nprint(sorted(pyogrio.list_drivers()))"
    )
    assert set(json.loads(found.replace("'", '"'))) <= {driver, "MEM", "Memory"}


def test_the_worker_has_little_memory_and_no_core_files():
    limits = in_worker(
        "import resource as r\nprint(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    assert limits.split() == [str(WorkerLimits().megabytes << 20), "0"]


def test_the_worker_reaches_no_network(listener):
    if in_worker("import os\nprint(len(os.listdir('/sys/class/net')))") == "":
        pytest.skip("this system lets no process give up its network")
    port = listener.getsockname()[1]
    said = in_worker(f"import socket\nprint(socket.socket().connect_ex(('127.0.0.1', {port})))")
    assert said != "0"
    assert not connected(listener)


def test_the_worker_knows_no_proxy_and_no_key(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("SECRET_KEY", "x")
    environment = clean_environment(".")
    assert not {"HTTPS_PROXY", "SECRET_KEY"} & environment.keys()
    assert environment["PROJ_NETWORK"] == "OFF"


def test_no_trick_reads_another_file_or_calls_out(read, zipped, unzipped, listener, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\nSECRET-WORD\n")
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    entity = f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "{secret}"><!ENTITY y SYSTEM "{url}">]><kml><name>&x;&y;</name></kml>'
    crs = {"type": "link", "properties": {"href": url}}
    geojson = {
        "type": "Feature",
        "crs": crs,
        "properties": {},
        "geometry": {"type": "Point", "coordinates": [46, 39]},
    }
    shapefile = unzipped("shp/good.zip")
    tricks = {
        "a.geojson": vrt.encode(),
        "b.geojson": json.dumps(geojson).encode(),
        "c.geojson": b'{"type":"Point","coordinates":[46,39],"url":"/vsicurl/' + url.encode() + b'"}',
        "a.kml": entity.encode(),
        "b.kml": vrt.encode(),
        "a.zip": zipped(shapefile | {"zones.prj": url.encode()}),
        "b.zip": zipped(shapefile | {"zones.prj": f"/vsicurl/{url}".encode()}),
        "c.zip": zipped(shapefile | {"zones.prj": str(secret).encode()}),
        "d.zip": zipped(shapefile | {"zones.cpg": str(secret).encode()}),
        "e.zip": zipped(shapefile | {"zones.shp": vrt.encode()}),
        "f.zip": zipped({"a.geojson": vrt.encode()}),
        "a.gpkg": vrt.encode(),
    }
    for name, content in tricks.items():
        outcome = read(name, content)
        assert "SECRET-WORD" not in f"{outcome.cells}{outcome.issues}{outcome.sentence}", name
        assert outcome.word != "ACCEPT" or name == "c.geojson", name
    assert not connected(listener)


def test_a_view_without_end_is_stopped_by_the_clock(read, kept, monkeypatch):
    monkeypatch.setenv("CONFLICTMAP_WORKER_SECONDS", "1")
    run = isolated._run

    def with_time_of_its_own(request, limits):
        """Only the clock ends the worker: its own limit of the processor's time may come first."""
        asked = json.loads(request)
        asked["limits"]["seconds"] = 10
        return run(json.dumps(asked).encode("ascii"), limits)

    monkeypatch.setattr(isolated, "_run", with_time_of_its_own)
    path = kept("gpkg/good.gpkg")
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE VIEW v AS WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x AS fid, x FROM t"
        )
        database.execute(
            "INSERT INTO gpkg_contents(table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')"
        )
    database.close()
    outcome = read("a.gpkg", path)
    assert outcome.codes == {"LIM-02"}
    assert outcome.sentence == (
        "a.gpkg took longer than 1 seconds to read: split or simplify it, or allow more (CONFLICTMAP_WORKER_SECONDS)."
    )


def test_the_worker_has_the_memory_that_the_setting_gives(read, monkeypatch, bad_input):
    path = bad_input("xlsx/good.xlsx")
    monkeypatch.setenv("CONFLICTMAP_WORKER_MB", "512")
    assert read("a.xlsx", path).word == "ACCEPT"
    monkeypatch.setenv("CONFLICTMAP_WORKER_MB", "511")
    with pytest.raises(
        SettingError, match="CONFLICTMAP_WORKER_MB: '511' is no whole number from 512 to 65,536"
    ):
        read("a.xlsx", path)


def test_a_workbook_that_needs_more_than_it_may_have_is_sent_to_csv():
    died = isolated._died(-signal.SIGXCPU, "workbook", "a.xlsx", WorkerLimits())
    assert str(died) == (
        "a.xlsx takes more than 10 seconds or 1,024 MB to read: save it as CSV (UTF-8), "
        "or allow more (CONFLICTMAP_WORKER_SECONDS and CONFLICTMAP_WORKER_MB)."
    )


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        ("os.abort()", "LIM-02"),
        ("os.kill(os.getpid(), 11)", "GPK-02"),
        ("os._exit(3)", "GPK-02"),
        ("0", "GPK-02"),
    ],
)
def test_however_the_worker_dies_it_is_a_refusal(read, bad_input, monkeypatch, tmp_path, ends, code):
    package = tmp_path / "geo" / "ingest" / "reading"
    package.mkdir(parents=True)
    for folder in (package, package.parent, package.parent.parent):
        (folder / "__init__.py").touch()
    (package / "worker.py").write_text(f"import os\n{ends}\n")
    monkeypatch.setattr(isolated, "_PACKAGE_ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert read("a.gpkg", bad_input("gpkg/good.gpkg")).codes == {code}


def test_what_was_unpacked_lasts_as_long_as_its_source(bad_input):
    source = open_source(bad_input("shp/good.zip"), name="a.zip", answers={})
    folder = next(argument for argument in source.batches.args if hasattr(argument, "done")).done.path
    gc.collect()
    assert folder.is_dir()
    assert sum(len(batch.cells) for batch in source.batches()) == 2
    assert sum(len(batch.cells) for batch in source.batches()) == 2
    del source
    gc.collect()
    assert not folder.exists()


def test_a_job_leaves_nothing_behind_when_it_refuses(read, tmp_path, monkeypatch):
    monkeypatch.setattr(isolated, "mkdtemp", lambda prefix: str(_made(tmp_path / prefix)))
    read("a.gpkg", b"SQLite format 3\0" + b"\0" * 200)
    gc.collect()
    assert not list(tmp_path.glob("conflictmap-*"))


def _made(path):
    path.mkdir()
    return path


@pytest.mark.slow
@pytest.mark.parametrize("generator", ["gen_big_polygon.py", "gen_many_features.py"])
def test_large_layers_are_read_or_refused_in_one_sentence(read, tmp_path, generator):
    script = ROOT / "tests" / "data" / "badinputs" / "generators" / generator
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        subprocess.run([sys.executable, script], stdout=file, check=True)
    outcome = read("large.geojson", path)
    assert outcome.word == "ACCEPT" or outcome.codes <= {"LIM-01", "LIM-02"}


def test_a_job_of_an_unreadable_file_is_no_crash_of_ours(tmp_path):
    shutil.copyfile(__file__, tmp_path / "x")
    with pytest.raises(Exception, match="damaged"):
        run_job("workbook", tmp_path / "x", name="x.xlsx", answers={})


@pytest.mark.parametrize("cell", ["a\x1fb", "a\nb", "a\r\nb", "[1]", "", "\x1f", "Şuşa \u2028"])
def test_rows_come_from_the_worker_as_they_went_whatever_stands_in_them(tmp_path, cell):
    with Spool(tmp_path / "rows") as spool:
        spool.row(1, [cell, "x"])
        spool.row(2, [cell])
        spool.row(3, ["half \ud800", cell])
    first, second, issue = read_spooled(tmp_path / "rows")
    assert (first, second) == ((1, (cell, "x")), (2, (cell,)))
    assert (issue.line, issue.code) == (3, "ENC-04")
