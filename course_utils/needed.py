"""What nothing here works without: where it is missing, the start says so, and ends.

Who opens the course with another Python than the one that has it installed is told what
to do, in a line for each language; a traceback would be of no use.
"""

import sys
from importlib.util import find_spec

__all__: list[str] = []  # for the start alone: see __main__.py

NO_NUMPY = (
    "Este Python no tiene NumPy. Así sí: python3 -m uv run -m course_utils es",
    "This Python has no NumPy. This one has: python3 -m uv run -m course_utils en",
)

# So it is called while Python looks for what is meant by -m.
if sys.argv[:1] == ["-m"] and not find_spec("numpy"):
    sys.exit("\n".join(NO_NUMPY))
