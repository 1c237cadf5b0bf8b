"""Numbers by their label and by their check digits: records, members, states, banks, devices, vehicles."""

import pytest

from unit.privacy.patterns.marked import SCRUBBER, found, lines

RECORDS = """
    MRN: [00-123-45](MEDICAL_RECORD_NUMBER) admitted yesterday
    MRN [00482913](MEDICAL_RECORD_NUMBER)
    mrn#[88213](MEDICAL_RECORD_NUMBER)
    pt id #[8841](MEDICAL_RECORD_NUMBER)
    hosp no [H123456](MEDICAL_RECORD_NUMBER)
    his chart number is [99-1234](MEDICAL_RECORD_NUMBER)
    medical record number on my wristband is [A-55231](MEDICAL_RECORD_NUMBER)
    patient's ID: [774 120](MEDICAL_RECORD_NUMBER)
    patient_id=[7741](MEDICAL_RECORD_NUMBER)
    [00-123-45](MEDICAL_RECORD_NUMBER) is her MRN
    [8841209](MEDICAL_RECORD_NUMBER) (hospital number)
    accession no. [CT-2024-00991](MEDICAL_RECORD_NUMBER)
    UHID [AP12.0004512](MEDICAL_RECORD_NUMBER)
    Rx [7712345](PRESCRIPTION_NUMBER) refill please
    prescription number [RX-0099812](PRESCRIPTION_NUMBER)
    nhs number is [943 476 5919](UK_NHS)
    NHS no: [943-476-5919](UK_NHS)
    [943 476 5919](UK_NHS)
    NHS [943 476 5918](UK_NHS)
    MBI [1EG4-TE5-MK73](US_MBI)
    [1EG4TE5MK73](US_MBI)
    npi [1234567893](US_NPI)
    DEA number [AB1234563](MEDICAL_LICENSE)
    medicare card [2123 45670 1](AU_MEDICARE)
    [2123 45670 1](AU_MEDICARE)
"""

MEMBERS = """
    member [FC1234567](MEMBER_NUMBER)
    membership number [AB-12345](MEMBER_NUMBER) is mine
    her member id ends [4471](MEMBER_NUMBER)
    the member ID on my card is [W2231 88123](MEMBER_NUMBER)
    Policy # [ABC-99-1234](MEMBER_NUMBER) expired
    policy number: [HX 883 112](MEMBER_NUMBER)
    claim no. [CLM/2024/00123](MEMBER_NUMBER)
    case [00123456](MEMBER_NUMBER) is still open
    ticket [INC0012345](MEMBER_NUMBER)
    referral number [R-88120](MEMBER_NUMBER)
    customer no [100234](MEMBER_NUMBER), please
    loyalty card [6335 1234 0000](MEMBER_NUMBER)
    my plan id is [PPO-22-9001](MEMBER_NUMBER)
    group no: [77120](MEMBER_NUMBER)
    [9912034](MEMBER_NUMBER) is my policy number
    employee id [E55102](MEMBER_NUMBER)
"""

STATES = """
    ssn [219-09-9999](US_SSN)
    [219-09-9999](US_SSN)
    my social is [078 05 1120](US_SSN)
    SSN [078051120](US_SSN)
    last four of SSN is [1234](US_SSN)
    the last 4 of her social security number are [6789](US_SSN)
    [xxx-xx-1234](US_SSN) hmm
    [912-70-1234](US_ITIN)
    ITIN: [912701234](US_ITIN)
    SIN [046 454 286](CA_SIN)
    [130 692 544](CA_SIN)
    TFN [123 456 782](AU_TFN)
    [1234567FA](IE_PPS)
    PPS no [1234567T](IE_PPS)
    my Steuer-ID is [86 095 742 719](DE_TAX_ID)
    [86095742719](DE_TAX_ID)
    [65 170839 J 003](DE_SOCIAL_SECURITY)
    Sozialversicherungsnummer [65170839J003](DE_SOCIAL_SECURITY)
    [1 85 05 78 006 084 91](FR_NIR)
    numéro de sécurité sociale [1850578006084](FR_NIR)
    aadhaar [2345 6789 0123](IN_AADHAAR)
    PAN [ABCDE1234F](IN_PAN)
    [ABCPE1234F](IN_PAN)
    NI number [AB 12 34 56 C](UK_NINO)
    [AB123456C](UK_NINO)
    passport no. [123456789](UK_PASSPORT)
    my passport is [L1234567](UK_PASSPORT)
    Reisepass [C01X00T47](UK_PASSPORT)
    driving licence: [MORGA657054SM9IJ](UK_DRIVING_LICENCE)
    driver's license [D1234567](US_DRIVER_LICENSE) California
    DL no [S530-4600-2500](US_DRIVER_LICENSE)
"""

BANKS = """
    [4111 1111 1111 1111](CREDIT_CARD)
    [4111-1111-1111-1111](CREDIT_CARD)
    [4111.1111.1111.1111](CREDIT_CARD)
    [4111111111111111](CREDIT_CARD), exp 12/26
    [4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1](CREDIT_CARD)
    order 1043 with [5555555555554444](CREDIT_CARD)
    order number [4111111111111111](CREDIT_CARD)
    [3782 822463 10005](CREDIT_CARD)
    [6011 0009 9013 9424](CREDIT_CARD)
    my visa is [4111 1111 1111 1112](CREDIT_CARD)
    card ending [4242](CREDIT_CARD)
    [GB82 WEST 1234 5698 7654 32](IBAN_CODE)
    [gb82west12345698765432](IBAN_CODE) thanks
    [DE89 3704 0044 0532 0130 00](IBAN_CODE) 2 days ago
    [DE89 370 400 440 532 013 000](IBAN_CODE)
    [FR14-2004-1010-0505-0001-3M02-606](IBAN_CODE)
    [IE29 AIBK 9311 5212 3456 78](IBAN_CODE).
    iban is [GB00 WEST 1234 5698 7654 32](IBAN_CODE)
    sort code [12-34-56](UK_SORT_CODE), account [12345678](US_BANK_NUMBER)
    [12-34-56](UK_SORT_CODE) [12345678](US_BANK_NUMBER)
    account number is [12345678](US_BANK_NUMBER)
    routing [021000021](ABA_ROUTING_NUMBER)
    BIC [DEUTDEFF500](SWIFT_CODE)
"""

DEVICES = """
    IMEI [490154203237518](DEVICE_ID)
    [490154203237518](DEVICE_ID)
    [00:1B:44:11:3A:B7](MAC_ADDRESS)
    [001b.4411.3ab7](MAC_ADDRESS)
    serial number [SN-A12-3345](DEVICE_ID)
    s/n: [X8812KQ](DEVICE_ID)
    pacemaker id [PM 88213](DEVICE_ID)
    [123e4567-e89b-12d3-a456-426614174000](DEVICE_ID)
    [1HGCM82633A004352](VIN)
    VIN: [WVWZZZ1JZXW000001](VIN)
    [AB12 CDE](VEHICLE_PLATE)
    my reg is [ab12 cde](VEHICLE_PLATE)
    license plate [7ABC123](VEHICLE_PLATE)
    [AB-123-CD](VEHICLE_PLATE)
    Kennzeichen [M-AB 1234](VEHICLE_PLATE)
    [191-D-12345](VEHICLE_PLATE)
    [MH 12 AB 1234](VEHICLE_PLATE)
    rego [ABC 123](VEHICLE_PLATE)
"""

UNLABELLED = """
    Jane, [A1234567](ID), is ready
    add it to [MR-88123](ID)
    [CR/20/88145](ID)
    [99812234](ID)
    spotted a [4CE0460D0G](ID)
    hospital number [nine nine zero, four four, B for Bravo](MEMBER_NUMBER), thanks
"""

NONE = """
    where is order 1043? and #1044
    FH-1043 or order FH-1043
    my order number is 4412345678
    order 123-45-6789
    my order (1043)
    order nos 55120 and 55121
    order no. 90210 is late
    tracking 1Z999AA10123456784 says delivered
    tracking number RM123456789GB
    parcel JD0002123456789
    invoice 2024-00981 is wrong
    exchange item 55231 for style 88213
    is my account still active since 2019?
    my policy covers 30 days of travel
    the claim was rejected in 2022
    my insurance is 250 dollars
    patient is 45 and stable
    case closed, ticket please
    account number is missing
    room temperature 20, chart below, record high of 42
    plan for 2025, group of 12, visit 3 shops
    BP 120/80, HR 72, SpO2 98%, temp 38.5
    Hb 10.2, WBC 12.3, platelets 150
    BRCA1 and TP53, L4-L5, FEV1 80%
    4111 1111 11 people
    GB is a country and DE89 is not an account
    2 x 4 x 8
    use code SUMMER2024, ISO 27001, WH-1000XM4
    card declined twice, refund of 120.50 to my card
"""


@pytest.mark.parametrize("line", lines(RECORDS + MEMBERS + STATES + BANKS + DEVICES + UNLABELLED + NONE))
def test_identifier(line: str) -> None:
    assert found(line) == line


@pytest.mark.parametrize(
    "wrong",
    [
        "4111 1111 1111",
        "GB83 WEST 1234 5698 7654 32",
        "943 476 591",
        "1HGCM82633A004353",
        "1 85 05 78 006 084 92",
        "65 170839 J 008",
        "1234567ZZ",
        "490154203237519",
        "2345 6789 0123",
    ],
)
def test_wrong_check_digits_alone_are_no_finding(wrong: str) -> None:
    checked = {
        "CREDIT_CARD",
        "IBAN_CODE",
        "UK_NHS",
        "VIN",
        "FR_NIR",
        "DE_SOCIAL_SECURITY",
        "IE_PPS",
        "DEVICE_ID",
        "IN_AADHAAR",
    }
    assert not checked & {span.label for span in SCRUBBER.find(wrong)}
