"""Reads the memory and processor time of the local system's processes (proc(5))."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # per second


def children_of_this(name: str) -> list[Path]:
    """Returns the folder in /proc of each child process whose command line has `name`, such as `http_api.app.handler`."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    processes = [Path("/proc") / child for listed in children for child in listed.read_text().split()]
    return [process for process in processes if name.encode() in (process / "cmdline").read_bytes()]


def resident(handler: str) -> list[int]:
    """Returns the resident memory in MB of each process of a function, largest first."""
    return sorted((_megabytes(process, "VmRSS") for process in children_of_this(handler)), reverse=True)


def peak(handler: str) -> int:
    """Returns the highest resident memory in MB of the processes of a function so far."""
    return max(_megabytes(process, "VmHWM") for process in children_of_this(handler))


def processor_seconds(name: str) -> float:
    """Returns the processor time that the child processes whose command line has `name` have used so far."""
    stats = [(process / "stat").read_text().rpartition(")")[2].split() for process in children_of_this(name)]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICKS


def waiting_seconds(process: Path) -> float:
    """Returns for how long the threads of a process, by its folder in /proc, could have run but had no processor."""
    return sum(int((thread / "schedstat").read_text().split()[1]) for thread in (process / "task").iterdir()) / 1e9


def busy_seconds() -> float:
    """Returns the processor time that all programs of this machine have used so far."""
    user, nice, system = Path("/proc/stat").read_text().split("\n")[0].split()[1:4]
    return (int(user) + int(nice) + int(system)) / TICKS


def let_others_go_first(name: str) -> None:
    """Gives the child processes whose command line has `name` the lowest priority.

    Not SCHED_IDLE: on a busy machine they would not run at all.
    """
    for process in children_of_this(name):
        for thread in (process / "task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), 19)


def _megabytes(process: Path, field: str) -> int:
    return int(re.search(rf"{field}:\s+(\d+) kB", (process / "status").read_text())[1]) // 1024
