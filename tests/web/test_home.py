"""/: what to do now."""

from __future__ import annotations

from tests.web.checking import CheckingClient


def test_the_first_page_says_what_to_do_now(visitor: CheckingClient) -> None:
    page = visitor.page("/")

    assert [e.text for e in page.all("a", href="/report")] == ["我要报修一步一步填，大约三分钟，不用注册"]
    assert [e.text for e in page.all("a", href="/track")] == ["查进度用报案号和查询码，或者报案时的手机"]
    assert page.all("a", href="tel:02100000000")
    assert len(page.all("li")) == 3
    assert page.all("a", href="?lang=en")


def test_the_hotline_can_be_tapped_on_every_page(visitor: CheckingClient) -> None:
    for path in ("/", "/report"):
        assert visitor.page(path).all("a", href="tel:02100000000")
    assert 'href="tel:02100000000"' in visitor.get("/nowhere").text
