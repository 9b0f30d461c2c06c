"""The beginning of a file, read as if the file ended there."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 16


class _Section(io.RawIOBase):
    """The first ``size`` bytes of a file."""

    def __init__(self, path: Path, size: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._left = size

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer from the file, up to the section's end."""
        view = memoryview(buffer)[: self._left]
        count = self._file.readinto(view) or 0
        self._left -= count
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def open_section(path: Path, size: int | None) -> BinaryIO:
    """The file's first ``size`` bytes for reading; the whole file if None."""
    if size is None:
        return path.open("rb", buffering=_BUFFER)
    return io.BufferedReader(_Section(path, size), _BUFFER)
