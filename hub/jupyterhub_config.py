"""A hub for the accounts of one machine, with the course in its environment.

    python3 -m uv run --group hub jupyterhub -f hub/jupyterhub_config.py

A student's files are those of the account's home. On The Littlest JupyterHub and on a
cluster this file is not needed: see README.md beside it.
"""

import sys

c = get_config()  # noqa: F821 - JupyterHub's own name

c.JupyterHub.bind_url = "http://:8000"
c.Authenticator.allow_all = True  # whoever has an account; else nobody is let in
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"

# Who has left costs nothing: the kernel goes after half an hour, the server after an
# hour. The tab of a laptop that was closed counts as left.
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--MappingKernelManager.cull_connected=True",
    "--ServerApp.shutdown_no_activity_timeout=3600",
]

# When a class logs in at once, each server waits for a core: late is not broken. And a
# page that waits is not dropped by the proxy (pip's: no Node), as after twenty seconds.
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
c.ConfigurableHTTPProxy.command = ["configurable-http-proxy", "--proxy-timeout=600000"]

# Memory that is free again goes back to the machine, also after a figure was painted.
c.Spawner.environment = {"MALLOC_TRIM_THRESHOLD_": "131072"}
