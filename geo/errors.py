"""What can go wrong, by who can mend it.

ConflictmapError
├── InputRefused      the file, text or value that was given        exit code 3
│   ├── CRSError      ... has no or the wrong coordinate reference system
│   └── UnsafeText    ... would reach a template as text
├── EditConflict      somebody else changed the row meanwhile        exit code 3
├── SettingError      the command, link or setting                   exit code 2
└── ServiceError      the machine: a store, a missing file           exit code 4
    ├── StoreError
    │   ├── StoreBusy
    │   └── StoreDamaged
    ├── BoundaryError
    └── GazetteerError

Every message is one sentence that says what was wrong, where, and what to do.
"""

from collections.abc import Mapping
from typing import Any


class ConflictmapError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_code = 4


class InputRefused(ConflictmapError, ValueError):
    """Something that was given cannot be taken; nothing was written."""

    exit_code = 3

    def __init__(self, message: str, *, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code


class CRSError(InputRefused):
    """A layer has no coordinate reference system, or a wrong one."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="crs")


class UnsafeText(InputRefused):
    """A word was about to enter the map's template, where it could run as code."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unsafe_text")


class EditConflict(ConflictmapError):
    """A row was changed after its author had opened it; nothing was written.

    ``base`` is the revision that was seen (None if there is none of that number), ``theirs`` the newest one,
    both with their record columns and ``retracted``; ``yours`` is what was to be saved, None for a deletion.
    """

    exit_code = 3
    code = "edit_conflict"

    def __init__(
        self,
        message: str,
        *,
        base: Mapping[str, Any] | None,
        theirs: Mapping[str, Any],
        yours: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(message)
        self.base = base
        self.theirs = theirs
        self.yours = yours


class SettingError(ConflictmapError, ValueError):
    """A command, link or setting is wrong."""

    exit_code = 2


class ServiceError(ConflictmapError):
    """The machine cannot do it: a store, a missing or damaged file of the installation."""


class StoreError(ServiceError):
    """The store cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Another process held the store for longer than the busy time."""


class StoreDamaged(StoreError):
    """The store's file is not what was written to it; it is left as it is."""


class BoundaryError(ServiceError):
    """A boundary layer is missing, undescribed or damaged."""


class GazetteerError(ServiceError):
    """The gazetteer file is missing, foreign or outdated."""
