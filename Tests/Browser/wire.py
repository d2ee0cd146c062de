"""What comes over the wire from whoever wants to do harm: paths, heads, bodies, tokens, time."""

import gzip
import json
import re
import socket
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from accounts import PASSWORD, Accounts
from server import Server, ask
from stage import STAGE, Office

HOST = "Host: 127.0.0.1\r\n"


class Wire:
    """A connection on which anything can be said."""

    def __init__(self, port, timeout=15):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)

    def say(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode("latin-1"))
        return self

    def hear(self):
        """All that comes back until the other side closes or says no more."""
        heard = b""
        try:
            while part := self.socket.recv(65536):
                heard += part
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
        return heard

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def status(heard):
    found = re.match(rb"HTTP/1\.[01] (\d+)", heard)
    return int(found.group(1)) if found else None


def said(port, text, timeout=3):
    """The status of the answer to a request said as it stands; None where none comes."""
    with Wire(port, timeout) as wire:
        try:
            wire.say(text)
        except (ConnectionResetError, BrokenPipeError):
            pass
        return status(wire.hear())


class OverTheWire(unittest.TestCase):
    """One server for the tests that leave no trace."""

    @classmethod
    def setUpClass(cls):
        cls.office = STAGE.office
        cls.port = cls.office.server.port

    def tearDown(self):
        self.assertEqual(self.office.ask("/healthz", role=None).text, "alive\n")


class Paths(OverTheWire):
    """Addresses that try to leave where they belong."""

    def test_no_path_leads_to_a_file(self):
        for path in (
            "/assets/../../../../../../etc/passwd",
            "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
            "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/assets/....//....//etc/passwd",
            "/assets/..\\..\\agreement.yaml",
            "/assets/%2fetc%2fpasswd",
            "/assets/layout.mustache",
            "/assets/web.css%00.svg",
            "/assets/%00",
            "/assets/%ff%fe.css",
            "/assets/%zz.css",
            "/../agreement.yaml",
            "/plumbline.accounts",
            "//etc/passwd",
            "/weekly/..%2f..%2fplumbline.accounts",
            "/weekly/%2e%2e",
            "/leads/..%2f..%2fetc%2fpasswd",
            "/leads/%00",
            "/leads/%ff",
            "/data/..%2fagreement.yaml",
            "/agreement/..%2f..%2fserve.yaml",
        ):
            cookie = f"Cookie: plumbline_session={self.office.cookies['leadership']}\r\n"
            with Wire(self.port, 5) as wire:
                wire.say(f"GET {path} HTTP/1.1\r\n{HOST}{cookie}Connection: close\r\n\r\n")
                heard = wire.hear()
            with self.subTest(path=path):
                self.assertIn(status(heard), (303, 400, 404), heard[:100])
                for secret in (b"root:", b"SQLite format", b"{{title}}", b"company:"):
                    self.assertNotIn(secret, heard)

    def test_an_overlong_address_is_refused(self):
        address = "/" + "a" * 200_000
        self.assertIn(
            said(self.port, f"GET {address} HTTP/1.1\r\n{HOST}\r\n"), (None, 400, 414, 431)
        )
        query = self.office.ask("/?where=" + "a" * 7000)
        self.assertLess(query.status, 500)


class Heads(OverTheWire):
    """Heads that are too large or no heads at all."""

    def test_what_is_no_request_is_refused(self):
        for text in (
            "\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "\x16\x03\x01\x02\x00\x01\x00\x01",
            "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "X: a\x00b\r\n\r\n",
        ):
            with self.subTest(text=text[:20]):
                self.assertIn(said(self.port, text), (None, 303, 400, 505))

    def test_huge_heads_are_refused(self):
        for head in (
            "X-Long: " + "a" * 100_000 + "\r\n",
            "".join(f"X-{number}: a\r\n" for number in range(5000)),
            "Cookie: plumbline_session=" + "a" * 60_000 + "\r\n",
        ):
            self.assertIn(
                said(self.port, f"GET / HTTP/1.1\r\n{HOST}{head}\r\n"), (None, 400, 431), head[:20]
            )

    def test_a_body_of_two_lengths_is_refused(self):
        for lengths in (
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
        ):
            text = f"POST /sign-in HTTP/1.1\r\n{HOST}{lengths}\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"
            with self.subTest(lengths=lengths):
                self.assertIn(said(self.port, text), (None, 400, 403, 413))

    def test_chunks_that_lie_are_refused(self):
        begin = (
            f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Type: application/x-www-form-urlencoded\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        for chunks in ("ZZ\r\nabc\r\n", "-1\r\n", "fffffffffffffffff\r\n", "3\r\nabcdef\r\n0\r\n\r\n"):
            with self.subTest(chunks=chunks):
                self.assertIn(said(self.port, begin + chunks), (None, 400, 403, 413))

    def test_methods_that_are_not_there(self):
        for method, expected in (
            ("HEAD", (200, 303, 404, 405)),
            ("OPTIONS", (404, 405)),
            ("TRACE", (404, 405)),
            ("CONNECT", (400, 404, 405)),
            ("PROPFIND", (404, 405)),
            ("DELETE", (404, 405)),
            ("BREW", (400, 404, 405)),
            ("get", (400, 404, 405)),
        ):
            with self.subTest(method=method):
                text = f"{method} /healthz HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"
                self.assertIn(said(self.port, text), expected)

    def test_every_answer_says_what_browsers_may_not_do(self):
        for path, role in (("/", "sales"), ("/sign-in", None), ("/nothing", "sales"),
                           ("/api/openapi.json", None), ("/assets/web.css", None)):
            headers = self.office.ask(path, role).headers
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy, path)
            self.assertNotIn("unsafe", policy, path)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff", path)
            self.assertEqual(headers["X-Frame-Options"], "DENY", path)
            self.assertIsNone(headers["Server"], path)


class Bodies(OverTheWire):
    """Bodies that are too large, too slow, or something else than they say."""

    def test_a_form_beyond_the_limit_is_refused(self):
        answer = self.office.send("/sign-out", [("a", "b" * 300_000)])
        self.assertEqual(answer.status, 413)

    def test_a_body_that_is_only_announced_costs_nothing(self):
        before = self.office.server.peak_memory()
        text = (
            f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Length: 2000000000\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        wires = [Wire(self.port).say(text + "a" * 1000) for _ in range(50)]
        time.sleep(1)
        for wire in wires:
            wire.close()
        self.assertLess(self.office.server.peak_memory() - before, 50_000_000)

    def test_a_packed_form_is_no_form(self):
        packed = gzip.compress(b"a=" + b"b" * 10_000_000)
        answer = self.office.ask(
            "/sign-out",
            method="POST",
            headers={
                "Content-Encoding": "gzip",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            body=packed,
        )
        self.assertEqual(answer.status, 403)

    def test_a_small_file_that_stands_for_a_large_one_is_not_unpacked(self):
        before = self.office.server.peak_memory()
        piece = gzip.compress(b"id,created\n" + b"1,2026-01-01\n" * 5_000_000, 6)
        line = b"--bound\r\nContent-Disposition: form-data; name="
        body = (
            line + b'"form_token"\r\n\r\n' + self.office.tokens["marketing"].encode() + b"\r\n"
            + line + b'"files"; filename="a.csv.gz"\r\n\r\n' + piece * 60 + b"\r\n--bound--\r\n"
        )
        head = {"Content-Type": "multipart/form-data; boundary=bound"}
        sent = self.office.ask("/data/upload", "marketing", method="POST", headers=head, body=body)
        self.assertEqual(sent.status, 303)
        page = self.office.ask(sent.headers["Location"], "marketing")
        self.assertIn("upload.unpacks-too-far", page.text)
        self.office.send(sent.headers["Location"], [("act", "remove")], "marketing")
        self.assertLess(self.office.server.peak_memory() - before, 100_000_000)


class Marks(OverTheWire):
    """Heaps of accents upon one letter, which take long to put in order."""

    heap = "\u0301" * 20_000 + "\u0316" * 20_000

    def test_a_form_of_them_is_refused_at_every_door(self):
        fields = [("name", "a" + self.heap), ("password", "x")]
        body = urlencode(fields)
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        with ThreadPoolExecutor(8) as pool:
            answers = pool.map(
                lambda path: self.office.ask(path, None, method="POST", headers=head, body=body),
                ["/sign-in"] * 8 + ["/setup"] * 2,
            )
            self.assertEqual([answer.status for answer in answers], [400] * 10)
        for field in ("text", "base"):
            sent = dict({"text": "a", "base": "b"}, **{field: "a" + self.heap[:20_000]})
            answer = self.office.send("/agreement/check", sent.items())
            self.assertEqual(answer.status, 400, field)

    def test_as_escapes_of_yaml_they_are_a_fault_of_the_draft(self):
        text = 'company: "a' + "\\u0301" * 15_000 + "\\u0316" * 15_000 + '"'
        answer = self.office.send("/agreement/check", [("text", text), ("base", "b")])
        self.assertEqual(answer.status, 200)
        self.assertIn("marks stand upon one letter", answer.text)

    def test_heads_and_addresses_of_them_are_refused(self):
        heap = ("\u0301" * 1000 + "\u0316" * 1000).encode()
        for text in (
            b"GET /?a=" + heap + b" HTTP/1.1\r\n" + HOST.encode(),
            b"GET /" + heap + b" HTTP/1.1\r\n" + HOST.encode(),
            b"GET / HTTP/1.1\r\n" + HOST.encode() + b"Cookie: plumbline_session=" + heap + b"\r\n",
            b"GET / HTTP/1.1\r\n" + HOST.encode() + b"Authorization: Bearer " + heap + b"\r\n",
        ):
            answer = said(self.port, text + b"Connection: close\r\n\r\n")
            self.assertIn(answer, (400, 404), text[:20])


class BehindAProxy(unittest.TestCase):
    """Who guesses behind a proxy makes nobody else wait."""

    @classmethod
    def setUpClass(cls):
        workspace = STAGE.workspace("proxy")
        cls.server = Server(STAGE.binary, workspace, "--trusted-proxy", "127.0.0.1")
        cls.accounts = Accounts(workspace)
        cls.accounts.add("sales", "ada@example.org")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def enter(self, name, password, forwarded):
        """The status of an attempt to sign in that a proxy passes on."""
        page = ask(self.server.address + "/sign-in")
        token = re.search(r'name="form_token" value="([^"]+)"', page.text)
        token = token or re.search(r'value="([^"]+)" name="form_token"', page.text)
        fields = {"name": name, "password": password, "form_token": token.group(1)}
        return ask(
            self.server.address + "/sign-in",
            method="POST",
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"plumbline_visitor={page.cookie('plumbline_visitor')}",
                "X-Forwarded-For": forwarded,
            },
            body=urlencode(fields),
        ).status

    def test_guesses_count_for_the_address_that_the_proxy_saw(self):
        # What stands before the proxy's own word is made up, and changes nothing.
        guesses = [
            self.enter(f"nobody{n}", "guess", f"198.51.100.{n}, 203.0.113.9") for n in range(6)
        ]
        self.assertEqual(guesses, [403] * 5 + [429])
        self.assertEqual(self.enter("ada@example.org", PASSWORD, "203.0.113.9"), 429)
        self.assertEqual(self.enter("ada@example.org", PASSWORD, "203.0.113.10"), 303)


class SlowSenders(unittest.TestCase):
    """Heads and bodies that trickle keep no connection for ever."""

    def test_whoever_trickles_is_cut_off(self):
        cookie = STAGE.office.cookies["sales"]
        beginnings = {
            "nothing at all": "",
            "a head": f"GET / HTTP/1.1\r\n{HOST}X-Slow: ",
            "a body": f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Length: 100000\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n",
            "a body of somebody signed in": f"POST /sign-out HTTP/1.1\r\n{HOST}"
            f"Cookie: plumbline_session={cookie}\r\nContent-Length: 100000\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n",
            "chunks": f"POST /sign-in HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        }
        with ThreadPoolExecutor(len(beginnings)) as pool:
            ended = dict(zip(beginnings, pool.map(trickle, beginnings.values()), strict=True))
        for what, seconds in ended.items():
            with self.subTest(what=what):
                self.assertIsNotNone(seconds, "still open after 90 s")


def trickle(beginning, limit=90):
    """Says a byte every other second; returns the seconds until it was cut off."""
    part = "1\r\na\r\n" if "chunked" in beginning else "a"
    start = time.monotonic()
    with Wire(STAGE.office.server.port, 2) as wire:
        wire.say(beginning)
        while time.monotonic() - start < limit:
            try:
                if not wire.socket.recv(65536):
                    return time.monotonic() - start
            except TimeoutError:
                pass
            except (ConnectionResetError, BrokenPipeError):
                return time.monotonic() - start
            if beginning:
                try:
                    wire.say(part)
                except (ConnectionResetError, BrokenPipeError):
                    return time.monotonic() - start
    return None


class Forged(OverTheWire):
    """Forms and calls in somebody else's name."""

    def test_a_form_needs_the_token_of_its_own_session(self):
        tokens = self.office.tokens
        for what, token in (
            ("none", ""),
            ("another's", tokens["marketing"]),
            ("one that is cut", tokens["sales"][:-1]),
            ("one that is longer", tokens["sales"] + "A"),
            ("the cookie itself", self.office.cookies["sales"]),
        ):
            with self.subTest(token=what):
                refused = self.office.send("/sign-out", [], "sales", token=token)
                self.assertEqual(refused.status, 403)
        self.assertEqual(self.office.ask("/", "sales").status, 200)

    def test_a_token_outside_of_a_form_does_not_count(self):
        token = self.office.tokens["sales"]
        for content in ("text/plain", "application/json", "multipart/form-data"):
            answer = self.office.ask(
                "/sign-out",
                "sales",
                method="POST",
                headers={"Content-Type": content},
                body=f"form_token={token}",
            )
            self.assertEqual(answer.status, 403, content)
        in_address = f"/sign-out?form_token={token}"
        self.assertEqual(self.office.ask(in_address, "sales", method="POST").status, 403)

    def test_doors_need_a_token_as_well(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for path in ("/sign-in", "/setup"):
            answer = ask(
                self.office.address + path, method="POST", headers=form, body="name=a&password=b"
            )
            self.assertEqual(answer.status, 403, path)

    def test_a_session_that_never_was_is_nobody_s(self):
        for cookie in ("", "a" * 43, "../..", "' OR 1=1 --", "%00" * 20):
            headers = {"Cookie": f"plumbline_session={cookie}"}
            answer = ask(self.office.address + "/", headers=headers)
            self.assertEqual(answer.status, 303, cookie)

    def test_a_token_for_programs_gives_its_role_and_scope_and_no_more(self):
        accounts, numbers = self.office.accounts, self.office.numbers
        past = accounts.token(numbers["sales"], "sales", {"read"}, seconds=-1)
        for token, path, expected in (
            (accounts.token(numbers["sales"], "sales", {"read"}), "/api/questions/funnel", 200),
            (accounts.token(numbers["sales"], "sales", {"export"}), "/api/questions/funnel", 403),
            (accounts.token(numbers["sales"], "sales", {"read"}), "/api/questions/alerts-list", 403),
            (past, "/api/questions/funnel", 401),
            ("plb_" + "a" * 43, "/api/questions/funnel", 401),
            ("", "/api/questions/funnel", 401),
        ):
            headers = {"Authorization": f"Bearer {token}"}
            answer = ask(self.office.address + path, headers=headers)
            with self.subTest(path=path, expected=expected):
                self.assertEqual(answer.status, expected)
                if expected != 200:
                    self.assertEqual(list(json.loads(answer.text)), ["errors"])
        for scheme in ("Basic", "bearer ", "Bearer"):
            headers = {"Authorization": f"{scheme} x"}
            self.assertEqual(ask(self.office.address + "/", headers=headers).status, 401)


class Many(unittest.TestCase):
    """Many at once."""

    def test_connections_that_say_nothing_do_not_keep_others_out(self):
        office = Office(STAGE, "crowd")
        try:
            silent = [Wire(office.server.port) for _ in range(300)]
            started = time.monotonic()
            self.assertEqual(office.ask("/").status, 200)
            self.assertLess(time.monotonic() - started, 20)
            for wire in silent:
                wire.close()
        finally:
            self.assertEqual(office.server.stop(), 0)
