"""A mail server for tests, aiosmtpd, that misbehaves as its mode says.

Usage: mail.py FOLDER MODE PROTECTION [CERTIFICATE KEY]
PROTECTION is none, starttls or tls. With a certificate, signing in as "plumbline" with "right" is
asked for. The port goes to FOLDER/port, each mail to FOLDER/received as a line of JSON.
"""

import asyncio
import base64
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, mode, protection = sys.argv[1:4]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "refuse-recipient" and address.startswith("second"):
            return "550 5.1.1 <%s> is not known here" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if mode == "refuse-mail":
            return "554 5.7.1 not wanted"
        if mode == "later":
            return "451 4.3.0 come back later"
        record = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": base64.b64encode(envelope.original_content).decode(),
            "tls": session.ssl is not None or protection == "tls",
            "user": session.auth_data.decode() if session.auth_data else None,
        }
        with open(os.path.join(folder, "received"), "a") as file:
            file.write(json.dumps(record) + "\n")
        if mode == "close-after-data":
            server.transport.abort()
            return "421 gone"
        if mode == "slow":
            await asyncio.sleep(30)
        return "250 OK"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if mode == "close-before-data":
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        if mode == "slow-quit":
            await asyncio.sleep(30)
        await super().smtp_QUIT(arg)


def sign_in(server, session, envelope, mechanism, data):
    if data.login == b"plumbline" and data.password == b"right":
        return AuthResult(success=True, auth_data=data.login)
    return AuthResult(success=False, handled=False)


context = None
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4], sys.argv[5])


def session():
    return Server(
        Handler(),
        hostname="localhost",
        tls_context=context if protection == "starttls" else None,
        require_starttls=protection == "starttls",
        authenticator=sign_in if context else None,
        auth_required=context is not None,
        auth_require_tls=protection == "starttls",
    )


async def serve():
    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", 0, ssl=context if protection == "tls" else None
    )
    part = os.path.join(folder, "port.part")
    with open(part, "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(part, os.path.join(folder, "port"))
    await server.serve_forever()


asyncio.run(serve())
