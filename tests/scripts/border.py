"""`parlour bench border`: every figure is there, and a sentence where it cannot measure."""

import json
import unittest

from support import ScriptTest


class Border(ScriptTest):
    def test_every_section_has_figures(self):
        code, out = self.parlour("bench", "border", "--json", "--seconds", "0.1", "--game", "tic_tac_toe")
        self.assertEqual(code, 0, out)
        found = json.loads(out[out.index("{"):])
        self.assertEqual([row["call"] for row in found["crossing"]][:4], ["simple", "string", "dict of 5", "dict of 100"])
        for section in ("state_methods", "batches", "views", "search"):
            self.assertTrue(found[section], section)
        scripts = found["scripts"]
        self.assertEqual(scripts.pop("game"), "tic_tac_toe")
        for name in ("move_in_process_median_us", "move_in_process_99_percent_us", "move_in_a_worker_median_us",
                     "move_in_a_worker_99_percent_us", "worker_start_to_first_move_ms", "reload_to_first_move_ms"):
            self.assertGreater(scripts[name], 0, name)
        self.assertEqual(list((self.home / "data/parlour/opponents").iterdir()), [])

    def test_what_is_missing_is_said(self):
        code, out = self.parlour("bench", "border", PARLOUR_PYTHON="/nonexistent/python3")
        self.assertNotEqual(code, 0)
        self.assertIn("is /nonexistent/python3, but there is no such file", out)
        code, out = self.parlour("bench", "border", "--game", "python:nim", "--seconds", "0.1")
        self.assertNotEqual(code, 0)
        self.assertIn("there is no game that is a plugin", out)
        self.assertNotIn("Traceback", out)


if __name__ == "__main__":
    unittest.main()
