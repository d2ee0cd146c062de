"""Reads a mail from standard input as a mail program would; writes what it found as JSON."""

import json
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

raw = sys.stdin.buffer.read()
mail = message_from_bytes(raw, policy=policy.default)
# The newer interface of Python 3.11 puts a blank between the encoded words of a name, which RFC
# 2047, section 6.2 forbids; the older one does not.
older = message_from_bytes(raw)


def mailboxes(field):
    found = getaddresses([older[field]])
    return [[str(make_header(decode_header(name))), address] for name, address in found]


def content(kind):
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


json.dump(
    {
        "subject": mail["Subject"],
        "from": mailboxes("From"),
        "to": mailboxes("To"),
        "fields": mail.keys(),
        "defects": [str(d) for part in mail.walk() for d in part.defects],
        "plain": content("plain"),
        "html": content("html"),
        "date": mail["Date"].datetime.isoformat(),
    },
    sys.stdout,
)
