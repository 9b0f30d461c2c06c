"""Texts that a spreadsheet would run: marked when they leave, and freed of the mark when they come back."""

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a text for a formula, full-width forms included (OWASP ASVS 5.0, 1.2.10)."""
MARK = "'"


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; a text that is already marked gets one more."""
    return f"{MARK}{text}" if text.lstrip(MARK).startswith(SIGNS) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(SIGNS) else text
