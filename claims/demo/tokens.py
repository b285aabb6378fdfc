"""The demo's people and their tokens, which everybody knows; and the small sample registry."""

from datetime import datetime

from sqlmodel import Session, col, select

from claims.access import ROLES, AccessToken, Person, give_token, roles_of
from claims.access.model import Password
from claims.access.passwords import hashed
from claims.casefile.model import CaseFile
from claims.registry import Project, import_files
from config.database import Database
from config.settings import ROOT

DEMO_TOKENS = {role: f"demo-{role}" for role in ROLES}
DEMO_PASSWORD = "shanghai-demo"
"""Of everybody in the demo, for the pages."""


def give_demo_tokens(session: Session, at: datetime) -> None:
    """One for each role, to whoever has that role and as few others as possible."""
    people = session.exec(select(Person).order_by(col(Person.id))).all()
    for role, token in DEMO_TOKENS.items():
        able = [person for person in people if role in roles_of(person)]
        give_token(session, min(able, key=lambda person: len(roles_of(person))), at, token)
    shared = hashed(DEMO_PASSWORD)
    session.add_all(Password(person_id=person.id or 0, hash=shared, set_at=at) for person in people)


def demo_sign_ins(session: Session) -> list[tuple[str, str]]:
    """E-mail address and token of each role's person."""
    index = {session.info["sealer"].index(token, "token"): token for token in DEMO_TOKENS.values()}
    theirs = select(Person.email, AccessToken.token_index).join(AccessToken, col(AccessToken.person_id) == Person.id)
    known = theirs.where(col(AccessToken.token_index).in_(index)).order_by(col(AccessToken.id))
    return [(email, index[token_index]) for email, token_index in session.exec(known)]


def is_empty(session: Session) -> bool:
    """Whether nobody has put anything here yet: no project, no person, no claim."""
    return all(session.exec(select(rows).limit(1)).first() is None for rows in (Project.id, Person.id, CaseFile.id))


def load_sample(database: Database, at: datetime) -> bool:
    """Import config/sample/*.csv and give the demo's tokens, where nothing is there yet; answers whether it did."""
    with database.session() as session:
        if not is_empty(session):
            return False
        import_files(session, sorted((ROOT / "config" / "sample").glob("*.csv")), at)
        give_demo_tokens(session, at)
        session.commit()
        return True


def has_demo_tokens(database: Database) -> bool:
    sealer = database.belongings["sealer"]
    known = [sealer.index(token, "token") for token in DEMO_TOKENS.values()]
    query = select(AccessToken.id).where(col(AccessToken.token_index).in_(known), col(AccessToken.revoked_at).is_(None))
    with database.session(reading=True) as session:
        return session.exec(query.limit(1)).first() is not None


def refuse_demo_tokens(database: Database) -> None:
    """Everybody knows the demo's tokens: production doesn't start on a database that has one."""
    if has_demo_tokens(database):
        raise SystemExit("This database has the demo's tokens, which everybody knows. Use another, or DEMO=1.")
