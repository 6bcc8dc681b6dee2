"""A real JupyterHub for the tests: any name logs in, in homes of their own."""

import contextlib
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from traitlets.config.loader import Config, PyFileConfigLoader

from support.course import ROOT
from support.lab_server import free_port, own_folders, wait_for

needs_hub = pytest.mark.skipif(
    not find_spec("jupyterhub") and os.environ.get("COURSE_HUB") != "required",
    reason="no hub is here: uv run --group hub",
)

# The hub that the course describes, with logins and homes of the test's own.
CONFIG = """
load_subconfig({config!r})
c = get_config()
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.Spawner.args += ["--LabApp.expose_app_in_browser=True", *{root!r}]
c.Spawner.environment |= {folders!r}
"""
LECTURE = "02_gd_divergence.ipynb"  # what a student's home has


def at_home(homes: Path, name: str) -> None:
    """A student's home, with the lecture."""
    (homes / name).mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "en" / LECTURE, homes / name)


def settings() -> Config:
    """Those of the hub that the course describes, read without a hub."""
    return PyFileConfigLoader("jupyterhub_config.py", str(ROOT / "hub")).load_config()


@contextlib.contextmanager
def running_hub(scratch: Path) -> Iterator[tuple[str, Path]]:
    """Its address, and the folder with the homes of who logs in."""
    port, hub_port, api_port = free_port(), free_port(), free_port()
    homes, log = scratch / "homes", scratch / "hub.log"
    folders = own_folders(scratch)
    mine = {one: folders[one] for one in folders if folders[one] != os.environ.get(one)}
    said = CONFIG.format(
        config=str(ROOT / "hub" / "jupyterhub_config.py"),
        homes=str(homes),
        port=port,
        hub_port=hub_port,
        api_port=api_port,
        root=["--allow-root"] if os.geteuid() == 0 else [],
        folders=mine,
    )
    (scratch / "config.py").write_text(said, "utf-8")
    command = [sys.executable, "-m", "jupyterhub", "-f", "config.py"]
    bin = Path(sys.executable).parent  # where the proxy is
    environment = {**folders, "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}"}
    with log.open("w", encoding="utf-8") as words:
        hub = subprocess.Popen(
            command, cwd=scratch, env=environment, stdout=words, stderr=words
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: urllib.request.urlopen(f"{url}/hub/api").close(), hub, log)
        yield url, homes
    finally:
        end(hub)


def end(hub: subprocess.Popen) -> None:
    """It stops its servers and its proxy; what a busy machine leaves is killed."""
    if hub.poll() is not None:
        return
    family = psutil.Process(hub.pid).children(recursive=True)
    hub.terminate()
    try:
        hub.wait(60)
    except subprocess.TimeoutExpired:
        for process in [hub, *family]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        hub.wait()
