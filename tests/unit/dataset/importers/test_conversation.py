"""Any conversation that passes has its roles in turn, and loses nothing between the first question and last answer."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset.importers.conversation import conversation
from kitwright.dataset.importers.draft import Unfit
from kitwright.dataset.sample import Said

TURNS = st.lists(st.builds(Said, st.sampled_from(["user", "assistant"]), st.text("ab ", max_size=3)), max_size=8)


@given(TURNS)
def test_roles_are_in_turn(turns: list[Said]) -> None:
    spoken = [said for said in turns if said.content.strip()]
    first = next((n for n, said in enumerate(spoken) if said.role == "user"), len(spoken))
    last = max((n for n, said in enumerate(spoken) if said.role == "assistant"), default=-1)
    kept = spoken[first : last + 1]
    if not kept:
        with pytest.raises(Unfit):
            conversation(turns)
        return
    result = conversation(turns)
    assert (result[0].role, result[-1].role) == ("user", "assistant")
    assert all(one.role != other.role for one, other in pairwise(result))
    assert "\n".join(said.content for said in result) == "\n".join(said.content.strip() for said in kept)


def test_only_the_first_may_be_of_the_system() -> None:
    system, question, answer = Said("system", "s"), Said("user", "q"), Said("assistant", "a")
    assert conversation([system, question, answer]) == (system, question, answer)
    with pytest.raises(Unfit, match="system"):
        conversation([question, system, answer])
