"""What only a browser shows: keys, passkeys, the strict policy at work, and what people with assistive tools meet."""

import os
from pathlib import Path

import pytest

from stories.accounts import PASSWORD, account_of
from stories.people import make_province

pytestmark = pytest.mark.browser
CHROMIUM = next(
    (
        path
        for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        if Path(path).exists()
    ),
    None,
)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def site(committed, settings):
    """The address of a server on a database where transactions commit."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    settings.ALLOWED_HOSTS = ["localhost"]
    province = make_province()
    account_of(province, "huong")
    from lienthong.foundation.work.models import Item
    from lienthong.site.views.clock import now

    for n in range(3):
        Item.objects.create(
            kind="documents.handle", verb="Xử lý", title=f"việc số {n}", address=f"/lam-viec/tim/?q={n}",
            holder_id=province.posts["huong"], opened_at=now(),
        )  # fmt: skip
    server = LiveServerThread("localhost", StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()


@pytest.fixture
def page(site):
    """A page of a browser in which no error of the console goes unseen."""
    from playwright.sync_api import sync_playwright

    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(base_url=site, viewport={"width": 1280, "height": 800})
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
    assert not complaints


@pytest.fixture(autouse=True)
def _playwright_runs_a_loop(monkeypatch):
    # Its loop makes Django believe that this is asynchronous code; the database is used by the server's threads alone.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def sign_in(page):
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("#id_login", "huong")
    page.fill("#id_password", PASSWORD)
    page.click("main form .btn-primary")
    page.wait_for_url("**/lam-viec/")


def test_the_keys_move_open_search_and_go(page):
    sign_in(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "việc số 1" in page.inner_text(".task[aria-current]")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=0")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/lam-viec/")
    page.keyboard.press("?")
    assert page.is_visible("dialog#keys")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("chuyen doi g h")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=chuyen*")


def test_chosen_debts_are_counted_as_they_are_chosen(page):
    sign_in(page)
    page.keyboard.press("e")
    page.wait_for_url("**/lam-viec/?chon=1")
    page.locator("label.task").nth(0).click()
    page.locator("label.task").nth(2).click()
    assert page.inner_text("[data-count-of=viec]") == "2"
    page.click(".bar-low .btn-primary")
    page.wait_for_url("**/chuyen-giao/**")
    assert page.url.count("viec=") == 2


def test_a_passkey_is_added_and_opens_without_a_password(page):
    sign_in(page)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                     "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip
    page.goto("/tai-khoan/khoa/them/")
    page.fill("#id_password", PASSWORD)
    page.click("main .btn-primary")
    page.wait_for_url("**/khoa/them/")
    page.fill("#id_name", "máy ở cơ quan")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/ma-du-phong/")
    page.goto("/tai-khoan/khoa/")
    assert "máy ở cơ quan" in page.inner_text("main")
    page.click("summary[aria-label*='đăng xuất']")
    page.click("form[action='/tai-khoan/dang-xuat/'] button")
    page.wait_for_url("**/dang-nhap/")
    page.click("#passkey_login")
    page.wait_for_url("**/lam-viec/")
    assert "Việc của tôi" in page.inner_text("h1")


def test_of_two_answers_that_nobody_chose_neither_looks_chosen(page):
    page.goto("/tai-khoan/dang-nhap/")
    page.evaluate(
        """() => { for (const value of ["a", "b"]) { const one = document.createElement("input");
        Object.assign(one, {type: "radio", name: "answer", value, className: "form-check-input"}); document.body.append(one); } }"""
    )

    def colours():
        return page.eval_on_selector_all(
            "[name=answer]", "all => all.map(one => getComputedStyle(one).backgroundColor)"
        )

    assert len(set(colours())) == 1
    before = colours()[0]
    page.check("[name=answer][value=a]")
    assert colours()[0] != before and colours()[1] == before


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_person_is_wider_than_the_screen_or_hard_on_assistive_tools(page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/tai-khoan/dang-nhap/")
    found = {"/tai-khoan/dang-nhap/": _violations(Axe(), page)}
    sign_in(page)
    for address in (
        "/lam-viec/", "/lam-viec/?chon=1", "/lam-viec/tim/?q=so", "/lam-viec/thong-bao/", "/lam-viec/phim-tat/",
        "/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/phien/",
    ):  # fmt: skip
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found[address] = _violations(Axe(), page)
    assert not {address: those for address, those in found.items() if those}


def _violations(axe, page) -> list[str]:
    results = axe.run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']}"
        for one in results
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
