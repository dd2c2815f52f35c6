"""Runs a command; prints its wall time, CPU time (both in seconds) and peak memory (in kB) as three words.

usage: measure.py COMMAND …

The peak is that of the command itself, or for one that starts others the largest sum over all of them at a time, where
memory that several share counts once.
"""

import os
import subprocess
import sys
import time


def family(root):
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                parents[int(entry)] = int(file.read().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
    found = {root}
    while grown := {p for p, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def share(process):
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
summed = 0
while True:
    done, status, used = os.wait4(child.pid, os.WNOHANG)
    if done:
        break
    members = family(child.pid)
    if len(members) > 1:
        summed = max(summed, sum(map(share, members)))
    # Sampling costs time on the same cores, so it is rare for commands that stay alone.
    time.sleep(0.05 if len(members) > 1 else 0.002)
wall = time.perf_counter() - start
print(wall, used.ru_utime + used.ru_stime, max(used.ru_maxrss, summed))
sys.exit(os.waitstatus_to_exitcode(status))
