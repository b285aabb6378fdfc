"""Personal data at rest: sealed, found again by index, opened after a rotation, refused when altered."""

import base64

import pytest

from config.sealing import CannotOpen, Sealer
from config.settings import Settings

OLD, NEW = "an old secret of some length", "a new secret of some length"
PHONE = "+8613800000001"


@pytest.mark.parametrize("text", ["王小明", PHONE, "𠮷野", "a" * 10_000, "\0", " "])
def test_what_is_sealed_opens_again_and_does_not_show(text):
    sealer = Sealer({"k1": OLD})

    sealed = sealer.seal(text)
    assert sealer.open(sealed) == text
    assert sealed.startswith("k1.")
    assert text.strip("\0 ") == "" or text not in sealed


def test_nothing_stays_nothing():
    sealer = Sealer({"k1": OLD})

    assert (sealer.seal(""), sealer.open("")) == ("", "")


def test_the_same_text_is_sealed_differently_each_time():
    sealer = Sealer({"k1": OLD})

    assert len({sealer.seal(PHONE) for _ in range(20)}) == 20


def test_after_a_rotation_the_old_opens_and_the_new_seals():
    before, after = Sealer({"k1": OLD}), Sealer({"k2": NEW, "k1": OLD})

    assert after.open(before.seal(PHONE)) == PHONE
    assert after.seal(PHONE).startswith("k2.")


def test_a_newer_key_hides_nothing_that_was_indexed_before():
    before, after = Sealer({"k1": OLD}), Sealer({"k3": "third", "k2": NEW, "k1": OLD})

    assert after.index(PHONE, "phone") == before.index(PHONE, "phone")


def test_an_index_says_the_same_of_the_same_and_nothing_across_purposes():
    sealer = Sealer({"k1": OLD})

    assert sealer.index(PHONE, "phone") == sealer.index(PHONE, "phone") != sealer.index(PHONE[:-1] + "2", "phone")
    assert sealer.index("0001", "last4") != sealer.index("0001", "phone")
    assert sealer.index(PHONE, "phone") != Sealer({"k1": NEW}).index(PHONE, "phone")


def test_a_key_that_is_gone_opens_nothing():
    sealed = Sealer({"k1": OLD}).seal(PHONE)

    with pytest.raises(CannotOpen, match="k1"):
        Sealer({"k2": NEW}).open(sealed)
    with pytest.raises(CannotOpen):
        Sealer({"k1": NEW}).open(sealed)


def test_every_altered_byte_is_refused():
    sealer = Sealer({"k1": OLD})
    raw = bytearray(base64.urlsafe_b64decode(sealer.seal(PHONE).partition(".")[2]))
    for place in range(len(raw)):
        altered = bytes(byte ^ (1 if n == place else 0) for n, byte in enumerate(raw))
        with pytest.raises(CannotOpen):
            sealer.open("k1." + base64.urlsafe_b64encode(altered).decode())


@pytest.mark.parametrize("nonsense", ["x", "k1.", "k1.x", "k1.AAAA", ".AAAA", "k1.é", "k1." + "A" * 16])
def test_nonsense_is_refused_as_such(nonsense):
    with pytest.raises(CannotOpen):
        Sealer({"k1": OLD}).open(nonsense)


def test_sealing_keys_come_newest_first_from_the_environment():
    assert Settings(secret_key=OLD).keys == {"k0": OLD}
    assert list(Settings(sealing_keys=f"k2:{NEW};k1:{OLD}").keys) == ["k2", "k1"]
    assert Settings(sealing_keys="k1:with:colons").keys == {"k1": "with:colons"}


@pytest.mark.parametrize("written", ["k1", "k1:", ":secret", "k1:a;;", "k1:a;k1:b", "k.1:a", ";"])
def test_sealing_keys_written_wrongly_are_refused(written):
    with pytest.raises(ValueError, match="SEALING_KEYS"):
        _ = Settings(sealing_keys=written).keys


def test_what_was_sealed_without_keys_of_ones_own_is_opened_and_found_once_they_come():
    """As README says: SEALING_KEYS=k1:NEW;k0:SECRET_KEY."""
    secret = "a secret for tests and for nothing else"
    before = Sealer(Settings(secret_key=secret).keys)
    after = Sealer(Settings(secret_key=secret, sealing_keys=f"k1:another;k0:{secret}").keys)

    assert after.open(before.seal("王小明")) == "王小明"
    assert after.index("13800000001", "phone") == before.index("13800000001", "phone")
    assert after.seal("王小明").startswith("k1.")
