"""What went wrong in a script, for people: one sentence that names the file and line, and the whole traceback."""

from __future__ import annotations

import os
import traceback
from types import TracebackType

LONGEST_SENTENCE = 220  # bytes: what a parlour_error holds, with room for the name that the host puts before it
LONGEST_DETAILS = 16000  # characters

_OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))


class ScriptError(Exception):
    """A script that cannot be used, or an answer of it that makes no sense.

    `line` is 0 where no line is to blame; `details` may hold a traceback; `kind` is "illegal" for a move
    that the rules do not allow, "argument" for an option's value that does not fit.
    """

    kind = ""

    def __init__(self, sentence: str, file: str = "", line: int = 0, details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.file = file
        self.line = line
        self.details = details


class TimeUp(BaseException):
    """Raised inside a script whose time is over. Not an Exception, so that `except Exception` lets it pass."""


def printable(text: str) -> str:
    """The text with whatever UTF-8 cannot say (lone surrogates) written as backslash escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str, most: int = LONGEST_SENTENCE) -> str:
    """The text on one line, in at most `most` bytes."""
    flat = " ".join(printable(text[: 4 * most]).split())
    raw = flat.encode("utf-8")
    if len(raw) <= most:
        return flat
    return raw[: most - 3].decode("utf-8", "ignore") + "..."


def place(file: str, line: int) -> str:
    """"greedy.py, line 7"; the file alone where there is no line."""
    name = os.path.basename(file)
    if name == "__init__.py":
        name = os.path.basename(os.path.dirname(file)) + "/" + name
    return f"{name}, line {line}" if line > 0 else name


def _say(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException:  # an exception whose own __str__ fails
        text = "(its text cannot be made)"
    kind = type(error).__name__
    return f"{kind}: {text}" if text else kind


def _own(file: str) -> bool:
    return os.path.dirname(file) == _OWN_FOLDER


def _first_of_script(tb: TracebackType | None) -> TracebackType | None:
    """The traceback without the runtime's own frames at its beginning."""
    while tb is not None and _own(tb.tb_frame.f_code.co_filename):
        tb = tb.tb_next
    return tb


def _line_in(tb: TracebackType | None, file: str) -> tuple[str, int]:
    """The innermost place of a traceback in the script, or in its folder if it is a package."""
    folder = os.path.dirname(file) + os.sep if os.path.basename(file) == "__init__.py" else ""
    found = (file, 0)
    while tb is not None:
        name = tb.tb_frame.f_code.co_filename
        if name == file or (folder and name.startswith(folder)):
            found = (name, tb.tb_lineno)
        tb = tb.tb_next
    return found


def _trace(error: BaseException) -> str:
    try:
        first = _first_of_script(error.__traceback__)
        text = "".join(traceback.TracebackException(type(error), error, first, compact=True).format())
    except BaseException:  # too deep, out of memory: what there is without it
        text = _say(error)
    text = printable(text)
    if len(text) > LONGEST_DETAILS:
        half = LONGEST_DETAILS // 2
        text = text[:half] + "\n[...]\n" + text[-half:]
    return text


def explain(error: BaseException, file: str) -> ScriptError:
    """Whatever a script raised, as a ScriptError: "greedy.py, line 7: ZeroDivisionError: division by zero"."""
    if isinstance(error, ScriptError):
        return error
    if isinstance(error, SyntaxError) and error.filename == file:
        sentence = f"{place(file, error.lineno or 0)}: {type(error).__name__}: {error.msg}"
        return ScriptError(one_line(sentence), file, error.lineno or 0, _trace(error))
    where, line = _line_in(error.__traceback__, file)
    if isinstance(error, SystemExit):
        what = "called sys.exit; an opponent ends by returning its move"
    elif isinstance(error, KeyboardInterrupt):
        what = "was interrupted"
    elif isinstance(error, TimeUp):
        what = "was still running when its time was over, and was stopped"
    elif isinstance(error, MemoryError):
        what = "MemoryError: it wants more memory than it is given"
    elif isinstance(error, RecursionError):
        what = f"{_say(error)}; a function calls itself without end"
    else:
        what = _say(error)
    return ScriptError(one_line(f"{place(where, line)}: {what}"), where, line, _trace(error))
