"""Runs inside the sandbox that stands for a container: starts the image's command, visits it, and stops it.

Prints one JSON object. Nothing but the standard library is used, since this is also run by the image's own Python.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PATIENCE_S = 150
CLOSED = ("/", "/etc", "/opt/kitwright", "/opt/kitwright/bin", "/opt/kitwright/cache")


def main(command: list[str], health: list[str]) -> None:
    """Report what was seen of a server from its start to its end."""
    server = subprocess.Popen(command)
    started = time.monotonic()
    while (healthy := subprocess.run(health, stderr=subprocess.DEVNULL, check=False).returncode) != 0:
        if server.poll() is not None or time.monotonic() - started > PATIENCE_S:
            break
        time.sleep(0.2)  # another program is waited for, which tells nobody
    report: dict[str, object] = {"healthy": healthy == 0}
    if healthy == 0:
        report |= {"reply": _asked("can I return swimwear?"), "memory_mb": _memory_mb(server.pid)}
    report |= {"uid": os.getuid(), "gid": os.getgid(), "capabilities": _status(os.getpid(), "CapBnd")}
    report["written"] = [place for place in CLOSED if _can_be_written(Path(place))]
    report["kept"] = sorted(path.name for path in Path("/var/lib/kitwright").iterdir())
    server.terminate()
    report["exit"] = server.wait(60)
    print(json.dumps(report))  # noqa: T201 - the report


def _asked(text: str) -> object:
    """What the bot says, by the endpoint that every version has had."""
    request = urllib.request.Request(
        "http://127.0.0.1:8000/api/bots/clothing_support/messages",
        json.dumps({"text": text}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["reply"]


def _can_be_written(place: Path) -> bool:
    try:
        (place / "written").touch()
    except OSError:
        return False
    return True


def _memory_mb(process: int) -> int:
    return int(_status(process, "VmRSS").split()[0]) // 1024


def _status(process: int, name: str) -> str:
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(name))


if __name__ == "__main__":
    main(*json.loads(sys.argv[1]))
