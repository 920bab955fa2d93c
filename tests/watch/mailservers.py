"""A mail server that speaks just enough SMTP, over a real socket."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """What it was sent, who signed in, and what it answers to some commands."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)


@contextmanager
def a_mail_server(host: str = "127.0.0.1", **answers: str) -> Iterator[MailServer]:
    """A server on this machine; `answers` replace its own to commands, such as RCPT."""
    server = MailServer(answers=answers)

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            server.connections += 1
            self._say("220 ready")
            for line in self.rfile:
                command, _, rest = line.decode().strip().partition(" ")
                if not self._answer(command.upper(), rest):
                    return

        def _answer(self, command: str, rest: str) -> bool:
            own = {"EHLO": "250-here\r\n250 AUTH PLAIN", "QUIT": "221 bye", "AUTH": "235 welcome"}
            if command == "AUTH":
                server.signed_in.append(base64.b64decode(rest.split()[1]).decode())
            if command == "DATA" and command not in server.answers:
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                server.mails.append(b"".join(lines))
                command = ""
            self._say(server.answers.get(command) or own.get(command, "250 well"))
            return command != "QUIT"

        def _say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer((host, 0), Conversation) as listening:
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
