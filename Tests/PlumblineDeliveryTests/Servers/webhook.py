"""A webhook for tests: answers as its mode says and writes down what it took.

Usage: webhook.py FOLDER MODE [CERTIFICATE KEY]
The port goes to FOLDER/port, each body to FOLDER/received as a line of JSON.
"""

import json
import os
import socket
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder, mode = sys.argv[1], sys.argv[2]


class Webhook(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        if mode == "close-before-reading":
            self.drop()
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with open(os.path.join(folder, "received"), "a") as file:
            record = {
                "path": self.path,
                "type": self.headers["Content-Type"],
                "body": body.decode(),
            }
            file.write(json.dumps(record) + "\n")
        if mode == "close-after-reading":
            self.drop()
        elif mode == "garbage":
            self.wfile.write(b"this is not HTTP\r\n\r\n")
            self.drop()
        elif mode == "close-in-answer":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok")
            self.drop()
        elif mode == "slow":
            time.sleep(30)
        elif mode == "endless":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
        elif mode == "redirect":
            self.answer(302, {"Location": "file:///etc/passwd"})
        elif mode == "wait":
            self.answer(429, {"Retry-After": "4000"})
        else:
            self.answer(int(mode), {})

    def drop(self):
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def answer(self, status, fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")


server = ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
part = os.path.join(folder, "port.part")
with open(part, "w") as file:
    file.write(str(server.server_address[1]))
os.rename(part, os.path.join(folder, "port"))
server.serve_forever()
