"""What the caller hears next: the table of steps, filled in with what is known. Reads only."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from claims.casefile import Stage
from claims.casefile.queries import running_clock
from claims.intake.call.places import (
    claim_named,
    claim_opened_by,
    homes_of,
    reported_from,
    spoken_home,
)
from claims.intake.call.progress import last_day_of, progress_of, spoken
from claims.intake.call.steps import (
    STEPS,
    Dials,
    Ends,
    Next,
    Records,
    after,
    offered,
)
from claims.intake.call.story import caller_of, changes_language, story_of
from claims.roster import numbers_on_duty
from notifications.prompts import line
from notifications.voice import Ask, Connect, Dial, HangUp, Line, Record, Reply, Turn, Wait

PATIENCE = 5
"""How often we wait for the claim to be opened, two seconds each, before the number comes by text alone."""
REFERENCE_DIGITS = 12
Lines = tuple[Line, ...]


def answer_call(session: Session, turn: Turn) -> Reply:
    """The conversation: the reply to one turn. The same turn gets the same reply."""
    homes = homes_of(session, caller_of(turn.said), turn.at) if turn.step in ("menu", "home") else []
    rings = isinstance(STEPS.get(turn.step), Dials)
    reached = rings and story_of(session, turn.call).accepted
    on_duty = len(numbers_on_duty(session, turn.at)) if rings and not reached else 0
    goes = after(turn, homes=len(homes), reached=reached, on_duty=on_duty)
    if goes.step == "home" and not homes:
        goes = Next("where")
    if changes_language(turn):
        turn = _in_the_other_language(turn)
    if goes.step == "told":
        return _told(session, turn)
    lines = _SAYS.get(goes.step, _its_prompt)(session, turn, goes)
    return Reply(lines, _act(session, goes, turn.at), turn.language)


def _act(session: Session, goes: Next, at: datetime) -> Ask | Record | Dial | Wait | Connect | HangUp:
    match STEPS[goes.step]:
        case Records():
            return Record(goes.step)
        case Dials():
            numbers = numbers_on_duty(session, at)[goes.misses :]
            return Dial(goes.step, numbers[0], "whisper", goes.misses + 1) if numbers else Wait(goes.step, goes.misses)
        case Ends(connects):
            return Connect() if connects else HangUp()
    speech = goes.step in ("where", "what")
    keys = REFERENCE_DIGITS if goes.step == "reference" else 1
    return Ask(goes.step, goes.misses, keys=keys, speech=speech)


def _its_prompt(session: Session, turn: Turn, goes: Next) -> Lines:
    if isinstance(STEPS[goes.step], Dials) and goes.misses:
        return (line("next_on_duty", turn.language),)
    again = (line("again", turn.language),) if goes.misses else ()
    return *again, line(goes.step, turn.language)


def _menu(session: Session, turn: Turn, goes: Next) -> Lines:
    greeting: Lines = ()
    if turn.step == "greeting":
        insurer = session.info["settings"].insurer_name
        greeting = line("greeting", turn.language, insurer=insurer), line("other_language", _other(turn.language))
    return greeting + _its_prompt(session, turn, goes)


def _home(session: Session, turn: Turn, goes: Next) -> Lines:
    homes = homes_of(session, caller_of(turn.said), turn.at)
    choices = (
        said
        for key, home in zip(offered(len(homes)), homes, strict=True)
        for said in (Line("zh", f"{spoken_home(home)}，"), line("home_key", turn.language, key=key))
    )
    return *_its_prompt(session, turn, goes), *choices, line("home_other", turn.language)


def _told(session: Session, turn: Turn) -> Reply:
    """The claim is opened by whoever reads the last step; where that is the worker, the caller waits a little."""
    opened = claim_opened_by(session, turn.call)
    if opened is None and turn.misses >= PATIENCE:
        return Reply((line("told_later", turn.language),), HangUp(), turn.language)
    if opened is None:
        waiting = (line("registering", turn.language),) if not turn.misses else ()
        return Reply(waiting, Wait("registering", turn.misses + 1, seconds=2), turn.language)
    file, _ = opened
    told = [line("told", turn.language, digits=spoken(file.reference))]
    if caller_of(turn.said):
        told.append(line("texted", turn.language))
    clock = running_clock(session, file.id or 0, "survey") if file.stage == Stage.REPORTED else None
    if clock is not None and clock.legal_due is not None:
        told.append(line("told_survey", turn.language, day=last_day_of(clock, turn.language)))
    if file.stage == Stage.REFERRED:
        told.append(line("told_referred", turn.language))
    return Reply((*told, line("listen_again", turn.language)), Ask("told"), turn.language)


def _progress(session: Session, turn: Turn, goes: Next) -> Lines:
    """Told to the number that reported, and to nobody else; of a claim that doesn't exist the same is said."""
    reference = turn.keys if turn.step == "reference" else story_of(session, turn.call).reference
    named = claim_named(session, reference)
    if named is None or not reported_from(session, named[1], caller_of(turn.said)):
        return (line("progress_withheld", turn.language),)
    return *progress_of(session, named[0], turn.language, turn.at), line("listen_again", turn.language)


def _person(session: Session, turn: Turn, goes: Next) -> Lines:
    """Nobody is put through where nobody is on duty: the message is asked for at once."""
    return _its_prompt(session, turn, goes) if numbers_on_duty(session, turn.at)[goes.misses :] else ()


def _accept(session: Session, turn: Turn, goes: Next) -> Lines:
    """Whoever is on duty speaks Chinese, whatever the caller speaks."""
    return (line("accept", "zh"),)


def _reference(session: Session, turn: Turn, goes: Next) -> Lines:
    """Keys that are no claim's number: what one looks like, and the way out for whoever has none."""
    return (line("reference_again" if goes.misses else "reference", turn.language),)


def _silent(session: Session, turn: Turn, goes: Next) -> Lines:
    return ()


_SAYS: dict[str, Callable[[Session, Turn, Next], Lines]] = {
    "menu": _menu,
    "home": _home,
    "reference": _reference,
    "progress": _progress,
    "person": _person,
    "accept": _accept,
    "accepted": _silent,
    "declined": _silent,
}
"""Steps that say more than the sentence of their name, or nothing."""


def _in_the_other_language(turn: Turn) -> Turn:
    return Turn(turn.call, turn.step, turn.said, turn.at, turn.number, turn.misses, _other(turn.language))


def _other(language: str) -> str:
    return "en" if language == "zh" else "zh"
