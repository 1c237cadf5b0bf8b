"""Postcodes: by their shape where it is telling, else after a word that announces one."""

from typing import Final

from kitwright.privacy.patterns.shape import LINK, Shape

_STATE: Final = (
    r"(?-i:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY])"
)
_POSTCODE: Final = r"\b(?:post\s?code|postal\s?code)"

POSTCODES: Final[tuple[Shape, ...]] = (
    # Six forms and GIR 0AA: Royal Mail, Programmers' Guide to the Postcode Address File.
    Shape(
        label="UK_POSTCODE",
        name="by shape",
        regex=r"(?<![\w-])(?:GIR[\s-]{0,2}0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}"
        r"|[A-PR-UWYZ]\d[ABCDEFGHJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY])[\s-]{0,2}\d[ABD-HJLNP-UW-Z]{2})(?![\w-])",
        score=0.6,
        country="uk",
    ),
    Shape(
        label="IE_EIRCODE",
        name="by shape",
        regex=r"(?<![\w-])(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[\s-]{0,2}(?=[A-Z]{0,3}\d)(?=\d{0,3}[A-Z])[\dAC-FHKNPRTV-Y]{4}(?![\w-])",
        score=0.6,
        country="ie",
    ),
    Shape(
        label="US_ZIP_CODE",
        name="after a label",
        regex=rf"(?:\bzip(?:\s?code)?|{_POSTCODE}){LINK}\K\d{{5}}(?:-\d{{4}})?(?![\w-])",
        score=0.75,
        country="us",
    ),
    Shape(
        label="US_ZIP_CODE",
        name="after a state",
        regex=rf"\b{_STATE},?\s{{1,2}}\K\d{{5}}(?:-\d{{4}})?(?![\w-])",
        score=0.6,
        country="us",
    ),
    Shape(
        label="CA_POSTAL_CODE",
        name="after a label",
        regex=rf"{_POSTCODE}{LINK}\K[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?!\w)",
        score=0.75,
        country="ca",
    ),
    Shape(
        label="AU_POSTCODE", name="after a label", regex=rf"{_POSTCODE}{LINK}\K\d{{4}}(?!\w)", score=0.7, country="au"
    ),
    Shape(
        label="DE_PLZ",
        name="after a label",
        regex=rf"\b(?:plz|postleitzahl){LINK}\K\d{{5}}(?!\w)",
        score=0.75,
        country="de",
    ),
    Shape(
        label="FR_POSTCODE",
        name="after a label",
        regex=rf"\bcode postal{LINK}\K\d{{5}}(?!\w)",
        score=0.75,
        country="fr",
    ),
)
