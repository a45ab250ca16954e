"""Sets the environment before Django reads its settings; loaded as a pytest plugin by ``-p``."""

import os

os.environ.setdefault("MODE", "test")
