"""Devices and vehicles: phones, network cards, implants; number plates and vehicle numbers."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import CODE, Shape, before_label, labelled

_SERIAL: Final = r"(?=[A-Z./-]{0,12}\d)[A-Z\d](?:[./-]?[A-Z\d]){3,29}(?:[ ]\d{2,8}(?!\w)){0,3}(?![\w@])"
_SERIAL_WORDS: Final = (
    "serial number|serial no|serial|serial num|s/n|sn|device id|device number|device serial|device no|pacemaker id"
    "|pacemaker serial|pacemaker number"
    "|pacemaker serial number|implant number|implant id|implant serial|implant serial number|pump serial|pump serial"
    " number|pump id|icd serial|udi|meter serial"
    "|meter id|asset tag|asset number|machine id|seriennummer|numéro de série|cpap serial|cgm serial|hearing aid"
    " serial|lead serial|implant card number"
)
_PLATE_WORDS: Final = (
    "plate|plates|plate number|number plate|license plate|licence plate|license plate number|plate no|reg|reg plate"
    "|reg no|reg number|registration"
    "|registration number|registration plate|vehicle registration|vehicle reg|car reg|car registration|vrm|vrn|rego"
    "|tag number|tags|kennzeichen|autokennzeichen"
    "|immatriculation|plaque|plaque d'immatriculation|vehicle number|vehicle no|car number"
)
_PLATE: Final = r"(?=[A-ZÄÖÜ -]{0,6}\d)(?=[\d -]{0,6}[A-ZÄÖÜ])(?-i:[A-ZÄÖÜ\d](?:[ -]?[A-ZÄÖÜ\d]){2,9})(?!\w)"
_SMALL_PLATE: Final = (
    r"(?=[a-zäöü]{0,4}\d)(?=\d{0,4}[a-zäöü])[a-zäöü\d]{4,8}(?:[ -][a-zäöü\d]{1,4}(?=\W|$)(?<=\d"
    r"|[a-z]{3})(?<! the| and| was| for| on| is| in))?(?!\w)"
)

DEVICES: Final[tuple[Shape, ...]] = (
    Shape(
        label="DEVICE_ID",
        name="IMEI",
        regex=r"(?<![\w.+#£$€-])(?:01|35|86|98|99|45|49|51|52|53)\d{0,6}(?:[ -]?\d){7,13}(?![\w-])",
        score=0.8,
        check="imei",
        tier=Tier.CHECKSUM,
        digits=15,
    ),
    labelled(
        "imei|meid|imei number|imei no",
        r"\d(?:[ -]?\d){13,16}(?!\w)",
        label="DEVICE_ID",
        name="IMEI after a label",
        score=0.95,
        digits=14,
    ),
    Shape(
        label="MAC_ADDRESS",
        name="by shape",
        regex=r"(?<![\w:-])[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\w:-])"
        r"|(?<![\w.])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\w.])",
        score=0.95,
        tier=Tier.CHECKSUM,
    ),
    Shape(
        label="DEVICE_ID",
        name="UUID",
        regex=r"(?<![\w-])[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?![\w-])",
        score=0.95,
        tier=Tier.CHECKSUM,
        cues=frozenset("-"),
    ),
    labelled(_SERIAL_WORDS, _SERIAL, label="DEVICE_ID", digits=2),
    labelled(
        "pacemaker|defibrillator|insulin pump|implant|cochlear implant|hearing aid|iccid|idfa",
        CODE,
        label="DEVICE_ID",
        name="after a device",
        digits=3,
    ),
    before_label("serial number|serial|imei|pacemaker id|device id", CODE, label="DEVICE_ID"),
    Shape(
        label="VIN",
        name="by shape",
        regex=r"(?<![\w-])(?=[A-Z]{0,8}\d)(?=\d{0,8}[A-Z])[A-HJ-NPR-Z\d]{17}(?![\w-])",
        score=0.95,
        check="vin",
        tier=Tier.CHECKSUM,
        digits=2,
    ),
    labelled(
        "vin|vehicle identification number|chassis number|chassis no|chassis|vin number|fahrgestellnummer",
        r"[A-HJ-NPR-Z\d][A-HJ-NPR-Z\d -]{9,18}[A-HJ-NPR-Z\d](?!\w)",
        label="VIN",
        score=0.95,
        digits=3,
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="British",
        regex=r"(?<![\w-])(?-i:[A-HJ-PR-Y]{2}\d{2}\s?[A-HJ-PR-Z]{3})(?![\w-])|(?<![\w-])[a-hj-pr-y]{2}[0-7]\d"
        r" [a-hj-pr-z]{3}(?=\s{0,2}(?:[.,!?]|$))",
        score=0.6,
        digits=2,
        country="uk",
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="French",
        regex=r"(?<![\w-])(?-i:[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2})(?![\w-])",
        score=0.65,
        digits=3,
        country="fr",
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="Californian",
        regex=r"(?<![\w-])(?-i:[1-9][A-Z]{3}\d{3})(?![\w-])",
        score=0.5,
        digits=4,
        country="us",
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="Irish",
        regex=r"(?<![\w-])\d{2}[12]?-(?-i:C|CE|CN|CW|D|DL|G|KE|KK|KY|L|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|T|TN|TS|W|WD"
        r"|WH|WX|WW)-\d{1,6}(?![\w-])",
        score=0.7,
        digits=3,
        country="ie",
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="German",
        regex=r"(?<![\w-])(?-i:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?)(?![\w-])",
        score=0.45,
        digits=1,
        country="de",
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="Indian",
        regex=r"(?<![\w-])(?-i:[A-Z]{2})[ -]?\d{1,2}[ -]?(?-i:[A-Z]{1,3})[ -]?\d{4}(?![\w-])",
        score=0.65,
        digits=5,
        country="in",
    ),
    labelled(_PLATE_WORDS, _PLATE, label="VEHICLE_PLATE", digits=1),
    labelled(
        _PLATE_WORDS, _SMALL_PLATE, label="VEHICLE_PLATE", name="small letters after a label", score=0.8, digits=1
    ),
    Shape(
        label="VEHICLE_PLATE",
        name="after a vehicle",
        regex=r"\b(?:car|van|vehicle|truck|motorbike|scooter|cab|taxi|ambulance)\b[^.!?\n]{0,30}?[\s(]\K"
        r"(?-i:(?=[A-Z -]{0,5}\d)(?=[\d -]{0,5}[A-Z])[A-Z\d]{1,4}[ -][A-Z\d]{2,5}(?:[ -][A-Z\d]{1,4})?)(?![\w-])",
        score=0.5,
        cues=frozenset("car van vehicle truck motorbike scooter cab taxi ambulance".split()),
        digits=2,
    ),
)
