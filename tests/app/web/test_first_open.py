"""What is said for a page that is still on its way is what the server obeys, and the page brings it along whole.

That the page itself would say the same, letter by letter, is seen in tests/browser/test_newcomer.py.
"""

from app.live.events import Opened
from app.settings import Settings
from app.web.catalog import catalog
from app.web.first_open import first_open
from tests.app.live.talk import Talk, events_of, frames_of


def test_it_opens_the_run_of_a_first_visit_at_rest_until_it_is_to_play() -> None:
    message = first_open() | {"play": False}
    talk = Talk()
    (answer,) = events_of(talk.say(message.pop("type"), **message))
    assert isinstance(answer, Opened)
    assert (answer.config, answer.speed) == (
        catalog(Settings())["default"],
        catalog(Settings())["first_visit"]["speed"],
    )
    (first,) = frames_of(talk.turns_while_due())
    assert (first[0]["epoch"], first[0]["playing"]) == (0, False)
    talk.say("play")
    assert frames_of(talk.turns(1.0))[-1][0]["epoch"] > 0
