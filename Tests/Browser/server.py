"""A Plumbline of the test's own: a workspace, and the server over it."""

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request


class Server:
    """`plumbline serve` over a workspace, from start to graceful stop."""

    def __init__(self, binary, workspace, *options, level="warning"):
        self.workspace = workspace
        self.log_path = os.path.join(os.path.dirname(workspace), f"serve-{time.time_ns()}.log")
        self.log = open(self.log_path, "wb")
        command = [binary, "serve", "--workspace", workspace, "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--log-level", level, *options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.address = self._announced(r"Plumbline is at (\S+)")
        self.port = int(self.address.rsplit(":", 1)[1])

    def _announced(self, pattern):
        line = self.process.stdout.readline()
        found = re.match(pattern, line)
        if not found:
            self.process.kill()
            raise RuntimeError(f"the server did not start: {line!r}, see {self.log_path}")
        return found.group(1)

    def setup_address(self):
        """Where the first account is made; printed only while there is none."""
        return self._announced(r"Make the first account at (\S+)")

    def stop(self, seconds=20):
        """Stops it as a service manager does; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the server did not stop within {seconds} s") from None
        finally:
            self._close()
        return code

    def kill(self):
        """Ends it as a power cut does."""
        self.process.kill()
        self.process.wait()
        self._close()

    def _close(self):
        self.process.stdout.close()
        self.log.close()

    def logged(self):
        """What it wrote to its log."""
        with open(self.log_path, encoding="utf-8") as log:
            return log.read()

    def peak_memory(self):
        """The most memory that it has held, in bytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) * 1024


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are answers here, not something to follow."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


class Answer:
    """What came back."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def cookie(self, name):
        """The value of a cookie that the answer sets; None where it sets none."""
        for field in self.headers.get_all("Set-Cookie") or []:
            found = re.match(rf"{name}=([^;]*)", field)
            if found:
                return found.group(1)
        return None


def ask(address, *, method=None, headers=None, body=None, timeout=60):
    """One request, without following redirects and without raising for a status."""
    if isinstance(body, str):
        body = body.encode()
    request = urllib.request.Request(address, data=body, headers=headers or {}, method=method)
    try:
        with OPENER.open(request, timeout=timeout) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
