"""What went wrong in the code of the user, in a few words."""

from __future__ import annotations


def reason(error: BaseException) -> str:
    """What an error says, or its name if it says nothing. Neither fails, whatever the error is."""
    if isinstance(error, SystemExit):
        return f"the code has called sys.exit({'' if error.code is None else repr(error.code)})"
    try:
        text = str(error)
    except Exception:
        text = ""
    if isinstance(error, EOFError) and "reading a line" in text:
        return f"{text}: there is no keyboard here that could be asked for input"
    return text or type(error).__name__
