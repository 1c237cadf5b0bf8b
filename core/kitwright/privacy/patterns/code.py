"""Numbers that look given out to one person, where nothing says whose or what for."""

from typing import Final

from kitwright.privacy.patterns.shape import Shape

_PUBLIC: Final = r"(?!(?:ISO|EN|DIN|BS|IEC|RFC|CVE|NCT|PMID|PMC|DOI|ISBN|ISSN|KB|RS|USD|EUR|GBP|INR)[- ]?\d)"
_FREE: Final = r"(?<![\w.,+#£$€@/-])"

CODES: Final[tuple[Shape, ...]] = (
    Shape(
        label="ID",
        name="letters, then digits",
        regex=rf"{_FREE}{_PUBLIC}(?-i:[A-Z]{{1,4}}\d?-|[A-Z]{{1,4}})\d{{5,12}}(?-i:-?[A-Z]{{1,2}})?(?![\w@-]|[.,/]\d)",
        score=0.45,
        digits=5,
    ),
    Shape(
        label="ID",
        name="groups",
        regex=rf"{_FREE}{_PUBLIC}(?:(?-i:[A-Z]{{2,4}})(?:[-/]\d{{2,4}}[-/]\d{{2,8}}"
        rf"|\s\d{{3,4}}\s\d{{3,4}}(?:\s\d{{3,4}})?)"
        r"|\d{2,4}-\d{3,4}-\d{2,6})(?![\w@-]|[.,/]\d)",
        score=0.42,
        digits=5,
    ),
    Shape(
        label="ID",
        name="letters and digits mixed",
        regex=rf"{_FREE}(?-i:(?=(?:[A-Z]{{0,8}}\d){{4}})(?=(?:\d{{0,8}}[A-Z]){{2}})(?=[A-Z]{{0,8}}\d{{1,8}}[A-Z])[A-Z\d]{{8,20}})(?![\w@-])",
        score=0.42,
        digits=4,
    ),
    Shape(
        label="ID",
        name="seven digits or more",
        regex=rf"{_FREE}\d{{7,14}}(?![\w@-]|[.,/]\d|\s?[£$€%])",
        score=0.41,
        digits=7,
    ),
)
