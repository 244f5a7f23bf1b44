"""Numbers and drivers of text messages."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from linzhi.foundation.sms import Unavailable, Undeliverable, normal_phone
from linzhi.foundation.sms.drivers import Console, Gateway
from linzhi.kernel.refused import Refused


@pytest.mark.parametrize(
    "text", ["13800000001", " 138 0000 0001", "138-0000-0001", "+8613800000001", "0086 138 0000 0001", "8613800000001", "+86(138)00000001"]
)
def test_the_same_number_is_written_one_way(text):
    assert normal_phone(text) == "13800000001"


@pytest.mark.parametrize("text", ["", "12345", "23800000001", "138000000012", "1380000000a", "010-12345678", "+1 415 555 0100", "１２３"])
def test_anything_else_is_refused(text):
    with pytest.raises(Refused, match=r"phone\.invalid"):
        normal_phone(text)


def test_full_width_digits_are_understood():
    assert normal_phone("１３８００００００００") == "13800000000"


def test_the_console_writes_a_reference_once_even_after_a_restart(settings, tmp_path):
    settings.LINZHI_SMS_DEAD_NUMBERS = frozenset()
    first = Console(tmp_path / "sms.log")
    first.send("13800000001", "一", reference="a")
    first.send("13800000001", "一", reference="a")
    Console(tmp_path / "sms.log").send("13800000001", "一", reference="a")
    first.send("13800000001", "二", reference="b")
    lines = (tmp_path / "sms.log").read_text().splitlines()
    assert [json.loads(line)["reference"] for line in lines] == ["a", "b"]


def test_a_dead_number_is_undeliverable(settings, tmp_path):
    settings.LINZHI_SMS_DEAD_NUMBERS = frozenset({"13800000009"})
    with pytest.raises(Undeliverable):
        Console(tmp_path / "sms.log").send("13800000009", "一", reference="a")


@pytest.fixture
def gateway(settings):
    """A local gateway that answers with the status named by the phone's last three digits."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.headers["Idempotency-Key"], self.headers["Authorization"], body))
            self.send_response(int(body["phone"][-3:]))
            self.end_headers()
            self.wfile.write(b'{"id": "p-1"}')

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.LINZHI_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.LINZHI_SMS_TOKEN = "secret"
    yield seen
    server.shutdown()
    server.server_close()


def test_the_gateway_is_told_the_reference_and_its_answer_is_kept(gateway):
    assert Gateway().send("13800000200", "您好", reference="r1") == "p-1"
    key, token, body = gateway[0]
    assert (key, token, body["text"]) == ("r1", "Bearer secret", "您好")


def test_the_gateway_tells_dead_numbers_from_bad_days(gateway, settings):
    with pytest.raises(Undeliverable):
        Gateway().send("13800000410", "您好", reference="r1")
    with pytest.raises(Unavailable):
        Gateway().send("13800000503", "您好", reference="r1")
    settings.LINZHI_SMS_URL = "http://127.0.0.1:1/"
    with pytest.raises(Unavailable):
        Gateway().send("13800000200", "您好", reference="r1")
