"""Conversations as they should go and do not yet; what goes right at last belongs into the tests of the kit."""

from pathlib import Path

from kitwright.bot import Bot
from kitwright.dataset import read_conversation_tests
from kitwright.evaluation import run_conversation
from kitwright.files.yaml_document import read_yaml

FILES = sorted((Path(__file__).parent / "wanted").glob("*.yml"))


def test_what_goes_right_is_no_longer_a_wish(real_bot: Bot) -> None:
    wanted = [test for path in FILES for test in read_conversation_tests(read_yaml(path))]
    assert wanted
    assert [test.test_case for test in wanted if run_conversation(test, real_bot).passed] == []
