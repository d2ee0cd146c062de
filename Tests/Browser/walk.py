"""Goes through all pages that lead from the navigation and judges each of them."""

import os
import re
import unittest
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from browser import NARROW, WIDE
from stage import STAGE

# Of addresses that differ only in an id or a query, so many are looked at.
MOST_OF_A_KIND = 2
# And so many of one path, whatever the query's names are.
MOST_OF_A_PATH = 6
OWNER = re.compile(r"\brep-\d\d\b")


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href")
        if tag == "a" and address and "download" not in dict(attrs):
            self.found.append(address)


def kind(path):
    """An address without what varies: ids of records, values of the query."""
    parts = urlsplit(path)
    steps = [
        "*" if re.search(r"\d", step) or "@" in step or "%" in step else step
        for step in parts.path.split("/")
    ]
    names = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair})
    return "/".join(steps), "&".join(names)


class Walk:
    """All pages of a role that links lead to, a few of each kind."""

    def __init__(self, office, role, limit=80):
        self.office = office
        self.role = role
        self.pages = {}
        self.files = {}
        self.missing = []
        self.refused = []
        self.wrong = []
        waiting, seen = ["/"], {"/"}
        kinds, paths = Counter(), Counter()
        while waiting and len(self.pages) < limit:
            path = waiting.pop(0)
            answer = office.ask(path, role)
            html = answer.headers.get_content_type() == "text/html"
            if answer.status == 404:
                self.missing.append(path)
            elif answer.status == 403:
                self.refused.append(path)
            elif answer.status == 303:
                self._note(answer.headers["Location"], path, seen, kinds, paths, waiting)
            elif answer.status != 200:
                self.wrong.append(f"{path}: {answer.status}")
            elif not html:
                self.files[path] = answer
            else:
                self.pages[path] = answer.text
                for link in Links(answer.text).found:
                    self._note(link, path, seen, kinds, paths, waiting)

    def _note(self, link, base, seen, kinds, paths, waiting):
        target = urlsplit(urljoin(self.office.address + base, link))
        if f"{target.scheme}://{target.netloc}" != self.office.address:
            return
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        if path in seen:
            return
        seen.add(path)
        shape = kind(path)
        if kinds[shape] >= MOST_OF_A_KIND or paths[shape[0]] >= MOST_OF_A_PATH:
            return
        kinds[shape] += 1
        paths[shape[0]] += 1
        waiting.append(path)


def picture_name(path):
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:60] or "verdict"


class Pages(unittest.TestCase):
    """Every page, as leadership sees it."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.walk = Walk(STAGE.office, "leadership")

    def test_every_link_leads_somewhere(self):
        self.assertEqual(self.walk.wrong, [])
        if not STAGE.allows_missing:
            self.assertEqual(self.walk.missing, [])
            self.assertGreater(len(self.walk.pages), 13)

    def test_every_page_can_be_read_by_everyone(self):
        browser = STAGE.browser()
        STAGE.office.enter(browser, "leadership")
        faults = []
        for path in self.walk.pages:
            faults += [f"{path}: {fault}" for fault in judged(browser, path)]
        self.assertEqual(faults, [])

    def test_the_keyboard_reaches_everything_and_shows_where_it_is(self):
        browser = STAGE.browser()
        STAGE.office.enter(browser, "leadership")
        faults = []
        first_of_kind = {}
        for path in self.walk.pages:
            first_of_kind.setdefault(kind(path)[0], path)
        for path in first_of_kind.values():
            browser.look(WIDE)
            browser.open(STAGE.office.address + path)
            faults += [f"{path}: {fault}" for fault in keyboard_faults(browser)]
        self.assertEqual(faults, [])

    def test_every_page_works_without_scripting(self):
        browser = STAGE.browser(scripts=False)
        STAGE.office.enter(browser, "leadership")
        faults = []
        for path in self.walk.pages:
            browser.look(WIDE)
            browser.open(STAGE.office.address + path)
            if len(browser.all("h1")) != 1:
                faults.append(f"{path}: no heading")
            for form in browser.all("form"):
                buttons = "button:not([type=button]), input[type=submit]"
                if not form.find_elements("css selector", buttons):
                    name = form.get_attribute("action")
                    faults.append(f"{path}: the form of {name} cannot be sent without scripting")
            for element in browser.all("button[type=button]"):
                if element.is_displayed():
                    faults.append(f"{path}: the button “{element.text}” does nothing")
        self.assertEqual(faults, [])

    def test_every_heading_and_title_is_its_own(self):
        browser_titles = Counter()
        for path, text in self.walk.pages.items():
            title = re.search(r"<title>(.*?)</title>", text, re.S).group(1)
            browser_titles[(title, kind(path)[0])] += 0
        titles = Counter(title for title, _ in browser_titles)
        self.assertEqual([title for title, count in titles.items() if count > 1], [])


class Names(unittest.TestCase):
    """Whose names are shown to whom."""

    def test_leadership_sees_names(self):
        seen = {path for path, text in Walk(STAGE.office, "leadership").pages.items()
                if OWNER.search(text)}
        if not seen and STAGE.allows_missing:
            self.skipTest("no page with names exists yet")
        self.assertTrue(seen)

    def test_marketing_and_admins_see_none(self):
        for role in ("marketing", "admin"):
            with self.subTest(role=role):
                self.assertEqual(named(Walk(STAGE.office, role), set()), [])

    def test_a_rep_sees_no_name_but_the_own(self):
        self.assertEqual(named(Walk(STAGE.office, "sales"), {"rep-05"}), [])


class Places(unittest.TestCase):
    """The navigation of each role."""

    def test_what_the_navigation_offers_can_be_opened(self):
        for role in STAGE.office.cookies:
            with self.subTest(role=role):
                home = STAGE.office.ask("/", role).text
                navigation = re.search(r"<nav.*?</nav>", home, re.S).group(0)
                refused = []
                for link in Links(navigation).found:
                    status = STAGE.office.ask(link, role).status
                    if status != 200 and not (status == 404 and STAGE.allows_missing):
                        refused.append(f"{link}: {status}")
                self.assertEqual(refused, [])

    def test_nobody_sees_a_page_without_signing_in(self):
        for path in Walk(STAGE.office, "leadership").pages:
            answer = STAGE.office.ask(path, role=None)
            self.assertEqual(answer.status, 303, path)
            self.assertTrue(answer.headers["Location"].startswith("/sign-in"), path)


def named(walk, allowed):
    """Where names of owners stand that are not for the reader."""
    found = []
    for path, text in [*walk.pages.items(), *((p, a.text) for p, a in walk.files.items())]:
        # Whose account is whose in the CRM is what an admin sets.
        own = walk.role == "admin" and path.startswith("/settings")
        names = set(OWNER.findall(text)) - allowed
        if names and not own:
            found.append(f"{path}: {', '.join(sorted(names))}")
    return found


def judged(browser, path):
    """What is wrong with a page in both themes and at both widths."""
    browser.complaints()
    browser.look(WIDE)
    browser.open(STAGE.office.address + path)
    faults = [f"console: {entry}" for entry in browser.complaints()]
    for width, size in ((1440, WIDE), (390, NARROW)):
        for theme in ("light", "dark"):
            browser.look(size, theme)
            found = browser.checks()
            if width == 1440:
                faults += found["contrast"]
            if (width, theme) == (1440, "light"):
                faults += found["structure"]
            if theme == "light":
                faults += [f"{fault} ({width})" for fault in found["width"] + found["frames"]]
                faults += [f"{fault} ({width})" for fault in found["targets"]]
            if STAGE.pictures:
                os.makedirs(STAGE.pictures, exist_ok=True)
                name = f"{picture_name(path)}-{width}-{theme}.png"
                browser.picture(os.path.join(STAGE.pictures, name))
    return list(dict.fromkeys(faults))


ACTIVE = """
const at = document.activeElement;
if (!at || at === document.body) return null;
const style = getComputedStyle(at), box = at.getBoundingClientRect();
at.dataset.reached = "1";
return {
  tag: at.localName + (at.className ? "." + at.className : ""),
  name: (at.getAttribute("aria-label") || at.textContent || at.name || "").trim().slice(0, 40),
  outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
  shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth,
};
"""

UNREACHED = """
const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
return [...document.querySelectorAll(wanted)].filter((one) => {
  if (one.dataset.reached || one.disabled || !one.checkVisibility({visibilityProperty: true})) {
    return false;
  }
  // Of a group of radio buttons one is reached by Tab, the others by the arrow keys.
  return !(one.type === "radio" && one.form
    && one.form.querySelector(`[name="${CSS.escape(one.name)}"][data-reached]`));
}).map((one) => `${one.localName} “${(one.textContent || one.name || "").trim().slice(0, 40)}”`);
"""


def keyboard_faults(browser, most=400):
    """Goes through a page by Tab."""
    from selenium.webdriver.common.keys import Keys

    faults = []
    browser.run("document.activeElement.blur(); window.scrollTo(0, 0);")
    for step in range(most):
        browser.press(Keys.TAB) if step else browser.find("body").send_keys(Keys.TAB)
        here = browser.run(ACTIVE)
        if here is None:
            break
        what = f"{here['tag']} “{here['name']}”"
        if not here["outline"]:
            faults.append(f"focus: {what} does not show it")
        if not here["shown"]:
            faults.append(f"focus: {what} is outside of the window")
    else:
        return faults
    return faults + [f"focus: {what} is not reached" for what in browser.run(UNREACHED)]
