"""A real JupyterLab for the tests, kept apart from the user's own settings."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

OWN = ["CONFIG_DIR", "RUNTIME_DIR", "DATA_DIR"]
LAB = ["SETTINGS_DIR", "WORKSPACES_DIR"]


def own_folders(scratch: Path) -> dict[str, str]:
    """The environment in which Jupyter reads and writes only inside `scratch`."""
    names = [f"JUPYTER_{name}" for name in OWN] + [f"JUPYTERLAB_{name}" for name in LAB]
    return {**os.environ, **{name: str(scratch / name.lower()) for name in names}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(
    url: str, token: str, method: str = "GET", body: bytes | None = None
) -> bytes:
    """The body of a page that only the token's holder may read, or write."""
    headers = {"Authorization": f"token {token}"}
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def wait_for(ask: Callable[[], object], server: subprocess.Popen, log: Path) -> None:
    """Return when the server answers; its own words if it stops or is late."""
    deadline = time.monotonic() + 180  # a loaded machine is not a failure
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            ask()
            return
        time.sleep(0.1)
    raise RuntimeError(f"Jupyter did not start:\n{log.read_text('utf-8', 'replace')}")


@contextlib.contextmanager
def running_server(
    command: list[str],
    scratch: Path,
    environment: dict[str, str],
    cwd: Path | None = None,
) -> Iterator[tuple[str, str]]:
    """Run a command that serves; give the address and the token.

    What it says is in the file `server.log` of the folder `scratch`, where it also
    runs, unless that is said.
    """
    port, token, log = free_port(), secrets.token_hex(), scratch / "server.log"
    command = [*command, "--no-browser", f"--IdentityProvider.token={token}"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    with log.open("w", encoding="utf-8") as words:
        server = subprocess.Popen(
            command,
            cwd=cwd or scratch,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: fetch(f"{url}/api/status", token), server, log)
        yield url, token
    finally:
        server.terminate()
        server.wait(30)


@contextlib.contextmanager
def running_lab(folder: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """Serve `folder` in JupyterLab; give the address and the token.

    Its pages do not ask whether JupyterLab could be built: that starts a Node.js for
    each of them. Notebook 7 needs a server of its own: one that has shown a page in it
    forbids JupyterLab the fonts of the same name, since both find their files in one
    list.
    """
    config = scratch / "jupyter_config_dir" / "labconfig"
    config.mkdir(parents=True, exist_ok=True)
    (config / "page_config.json").write_text('{"buildCheck": false}', "utf-8")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    command += ["--allow-root", "--expose-app-in-browser"]
    command += ["--JupyterNotebookApp.expose_app_in_browser=True"]  # Notebook 7 too
    with running_server(command, scratch, own_folders(scratch)) as address:
        yield address
