"""Runs a command in a terminal of its own, step by step, and tells what it wrote.

Takes JSON on stdin: {argv, rows, columns, steps}; a step is ["see", text], ["signal", name], ["resize", rows, columns], ["stopped"] or ["write", text].
Prints JSON: {output, exit, echo}.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

job = json.load(sys.stdin)


def resize(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


pid, fd = pty.fork()
if pid == 0:
    time.sleep(0.05)  # until the terminal has its size
    os.execvpe(job["argv"][0], job["argv"], os.environ)

resize(fd, job["rows"], job["columns"])
output = b""
seen = 0
patience = time.monotonic() + job.get("seconds", 20)


def read(seconds):
    """Reads what comes within so many seconds; False at the end."""
    global output
    if not select.select([fd], [], [], seconds)[0]:
        return True
    try:
        more = os.read(fd, 65536)
    except OSError:  # how Linux says that the other end is closed
        return False
    output += more
    return more != b""


def give_up(step):
    os.kill(pid, signal.SIGKILL)
    sys.exit(f"{step} did not happen; it wrote {output!r}")


for step in job["steps"]:
    what = step[0]
    if what == "see":
        wanted = step[1].encode()
        while output.find(wanted, seen) < 0:
            if time.monotonic() > patience or not read(0.1):
                give_up(step)
        seen = output.find(wanted, seen) + len(wanted)
    elif what == "stopped":
        while True:
            read(0.02)
            _, status = os.waitpid(pid, os.WUNTRACED | os.WNOHANG)
            if status and os.WIFSTOPPED(status):
                break
            if time.monotonic() > patience:
                give_up(step)
        while select.select([fd], [], [], 0.05)[0]:
            read(0)
        seen = len(output)
    elif what == "signal":
        os.kill(pid, getattr(signal, step[1]))
    elif what == "resize":
        resize(fd, step[1], step[2])
        os.kill(pid, signal.SIGWINCH)
    elif what == "write":
        os.write(fd, step[1].encode())
    else:
        give_up(step)

while read(0.1):
    if time.monotonic() > patience:
        give_up("the end")
_, status = os.waitpid(pid, 0)
exit_code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
print(json.dumps({"output": output.decode("utf8", "replace"), "exit": exit_code}))
