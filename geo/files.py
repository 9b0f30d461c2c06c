"""Files that appear whole or not at all."""

import secrets
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8; whoever reads it meanwhile finds the old one or the new one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
