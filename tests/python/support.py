"""What the tests of the Python module share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BUILD = Path(os.environ["PARLOUR_BUILD"])
SOURCE = Path(os.environ["PARLOUR_SOURCE"])
EXAMPLES = SOURCE / "python_plugin" / "examples"

# Long enough for a loaded machine; only something that hangs takes so long.
PATIENCE = 60.0


def run_python(*arguments: str, patience: float = 4 * PATIENCE, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs this Python with the module on its path; output is captured as text."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
