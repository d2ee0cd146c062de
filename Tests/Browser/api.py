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
    token = office.accounts.token(office.numbers["leadership"], "leadership", {"read"})
    done = subprocess.run(
        [
            *program,
            "run",
            f"{office.address}/api/openapi.json",
            *("--header", f"Authorization: Bearer {token}"),
            *("--checks", ",".join(CHECKS)),
            *("--max-time", str(options.seconds)),
            *("--request-timeout", "60"),
            "--continue-on-failure",
            "--no-color",
        ],
        cwd=STAGE.folder,
        check=False,
    )
    stopped = office.server.stop(60)
    return done.returncode or stopped


if __name__ == "__main__":
    code = main()
    STAGE.clear()
    sys.exit(code)
