"""What the pattern recognisers look for, one kind of personal data a file, and what is no personal data."""

from kitwright.privacy.patterns.account import ACCOUNTS, ORDERS
from kitwright.privacy.patterns.address import ADDRESSES
from kitwright.privacy.patterns.age import AGES
from kitwright.privacy.patterns.code import CODES
from kitwright.privacy.patterns.contact import CONTACTS
from kitwright.privacy.patterns.date import DATES
from kitwright.privacy.patterns.device import DEVICES
from kitwright.privacy.patterns.facility import FACILITIES
from kitwright.privacy.patterns.finance import FINANCE
from kitwright.privacy.patterns.handle import HANDLES
from kitwright.privacy.patterns.harmless import HARMLESS
from kitwright.privacy.patterns.health import HEALTH
from kitwright.privacy.patterns.link import LINKS
from kitwright.privacy.patterns.name import NAMES
from kitwright.privacy.patterns.national import NATIONAL
from kitwright.privacy.patterns.phone import PHONES
from kitwright.privacy.patterns.postcode import POSTCODES
from kitwright.privacy.patterns.secret import SECRETS
from kitwright.privacy.patterns.shape import Shape

__all__ = ["HARMLESS", "SHAPES", "Shape"]

SHAPES: tuple[Shape, ...] = (
    *ACCOUNTS,
    *ORDERS,
    *ADDRESSES,
    *AGES,
    *CODES,
    *CONTACTS,
    *DATES,
    *DEVICES,
    *FACILITIES,
    *FINANCE,
    *HANDLES,
    *HEALTH,
    *LINKS,
    *NAMES,
    *NATIONAL,
    *PHONES,
    *POSTCODES,
    *SECRETS,
)
