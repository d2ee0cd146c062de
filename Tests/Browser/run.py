#!/usr/bin/env python3
"""Tests of the web app in a real browser and over real connections.

    Tests/Browser/run.py [--binary PATH] [--allow-missing] [NAME…]

NAME is a file, a class or a test, such as walk or journeys.FirstRun. Pictures of all pages are
written to the folder PLUMBLINE_SCREENSHOTS, where that is set.
"""

import argparse
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from stage import STAGE  # noqa: E402

SUITES = ["assistant", "doors", "hostile", "journeys", "kill", "walk", "wire"]


class Lines(unittest.TextTestResult):
    """A line a test as it ends, so that a long run can be followed."""

    passed = 0
    began = 0.0

    def startTest(self, test):
        self.began = time.monotonic()
        unittest.TestResult.startTest(self, test)

    def tell(self, word, test, why=""):
        name = test.id().split(".", 1)[-1]
        seconds = time.monotonic() - self.began
        self.stream.writeln(f"{word} {name} ({seconds:.1f} s){': ' + why if why else ''}")
        self.stream.flush()

    def addSuccess(self, test):
        self.passed += 1
        self.tell("passed ", test)

    def addError(self, test, err):
        unittest.TestResult.addError(self, test, err)
        self.tell("failed ", test)

    def addFailure(self, test, err):
        unittest.TestResult.addFailure(self, test, err)
        self.tell("failed ", test)

    def addSkip(self, test, reason):
        unittest.TestResult.addSkip(self, test, reason)
        self.tell("skipped", test, reason)

    def addSubTest(self, test, subtest, err):
        unittest.TestResult.addSubTest(self, test, subtest, err)
        if err:
            self.tell("failed ", subtest)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", default=STAGE.binary)
    parser.add_argument("--allow-missing", action="store_true", help="pages that do not exist yet")
    parser.add_argument("names", nargs="*", default=SUITES)
    options = parser.parse_args()
    STAGE.binary = os.path.abspath(options.binary)
    STAGE.allows_missing = options.allow_missing
    tests = unittest.defaultTestLoader.loadTestsFromNames(options.names)
    runner = unittest.TextTestRunner(stream=sys.stdout, resultclass=Lines, verbosity=2)
    result = runner.run(tests)
    STAGE.clear()
    failed = len({str(test) for test, _ in result.failures + result.errors})
    print(f"{result.passed} passed, {failed} failed, {len(result.skipped)} skipped")
    return 0 if result.wasSuccessful() and result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
