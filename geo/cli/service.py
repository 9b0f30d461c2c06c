"""Commands about the installation: run, prepare, config."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

import os
import subprocess
import sys
from typing import Annotated

import typer

from geo.cli.shared import Json, Store, open_desk, progress, say
from geo.settings import ROOT, read_settings

app = typer.Typer()


@app.command()
def run(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others reach it only if you name one.")
    ] = "127.0.0.1",
    store: Store = None,
) -> None:
    """Start the dashboard. Example: conflictmap run --port 8600"""
    settings = read_settings(store=store)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    command += ["--server.address", host]
    if host not in {"127.0.0.1", "localhost"}:
        # Behind a wildcard address the machine has many names, and we know none of them.
        command += ["--server.allowedHosts", "*" if host in {"0.0.0.0", "::"} else host]
    print(f"The dashboard opens at http://{host}:{port}", file=sys.stderr)
    environment = {**os.environ, "CONFLICTMAP_STORE": settings.store}
    try:
        raise typer.Exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)  # noqa: S603
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@app.command()
def prepare() -> None:
    """Build what the first start needs: gazetteer, base map, boundaries. Example: conflictmap prepare"""
    from geo.gazetteer.build import gazetteer_is_current, write_gazetteer
    from geo.workflows.kept import kept_admin_layers, kept_areas, kept_base_shapes

    desk = open_desk()
    settings = desk.settings
    if not gazetteer_is_current(settings.gazetteer, data_dir=settings.data_dir):
        write_gazetteer(settings.gazetteer, data_dir=settings.data_dir, progress=progress)
    kept_base_shapes(settings, extent=desk.situation.extent)
    kept_areas(settings)
    kept_admin_layers(settings)


@app.command()
def config(store: Store = None, as_json: Json = False) -> None:
    """The settings in force and where each came from. Example: conflictmap config"""
    settings = read_settings(store=store)
    result = {
        name: {"value": str(getattr(settings, name)), "from": origin}
        for name, origin in settings.origins.items()
    }
    say(
        result,
        as_json,
        lambda: [f"{name:14} {entry['value']}   ({entry['from']})" for name, entry in result.items()],
    )
