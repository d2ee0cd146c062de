"""An account of each role, written straight into a workspace's accounts file.

The page Settings makes accounts one by one; tests want one of each at once, and passwords whose
hash was made by another program than ours.
"""

import base64
import hashlib
import hmac
import os
import sqlite3
import time

PASSWORD = "plumb lines hang straight"
ROLES = ("admin", "leadership", "marketing", "sales")


def base64_url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def password_hash(password=PASSWORD, steps=2**14):
    """A scrypt hash as the accounts keep it (RFC 7914), with fewer steps than real ones."""
    salt = os.urandom(16)
    key = hashlib.scrypt(password.encode(), salt=salt, n=steps, r=8, p=1, dklen=32, maxmem=2**28)
    return f"scrypt${steps}$8$1${base64_url(salt)}${base64_url(key)}"


class Accounts:
    """The accounts file of a workspace; the server must have made it."""

    def __init__(self, workspace):
        self.path = os.path.join(workspace, "plumbline.accounts")

    def _change(self, sql, values):
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                return connection.execute(sql, values).lastrowid
        finally:
            connection.close()

    def add(self, role, name=None, owner=None):
        """Makes an account that may sign in with `PASSWORD`; returns its number."""
        name = name or f"{role}@example.org"
        return self._change(
            "INSERT INTO account (name, name_key, display_name, role, owner, password_hash,"
            " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, name.lower(), role.capitalize(), role, owner, password_hash(), now()),
        )

    def session(self, account):
        """Begins a session; returns the cookie and the token that its forms carry."""
        cookie, secret = base64_url(os.urandom(32)), os.urandom(32)
        self._change(
            "INSERT INTO session (token_hash, account, created_at, last_seen_at, form_secret)"
            " VALUES (?, ?, ?, ?, ?)",
            (hashlib.sha256(cookie.encode()).digest(), account, now(), now(), secret),
        )
        return cookie, base64_url(hmac.digest(secret, b"csrf", "sha256"))

    def token(self, account, role, scopes, seconds=3600):
        """Makes a token for programs."""
        text = "plb_" + base64_url(os.urandom(32))
        self._change(
            "INSERT INTO api_token (token_hash, account, name, shown_prefix, scopes, role,"
            " created_at, expires_at) VALUES (?, ?, 'test', ?, ?, ?, ?, ?)",
            (
                hashlib.sha256(text.encode()).digest(),
                account,
                text[:10],
                " ".join(sorted(scopes)),
                role,
                now(),
                now() + seconds,
            ),
        )
        return text


def now():
    return int(time.time())
