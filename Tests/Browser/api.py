#!/usr/bin/env python3
"""Random requests over the description of the JSON API, by schemathesis.

    Tests/Browser/api.py [--binary PATH] [--seconds SECONDS]

schemathesis comes from PyPI; where it is not installed and cannot be, nothing is tried and that
is said.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import venv

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from stage import STAGE, Office  # noqa: E402

VERSION = "schemathesis==4.32.5"
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "ignored_auth",
]
# Who asks, for what their token is good, which calls, and which share of the time: questions; lists
# and what writes (the workspace is the test's own); what is for those who look after accounts; and
# a token that is good for little, which is refused in the one shape.
PASSES = [
    ("leadership", {"read"}, "^/api/questions/", 0.4),
    ("leadership", {"read", "export", "write"}, "^/api/(?!questions/|accounts|audit)", 0.4),
    ("admin", {"admin", "read"}, "^/api/(accounts|audit|imports)", 0.1),
    ("marketing", {"read"}, "^/api/(?!questions/)", 0.1),
]


def installed():
    """The program; None where it can neither be found nor installed."""
    if importlib.util.find_spec("schemathesis"):
        return [sys.executable, "-m", "schemathesis.cli"]
    folder = STAGE.path("schemathesis")
    venv.create(folder, with_pip=True)
    done = subprocess.run(
        [os.path.join(folder, "bin", "pip"), "install", "--quiet", VERSION],
        capture_output=True,
        text=True,
        check=False,
    )
    return [os.path.join(folder, "bin", "schemathesis")] if done.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", default=STAGE.binary)
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    STAGE.binary = os.path.abspath(options.binary)
    program = installed()
    if not program:
        print("schemathesis cannot be installed here; nothing was tried.")
        return 0
    office = Office(STAGE, "api")
    failed = 0
    for role, scopes, paths, share in PASSES:
        token = office.accounts.token(office.numbers[role], role, scopes)
        print(f"As {role}, with a token for {', '.join(sorted(scopes))}:", flush=True)
        done = subprocess.run(
            [
                *program,
                "run",
                f"{office.address}/api/openapi.json",
                *("--include-path-regex", paths),
                *("--header", f"Authorization: Bearer {token}"),
                *("--checks", ",".join(CHECKS)),
                *("--max-time", str(max(10, int(options.seconds * share)))),
                *("--request-timeout", "60"),
                "--continue-on-failure",
                "--no-color",
            ],
            cwd=STAGE.folder,
            check=False,
        )
        failed = failed or done.returncode
    stopped = office.server.stop(60)
    return failed or stopped


if __name__ == "__main__":
    code = main()
    STAGE.clear()
    sys.exit(code)
