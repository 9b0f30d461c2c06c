"""The settings in force and where each came from: defaults, then environment, then the command line."""

import getpass
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_data_path

from geo.errors import SettingError

_HOST = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
ROOT = Path(__file__).resolve().parent.parent

UPLOAD_LIMIT_MB = 20
"""Largest upload in the browser; the command line has no limit."""
MAX_COLUMNS = 512
MAX_DATE_CELL = 64
"""A date cell longer than this is refused before any parser sees it."""
MAX_REPORT_CHARACTERS = 2_000_000
REPORT_LIMIT_MB = 20
"""Largest report file; it is read as a whole, on the command line, too."""
LONGEST_CELL = 100_000
"""Characters that a reader lets pass in any cell; columns have finer limits of their own."""
UNPACKED_LIMIT_MB = 200
"""What an archive, or a workbook, which is one, may unpack to."""
MAX_MEMBERS = 200
"""Files in an archive."""
MAX_RATIO = 200
"""How many times larger than its packed form an archive may be."""
_WORKER_SECONDS = range(1, 3_601)
_WORKER_MB = range(512, 65_537)
"""With less the worker could not load what it reads with."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """Time and memory that the separate process has to read one file that is not plain text."""

    seconds: int = 10
    megabytes: int = 1_024


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and who is asking. ``origins`` tells where each value came from.

    ``embed_hosts`` are the addresses of pages that may show the map in a frame, besides our own. ``geocoder`` names
    the online service that may be asked when a person agrees, empty for none; ``geocoder_url`` is an own server of it.
    ``ner`` names a language model that proposes places besides our recogniser, empty for none.
    """

    data_dir: Path
    var_dir: Path
    web_dir: Path
    store: str
    user: str
    embed_hosts: tuple[str, ...]
    geocoder: str
    geocoder_url: str
    geocoder_user: str
    ner: str
    worker_seconds: int
    worker_mb: int
    origins: Mapping[str, str]

    @property
    def gazetteer(self) -> Path:
        """The gazetteer file that the set-up builds."""
        return self.var_dir / "gazetteer.sqlite"


def read_settings(environ: Mapping[str, str] | None = None, *, store: str | None = None) -> Settings:
    """Settings from the environment; ``store`` given on the command line wins."""
    env = os.environ if environ is None else environ
    chosen = {
        name: _choose(env, variable, default)
        for name, (variable, default) in {
            "data_dir": ("CONFLICTMAP_DATA", str(ROOT / "data")),
            "var_dir": ("CONFLICTMAP_VAR", str(ROOT / "var")),
            "web_dir": ("CONFLICTMAP_WEB", str(ROOT / "web")),
            "store": ("CONFLICTMAP_STORE", _default_store()),
            "user": ("CONFLICTMAP_USER", ""),
            "embed_hosts": ("CONFLICTMAP_EMBED_HOSTS", ""),
            "geocoder": ("CONFLICTMAP_GEOCODER", ""),
            "geocoder_url": ("CONFLICTMAP_GEOCODER_URL", ""),
            "geocoder_user": ("CONFLICTMAP_GEOCODER_USER", ""),
            "ner": ("CONFLICTMAP_NER", ""),
            "worker_seconds": ("CONFLICTMAP_WORKER_SECONDS", ""),
            "worker_mb": ("CONFLICTMAP_WORKER_MB", ""),
        }.items()
    }
    limits = worker_limits(env)
    settings = Settings(
        data_dir=Path(chosen["data_dir"][0]),
        var_dir=Path(chosen["var_dir"][0]),
        web_dir=Path(chosen["web_dir"][0]),
        store=chosen["store"][0],
        user=chosen["user"][0] or _system_user(),
        embed_hosts=_hosts(chosen["embed_hosts"][0]),
        geocoder=chosen["geocoder"][0],
        geocoder_url=chosen["geocoder_url"][0],
        geocoder_user=chosen["geocoder_user"][0],
        ner=chosen["ner"][0],
        worker_seconds=limits.seconds,
        worker_mb=limits.megabytes,
        origins={name: origin for name, (_, origin) in chosen.items()}
        | ({} if chosen["user"][0] else {"user": "system user"}),
    )
    if store is None:
        return settings
    return replace(settings, store=store, origins={**settings.origins, "store": "command line"})


def worker_limits(environ: Mapping[str, str] | None = None) -> WorkerLimits:
    """The limits in force.

    Raises
    ------
    SettingError
        One of them is no whole number, or out of bounds.
    """
    env = os.environ if environ is None else environ
    usual = WorkerLimits()
    return WorkerLimits(
        _whole(env, "CONFLICTMAP_WORKER_SECONDS", usual.seconds, _WORKER_SECONDS),
        _whole(env, "CONFLICTMAP_WORKER_MB", usual.megabytes, _WORKER_MB),
    )


def _whole(env: Mapping[str, str], variable: str, default: int, bounds: range) -> int:
    text = env.get(variable, "") or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) in bounds):
        raise SettingError(
            f"{variable}: {text[:20]!r} is no whole number from {bounds.start:,} to {bounds.stop - 1:,}."
        )
    return int(text)


def _hosts(text: str) -> tuple[str, ...]:
    """Addresses separated by spaces.

    Raises
    ------
    SettingError
        One of them is no address like https://example.org.
    """
    hosts = tuple(text.split())
    if wrong := [host for host in hosts if not _HOST.fullmatch(host)]:
        raise SettingError(f"CONFLICTMAP_EMBED_HOSTS: {wrong[0][:60]!r} is not like https://example.org.")
    return hosts


def _choose(env: Mapping[str, str], variable: str, default: str) -> tuple[str, str]:
    value = env.get(variable, "")
    return (value, f"environment ({variable})") if value else (default, "default")


def _default_store() -> str:
    return f"sqlite:///{user_data_path('conflictmap', appauthor=False) / 'store.sqlite'}"


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no passwd entry, as in some containers
        return "unknown"
