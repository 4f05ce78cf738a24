"""Options of opponents and games: what becomes a form in the window and `id=value` on the command line."""

from __future__ import annotations

import builtins
import math
import re
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Sequence, Union

from .trouble import ScriptError, one_line, place

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,4000}\s*\Z")
BOOL, INT, FLOAT, CHOICE, TEXT = range(5)

Value = Union[builtins.bool, builtins.int, builtins.float, builtins.str]


def _number(text: str) -> float:
    """The number, or not a number."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _made_of(given: Any, kind: Callable[[Any], Value], made: builtins.str) -> Any:
    """A number that an option is made of; ValueError that names the option's kind."""
    try:
        return kind(given)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{made}, not {one_line(repr(given), 40)}") from None


@dataclass(frozen=True)
class Option:
    """One typed option; made by Option.bool, .int, .float, .choice and .text.

    `default` is its value where nobody gave one; `label` and `help` stand in the form (a label is made of the id
    where there is none); an option that is `advanced` is folded away there. Numbers go from `low` to `high`, in the
    form by `step`; `choices` are the words of a choice; `type` tells the five kinds apart.
    """

    type: builtins.int
    default: Value
    label: builtins.str = ""
    help: builtins.str = ""
    low: builtins.float = 0.0
    high: builtins.float = 0.0
    step: builtins.float = 1.0
    choices: tuple[builtins.str, ...] = field(default=())
    advanced: builtins.bool = False

    @staticmethod
    def bool(default: builtins.bool, *, label: builtins.str = "", help: builtins.str = "",
             advanced: builtins.bool = False) -> Option:
        """A switch."""
        return Option(BOOL, builtins.bool(default), label, help, advanced=advanced)

    @staticmethod
    def int(default: builtins.int, low: builtins.int, high: builtins.int, *, step: builtins.int = 1,
            label: builtins.str = "", help: builtins.str = "", advanced: builtins.bool = False) -> Option:
        """A whole number from `low` to `high`; the form's buttons change it by `step`."""
        made = "Option.int takes whole numbers: a default, the lowest and the highest"
        first, least, most, by = (_made_of(each, builtins.int, made) for each in (default, low, high, step))
        return Option(INT, first, label, help, least, most, by, advanced=advanced)

    @staticmethod
    def float(default: builtins.float, low: builtins.float, high: builtins.float, *, label: builtins.str = "",
              help: builtins.str = "", advanced: builtins.bool = False) -> Option:
        """A number from `low` to `high`."""
        made = "Option.float takes numbers: a default, the lowest and the highest"
        first, least, most = (_made_of(each, builtins.float, made) for each in (default, low, high))
        return Option(FLOAT, first, label, help, least, most, advanced=advanced)

    @staticmethod
    def choice(default: builtins.str, choices: Sequence[builtins.str], *, label: builtins.str = "",
               help: builtins.str = "", advanced: builtins.bool = False) -> Option:
        """One of several words."""
        return Option(CHOICE, default, label, help, choices=tuple(choices), advanced=advanced)

    @staticmethod
    def text(default: builtins.str = "", *, label: builtins.str = "", help: builtins.str = "",
             advanced: builtins.bool = False) -> Option:
        """Any text on one line."""
        return Option(TEXT, default, label, help, advanced=advanced)

    def to_text(self, value: Value) -> builtins.str:
        """A value as the host writes it."""
        if self.type == BOOL:
            return "true" if value else "false"
        return repr(value) if self.type == FLOAT else str(value)

    def from_text(self, text: builtins.str) -> Value:
        """The value that the host wrote; ValueError if it is none of this option."""
        if self.type == BOOL:
            if text not in ("true", "false"):
                raise ValueError("true or false is meant")
            return text == "true"
        if self.type == INT:
            if not _WHOLE.match(text) or not self.low <= builtins.int(text) <= self.high:
                raise ValueError(f"a whole number from {self.low:g} to {self.high:g} is meant")
            return builtins.int(text)
        if self.type == FLOAT:
            real = _number(text)
            if not self.low <= real <= self.high:
                raise ValueError(f"a number from {self.low:g} to {self.high:g} is meant")
            return real
        if self.type == CHOICE and text not in self.choices:
            raise ValueError(f"one of {', '.join(self.choices)} is meant")
        if not isinstance(text, builtins.str) or len((text + ".").splitlines()) > 1:
            raise ValueError("a text on one line is meant")
        return text


def schema(given: Any, file: str) -> dict[str, Option]:
    """The options of a class, checked. A plain value stands for an option without a form's niceties."""
    if not isinstance(given, Mapping):
        raise ScriptError(f"{place(file, 0)}: options is a dict of Option.int(...) and its like, "
                          f"not a {type(given).__name__}", file)
    out: dict[str, Option] = {}
    for name, option in given.items():
        if not isinstance(name, str) or not _ID.match(name):
            raise ScriptError(f"{place(file, 0)}: the option {name!r} needs a name of lower-case letters, "
                              "digits and '_'", file)
        if isinstance(option, bool):
            option = Option.bool(option)
        elif isinstance(option, str):
            option = Option.text(option)
        if not isinstance(option, Option):
            raise ScriptError(f"{place(file, 0)}: the option {name} is made by Option.bool, .int, .float, .choice "
                              f"or .text, not a {type(option).__name__}", file)
        try:
            option.from_text(option.to_text(option.default))
        except ValueError as problem:
            raise ScriptError(f"{place(file, 0)}: the default of the option {name} does not fit it: {problem}",
                              file) from None
        out[name] = option
    return out


def _misfit(sentence: str) -> ScriptError:
    error = ScriptError(sentence)
    error.kind = "argument"
    return error


def values(options: Mapping[str, Option], given: Mapping[str, str], whose: str) -> dict[str, Value]:
    """The typed value of every option; ScriptError for what does not fit."""
    for name in given:
        if name not in options:
            raise _misfit(f"{whose} has no option {name!r}")
    out: dict[str, Value] = {}
    for name, option in options.items():
        try:
            out[name] = option.from_text(given[name]) if name in given else option.default
        except ValueError as problem:
            raise _misfit(f"{whose}: the option {name} cannot be {given[name]!r}: {problem}") from None
    return out


def rows(options: Mapping[str, Option]) -> list[tuple[Any, ...]]:
    """The options as the plugin hands them to the host."""
    return [(name, option.type, one_line(option.label) or name.replace("_", " ").capitalize(),
             one_line(option.help, 1000), option.to_text(option.default), float(option.low), float(option.high),
             float(option.step), list(option.choices), option.advanced)
            for name, option in options.items()]
