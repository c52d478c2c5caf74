"""Runs one engine in a process of its own, with a limit on time and on memory."""

import json
import os
import resource
import signal
import subprocess
from pathlib import Path

# Starting an interpreter and reading the arcs is not the engine's time.
GRACE_SECONDS = 30
MEMORY_WORDS = ("MemoryError", "bad_alloc", "Unable to allocate", "memory allocation of", "out of memory")


def run(command: list, seconds: float, memory_gib: float) -> dict:
    """What the engine printed last, as JSON; or {"reason": …} when it has no result."""

    if not Path(command[0]).exists():
        return {"reason": "not built"}

    def limit_memory() -> None:
        most = int(memory_gib * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=limit_memory,
    )
    late = {"reason": f"none in {seconds:g} s"}
    try:
        out, err = process.communicate(timeout=seconds + GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        # the whole session, because CBC is a child of its interpreter
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return late
    if process.returncode:
        starved = process.returncode == -signal.SIGKILL or any(word in err for word in MEMORY_WORDS)
        last = (err.strip().splitlines() or [f"exit status {process.returncode}"])[-1]
        return {"reason": f"memory ({memory_gib:g} GiB)" if starved else f"failed: {last[:80]}"}
    told = json.loads(out.strip().splitlines()[-1])
    if told.get("reason") == "time" or told.get("total_seconds", 0) > seconds:
        return late
    return told


def text(command: list) -> str:
    """What a tool of the bench prints; any failure ends the run."""
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout
