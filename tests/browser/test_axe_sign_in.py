"""axe finds nothing on the pages of signing in, walked through by somebody new from the invitation to a passkey."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from linzhi.web.assets import VENDOR
from tests.browser.axe import OPEN_ALL, look
from tests.server import ROOT, Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (VENDOR / "axe.min.js").exists(), reason="axe-core isn't copied: run scripts/assets"),
]
LOOKED_AT = {
    "account_login", "account_request_login_code", "account_confirm_login_code", "account_logout", "account_inactive",
    "account_reauthenticate", "account_change_password", "account_change_phone", "account_verify_phone", "accounts_invitation",
    "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_edit_webauthn", "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
}  # fmt: skip
PASSWORD = "三片叶子和一口井 1984"


class Somebody:
    """A person at a phone who is looked over the shoulder: every page goes through axe as it comes, and again with its errors."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []

    def see(self, path: str = "", press: str = "") -> None:
        """Look at the page at a path, or the one that is open; `press` sends its form empty."""
        if path:
            answer = self.page.goto(path)
            assert answer is not None
            assert path.partition("?")[0] in self.page.url, f"{path} leads to {self.page.url}"
        self.page.evaluate(OPEN_ALL)
        self.wrong += look(self.page, True, self.page.url)
        if press:
            self.page.evaluate("document.querySelectorAll('main [required]').forEach(e => e.removeAttribute('required'))")
            self.press(press)
            self.wrong += look(self.page, True, f"{self.page.url}, with errors")

    def press(self, name: str) -> None:
        """Press a button of the page itself."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).last.click()

    def fill(self, **fields: str) -> None:
        """Fill in fields by their labels."""
        for label, text in fields.items():
            self.page.get_by_label(label, exact=True).last.fill(text)


@pytest.fixture
def newcomer(browser: Browser, server: Server) -> Iterator[Somebody]:
    # By name: a browser takes no passkey for a bare number.
    context = browser.new_context(base_url=f"http://localhost:{server.port}", locale="zh-CN")
    yield Somebody(context.new_page())
    context.close()


def invitation(server: Server) -> str:
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.invite", "newcomer"],
        env=server.installation.environment(), cwd=ROOT, text=True, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return made.stdout.strip()


def code_of(secret: str, later: int = 0) -> str:
    """The six digits that an authenticator app shows (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30 + later)
    mac = hmac.new(base64.b32decode(secret), moment, hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_axe_finds_nothing_from_the_invitation_to_the_passkey(newcomer: Somebody, server: Server) -> None:
    page = newcomer.page
    newcomer.see(invitation(server), press="设好，去登录")
    newcomer.fill(设一个密码=PASSWORD, 再输一遍=PASSWORD)
    newcomer.press("设好，去登录")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.evaluate(OPEN_ALL)
    newcomer.fill(用户名="newcomer", 密码=PASSWORD)
    newcomer.press("登录")
    expect(page).not_to_have_url(re.compile("/accounts/login/"))

    newcomer.see("/accounts/password/change/", press="改好了")
    newcomer.see("/accounts/reauthenticate/", press="确认")
    newcomer.see("/accounts/phone/change/", press="发验证码")
    newcomer.fill(新手机号="19900007777")
    newcomer.press("发验证码")
    expect(page).to_have_url(re.compile("/accounts/phone/verify/"))
    newcomer.see()

    newcomer.see("/accounts/2fa/")
    newcomer.see("/accounts/2fa/totp/activate/", press="开通")
    secret = page.get_by_text(re.compile("^[A-Z2-7]{16,}$")).inner_text()
    newcomer.fill(六位数=code_of(secret))
    newcomer.press("开通")
    expect(page).to_have_url(re.compile("recovery-codes"))
    newcomer.see()
    for path in ("/accounts/2fa/", "/accounts/2fa/recovery-codes/generate/", "/accounts/2fa/totp/deactivate/"):
        newcomer.see(path)
    newcomer.see("/accounts/2fa/reauthenticate/", press="确认")

    passkey(newcomer)
    newcomer.see("/accounts/logout/")
    newcomer.press("退出这台设备")
    page.goto("/accounts/login/")
    page.evaluate(OPEN_ALL)
    newcomer.fill(用户名="newcomer", 密码=PASSWORD)
    newcomer.press("登录")
    expect(page).to_have_url(re.compile("/2fa/authenticate/"))
    newcomer.see(press="登录")
    assert newcomer.wrong == []


def passkey(newcomer: Somebody) -> None:
    """Add a passkey with a key that the browser plays, and look at the pages about it."""
    page = newcomer.page
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    playing = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": playing | {"automaticPresenceSimulation": True}})
    newcomer.see("/accounts/2fa/webauthn/add/")
    newcomer.fill(给它起个名字="办公室的钥匙")
    newcomer.press("添加")
    expect(page.get_by_text("安全密钥加好了。")).to_be_visible()
    newcomer.see("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="改名").click()
    newcomer.see()
    newcomer.see("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="移除").click()
    newcomer.see()
    newcomer.see("/accounts/2fa/webauthn/reauthenticate/")


def test_axe_finds_nothing_where_nobody_is_signed_in(newcomer: Somebody) -> None:
    page = newcomer.page
    newcomer.see("/accounts/invitation/abc/")
    newcomer.see("/accounts/inactive/")
    newcomer.see("/accounts/login/", press="登录")
    newcomer.see("/accounts/login/code/", press="发验证码")
    newcomer.fill(手机号="19900008888")
    newcomer.press("发验证码")
    expect(page).to_have_url(re.compile("/login/code/confirm/"))
    newcomer.see()
    assert newcomer.wrong == []
