"""The start of the course: `python -m course_utils`, which opens it in JupyterLab.

It makes a reader's copies in `mine/` and opens the first one. Where somebody else keeps
the copies (a hub, Binder), and where nothing can be written, it opens `notebooks/`.
Nothing is looked up by a path that was true once, so that the folder can be moved: this
Python runs JupyterLab as a module, and every kernel finds the package in this folder.
"""

import argparse
import locale
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from .copies import Copies
from .languages import LANGUAGES, language, print_any_letter, told

__all__: list[str] = []  # the mathematics knows nothing of it

ROOT = Path(__file__).absolute().parents[1]
FIRST = "00_start.ipynb"
HUBS = "JUPYTERHUB_USER", "BINDER_SERVICE_HOST"  # there nbgitpuller brings what is new

HERE = ("Tus cuadernos están en {}.", "Your notebooks are in {}.")
RENEWED = (
    "Sin cambios tuyos, y ahora como en el curso: {}.",
    "Without changes of yours, and now as in the course: {}.",
)
BESIDE = (
    "Lo tuyo se queda como está; lo nuevo del curso está al lado, en {}.",
    "Yours stays as it is; what is new in the course lies beside it, in {}.",
)
UNWRITTEN = (
    "No se pudo escribir en mine/: {}. Se abre lo que hay.",
    "Nothing could be written in mine/: {}. What is there is opened.",
)
FORMER = ("{} se llama ahora {}.", "{} is now called {}.")
NO_COPIES = (
    "--fresh: aquí los cuadernos están en notebooks/, sin copias en mine/.",
    "--fresh: here the notebooks are in notebooks/, without copies in mine/.",
)
NO_COURSE = (
    "Falta la carpeta {}: ejecuta esto en la carpeta del curso, completa.",
    "The folder {} is missing: run this in the folder of the course, a whole one.",
)
NO_LAB = (
    "Este Python no tiene JupyterLab. Así sí: python3 -m uv run -m course_utils",
    "This Python has no JupyterLab. This one has: python3 -m uv run -m course_utils",
)


def main(arguments: list[str]) -> int:
    """Make the copies, start JupyterLab, and wait until it ends."""
    ours, theirs = split(arguments)
    asked = parser().parse_args(ours)
    language(asked.language)
    missing = reason_not_to_start()
    if missing:
        sys.exit(missing)
    opened = notebook(asked.language, asked.fresh)
    print(told(HERE).format(opened.parent.relative_to(ROOT).as_posix()), flush=True)
    return run(command(opened, theirs), environment())


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """What is said to the start, and, after `--`, to JupyterLab."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def parser() -> argparse.ArgumentParser:
    start = argparse.ArgumentParser(prog="course_utils", allow_abbrev=False)
    numbers = sorted({path.name[:2] for path in ROOT.glob("notebooks/*/[0-9]*.ipynb")})
    start.add_argument("language", nargs="?", choices=LANGUAGES, default=preferred())
    start.add_argument(
        "--fresh",
        choices=numbers,
        metavar="NN",
        help="a clean copy of this lecture; yours is renamed",
    )
    return start


def preferred() -> str:
    """The language of this computer, if the course speaks it."""
    try:
        name = locale.getlocale()[0] or ""  # "en_GB", "English_United Kingdom"
    except ValueError:  # one that Python does not know
        name = ""
    known = (one for one in LANGUAGES if name.lower().startswith(one))
    return next(known, LANGUAGES[0])


def reason_not_to_start() -> str | None:
    """What is missing, in one line."""
    if not (ROOT / "notebooks").is_dir():
        return told(NO_COURSE).format(ROOT / "notebooks")
    return None if find_spec("jupyterlab") else told(NO_LAB)


def notebook(language: str, fresh: str | None = None) -> Path:
    """The notebook to open first, once the copies are made."""
    copies = Copies(ROOT / "notebooks", ROOT / "mine")
    if on_a_hub(os.environ):
        if fresh:
            sys.exit(told(NO_COPIES))
        return copies.shipped / language / FIRST
    try:
        update(copies)
        if fresh:
            refresh(copies, language, fresh)
    except OSError as problem:
        print(told(UNWRITTEN).format(problem.strerror or problem))
    first = copies.mine / language / FIRST
    return first if first.is_file() else copies.shipped / language / FIRST


def update(copies: Copies) -> None:
    """Make what is missing, renew what may be; a line on each thing of note."""
    renewed = []
    try:
        for done, name in copies.update():
            if done == "beside":
                print(told(BESIDE).format(f"mine/{name}"))
            elif done == "renewed":
                renewed.append(name)
    finally:
        if renewed:
            print(told(RENEWED).format(", ".join(renewed)))


def refresh(copies: Copies, language: str, number: str) -> None:
    """A clean copy of a lecture, and a word on where the former one is."""
    for name in copies.names:
        if name.startswith(f"{language}/{number}_"):
            former = copies.refresh(name)
            print(told(FORMER).format(f"mine/{name}", Path(former).name))


def on_a_hub(environment: Mapping[str, str]) -> bool:
    return any(name in environment for name in HUBS)


def command(opened: Path, more: list[str]) -> list[str]:
    """JupyterLab, of this Python, with the whole course in sight."""
    page = f"/lab/tree/{opened.relative_to(ROOT).as_posix()}"
    lab = [sys.executable, "-m", "jupyterlab"]
    lab += [f"--ServerApp.root_dir={ROOT}", f"--LabApp.default_url={page}"]
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # alone in a bare container
    return [*lab, *(["--allow-root"] if root else []), *more]


def environment() -> dict[str, str]:
    """Kernels find the package here, whatever place was once installed.

    And they draw with Matplotlib as it is here: a backend that another program has set
    may be missing, and then `import matplotlib` fails.
    """
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    kept = {name: os.environ[name] for name in os.environ if name != "MPLBACKEND"}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def run(command: list[str], environment: dict[str, str]) -> int:
    """Until it ends. Ctrl+C is for JupyterLab, which asks whether it is meant."""
    lab = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
    with suppress(KeyboardInterrupt):
        find_fonts(environment)
    while True:
        with suppress(KeyboardInterrupt):
            return lab.wait()


def find_fonts(environment: dict[str, str]) -> None:
    """While JupyterLab starts, Matplotlib looks for the fonts of this computer.

    Where there are many it takes long the first time, and the first cell would say so.
    """
    code = "import matplotlib.font_manager"
    command = [sys.executable, "-c", code]
    subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    print_any_letter()
    sys.exit(main(sys.argv[1:]))
