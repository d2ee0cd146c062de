"""What all tests share: the binary, the example company, browsers, accounts of all roles."""

import atexit
import os
import shutil
import subprocess
import tempfile

from accounts import ROLES, Accounts
from server import Server, ask

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED_DATA = os.path.join(os.path.dirname(ROOT), "shared", "data")


class Stage:
    """Made once for a run; everything is made when it is first asked for."""

    def __init__(self):
        self.binary = os.path.join(ROOT, ".build", "debug", "plumbline")
        self.allows_missing = False
        self.pictures = os.environ.get("PLUMBLINE_SCREENSHOTS")
        self.folder = tempfile.mkdtemp(prefix="plumbline-browser-")
        self._browsers = {}
        self._demo = None
        self._office = None
        atexit.register(self.clear)

    def clear(self):
        for browser in self._browsers.values():
            browser.close()
        self._browsers = {}
        if self._office:
            self._office.server.process.kill()
            self._office = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments, check=True):
        """Runs a command of Plumbline; returns what it printed."""
        done = subprocess.run(
            [self.binary, *arguments], capture_output=True, text=True, timeout=300, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"plumbline {' '.join(arguments)}: {done.stderr}")
        return done.stdout if check else done

    def path(self, name):
        return os.path.join(self.folder, name)

    def workspace(self, name):
        """A copy of the example company that a test may change."""
        if not self._demo:
            self._demo = self.path("demo")
            self.command("demo", self._demo)
        folder = os.path.join(self.folder, name, "workspace")
        if os.path.exists(folder):
            shutil.rmtree(folder)
        shutil.copytree(self._demo, folder)
        return folder

    def browser(self, scripts=True):
        # What needs no browser can be tested where none is installed.
        from browser import Browser

        if scripts not in self._browsers:
            self._browsers[scripts] = Browser(scripts)
        # What a page says whose server has stopped is no fault of the next one.
        self._browsers[scripts].leave()
        return self._browsers[scripts]

    @property
    def office(self):
        """A server over the example company that no test changes."""
        if not self._office:
            self._office = Office(self, "shared")
        return self._office


class Office:
    """A server over a workspace with an account of each role, all of them signed in."""

    def __init__(self, stage, name, workspace=None, level="warning", owner="rep-05"):
        self.workspace = workspace or stage.workspace(name)
        self.server = Server(stage.binary, self.workspace, level=level)
        self.address = self.server.address
        self.accounts = Accounts(self.workspace)
        self.numbers, self.cookies, self.tokens = {}, {}, {}
        for role in ROLES:
            number = self.accounts.add(role, owner=owner if role == "sales" else None)
            self.numbers[role] = number
            self.cookies[role], self.tokens[role] = self.accounts.session(number)

    def ask(self, path, role="leadership", **more):
        """One request in a role; nobody's when the role is None."""
        headers = dict(more.pop("headers", {}))
        if role:
            headers["Cookie"] = f"plumbline_session={self.cookies[role]}"
        return ask(self.address + path, headers=headers, **more)

    def send(self, path, fields, role="leadership", token=None, **more):
        """Sends a form in a role, with its token unless another is given."""
        from urllib.parse import urlencode

        token = self.tokens[role] if token is None else token
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode([*fields, ("form_token", token)])
        return self.ask(path, role, method="POST", headers=headers, body=body, **more)

    def enter(self, browser, role):
        browser.enter(self.address, self.cookies.get(role))


STAGE = Stage()
