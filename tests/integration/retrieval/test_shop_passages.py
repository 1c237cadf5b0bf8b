"""The real encoder on reworded questions: meaning is found where words differ."""

from pathlib import Path

from kitwright.encoder import embedded_encoder
from kitwright.retrieval import PassageIndex, Query
from kitwright.types import Passage, ScrubbedText

PASSAGES = (
    Passage(id="care", title="Washing wool", text="Use the wool programme and dry the garment flat.", source="care"),
    Passage(id="money", title="Refunds", text="Money goes back to the original payment method.", source="refunds"),
    Passage(id="parcel", title="Delivery", text="Parcels arrive within four working days.", source="delivery"),
)


def test_meaning_is_found_where_words_differ(tmp_path: Path) -> None:
    encoder = embedded_encoder()
    index = PassageIndex.build(PASSAGES, encoder, cache=tmp_path)
    for question, expected in (("how do I launder my jumper", "care"), ("reimbursed to my card?", "money")):
        said = ScrubbedText(question)
        assert index.search([Query(said, encoder.encode([said])[0])], 1)[0].passage.id == expected
