"""Order numbers and proofs as customers write them, brought into one form."""

import re

# "jo at example dot com", as people spell an address out.
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\bat\b)\s*|\s*@\s*")
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\bdot\b)\s*")


def order_number(text: str) -> str:
    """Return the four digits of an order number (FH-1043, #1043, fh1043, order 1043), or an empty string."""
    found = re.fullmatch(
        r"(?:order|number|no\.?|nr\.?|#|fh|[\s:\-])*([0-9]{4})[.!?]?", text.strip()[:60], re.IGNORECASE
    )
    return found[1] if found else ""


def proof_matches(proof: str, *, email: str, postcode: str) -> bool:
    """Whether the proof is the order's e-mail address or delivery postcode; case and spaces do not matter."""
    if len(proof) > 254:
        return False
    written = _AT.sub("@", _DOT.sub(".", proof.strip().casefold()))
    if "@" in written:
        return written == email.strip().casefold()
    given = _compact(proof)
    return bool(given) and given == _compact(postcode)


def _compact(postcode: str) -> str:
    return re.sub(r"[\s\-.]", "", postcode).upper()
