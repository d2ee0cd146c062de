"""What people come for, from the first page to the last click."""

import csv
import io
import re
import unittest

from browser import WIDE
from selenium.webdriver.support.ui import Select
from stage import STAGE, Office


class Journey(unittest.TestCase):
    """A server of the test's own, which may be changed."""

    role = "leadership"

    @classmethod
    def setUpClass(cls):
        cls.office = Office(STAGE, cls.__name__.lower())

    @classmethod
    def tearDownClass(cls):
        code = cls.office.server.stop()
        assert code == 0, f"the server ended with {code}"

    def open(self, path, role=None, scripts=True):
        browser = STAGE.browser(scripts)
        self.office.enter(browser, role or self.role)
        browser.look(WIDE)
        browser.complaints()
        browser.open(self.office.address + path)
        return browser


class DrillDown(Journey):
    """From a number to the people behind it, and to one of them."""

    def test_every_kind_of_number_opens_to_as_many_leads_as_it_says(self):
        for path in ("/", "/channels"):
            page = self.office.ask(path).text
            links = re.findall(r'<a [^>]*href="(/records\?[^"]*)"[^>]*>([^<]*)</a>', page)
            self.assertTrue(links, f"{path} leads to no records")
            for address, words in links[:25]:
                address = address.replace("&amp;", "&")
                with self.subTest(page=path, number=address, words=words):
                    file = self.office.ask(address.replace("/records?", "/records.csv?"))
                    self.assertEqual(file.status, 200)
                    rows = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff"))))
                    count = len(rows) - 1
                    self.assertEqual(len({row[0] for row in rows}), len(rows), "each lead once")
                    said = re.fullmatch(r"\s*([\d,]+)\s*", words)
                    if said:
                        self.assertEqual(int(said.group(1).replace(",", "")), count)
                    heading = re.search(
                        r"<h1[^>]*>(.*?)</h1>", self.office.ask(address).text, re.S
                    ).group(1)
                    self.assertIn(f"{count:,}", heading)

    def test_a_reader_gets_from_the_verdict_to_a_lead(self):
        for scripts in (True, False):
            browser = self.open("/", scripts=scripts)
            for details in browser.all("details"):
                if not details.get_attribute("open"):
                    details.find_element("css selector", "summary").click()
            browser.follow(next(a for a in browser.all('a[href^="/records?"]') if a.is_displayed()))
            self.assertTrue(browser.path.startswith("/records?"))
            lead = browser.find('main table a[href^="/leads/"]')
            name = lead.text
            browser.follow(lead)
            self.assertTrue(browser.path.startswith("/leads/"))
            self.assertIn(name, browser.text)
            self.assertEqual(browser.complaints(), [])


class WhatIf(Journey):
    """Another rule, and every number moves."""

    def numbers(self, browser):
        return re.findall(r"\d[\d,.]*", browser.find("#channels-answer").text)

    def test_numbers_move_alike_with_and_without_scripting(self):
        plain = self.open("/channels", scripts=False)
        before = self.numbers(plain)
        Select(plain.find("[name=skips]")).select_by_value("strict")
        plain.send("form.controls button")
        self.assertIn("skips=strict", plain.path)
        after = self.numbers(plain)
        self.assertNotEqual(before, after)

        live = self.open("/channels")
        live.run("window.sameWindow = true")
        Select(live.find("[name=skips]")).select_by_value("strict")
        live.wait(lambda: "what if" in live.find("#channels-answer").text.lower())
        live.wait(lambda: "skips=strict" in live.path)
        self.assertTrue(live.run("return window.sameWindow === true"), "the page was loaded anew")
        moved = live.find("#channels-answer table").text
        self.assertEqual(moved, plain.find("#channels-answer table").text)
        self.assertEqual(live.complaints(), [])

    def test_a_what_if_becomes_a_draft_of_the_agreement(self):
        browser = self.open("/channels?skips=strict&confirmed=mql:sql:30")
        proposal = next(a for a in browser.all("a.button") if a.text.startswith("Propose"))
        browser.follow(proposal)
        self.assertTrue(browser.path.startswith("/agreement?propose="))
        draft = browser.find("#agreement-text").get_attribute("value")
        self.assertIn("skips: strict", draft)
        self.assertIn("30", draft)
        self.assertEqual(browser.complaints(), [])


class Disposition(Journey):
    """One click, and sales has said what became of a lead."""

    def test_what_is_said_is_on_record(self):
        listed = self.office.ask("/records?number=open:sql").text
        leads = re.findall(r'href="/leads/(\d+)"', listed)
        self.assertTrue(leads)
        for lead, role, scripts in zip(leads, ("sales", "leadership"), (True, False), strict=False):
            browser = self.open(f"/leads/{lead}", role, scripts)
            button = browser.find("section.disposition button[name=reason]")
            reason = button.get_attribute("value")
            browser.find("section.disposition textarea").send_keys("<b>said</b> by the test")
            browser.follow(button)
            self.assertIn("Recorded", browser.find(".notice").text)
            self.assertIn("<b>said</b> by the test", browser.text)
            shown = STAGE.command("show", "lead", lead, "--workspace", self.office.workspace)
            self.assertIn(reason.replace("_", " "), shown.replace("_", " "))
            self.assertEqual(browser.complaints(), [])
        self.assertIn("disposition", self.office.ask("/settings/audit", "admin").text)

    def test_it_is_not_for_marketing(self):
        lead = re.search(r'href="/leads/(\d+)"', self.office.ask("/records?number=open:sql").text)
        page = self.office.ask(f"/leads/{lead.group(1)}", "marketing")
        self.assertEqual(page.status, 200)
        self.assertNotIn("/disposition", page.text)
        path = f"/leads/{lead.group(1)}/disposition"
        for role in ("marketing", "admin"):
            self.assertEqual(self.office.send(path, [("reason", "x")], role).status, 403)


class Signing(Journey):
    """Both teams sign what both are measured by."""

    def test_the_agreement_is_saved_and_signed_by_both(self):
        browser = self.open("/agreement")
        text = browser.find("#agreement-text").get_attribute("value")
        for team in ("marketing", "sales"):
            browser = self.open("/agreement", team)
            browser.follow(self.button(browser, f"Make the key of {team}"))
            secret = browser.find("code.secret").text
            browser.follow(browser.find("main a.button"))
            browser.find("[name=key]").send_keys(secret)
            browser.find("[name=read]").click()
            browser.follow(self.button(browser, f"Sign for {team}"))
            self.assertIn("Signed", browser.find(".notice").text)
            self.assertNotIn(secret, self.office.ask("/agreement", team).text)
            self.assertNotIn(secret, self.office.server.logged())
            self.assertEqual(browser.complaints(), [])
        verified = STAGE.command(
            "agreement", "verify", "--workspace", self.office.workspace, check=False
        )
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.assertEqual(
            text, self.open("/agreement").find("#agreement-text").get_attribute("value")
        )

    def test_faults_stand_at_their_lines_and_nothing_is_saved(self):
        for scripts in (True, False):
            browser = self.open("/agreement", scripts=scripts)
            field = browser.find("#agreement-text")
            field.clear()
            field.send_keys("agreement: 1\nstages: nonsense\n")
            browser.follow(self.button(browser, "Save it as the agreement"))
            self.assertIn("Nothing was saved", browser.find(".notice").text)
            self.assertTrue(browser.all("ol.listing li.marked"))
        self.assertEqual(self.office.ask("/").status, 200)

    def test_nobody_signs_for_the_other_team(self):
        for role, team in (("marketing", "sales"), ("sales", "marketing"), ("admin", "sales")):
            answer = self.office.send("/agreement/key", [("team", team)], role)
            self.assertEqual(answer.status, 403, role)

    @staticmethod
    def button(browser, words):
        return next(button for button in browser.all("button") if button.text == words)


class Live(Journey):
    """New facts reach a page that is open."""

    def test_a_page_says_that_facts_have_arrived(self):
        from kill import news

        browser = self.open("/")
        self.assertFalse(browser.find("#arrived").is_displayed())
        top = browser.run("return document.querySelector('h1').getBoundingClientRect().top")
        file, mapping = news(self.office.workspace, 0)
        STAGE.command("import", "--workspace", self.office.workspace, "--mapping", mapping, file)
        browser.wait(lambda: browser.find("#arrived").is_displayed())
        self.assertEqual(
            top, browser.run("return document.querySelector('h1').getBoundingClientRect().top"),
            "the page jumped",
        )
        browser.follow(browser.find("#arrived a"))
        self.assertFalse(browser.find("#arrived").is_displayed())
