"""The encoder tuned for intents: it learns, it is kept in PEFT's files, and what was tuned is what is served."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from kitwright.encoder import EncoderAdapter, embedded_encoder, model_folder
from kitwright.errors import AdapterMismatch
from kitwright.nlu import EntityFinder, IntentModel, IntentSettings, NluData, NluParser, TuningSettings, train
from kitwright.types import ScrubbedText

WHOLE = {
    "borrow_book": "can i take this novel home|i want to lend a thriller|is the atlas free to borrow|how do i check "
    "out a book|may i take three books|put this one on my card|id like to loan the cookbook|can we lend picture books|"
    "is there a limit of books i take|take out a dvd",
    "give_back": "where do i return my loans|can i drop books off at night|i want to bring back the atlas|is there a "
    "box for returns|handing in two novels|my mum will bring the book back|return a dvd|how do i give it back|"
    "i finished the thriller where does it go|drop off point",
    "late_fee": "how much is the fine|i am a week late what do i owe|why was i charged 2 pounds|do you charge kids for "
    "overdue books|my book is overdue|fee for lateness|got a bill for a late dvd|can you cancel my fine|"
    "what happens after a month overdue|is there a grace period",
    "opening": "when do you open on sunday|are you open now|closing time today|hours on bank holidays|do you shut for "
    "lunch|is the reading room open late|opening times please|what time do you close|open at 8?|open at christmas",
}
PAIRS = [(text, label) for label, texts in WHOLE.items() for text in texts.split("|")]
SETTINGS = IntentSettings(tuning=TuningSettings(epochs=12))
FRESH = {
    "could i have that biography for two weeks": "borrow_book",
    "i need to bring some comics back": "give_back",
    "whats the penalty for handing in late": "late_fee",
    "r u open tonite": "opening",
}


@pytest.fixture(scope="module")
def model() -> IntentModel:
    return train(PAIRS, embedded_encoder(), SETTINGS)


def parser(model: IntentModel) -> NluParser:
    return NluParser(embedded_encoder(), model, EntityFinder(NluData()))


def test_it_reads_fresh_messages_and_keeps_strange_ones_out(model: IntentModel) -> None:
    read = {text: parser(model).parse(ScrubbedText(text)) for text in FRESH}
    assert {text: found.intent.name for text, found in read.items()} == FRESH
    strange = parser(model).parse(ScrubbedText("my tomatoes have brown spots on the leaves"))
    assert strange.in_scope < min(found.in_scope for found in read.values())


def test_tuning_moves_utterances_of_an_intent_together(model: IntentModel) -> None:
    assert model.tuned is not None
    classes = np.array([model.labels.index(label) for _, label in PAIRS])
    same = classes[:, None] == classes[None]

    def apart(vectors: np.ndarray) -> float:
        likeness = vectors[: len(classes)] @ vectors[: len(classes)].T
        return float(likeness[same].mean() - likeness[~same].mean())

    encoder = embedded_encoder()
    upper = model.tuned.adapter.layers(encoder.tower)
    tuned = encoder.both([ScrubbedText(text) for text, _ in PAIRS], *upper)[1]
    assert apart(tuned) > apart(model.known) + 0.2


def test_it_is_the_same_each_time_and_after_it_was_kept(model: IntentModel, tmp_path: Path) -> None:
    again = train(PAIRS, embedded_encoder(), SETTINGS)
    assert again.tuned is not None
    assert model.tuned is not None
    assert np.allclose(again.tuned.head, model.tuned.head, atol=1e-3)
    model.save(tmp_path)
    loaded = parser(IntentModel.load(tmp_path, encoder=embedded_encoder()))
    for text in FRESH:
        kept, first = (each.parse(ScrubbedText(text)) for each in (loaded, parser(model)))
        assert kept.intent.name == first.intent.name
        assert kept.intent.confidence == pytest.approx(first.intent.confidence, abs=0.02)


@pytest.mark.filterwarnings("ignore::FutureWarning")  # peft asks the model by a name that transformers renamed
def test_peft_reads_the_adapter_and_computes_the_same(model: IntentModel, tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import AutoModel, AutoTokenizer

    assert model.tuned is not None
    model.tuned.adapter.save(tmp_path)
    tuned = PeftModel.from_pretrained(AutoModel.from_pretrained(str(model_folder())), str(tmp_path)).eval()
    text = ScrubbedText("is the library open on monday")
    batch = AutoTokenizer.from_pretrained(str(model_folder()))([text], return_tensors="pt")
    with torch.inference_mode():
        states = tuned(**batch).last_hidden_state[0]
    theirs = torch.nn.functional.normalize(states.mean(dim=0), dim=0).numpy()
    encoder = embedded_encoder()
    _, ours = encoder.both([text], *EncoderAdapter.load(tmp_path).layers(encoder.tower))
    assert float(theirs @ ours[0]) > 0.9995


def test_a_damaged_or_foreign_adapter_is_refused(model: IntentModel, tmp_path: Path) -> None:
    assert model.tuned is not None
    adapter, tower = model.tuned.adapter, embedded_encoder().tower
    names = sorted(adapter.weights)
    foreign = [
        {name.replace("layer.5.", "layer.11."): weight for name, weight in adapter.weights.items()},
        {name: weight for name, weight in adapter.weights.items() if name != names[1]},
        {name: weight[:, : weight.shape[1] // 2] for name, weight in adapter.weights.items() if "query" in name},
        {"something.weight": adapter.weights[names[0]]},
    ]
    for weights in foreign:
        with pytest.raises(AdapterMismatch, match="KW304"):
            EncoderAdapter(adapter.config, weights).layers(tower)
    adapter.save(tmp_path)
    (tmp_path / "adapter_model.safetensors").write_bytes(b"no weights")
    with pytest.raises(AdapterMismatch, match="KW304"):
        EncoderAdapter.load(tmp_path)
    assert json.loads((tmp_path / "adapter_config.json").read_text())["peft_type"] == "LORA"


def test_few_or_odd_utterances_are_trained_without_tuning() -> None:
    model = train([("hello", "greet"), ("bye now", "goodbye")], embedded_encoder(), SETTINGS)
    assert model.tuned is None
    assert parser(model).parse(ScrubbedText("bye")).intent.name == "goodbye"
