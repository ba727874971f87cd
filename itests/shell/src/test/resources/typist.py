"""Runs a program on a pseudo-terminal and types into it.

Usage: typist.py PROGRAM [ARGUMENT...] < steps

Each line of the steps is one of
    size COLUMNS ROWS     sets the size of the terminal
    type KEYS             types; \\t, \\r, \\x03 and so on are what they are in Python, here and below
    expect TEXT           waits until TEXT stands in what was printed since the last such text, colours left out
    repeat KEYS => TEXT   types KEYS again and again until TEXT comes
    end                   waits until the program ends, prints its exit code, and whether the terminal is as it was before

Prints all that the program printed, colours left out. Exits with 1 if a text does not come.
"""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

PATIENCE = 30
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b[()][A-Z0-9]")


class Typist:
    def __init__(self, command):
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(self.master)
        self.slave = os.dup(slave)
        self.pid = os.fork()
        if self.pid == 0:
            self.login(slave)
            os.environ["TERM"] = "xterm-256color"
            os.execv(command[0], command)
        os.close(slave)
        self.raw = b""
        self.seen = 0

    def login(self, slave):
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(slave, fd)

    def text(self):
        return ESCAPES.sub("", self.raw.decode(errors="replace")).replace("\r", "")

    def read(self, until):
        ready, _, _ = select.select([self.master], [], [], max(0, min(0.1, until - time.monotonic())))
        if ready:
            self.raw += os.read(self.master, 65536)

    def type(self, keys):
        os.write(self.master, keys.encode())

    def repeat(self, keys, text):
        until = time.monotonic() + PATIENCE
        while self.text().find(text, self.seen) < 0:
            if time.monotonic() > until:
                self.fail("'%s' does not come" % text)
            self.type(keys)
            self.read(time.monotonic() + 0.1)
        self.expect(text)

    def expect(self, text):
        until = time.monotonic() + PATIENCE
        while self.text().find(text, self.seen) < 0:
            if time.monotonic() > until:
                self.fail("'%s' does not come" % text)
            self.read(until)
        self.seen = self.text().find(text, self.seen) + len(text)

    def size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))

    def end(self):
        until = time.monotonic() + PATIENCE
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > until:
                self.fail("the program does not end")
            self.read(until)
        self.read(time.monotonic() + 0.1)
        restored = termios.tcgetattr(self.slave) == self.before
        print(self.text())
        print("exit=%d restored=%s" % (os.waitstatus_to_exitcode(status), restored))

    def fail(self, why):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        print(self.text())
        print("typist: " + why)
        sys.exit(1)


def unescaped(text):
    return text.encode().decode("unicode_escape")


typist = Typist(sys.argv[1:])
for step in sys.stdin.read().splitlines():
    verb, _, rest = step.partition(" ")
    if verb == "size":
        typist.size(*rest.split())
    elif verb == "type":
        typist.type(unescaped(rest))
    elif verb == "expect":
        typist.expect(unescaped(rest))
    elif verb == "repeat":
        typist.repeat(*unescaped(rest).split(" => "))
    elif verb == "end":
        typist.end()
    else:
        typist.fail("unknown step " + step)
