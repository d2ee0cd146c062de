"""Set-up, signing in and out, as people do it."""

import os
import re
import unittest
from urllib.parse import urlencode

from accounts import PASSWORD, Accounts
from browser import NARROW, WIDE
from server import Server, ask
from stage import STAGE
from walk import keyboard_faults


class FirstRun(unittest.TestCase):
    """From an empty server to the verdict."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(STAGE.binary, STAGE.workspace("first-run"))

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def test_the_first_account_is_made_once_and_sees_the_verdict(self):
        for scripts in (True, False):
            STAGE.browser(scripts).enter(self.server.address, None)
        browser = STAGE.browser()
        browser.look(WIDE)
        setup = self.server.setup_address()

        browser.open(self.server.address)
        self.assertEqual(browser.path, "/setup")
        browser.open(setup)
        self.assertEqual(page_faults(browser), [])
        self.assertEqual(keyboard_faults(browser), [])

        fill(browser, name="owner@example.org", display_name="Owner", password="short")
        browser.run("document.querySelectorAll('[required]').forEach((e) => e.minLength = 0)")
        browser.send()
        self.assertIn("12 characters", browser.text)
        self.assertEqual(value(browser, "name"), "owner@example.org", "what was typed is kept")
        fill(browser, password=PASSWORD)
        browser.send()
        self.assertEqual(browser.path, "/")
        self.assertEqual(browser.find("nav [aria-current=page]").text, "Verdict")
        self.assertEqual(browser.complaints_of_policy(), [])

        self.assertEqual(ask(setup).status, 303, "there is no second first account")

        browser.send("form.who button")
        self.assertEqual(browser.path, "/sign-in")
        self.assertEqual(page_faults(browser), [])

        # And in again, with scripting off, to the page that was asked for.
        plain = STAGE.browser(scripts=False)
        plain.open(self.server.address + "/?as=sales")
        self.assertTrue(plain.path.startswith("/sign-in?next="))
        fill(plain, name="owner@example.org", password="not the right password")
        plain.send()
        self.assertIn("wrong", plain.text)
        fill(plain, name="Owner@Example.org ", password=PASSWORD)
        plain.send()
        self.assertEqual(plain.path, "/?as=sales")
        self.assertEqual(plain.find("form.lens button[aria-pressed=true]").text, "Sales")


class Sessions(unittest.TestCase):
    """What a cookie gives, and until when."""

    def test_a_password_hash_of_another_program_is_taken_and_guessing_is_slowed(self):
        server = Server(STAGE.binary, STAGE.workspace("guessing"))
        try:
            Accounts(server.workspace).add("sales", "rep@example.org")
            waits = []
            for _ in range(7):
                answer = sign_in(server, "rep@example.org", "a wrong password each time")
                waits.append(answer.status)
            self.assertEqual(waits[:4], [403] * 4)
            self.assertEqual(waits[-1], 429)
            self.assertGreater(int(answer.headers["Retry-After"]), 0)
            slowed = sign_in(server, "rep@example.org", PASSWORD)
            self.assertEqual(slowed.status, 429, "the right password waits as well")
            self.assertNotIn("rep@example.org", server.logged())
        finally:
            server.stop()

    def test_a_session_ends_with_signing_out_and_its_cookie_is_worthless_then(self):
        server = Server(STAGE.binary, STAGE.workspace("leaving"))
        try:
            accounts = Accounts(server.workspace)
            cookie, token = accounts.session(accounts.add("sales"))
            headers = {"Cookie": f"plumbline_session={cookie}"}
            self.assertEqual(ask(server.address + "/", headers=headers).status, 200)
            form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
            leave = server.address + "/sign-out"
            body = f"form_token={token}"
            self.assertEqual(ask(leave, headers=form, body=body, method="POST").status, 303)
            self.assertEqual(ask(server.address + "/", headers=headers).status, 303)
            replayed = ask(leave, headers=form, body=body, method="POST").status
            self.assertEqual(replayed, 401, "a token that was right before signing out")
        finally:
            server.stop()

    def test_signing_in_leads_only_within_this_server(self):
        server = Server(STAGE.binary, STAGE.workspace("next"))
        try:
            Accounts(server.workspace).add("sales", "rep@example.org")
            for next_page in (
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "/\r\nSet-Cookie: a=b",
                "/\t/evil.example",
                "",
            ):
                form = ask(f"{server.address}/sign-in?{urlencode({'next': next_page})}").text
                kept = re.search(r'name="next" value="([^"]*)"', form).group(1)
                self.assertEqual(kept, "/", next_page)
            answer = sign_in(server, "rep@example.org", PASSWORD, "//evil.example")
            self.assertEqual((answer.status, answer.headers["Location"]), (303, "/"))
            cookies = [field.lower() for field in answer.headers.get_all("Set-Cookie")]
            self.assertTrue(all("httponly" in field and "samesite=lax" in field for field in cookies))
        finally:
            server.stop()


def sign_in(server, name, password, next_page="/"):
    """Signs in as a browser would, without one."""
    form = ask(server.address + "/sign-in")
    visitor = form.cookie("plumbline_visitor")
    token = re.search(r'name="form_token" value="([^"]+)"', form.text).group(1)
    fields = {"form_token": token, "name": name, "password": password, "next": next_page}
    return ask(
        server.address + "/sign-in",
        method="POST",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"plumbline_visitor={visitor}",
        },
        body=urlencode(fields),
    )


def fill(browser, **fields):
    for name, text in fields.items():
        field = browser.find(f"[name={name}]")
        field.clear()
        field.send_keys(text)


def value(browser, name):
    return browser.find(f"[name={name}]").get_attribute("value")


def page_faults(browser):
    """What is wrong with the page that is open, in both themes and at both widths."""
    faults = []
    for size in (WIDE, NARROW):
        for theme in ("light", "dark"):
            browser.look(size, theme)
            found = browser.checks()
            faults += found["structure"] + found["contrast"] + found["width"] + found["targets"]
            if STAGE.pictures:
                os.makedirs(STAGE.pictures, exist_ok=True)
                name = "".join(c if c.isalnum() else "-" for c in browser.path.split("?")[0])
                browser.picture(
                    os.path.join(STAGE.pictures, f"door{name}-{size[0]}-{theme}.png")
                )
    browser.look(WIDE)
    return list(dict.fromkeys(faults))
