"""What cannot be answered is told in the words of the live socket."""

import json

from app.errors import Busy
from app.web.errors import refused, too_busy
from nncore.errors import UnknownName
from nncore.sentence import Sentence


def test_a_mistake_is_told_with_its_place_and_what_is_known() -> None:
    answer = refused(UnknownName.of("neuron type", "kam", ("kan", "linear"), "neuron"), 404)
    body = json.loads(bytes(answer.body))
    assert answer.status_code == 404
    assert (body["code"], body["path"], body["known"]) == ("unknown", "neuron", ["kan", "linear"])
    assert body["message"].startswith("neuron: ")


def test_who_finds_no_room_is_told_when_to_come_back() -> None:
    answer = too_busy(Busy(Sentence("busy.full", "Full."), 2.5))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert json.loads(bytes(answer.body)) == {"message": "Full.", "retry_after": 2.5}
