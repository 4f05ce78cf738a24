"""Every Python block of the tutorial is a script that plays, and every command works as printed."""

import re
import unittest

from support import SOURCE, ScriptTest


class Tutorial(ScriptTest):
    def test_blocks(self):
        text = (SOURCE / "docs/first_opponent.md").read_text()
        blocks = re.findall(r"```(python|sh)\n(.*?)```", text, re.S)
        self.assertGreater(len(blocks), 5)
        for language, block in blocks:
            if language == "python":
                self.opponent("my_bot", block)
                code, out = self.match("python:my_bot", game="four_in_a_row", time="300ms")
                self.assertEqual(code, 0, out + block)
                self.assertRegex(out, r"endings\s+normal 2", block)
                continue
            for line in block.splitlines():
                if line.startswith("parlour match") or line.startswith("parlour list"):
                    code, out = self.parlour(*line.split()[1:])
                    self.assertEqual(code, 0, out)


if __name__ == "__main__":
    unittest.main()
