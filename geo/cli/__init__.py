"""The command line: `conflictmap …`. Every command calls the same use cases as the pages."""

import json
import sys
from collections.abc import Sequence

import typer

from geo.cli import exports, imports, places, rows, service, store, views
from geo.cli.shared import clean
from geo.errors import ConflictmapError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
for part in (service, places, imports, exports, rows, store, views):
    app.registered_commands += part.app.registered_commands
    app.registered_groups += part.app.registered_groups


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end with its exit code: 0 done, 1 rows rejected, 2 usage, 3 refused, 4 trouble."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = app(arguments, standalone_mode=False, prog_name="conflictmap")
    except ConflictmapError as error:
        if "--json" in arguments:
            print(json.dumps({"error": str(error), "code": getattr(error, "code", type(error).__name__)}))
        print(clean(str(error)), file=sys.stderr)
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(2)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        print(clean(error.format_message()), file=sys.stderr)
        sys.exit(2)
    sys.exit(code or 0)
