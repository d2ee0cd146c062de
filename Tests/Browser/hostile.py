"""A workspace whose every name and note was written by somebody who means harm."""

import csv
import os
import unittest

from browser import NARROW, WIDE
from stage import STAGE, Office
from walk import Walk

SCRIPT = "<script>document.title='run'</script>"
TEXTS = [
    SCRIPT,
    "\"><img src=x onerror=\"document.title='run'\">",
    "'-document.title=\"run\"-'",
    "</title></style></textarea></svg><script>document.title='run'</script>",
    "javascript:document.title='run'",
    "{{title}} {{{content}}} ${7*7}",
    "\u202eevil\u202c \u2066right\u2069 \u200f",
    "a" * 10_000,
    "wide words without an end " * 400,
    "\u0000zero\u0007bell\u001b[31mred",
    "=HYPERLINK(\"http://evil.example\";\"x\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "\t=1+1",
    "日本語 العربية עברית 👩‍👩‍👧‍👦",
    "e\u0301" * 300 + "\u0321" * 300,
    "../../../etc/passwd",
    "%00%0d%0aSet-Cookie:%20a=b",
]


class Hostile(unittest.TestCase):
    """All pages over such a workspace."""

    @classmethod
    def setUpClass(cls):
        workspace = STAGE.workspace("hostile")
        exports = os.path.join(workspace, "exports")
        spoil(os.path.join(exports, "contacts.csv"), 1500)
        spoil(os.path.join(exports, "calls_and_mails.csv"), 600)
        spoil(os.path.join(exports, "deals.csv"), 40)
        spoil(os.path.join(exports, "stage_history.csv"), 300)
        for name in os.listdir(workspace):
            if name.startswith("plumbline."):
                os.remove(os.path.join(workspace, name))
        done = STAGE.command("import", "--workspace", workspace, exports, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        cls.office = Office(STAGE, "hostile", workspace)
        cls.walk = Walk(cls.office, "leadership")

    @classmethod
    def tearDownClass(cls):
        assert cls.office.server.stop() == 0

    def test_every_page_is_answered(self):
        self.assertEqual(self.walk.wrong, [])
        self.assertTrue(self.walk.pages)

    def test_nothing_runs_and_nothing_breaks_a_page(self):
        faults = []
        for scripts in (True, False):
            browser = STAGE.browser(scripts)
            self.office.enter(browser, "leadership")
            browser.complaints()
            for path in self.walk.pages:
                browser.look(NARROW)
                browser.open(self.office.address + path)
                title = browser.driver.title
                if title == "run":
                    faults.append(f"{path}: a script ran")
                faults += [f"{path}: {said}" for said in browser.complaints_of_policy()]
                if browser.all("img[src=x]") or browser.all("script:not([src])"):
                    faults.append(f"{path}: foreign markup is in the page")
                if scripts:
                    found = browser.checks()
                    faults += [f"{path}: {fault}" for fault in found["width"]]
                    browser.look(WIDE)
                    faults += [f"{path}: {fault} (wide)" for fault in browser.checks()["width"]]
                    keep_picture(browser, path)
        self.assertEqual(faults, [])

    def test_no_answer_holds_a_text_as_it_was_written(self):
        for path, text in self.walk.pages.items():
            self.assertNotIn(SCRIPT, text, path)
            self.assertNotIn("onerror=\"document", text, path)

    def test_tables_for_spreadsheets_hold_no_formula(self):
        tables = {
            path: answer
            for path, answer in self.walk.files.items()
            if answer.headers.get_content_type() == "text/csv"
        }
        if not tables and STAGE.allows_missing:
            self.skipTest("no page gives a table to take away yet")
        self.assertTrue(tables)
        for path, answer in tables.items():
            for row in csv.reader(answer.text.lstrip("\ufeff").splitlines()):
                for cell in row:
                    begins = cell[:1] in ("=", "@", "\t", "\r") or (
                        cell[:1] in ("+", "-") and not is_number(cell)
                    )
                    self.assertFalse(begins, f"{path}: {cell[:60]!r}")

    def test_addresses_that_mean_harm_are_answered_plainly(self):
        for text in TEXTS:
            for path in ("/?channel=", "/channels?by=", "/channels?where=", "/leads/", "/leads?q=",
                         "/records?number=", "/weekly/", "/agreement?propose=1&mql-at=",
                         "/?as=", "/sla?week=", "/plan?quota=", "/?done=", "/data?done="):
                from urllib.parse import quote

                answer = self.office.ask(path + quote(text[:2000], safe=""))
                self.assertLess(answer.status, 500, path + text[:40])
                self.assertNotIn(SCRIPT, answer.text, path)
                self.assertNotIn("<img src=x", answer.text, path)

    def test_the_log_names_nobody_and_holds_no_token(self):
        log = self.office.server.logged()
        for secret in [*self.office.cookies.values(), *self.office.tokens.values(), "@example.com"]:
            self.assertNotIn(secret, log)


def spoil(path, every):
    """Writes the texts into the words of some rows; ids, dates and numbers stay."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    words = [
        place
        for place, name in enumerate(header)
        if name
        in ("Original Source", "Original Source Drill-Down 1", "Segment", "Contact owner",
            "Subject", "Call Outcome", "Activity Owner", "Deal Name", "Closed Lost Reason",
            "Deal owner", "Reason")
    ]
    step = max(1, len(rows) // every)
    for number, row in enumerate(rows[::step]):
        for place in words:
            row[place] = TEXTS[(number + place) % len(TEXTS)].replace("\0", "")
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def is_number(text):
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def keep_picture(browser, path):
    if not STAGE.pictures:
        return
    from walk import picture_name

    os.makedirs(STAGE.pictures, exist_ok=True)
    browser.picture(os.path.join(STAGE.pictures, f"hostile-{picture_name(path)}.png"))
