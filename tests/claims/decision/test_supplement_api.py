"""保险法 22 through the API: bare names, or what, why and how; the text names all of them."""

import json

import pytest

from claims.casefile import Stage
from claims.sweeping import issue_letters
from config.time import now
from notifications.model import Message
from tests.faults.town import Town, told

FULL = {"what": "产权证明", "why": "核对房屋所有权人", "how": "拍照发来即可"}


@pytest.mark.both_databases
def test_names_and_full_items_may_be_asked_for_together(town: Town):
    made = town.claim(Stage.SURVEYED)
    path = f"/claims/{made.file.reference}/supplement-notice"
    answer = town.asks(town.world.adjuster, "POST", path, {"items": [FULL, "装修合同"]})

    assert answer.status_code == 201
    assert told(answer)["items"] == ["产权证明", "装修合同"]
    assert told(answer)["asked"] == [FULL, {"what": "装修合同", "why": "", "how": ""}]


@pytest.mark.parametrize("item", [{"why": "x"}, {"what": ""}, {"what": "x", "when": "y"}, 5, ""])
def test_an_item_that_names_nothing_is_refused(town: Town, item):
    made = town.claim(Stage.SURVEYED)
    answer = town.asks(
        town.world.adjuster, "POST", f"/claims/{made.file.reference}/supplement-notice", {"items": [item]}
    )

    assert (answer.status_code, set(told(answer)["errors"])) == (422, {"items"})


def test_the_text_names_all_of_the_longest_list(town: Town):
    made = town.claim(Stage.SURVEYED)
    items = ["证" * 299, "据" * 296, "墙" * 396]
    town.asks(town.world.adjuster, "POST", f"/claims/{made.file.reference}/supplement-notice", {"items": items})
    issue_letters(town.database, now())

    [message] = town.rows(Message, message="supplement_notice")
    said = json.loads(town.database.belongings["sealer"].open(message.content_sealed))["items"]
    assert said == [f"{number}.{item}" for number, item in enumerate(items, 1)]
