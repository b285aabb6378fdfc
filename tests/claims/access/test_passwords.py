"""Passwords as they are stored: the suite itself hashes cheaply (tests/ground.py), the service must not."""

from importlib.util import find_spec, module_from_spec


def test_a_password_is_hashed_by_the_low_memory_profile_of_rfc_9106() -> None:
    spec = find_spec("claims.access.passwords")
    assert spec is not None and spec.loader is not None
    as_served = module_from_spec(spec)
    spec.loader.exec_module(as_served)

    assert as_served.hashed("shanghai-demo").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_person_who_is_not_there_is_compared_as_slowly() -> None:
    from claims.access import passwords

    assert passwords._NOBODYS.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
