"""Every public name of what scripts are made of is explained: in its docstring or its class's, and in docs/scripts.md."""

import inspect
import os
import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(os.environ["PARLOUR_SOURCE"])
sys.path.insert(0, os.environ["PARLOUR_BUILD"] + "/python")

import parlour.script as script  # noqa: E402


def members(cls):
    """The names that a class of ours has itself, with what they are; None for one that is only declared or slotted."""
    names = dict.fromkeys([*cls.__dict__.get("__annotations__", {}), *cls.__dict__.get("__slots__", ())])
    names.update(vars(cls))
    return {name: thing for name, thing in names.items() if not name.startswith("_")}


class Names(unittest.TestCase):
    def setUp(self):
        text = (SOURCE / "docs/scripts.md").read_text()
        self.in_code = set(re.findall(r"\w+", " ".join(re.findall(r"```.*?```|`[^`]+`", text, re.S))))

    def test_there_is_something_to_look_at(self):
        self.assertIn("accent", members(script.Game))
        self.assertIn("step", members(script.Option))
        self.assertIn("budget", members(script.Clock))

    def test_docstrings(self):
        silent = []
        for name in script.__all__:
            cls = getattr(script, name)
            self.assertTrue(cls.__doc__, name)
            for member, thing in members(cls).items():
                thing = getattr(thing, "__func__", thing)
                own = thing.__doc__ if inspect.isfunction(thing) or isinstance(thing, property) else None
                if not own and not re.search(rf"\b{member}\b", cls.__doc__):
                    silent.append(f"{name}.{member}")
        self.assertEqual(silent, [])

    def test_the_page(self):
        missing = [name for name in script.__all__ if name not in self.in_code]
        for name in ("Opponent", "Game", "GameState", "Board", "Option", "Clock"):
            missing += [f"{name}.{member}" for member in members(getattr(script, name)) if member not in self.in_code]
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
