"""Checksums, by the name that a shape gives: Presidio's where it has one, small ones of our own elsewhere.

All read capital letters and digits only: separators are taken out first.
"""

from collections.abc import Callable
from functools import cache
from typing import Final, Literal

Check = Literal[
    "aba", "au_medicare", "au_tfn", "aadhaar", "card", "dea", "de_pension", "de_tax", "iban", "imei", "luhn", "ip",
    "nhs", "nir", "npi", "pps", "vin",
]  # fmt: skip

_PRESIDIO: Final = {
    "aadhaar": "InAadhaarRecognizer",
    "aba": "AbaRoutingRecognizer",
    "au_medicare": "AuMedicareRecognizer",
    "au_tfn": "AuTfnRecognizer",
    "de_pension": "DeSocialSecurityRecognizer",
    "de_tax": "DeTaxIdRecognizer",
    "nhs": "NhsRecognizer",
    "npi": "UsNpiRecognizer",
}
_VIN_VALUES: Final = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", "123456781234579234567890123456789", strict=True))
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_IBAN_LENGTHS: Final = {
    code[:2]: int(code[2:])
    for code in (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24"
        " FI18 FO18"
        " FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20"
        " LU20 LV21"
        " LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24"
        " SI19 SK24"
        " SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
    ).split()
}
_PPS_LETTERS: Final = "WABCDEFGHIJKLMNOPQRSTUV"


def holds(check: Check, written: str) -> bool:
    """Whether the check digits of a value, as a person wrote it, are right."""
    if check == "ip":
        return _ip(written)
    return _check(check)("".join(filter(str.isalnum, written)).upper())


def load(check: Check) -> None:
    """Import what a check needs, so that no message waits for it."""
    if check != "ip":
        _check(check)


@cache
def _check(check: Check) -> Callable[[str], bool]:
    if check in _PRESIDIO:
        from kitwright.privacy.light_import import import_presidio

        import_presidio()
        from presidio_analyzer import predefined_recognizers

        validate = getattr(predefined_recognizers, _PRESIDIO[check])().validate_result
        return lambda value: len(set(value)) > 1 and bool(validate(value))
    return _OWN[check]


def _luhn(digits: str) -> bool:
    if not digits.isdecimal() or len(set(digits)) == 1:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _card(digits: str) -> bool:
    """Luhn, and a first digit that is issued with that many digits (ISO/IEC 7812)."""
    lengths = {"2": (16,), "3": (14, 15, 16), "4": (13, 16, 19), "5": range(12, 20), "6": range(12, 20)}
    return len(digits) in lengths.get(digits[:1], ()) and _luhn(digits)


def _iban(value: str) -> bool:
    """ISO 13616: as long as its country has it; the first four moved to the back, as a number, leave one of 97."""
    if len(value) != _IBAN_LENGTHS.get(value[:2]) or not value.isascii() or sum(map(str.isdigit, value)) < 8:
        return False
    return int("".join(str(int(each, 36)) for each in value[4:] + value[:4])) % 97 == 1


def _nir(value: str) -> bool:
    """The French INSEE number; Corsica writes 2A and 2B for 19 and 18."""
    body = value[:-2].replace("2A", "19").replace("2B", "18")
    return len(value) == 15 and body.isdecimal() and 97 - int(body) % 97 == int(value[-2:])


def _pps(value: str) -> bool:
    """The Irish number: seven digits, a check letter, and since 2013 a second letter that counts nine times."""
    second = _PPS_LETTERS.find(value[8]) if len(value) == 9 else 0
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), value[:7], strict=True))
    return _PPS_LETTERS[(total + 9 * second) % 23] == value[7]


def _vin(value: str) -> bool:
    """ISO 3779 as North America checks it: position nine is the rest by eleven, ten written X."""
    if len(value) != 17 or len(set(value)) < 6 or not set(value) <= _VIN_VALUES.keys():
        return False
    total = sum(weight * int(_VIN_VALUES[each]) for weight, each in zip(_VIN_WEIGHTS, value, strict=True))
    return "0123456789X"[total % 11] == value[8]


def _dea(value: str) -> bool:
    """A prescriber's registration: the odd digits and twice the even ones end in the last digit."""
    digits = [int(digit) for digit in value[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def _ip(written: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(written.partition("%")[0].partition("/")[0])
    except ValueError:
        return False
    return True


_OWN: Final[dict[str, Callable[[str], bool]]] = {
    "card": _card,
    "dea": _dea,
    "iban": _iban,
    "imei": lambda digits: len(digits) == 15 and _luhn(digits),
    "luhn": _luhn,
    "nir": _nir,
    "pps": _pps,
    "vin": _vin,
}
