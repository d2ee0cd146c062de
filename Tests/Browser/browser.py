"""Debian's chromium as the tests drive it."""

import base64
import json
import os

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

FOLDER = os.path.dirname(os.path.abspath(__file__))
WIDE, NARROW = (1440, 1000), (390, 844)


class Browser:
    """A window with a profile of its own."""

    def __init__(self, scripts=True):
        options = webdriver.ChromeOptions()
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            "--lang=en",
            "--window-size=1440,1000",
        ):
            options.add_argument(argument)
        if not scripts:
            blocked = {"profile.managed_default_content_settings.javascript": 2}
            options.add_experimental_option("prefs", blocked)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(60)

    def close(self):
        self.driver.quit()

    def command(self, command, **parameters):
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, parameters)

    def open(self, address):
        self.driver.get(address)

    def enter(self, address, cookie):
        """Takes up a session; nobody's when the cookie is None."""
        self.command("Network.enable")
        self.command("Network.clearBrowserCookies")
        if cookie:
            self.command(
                "Network.setCookie",
                name="plumbline_session",
                value=cookie,
                url=address,
                httpOnly=True,
                sameSite="Lax",
            )

    def look(self, size=WIDE, theme="light"):
        """The window's size and the reader's theme, without loading the page anew."""
        width, height = size
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [
            {"name": "prefers-color-scheme", "value": theme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.command("Emulation.setEmulatedMedia", media="screen", features=features)

    def picture(self, path, whole=True):
        """Writes a picture of the page; of all of it, not only of what the window shows."""
        data = self.command("Page.captureScreenshot", captureBeyondViewport=whole, format="png")
        with open(path, "wb") as file:
            file.write(base64.b64decode(data["data"]))

    def leave(self):
        """Leaves the page, and forgets what the console said."""
        self.open("about:blank")
        self.complaints()

    def complaints(self):
        """What the console said since it was last asked: errors and breaches of the policy."""
        said = self.driver.get_log("browser")
        return [entry["message"] for entry in said if entry["level"] in ("SEVERE", "WARNING")]

    def complaints_of_policy(self):
        """Breaches of the content policy alone: a form sent back on purpose is an error as well."""
        return [said for said in self.complaints() if "Content Security Policy" in said]

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def tab(self):
        """Presses Tab, wherever the focus is."""
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        self.command("Input.dispatchKeyEvent", type="rawKeyDown", **key)
        self.command("Input.dispatchKeyEvent", type="keyUp", **key)

    def choose(self, selector, value):
        """Chooses a value of a list by keyboard, as a reader does."""
        field = self.find(selector)
        values = [option.get_attribute("value") for option in field.find_elements("css selector", "option")]
        steps = values.index(value) - values.index(field.get_attribute("value"))
        for _ in range(abs(steps)):
            field.send_keys(Keys.ARROW_DOWN if steps > 0 else Keys.ARROW_UP)
        assert field.get_attribute("value") == value

    def send(self, selector="form button"):
        """Presses a button of a form and waits for the page that follows."""
        self.follow(self.find(selector))

    def follow(self, element):
        """Clicks on what leads to another page, and waits for that."""
        before = self._page()
        element.click()
        self.wait(lambda: self._page() != before and self._is_whole(), 30)

    def _page(self):
        """What no two loadings of pages have in common."""
        return self.run("return performance.timeOrigin")

    def _is_whole(self):
        return self.run("return document.readyState") == "complete"

    def wait(self, condition, seconds=20):
        """Waits until something holds."""
        wait = WebDriverWait(self.driver, seconds, 0.05, [WebDriverException])
        return wait.until(lambda _: condition())

    @property
    def path(self):
        """The page's address without the server's."""
        return "/" + self.driver.current_url.split("/", 3)[3]

    @property
    def heading(self):
        return self.find("h1").text

    @property
    def text(self):
        return self.find("body").text

    def checks(self):
        """What `page_checks.js` finds wrong with the page as it now looks."""
        return json.loads(self.run(PAGE_CHECKS + "\nreturn JSON.stringify(pageFaults());"))


with open(os.path.join(FOLDER, "page_checks.js"), encoding="utf-8") as _file:
    PAGE_CHECKS = _file.read()

__all__ = ["Browser", "NARROW", "WIDE"]
