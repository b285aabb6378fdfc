"""The telephone's page: who calls, what is heard, what can be done next, and nothing from anywhere else."""

from __future__ import annotations

import re

import pytest
import requests

from claims.demo import load_sample
from claims.intake import receive_report
from tests.makers import a_report, at
from tests.standin.__main__ import callers
from tests.standin.conftest import OWNER, PATIENCE, STRANGER
from tests.standin.phone import words
from tests.web.checking import Page


@pytest.fixture
def page(scripted):
    """The page as somebody's browser shows it after an act, or without one."""

    def page(act: str = "", number: str = STRANGER, **told: str) -> requests.Response:
        form = {"number": number, "lang": "zh"} | told
        if not act:
            return requests.get(f"{scripted.url}/", form, timeout=PATIENCE)
        path = "/texts" if act == "text" else f"/call/{act}"
        return requests.post(f"{scripted.url}{path}", form, timeout=PATIENCE)

    return page


def acts_on(answer: requests.Response) -> set[str]:
    return set(re.findall(r'action="/call/([a-z-]+)"', answer.text))


def test_before_a_call_there_is_one_thing_to_do(page):
    assert acts_on(page()) == {"ring"}


@pytest.mark.parametrize(("twiml", "acts"), [
    ("<Gather/>",                                  {"press", "silence", "hang-up"}),
    ('<Gather input="speech dtmf"/>',              {"press", "say", "silence", "hang-up"}),
    ("<Record/>",                                  {"leave", "silence", "hang-up"}),
    ("<Dial><Number>+862100000001</Number></Dial>", {"take", "let-ring", "busy", "hang-up"}),
    ("<Hangup/>",                                  {"ring"}),
])  # fmt: skip
def test_what_can_be_done_is_what_the_call_waits_for(page, script, twiml, acts):
    script.twiml["/voice"] = twiml
    assert acts_on(page("ring")) == acts


def test_what_is_said_is_shown_in_its_order_and_language(page, script):
    script.twiml["/voice"] = '<Say language="cmn-CN">您好</Say><Say language="en-US">Press 1.</Say><Gather/>'
    shown = page("ring").text
    assert 0 < shown.index('<li lang="zh-Hans">您好</li>') < shown.index('<li lang="en">Press 1.</li>')


@pytest.mark.parametrize(("act", "told", "asked"), [
    ("press",   {"keys": "1"},        ("Digits", "1")),
    ("say",     {"words": "客厅漏水"},  ("SpeechResult", "客厅漏水")),
    ("silence", {},                   ("Digits", "")),
])  # fmt: skip
def test_an_act_reaches_the_application(page, script, act, told, asked):
    script.twiml |= {"/voice": '<Gather action="/next" input="speech dtmf" actionOnEmptyResult="true"/>', "/next": ""}
    page("ring")
    page(act, **told)

    form = next(form for path, form in script.asked if path == "/next")
    assert form[asked[0]] == asked[1]


def test_a_message_is_left_with_a_sound_at_hand(page, script, scripted):
    script.twiml |= {"/voice": '<Record action="/next"/>', "/next": "<Hangup/>"}
    page("ring")
    page("leave", keys="#")

    assert [recording["duration"] for recording in scripted.recordings] == ["3"]


def test_a_message_that_is_no_sound_is_refused(page, script, scripted):
    script.twiml["/voice"] = "<Record/>"
    page("ring")
    form = {"number": STRANGER}
    answer = requests.post(f"{scripted.url}/call/leave", form, files={"sound": b"not a sound"}, timeout=PATIENCE)

    assert (answer.status_code, scripted.recordings) == (400, [])


def test_whoever_is_on_duty_has_acts_of_their_own(page, script):
    script.twiml |= {"/voice": '<Dial action="/next"><Number url="/whisper">+862100000001</Number></Dial>',
                     "/whisper": '<Gather action="/accept"/>', "/accept": "", "/next": ""}  # fmt: skip
    page("ring")
    assert acts_on(page("take")) == {"accept", "decline"}
    assert acts_on(page("accept")) == {"talk-ends", "hang-up"}
    assert acts_on(page("talk-ends")) == {"ring"}


def test_what_can_not_be_done_now_is_said_and_changes_nothing(page, script):
    script.twiml["/voice"] = "<Gather/>"
    page("ring")
    answer = page("take")

    assert "这一步现在做不了" in answer.text
    assert "press" in acts_on(answer)


def test_a_text_is_sent_as_whoever_the_page_is(page, script):
    script.twiml["/hotline/messages"] = "<Message>收到</Message>"
    shown = page("text", body="客厅漏水").text

    assert (script.asked[0][1]["From"], script.asked[0][1]["Body"]) == (STRANGER, "客厅漏水")
    assert shown.index("客厅漏水") < shown.index("收到")


def test_others_do_not_see_it(page, script):
    script.twiml["/hotline/messages"] = ""
    page("text", body="客厅漏水")
    texts = page(number=OWNER).text.partition('id="texts"')[2].partition('id="log"')[0]

    assert "客厅漏水" not in texts


def test_what_went_to_and_fro_is_shown(page, script):
    script.twiml["/voice"] = "<Gather/>"
    assert "&lt;Gather" in page("ring").text.partition('id="log"')[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_well_formed_and_takes_nothing_from_elsewhere(page, script, lang):
    script.twiml["/voice"] = '<Say>hello</Say><Gather input="speech dtmf"/>'
    answer = page("ring", lang=lang)
    read = Page(answer.text)

    assert len(read.all("h1")) == 1 and read.all("html")[0].attrs["lang"] == ("en" if lang == "en" else "zh-Hans")
    assert not [e for e in read.elements if "style" in e.attrs or any(name.startswith("on") for name in e.attrs)]
    assert {e.attrs["for"] for e in read.all("label") if "for" in e.attrs} >= {"number", "several", "words", "body"}
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_another_site_in_the_same_browser_can_not_dial(scripted):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = requests.post(f"{scripted.url}/call/ring", {"number": OWNER}, headers=elsewhere, timeout=PATIENCE)

    assert (answer.status_code, scripted.calls) == (403, [])


@pytest.mark.parametrize("path", ["/call/nothing", "/page/words.toml"])
def test_there_is_nothing_else(scripted, path):
    ask = requests.post if path.startswith("/call") else requests.get
    assert ask(f"{scripted.url}{path}", timeout=PATIENCE).status_code == 404


def test_every_word_has_its_twin():
    assert not [name for name, told in words().items() if set(told) != {"zh", "en"} or not all(told.values())]


@pytest.mark.sqlite
def test_the_page_offers_an_owner_who_reported_nothing_and_one_who_did(app, session):
    load_sample(app.extensions["database"], at("Mon 2026-03-02 09:00"))
    told = {"home": "SL1-1-101", "name": "赵示甲", "phone": "+8613800000101"}
    received = receive_report(session, a_report(**told), by="homeowner", at=at("Mon 2026-03-02 10:00"))
    owner, reporter, stranger, hidden = callers(session)

    assert (owner.word, owner.number, owner.told["name"]) == ("owner", "+8613800000102", "钱示甲")
    assert (reporter.number, reporter.told["reference"]) == ("+8613800000101", received.file.reference)
    assert [stranger.word, hidden.number] == ["stranger", "anonymous"]
