"""What the worker gives up before it looks at a file: memory, time, disk and network beyond what it needs."""

import contextlib
import ctypes
import os
import signal

from geo.settings import UNPACKED_LIMIT_MB, WorkerLimits

try:
    import resource
except ImportError:  # not on Windows: the time limit of the parent still holds there
    resource = None  # type: ignore[assignment]

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
"""CLONE_NEWNET and CLONE_NEWUSER of Linux's unshare(2)."""
_LARGEST_FILE = 2 * UNPACKED_LIMIT_MB * 1_000_000
_DRIVERS = ("GPKG", "ESRI Shapefile")
"""The only drivers of GDAL that a worker may use; a job keeps one of them."""
_OTHER_DRIVERS = (
    "PCIDSK PDS4 VICAR PDF MBTiles EEDA OGCAPI GDALG,MapInfo File,LVBAG S57 DGN OGR_VRT CSV GML GPX LIBKML KML "
    "GeoJSON GeoJSONSeq ESRIJSON TopoJSON OGR_GMT SQLite WAsP OpenFileGDB DXF FlatGeobuf GeoRSS VFK PGDUMP OSM "
    "GPSBabel OGR_PDS WFS OAPIF EDIGEO Idrisi ODS XLSX Elasticsearch Carto AmigoCloud SXF Selafin JML PLSCENES "
    "CSW VDV MVT NGW MapML GTFS PMTiles JSONFG MiraMonVector ADBC AVCBin AVCE00 AIVector HTTP Parquet Arrow"
)


def shut_in(limits: WorkerLimits) -> None:
    """Limit this process; must come before anything else, while it has a single thread."""
    # Best effort: containers may forbid it. Nothing that runs here would use a network on purpose.
    with contextlib.suppress(OSError, AttributeError):
        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(_NEW_NETWORK):  # only root may; others may in a user namespace of their own
            unshare(_NEW_NETWORK | _NEW_USER)
    if resource is not None:
        for limit, most in (
            (resource.RLIMIT_AS, limits.megabytes << 20),
            (resource.RLIMIT_CPU, limits.seconds),
            (resource.RLIMIT_FSIZE, _LARGEST_FILE),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(limit)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(limit, (allowed, allowed))
    if hasattr(signal, "alarm"):
        signal.alarm(limits.seconds + 1)  # ends with its time even if nobody waits for it any more
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a full file is an OSError, not a death


def keep_driver(driver: str) -> None:
    """Leave one driver in GDAL; must come before pyogrio is imported."""
    names = [
        name
        for part in _OTHER_DRIVERS.split(",")
        for name in ([part] if part == "MapInfo File" else part.split())
    ]
    skipped = ",".join(name for name in (*names, *_DRIVERS) if name != driver)
    os.environ.update(GDAL_SKIP=skipped, OGR_SKIP=skipped)


def clean_environment(package_root: str) -> dict[str, str]:
    """The environment of a worker: no proxies, no keys, nothing that makes a library call out."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    return kept | {
        "LANG": "C.UTF-8",
        "PYTHONPATH": package_root,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "GDAL_NUM_THREADS": "1",
        "PROJ_NETWORK": "OFF",
        "GDAL_VRT_ENABLE_PYTHON": "NO",
        "GDAL_HTTP_TIMEOUT": "1",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "OGR_ENABLE_PARTIAL_REPROJECTION": "NO",
        "GDAL_PAM_ENABLED": "NO",
    }
