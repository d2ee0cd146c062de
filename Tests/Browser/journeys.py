"""What people come for, from the first page to the last click."""

import csv
import io
import json
import os
import re
import unittest

from accounts import PASSWORD
from browser import WIDE
from doors import fill, page_faults
from kill import news
from selenium.webdriver.support.ui import Select
from server import Server
from stage import SHARED_DATA, STAGE, Office


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
                    # Of a lead there may be several deals or meetings, and of money no count is told.
                    is_of_leads = not re.search(r"number=(deals|spend|meetings|unconfirmed)", address)
                    if is_of_leads:
                        self.assertEqual(len({row[0] for row in rows}), len(rows), "each lead once")
                    listed = self.office.ask(address).text
                    heading = re.search(r"<h1[^>]*>(.*?)</h1>", listed, re.S).group(1)
                    self.assertIn(f"{count:,}", heading)
                    said = re.fullmatch(r"\s*([\d,]+)\s*", words)
                    if is_of_leads and said and int(said.group(1).replace(",", "")) != count:
                        # Leads that came back count again, and the list says so.
                        self.assertIn(f"The number is {said.group(1)}:", listed)

    def test_a_reader_gets_from_the_verdict_to_a_lead(self):
        for scripts in (True, False):
            browser = self.open("/", scripts=scripts)
            for details in browser.all("details"):
                if not details.get_attribute("open"):
                    details.find_element("css selector", "summary").click()
            browser.follow(next(a for a in browser.all('a[href^="/records?"]') if a.is_displayed()))
            self.assertTrue(browser.path.startswith("/records?"))
            lead = browser.find('main a[href^="/leads/"]')
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
        live.choose("[name=skips]", "strict")
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

    def test_a_page_shows_facts_that_have_arrived_without_a_jump(self):
        browser = self.open("/")
        caption = "document.getElementById('path-table')"
        first = f"return {caption}.closest('table').querySelector('tbody td').textContent"
        count = browser.run(first)
        browser.run(f"{caption}.closest('details').open = true")
        browser.run(f"{caption}.scrollIntoView({{behavior: 'instant'}})")
        where = f"return {caption}.getBoundingClientRect().top"
        top = browser.run(where)
        file, mapping = news(self.office.workspace, 2)
        STAGE.command("import", "--workspace", self.office.workspace, "--mapping", mapping, file)
        browser.wait(lambda: browser.find("#updated").is_displayed())
        self.assertNotEqual(count, browser.run(first))
        self.assertAlmostEqual(top, browser.run(where), delta=1, msg="the page jumped")
        self.assertTrue(browser.run(f"return {caption}.closest('details').open"))
        self.assertFalse(browser.find("#arrived").is_displayed())

    def test_whoever_stands_on_a_control_is_told_that_facts_have_arrived(self):
        browser = self.open("/")
        browser.run(
            "[...document.querySelectorAll('#content a')].find((one) => {"
            " one.focus({preventScroll: true}); return document.activeElement === one; })"
        )
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

    def test_a_page_whose_buttons_act_stays_as_it_was_read(self):
        browser = self.open("/rebound")
        buttons = "return document.querySelectorAll('#content form[method=post]').length"
        self.assertGreater(browser.run(buttons), 0)
        browser.run("document.querySelector('#content form').wasRead = true")
        file, mapping = news(self.office.workspace, 3)
        STAGE.command("import", "--workspace", self.office.workspace, "--mapping", mapping, file)
        browser.wait(lambda: browser.find("#arrived").is_displayed())
        self.assertTrue(browser.run("return document.querySelector('#content form').wasRead === true"))
        self.assertFalse(browser.find("#updated").is_displayed())

    def test_so_does_one_that_the_back_button_brings(self):
        browser = self.open("/")
        browser.run("window.wasLeft = true")
        browser.follow(browser.find(".places a[href='/glossary']"))
        self.assertEqual(browser.path, "/glossary")
        browser.run("history.back()")
        browser.wait(lambda: browser.path == "/")
        # The page as it was left, not a new one.
        self.assertTrue(browser.run("return window.wasLeft === true"), "the page was kept")
        self.assertFalse(browser.find("#arrived").is_displayed())
        file, mapping = news(self.office.workspace, 1)
        STAGE.command("import", "--workspace", self.office.workspace, "--mapping", mapping, file)
        browser.wait(lambda: browser.find("#updated").is_displayed())


class FirstUpload(unittest.TestCase):
    """Ten minutes of a newcomer: from an empty server to the verdict on files of their own."""

    FILES = ("leadforge_dev/leads.csv", "leadforge_dev/opportunities.csv")

    def test_files_are_uploaded_looked_through_and_judged(self):
        paths = [os.path.join(SHARED_DATA, name) for name in self.FILES]
        if not all(os.path.exists(path) for path in paths):
            self.skipTest("the public data of ../shared/data is not here")
        for scripts in (True, False):
            with self.subTest(scripts=scripts):
                self.upload(paths, scripts)

    def upload(self, paths, scripts):
        workspace = STAGE.path(f"upload-{scripts}/workspace")
        os.makedirs(workspace)
        server = Server(STAGE.binary, workspace)
        browser = STAGE.browser(scripts)
        try:
            browser.enter(server.address, None)
            browser.look(WIDE)
            browser.complaints()
            browser.open(server.setup_address())
            fill(browser, name="owner", display_name="Owner", password=PASSWORD)
            browser.send()
            self.assertEqual(browser.path, "/")

            browser.follow(next(a for a in browser.all("main a") if "/data" in a.get_attribute("href")))
            browser.find("input[type=file]").send_keys("\n".join(paths))
            browser.follow(self.button(browser, "Upload and look through"))
            self.assertIn("/data/uploads/", browser.path)
            self.assertEqual(page_faults(browser), [])
            answers = {"zone": "UTC", "currency": "USD", "date_order": "month_first",
                       "decimal": "point"}
            asked = [name for name in answers if browser.all(f"main [name={name}]")]
            if asked and not any(b.text.startswith("Import ") for b in browser.all("main button")):
                for name in asked:
                    field = browser.find(f"main [name={name}]")
                    if field.tag_name == "select":
                        Select(field).select_by_value(answers[name])
                    else:
                        fill(browser, **{name: answers[name]})
                browser.follow(self.button(browser, "Read the files again"))
            browser.follow(self.button(browser, "Import "))
            browser.wait(lambda: "Make the agreement" in browser.text, 120)
            self.assertEqual(page_faults(browser), [])
            browser.follow(browser.find("main a.button"))
            self.assertIn("/data", browser.path)
            browser.follow(self.button(browser, "Make it and read the verdict"))
            self.assertEqual(browser.path, "/")
            self.assertRegex(browser.text, r"\d,\d{3}")
            self.assertEqual(page_faults(browser), [])
            self.assertEqual(browser.complaints_of_policy(), [])
            printed = STAGE.command("funnel", "--workspace", workspace, "--format", "json")
            leads = json.loads(printed)["total"]["leads"]
            self.assertIn(f"{leads:,}", browser.text, "the page says what the terminal says")
        finally:
            code = server.stop()
        self.assertEqual(code, 0)

    @staticmethod
    def button(browser, begins):
        return next(button for button in browser.all("main button") if button.text.startswith(begins))
