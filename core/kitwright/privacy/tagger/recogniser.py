"""The tagger as a Presidio recogniser, loaded at the first text."""

import hashlib
import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kitwright.encoder import EmbeddedEncoder, Remembered, embedded_encoder, is_installed
from kitwright.errors import AdapterMismatch, Fault
from kitwright.privacy.light_import import import_presidio
from kitwright.privacy.tagger.model import PiiTagger, Tagged, TaggerOnTower
from kitwright.privacy.tagger.plausible import is_plausible
from kitwright.privacy.tagger.training import TAGS
from kitwright.protocols import Encoder

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

SHIPPED: Final = Path(__file__).parent / "adapter"
"""The tagger that comes with Kitwright."""

_REMEMBERED: Final = 2048  # texts, by a hash that tells nothing of them to anybody else
_PRESIDIO: Final = {
    "DATE": "DATE_TIME",
    "PHONE": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS",
    "IP": "IP_ADDRESS",
    "DEVICE": "DEVICE_ID",
    "VEHICLE": "VEHICLE_PLATE",
}


def taggers(encoder: Encoder | None = None) -> "tuple[EntityRecognizer, ...]":
    """The shipped tagger, for a scrubber; nothing where the encoder is another one, or not installed.

    Args:
        encoder: that is in memory already; the embedded one by default.
    """
    if encoder is None and not is_installed():
        return ()
    found = encoder if encoder is not None else embedded_encoder()
    if not isinstance(found, EmbeddedEncoder) or not SHIPPED.is_dir():
        return ()
    return (tagger_recogniser(found),)


def tagger_recogniser(encoder: EmbeddedEncoder, folder: Path = SHIPPED) -> "EntityRecognizer":
    """A recogniser over a trained tagger; at the first text it raises `AdapterMismatch` if it does not fit the encoder.

    Args:
        encoder: in memory; its network is asked for at the first text.
        folder: of the tagger.
    """
    import_presidio()
    from presidio_analyzer import EntityRecognizer, RecognizerResult

    lock, key = threading.Lock(), secrets.token_bytes(32)
    known = Remembered[bytes, list[Tagged]](_REMEMBERED)

    class Tagger(EntityRecognizer):  # type: ignore[misc,unused-ignore]
        """Presidio's interface; its labels where it has one."""

        _ready: TaggerOnTower | None = None

        def load(self) -> None:
            """Nothing: it is loaded when it is needed."""

        def analyze(self, text: str, entities: Any, nlp_artifacts: Any = None) -> list[RecognizerResult]:
            with lock:
                if self._ready is None:
                    self._ready = _fitting(folder, encoder)
            name = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key).digest()
            tagged = known.get(name)
            if tagged is None:
                tagged = self._ready(text)
                known.keep(name, tagged)
            return [
                RecognizerResult(_PRESIDIO.get(each.label, each.label), each.start, each.end, each.score)
                for each in tagged
                if is_plausible(each.label, text[each.start : each.end])
            ]

    labels = sorted({_PRESIDIO.get(tag[2:], tag[2:]) for tag in TAGS if "-" in tag})
    return Tagger(supported_entities=labels, name="Kitwright tagger", supported_language="en")


def _fitting(folder: Path, encoder: EmbeddedEncoder) -> TaggerOnTower:
    tagger = PiiTagger.load(folder)
    trained = str(tagger.origin.get("encoder"))
    if trained != encoder.id:
        problem = f"the tagger of personal data was trained with the encoder {trained}"
        hint = "train it again: kitwright privacy train"
        raise AdapterMismatch(Fault(code="KW304", place=str(folder), problem=problem, value=encoder.id, hint=hint))
    return tagger.on(encoder.tower)
