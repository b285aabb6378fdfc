"""Photos on the form: kept as they come, whatever becomes of the form."""

from __future__ import annotations

from flask import Flask
from sqlmodel import Session, col, select

from claims.attachments import Attachment
from claims.attachments.actions import LARGEST
from tests.web.conftest import JPEG, Homeowner, claims

NEAR, FAR = (JPEG + b"near", "近照.jpg"), (JPEG + b"far", "远照.jpg")


def kept(session: Session, *, by_a_claim: bool) -> list[str]:
    has_a_claim = col(Attachment.file_id).is_not(None) if by_a_claim else col(Attachment.file_id).is_(None)
    return list(session.exec(select(Attachment.name).where(has_a_claim).order_by(col(Attachment.id))))


def test_photos_go_with_the_claim(homeowner: Homeowner, session: Session) -> None:
    page = homeowner.receipt(NEAR, FAR)

    assert kept(session, by_a_claim=True) == ["近照.jpg", "远照.jpg"]
    assert "收到2张" in page.words


def test_a_form_that_fails_loses_no_photo(homeowner: Homeowner, session: Session) -> None:
    homeowner.come_to("photos")
    homeowner.press("photos", NEAR, FAR)
    assert "收到2张中的2张。" in homeowner.page.words

    homeowner.send(reporter__phone="1")
    assert "已经收到的2张照片还在，不用再选。" in homeowner.wrong()

    homeowner.receipt()
    assert kept(session, by_a_claim=True) == ["近照.jpg", "远照.jpg"]


def test_a_bad_file_is_named_and_the_others_stay(homeowner: Homeowner, session: Session) -> None:
    homeowner.report(NEAR, (b"PK\x03\x04", "合同.docx"), (b"", "空.jpg"), FAR)
    assert "收到4张中的2张。" in homeowner.page.words
    assert "“合同.docx”没有收：这种文件收不了" in homeowner.page.at("photos-error").text
    assert "“空.jpg”没有收：这个文件是空的。" in homeowner.page.at("photos-error").text
    assert not claims(session)

    homeowner.receipt()
    assert kept(session, by_a_claim=True) == ["近照.jpg", "远照.jpg"]


def test_a_photo_can_be_taken_out_again(homeowner: Homeowner, session: Session) -> None:
    homeowner.report(NEAR, FAR, reporter__phone="1")
    first = homeowner.page.filled()["kept"][0]

    homeowner.receipt(remove=[first])
    assert kept(session, by_a_claim=True) == ["远照.jpg"]


def test_a_file_over_30_mb_is_refused_by_name(homeowner: Homeowner, session: Session) -> None:
    homeowner.report((JPEG.ljust(LARGEST, b"x"), "刚好.jpg"), (JPEG.ljust(LARGEST + 1, b"x"), "太大.jpg"))

    assert "“太大.jpg”没有收：这个文件超过了30MB。" in homeowner.wrong()
    assert kept(session, by_a_claim=False) == ["刚好.jpg"]


def test_there_is_room_for_thirty(homeowner: Homeowner, session: Session) -> None:
    homeowner.report(*[(JPEG + bytes([n]), f"{n}.jpg") for n in range(29)], reporter__phone="1")
    homeowner.report(NEAR, FAR)
    assert "“远照.jpg”没有收：照片最多30张。" in homeowner.wrong()

    homeowner.receipt()
    assert len(kept(session, by_a_claim=True)) == 30


def test_a_made_up_token_brings_nothing(homeowner: Homeowner, session: Session) -> None:
    homeowner.report(NEAR, reporter__phone="1")
    (mine,) = homeowner.page.filled()["kept"]

    homeowner.receipt(kept=[mine + "x", "x", "", mine[::-1], "bnVsbA.x"])
    assert kept(session, by_a_claim=True) == []


def test_a_photo_that_went_with_one_report_doesnt_go_with_another(homeowner: Homeowner, session: Session) -> None:
    homeowner.report(NEAR, reporter__phone="1")
    homeowner.receipt()
    homeowner.report(description="另一处")
    assert "照片要重新选" in homeowner.wrong()
    assert "kept" not in homeowner.page.filled()

    homeowner.receipt(description="另一处")
    assert len(claims(session)) == 2


def test_a_new_photo_on_a_form_sent_again_is_not_swallowed(homeowner: Homeowner, session: Session) -> None:
    homeowner.receipt(NEAR)
    assert homeowner.report(NEAR).status_code == 303
    assert homeowner.report(FAR).status_code == 422
    assert len(claims(session)) == 1


def test_what_a_photo_holds_is_stored_as_it_came(homeowner: Homeowner, session: Session, site: Flask) -> None:
    homeowner.receipt(NEAR)

    (photo,) = session.exec(select(Attachment))
    assert site.extensions["database"].belongings["files"].read(photo.key) == NEAR[0]
