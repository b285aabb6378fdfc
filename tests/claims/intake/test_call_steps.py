"""The table of the call fits together: every key leads somewhere, every step has its sentence in both languages."""

from __future__ import annotations

import string

import pytest

from claims.casefile import CLAIM_STAGES
from claims.casefile.files import reference_for
from claims.intake.call.steps import ENTRANCES, STEPS, Asks, Dials, Ends, Records, after
from config.time import now
from notifications.prompts import LANGUAGES, prompts
from notifications.voice import Turn
from tests.makers import at

SILENT_STEPS = {"accepted", "declined"}
BESIDE_THE_STEPS = {
    "greeting", "other_language", "again", "home_key", "home_other", "registering", "told_survey", "told_referred",
    "told_later", "texted", "listen_again", "progress_by", "progress_late", "progress_withheld", "sorry", "unsigned",
    "next_on_duty", "reference_again",
}  # fmt: skip


def turn(step: str, keys: str = "", speech: str = "", misses: int = 0) -> Turn:
    return Turn("CA1", step, {"Digits": keys, "SpeechResult": speech}, at("Mon 2026-03-02 10:00"), misses=misses)


def ways(step: str) -> set[str]:
    """Where a step can lead, by all that its row says."""
    match STEPS[step]:
        case Asks() as asks:
            return {*asks.keys.values(), asks.spoken, asks.reference, asks.silent or "voicemail"} - {""}
        case Records(then):
            return {then, "person"}
        case Dials(reached, otherwise):
            return {reached, otherwise}
    return set()


def test_every_way_leads_to_a_step_that_is_there() -> None:
    assert {way for step in STEPS for way in ways(step)} | set(ENTRANCES.values()) <= STEPS.keys()


def test_every_step_is_reached_from_an_entrance() -> None:
    reached, waiting = set(), list(ENTRANCES.values())
    while waiting:
        step = waiting.pop()
        waiting += [*(ways(step) | ({"what"} if step == "home" else set())) - reached]
        reached.add(step)

    assert reached == STEPS.keys()


def test_from_every_question_to_the_caller_0_leads_to_a_person() -> None:
    asked = [name for name, step in STEPS.items() if isinstance(step, Asks) and name != "accept"]

    assert {after(turn(step, "0")).step for step in asked} == {"person"}


@pytest.mark.parametrize("step", ["menu", "home", "reference"])
@pytest.mark.parametrize("keys", ["", "7", "*"])
@pytest.mark.parametrize(("misses", "leads_to"), [(0, "asked again"), (1, "voicemail")])
def test_silence_and_a_key_that_means_nothing_are_asked_again_once(step, keys, misses, leads_to) -> None:
    goes = after(turn(step, keys, misses=misses), homes=2)

    assert goes == ((step, 1) if leads_to == "asked again" else ("voicemail", 0))


@pytest.mark.parametrize(("key", "homes", "leads_to"), [("2", 2, "what"), ("3", 2, "home"), ("8", 2, "where")])
def test_only_a_home_that_was_offered_can_be_chosen(key, homes, leads_to) -> None:
    assert after(turn("home", key), homes=homes).step == leads_to


def test_a_number_with_a_wrong_digit_is_asked_for_again_before_anything_is_looked_up() -> None:
    right = reference_for(7, now())
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

    assert (after(turn("reference", right)).step, after(turn("reference", wrong)).step) == ("progress", "reference")


def test_a_step_that_nobody_knows_leads_to_a_message() -> None:
    assert after(turn("fallback")).step == "voicemail"


def test_every_step_and_every_stage_has_its_sentence_and_none_is_left_over() -> None:
    steps = {name for name, step in STEPS.items() if name not in SILENT_STEPS}
    stages = {f"stage_{stage}" for stage in CLAIM_STAGES}

    assert prompts().keys() == steps | stages | BESIDE_THE_STEPS
    assert all(isinstance(STEPS[name], Ends) for name in SILENT_STEPS)


@pytest.mark.parametrize("name", prompts())
def test_a_sentence_has_its_twin_and_both_ask_for_the_same_values(name) -> None:
    twins = prompts()[name]
    asked = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in twins.values()]

    assert tuple(twins) == LANGUAGES
    assert asked[0] == asked[1]
    assert all(text.strip() for text in twins.values())


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if isinstance(step, Records)])
def test_before_a_tone_the_caller_is_told_of_the_recording_and_why(name) -> None:
    assert "录音" in prompts()[name]["zh"] and "只用于办理理赔" in prompts()[name]["zh"]
    assert "record" in prompts()[name]["en"]


@pytest.mark.parametrize("name", ["danger", "sorry", "unsigned"])
def test_whoever_is_in_danger_hears_first_to_leave_and_whom_to_call(name) -> None:
    assert all(number in prompts()[name]["zh"] for number in ("120", "119"))
    assert "离开" in prompts()[name]["zh"]
