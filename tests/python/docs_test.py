"""The code blocks of the guide run as printed."""

from __future__ import annotations

import re
import unittest

from support import SOURCE, run_python


class Guide(unittest.TestCase):
    def test_every_block_runs(self) -> None:
        text = (SOURCE / "docs" / "python_module.md").read_text()
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        self.assertGreaterEqual(len(blocks), 7)
        for number, block in enumerate(blocks, 1):
            with self.subTest(block=number):
                ran = run_python("-c", block)
                self.assertEqual((ran.returncode, ran.stderr), (0, ""), block)


if __name__ == "__main__":
    unittest.main()
