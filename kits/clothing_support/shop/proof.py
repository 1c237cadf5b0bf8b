"""Order, gift card and member numbers, codes and proofs as customers write them, brought into one form."""

import re

# "jo at example dot com", as people spell an address out.
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\bat\b)\s*|\s*@\s*")
_LOOK_ALIKES = str.maketrans("OIL", "011")
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\bdot\b)\s*")


def order_number(text: str) -> str:
    """Return the four digits of an order number (FH-1043, #1043, fh1043, order 1043), or an empty string."""
    found = re.fullmatch(
        r"(?:order|number|no\.?|nr\.?|#|fh|[\s:\-])*([0-9]{4})[.!?]?", text.strip()[:60], re.IGNORECASE
    )
    return found[1] if found else ""


def gift_card_number(text: str) -> str:
    """Return `GC` and the ten digits of a gift card (GC 4410 7732 18, gc-4410773218), or an empty string."""
    found = re.fullmatch(r"GC[0-9]{10}", _compact(text.strip()[:60]))
    return found[0] if found else ""


def member_number(text: str) -> str:
    """Return `FC` and the seven digits of a member number, or an empty string."""
    found = re.fullmatch(r"FC[0-9]{7}", _compact(text.strip()[:60]))
    return found[0] if found else ""


def plain_code(text: str) -> str:
    """Return a discount code with its case, spaces, hyphens and look-alikes (O and 0, I, L and 1) made one."""
    return _compact(text[:60]).translate(_LOOK_ALIKES)


def email_matches(written: str, *emails: str) -> bool:
    """Whether an address, however it is spelt out, is one of these; an empty one is none."""
    return any(email and "@" in email and proof_matches(written, email=email, postcode="") for email in emails)


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
