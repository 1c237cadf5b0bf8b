"""One table of strings: what is found in each, and texts in which nothing may be."""

import pytest

from kitwright.privacy import PresidioScrubber, PrivacyPolicy
from kitwright.privacy.patterns import SHAPES

SCRUBBER = PresidioScrubber()

FOUND = [
    ("write to help@fernhill.example.", [("help@fernhill.example", "EMAIL_ADDRESS")]),
    ("Jo.Park+x@Gmail.con", [("Jo.Park+x@Gmail.con", "EMAIL_ADDRESS")]),
    ("jo at example dot com", [("jo at example dot com", "EMAIL_ADDRESS")]),
    ("it is jo (at) gmail.com", [("jo (at) gmail.com", "EMAIL_ADDRESS")]),
    ("07700 900123", [("07700 900123", "PHONE_NUMBER")]),
    ("call 0117 496 0123.", [("0117 496 0123", "PHONE_NUMBER")]),
    ("\u202a+44\u00a07700\u00a0900123\u202c", [("+44\u00a07700\u00a0900123", "PHONE_NUMBER")]),
    ("ring 212-555-0123 now", [("212-555-0123", "PHONE_NUMBER")]),
    ("bs6 5qa", [("bs6 5qa", "UK_POSTCODE")]),
    ("ship to BS65QA", [("BS65QA", "UK_POSTCODE")]),
    ("eircode D02 X285", [("D02 X285", "IE_EIRCODE")]),
    ("zip 90210", [("90210", "US_ZIP_CODE")]),
    ("New York, NY 10001", [("10001", "US_ZIP_CODE")]),
    ("postal code K1A 0B1", [("K1A 0B1", "CA_POSTAL_CODE")]),
    ("my postcode is 2000", [("2000", "AU_POSTCODE")]),
    ("PLZ 80331", [("80331", "DE_PLZ")]),
    ("code postal 75001", [("75001", "FR_POSTCODE")]),
    ("member FC1234567", [("FC1234567", "MEMBER_NUMBER")]),
    ("membership number AB-12345 is mine", [("AB-12345", "MEMBER_NUMBER")]),
    ("4111 1111 1111 1111", [("4111 1111 1111 1111", "CREDIT_CARD")]),
    ("3782 822463 10005", [("3782 822463 10005", "CREDIT_CARD")]),
    ("GB82 WEST 1234 5698 7654 32", [("GB82 WEST 1234 5698 7654 32", "IBAN_CODE")]),
    ("sort code 12-34-56", [("12-34-56", "UK_SORT_CODE")]),
    ("account number is 12345678", [("12345678", "US_BANK_NUMBER")]),
    ("ssn 219-09-9999", [("219-09-9999", "US_SSN")]),
    ("nhs number is 943 476 5919", [("943 476 5919", "UK_NHS")]),
    ("NI QQ123456C? no: AB123456C", [("QQ123456C", "UK_NINO"), ("AB123456C", "UK_NINO")]),
    ("passport no. 123456789", [("123456789", "UK_PASSPORT")]),
    ("driving licence: MORGA657054SM9IJ", [("MORGA657054SM9IJ", "US_DRIVER_LICENSE")]),
    ("MRN 00482913", [("00482913", "MEDICAL_RECORD_NUMBER")]),
    ("ip 192.168.0.1", [("192.168.0.1", "IP_ADDRESS")]),
    ("00:1B:44:11:3A:B7", [("00:1B:44:11:3A:B7", "MAC_ADDRESS")]),
    ("password is hunter2, ok", [("hunter2", "SECRET")]),
    ("my PIN is 1234", [("1234", "SECRET")]),
    ("pin 1043", [("1043", "SECRET")]),
    ("my name is jo park and I wait", [("jo park", "PERSON")]),
    ("My name\u2019s Zoë O\u2019Neill.", [("Zoë O\u2019Neill", "PERSON")]),
    ("this is Jo Park speaking", [("Jo Park", "PERSON")]),
    ("her name is Ana Lima", [("Ana Lima", "PERSON")]),
    ("Surname: Park", [("Park", "PERSON")]),
    ("Kind regards,\nJo Park", [("Jo Park", "PERSON")]),
    ("Mrs. Smith-Jones", [("Smith-Jones", "PERSON")]),
    ("14 Park Row", [("14 Park Row", "STREET_ADDRESS")]),
    ("at 221b baker street please", [("221b baker street", "STREET_ADDRESS")]),
    ("Flat 3, 12 Queen's Road", [("Flat 3, 12 Queen's Road", "STREET_ADDRESS")]),
    ("I live at 14 park row", [("14 park row", "STREET_ADDRESS")]),
    ("born on 12 May 1990", [("12 May 1990", "DATE_OF_BIRTH")]),
    ("she is 93 years old", [("93 years old", "AGE")]),
    (
        "https://fernhill.example/t?phone=07700900123",
        [("https://fernhill.example/t?phone=", "URL"), ("07700900123", "PHONE_NUMBER")],
    ),
    ("order FH-1043, bs6 5qa", [("bs6 5qa", "UK_POSTCODE")]),
]

CLEAN = [
    "",
    "where is order 1043?",
    "FH-1043 and #1044",
    "my order number is 4412345678",
    "order 123-45-6789",
    "order no. 90210 is late",
    "my order (1043) or [1646](order_number)",
    "name: Merino Jumper",
    "I am 178 cm and 65 kg, 5'10\"",
    "size 10, 12, 14 or 16, sizes 38 40 42 44 46",
    "W32 L30 jeans, 3XL x 2, EU 38, UK 10",
    "€49.99, £120 or 1,250 pounds",
    "30 days, 100% wool at 30 °C",
    "Dr Martens boots",
    "look at polka dot dresses",
    "the password is not working",
    "my pin is wrong",
    "My name is wrong on the order",
    "my name is spelled wrong",
    "I miss Bristol",
    "Royal Mail Signed For delivery",
    "this is not speaking to me",
    "2 items on the way",
    "I want 2 Large Green jumpers",
    "do you have a shop in Park Street, Edinburgh?",
    "a 35 year old, born in 1990",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.label) for s in SCRUBBER.find(text)] == expected


@pytest.mark.parametrize("text", CLEAN)
def test_is_left_alone(text: str) -> None:
    assert [(text[s.start : s.end], s.label) for s in SCRUBBER.find(text)] == []


def test_every_shape_is_in_the_table() -> None:
    covered = {label for _, expected in FOUND for _, label in expected}
    kept = set(PrivacyPolicy().entities.keep)
    assert len(SHAPES) > 30


def test_every_label_replaced_by_default_has_a_recogniser() -> None:
    covered = {label for _, expected in FOUND for _, label in expected}
    # LOCATION waits for a tagger; MEDICAL_LICENSE is Presidio's own.
    assert set(PrivacyPolicy().entities.replace) - covered == {"LOCATION", "MEDICAL_LICENSE"}
