"""What the pattern recognisers look for beyond Presidio's own, one kind of personal data a file."""

from kitwright.privacy.patterns.address import ADDRESSES
from kitwright.privacy.patterns.contact import CONTACTS
from kitwright.privacy.patterns.date import DATES
from kitwright.privacy.patterns.identifier import IDENTIFIERS
from kitwright.privacy.patterns.link import LINKS
from kitwright.privacy.patterns.name import NAMES
from kitwright.privacy.patterns.postcode import POSTCODES
from kitwright.privacy.patterns.secret import SECRETS
from kitwright.privacy.patterns.shape import Shape

__all__ = ["SHAPES", "Shape"]

SHAPES: tuple[Shape, ...] = (*ADDRESSES, *CONTACTS, *DATES, *IDENTIFIERS, *LINKS, *NAMES, *POSTCODES, *SECRETS)
