"""The scorer is a folder of modules that is run as a whole; its tests import them one by one."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "accuracy"))
