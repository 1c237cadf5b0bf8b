"""Named places of care and belonging: hospitals, clinics, surgeries, pharmacies, schools, care homes."""

from typing import Final

from kitwright.privacy.patterns.shape import Shape, cues

_CAPITAL: Final = r"(?-i:\p{Lu})[\w'’&-]{1,24}\.?"
_GENERAL: Final = (
    r"(?:The|A|An|My|Your|Our|His|Her|Their|This|That|Any|Every|Each|Local|Nearest|General|Private|Public|University"
    r"|Community|Regional|District|County|City|Teaching|Children'?s|Women'?s"
    r"|Memorial|Acute|Day|Eye|Dental|Pain|Diabetes|Cancer|Heart|Fracture|Antenatal|Outpatient|Walk-?in|Memory|Sleep"
    r"|Fertility|Sexual|Mental|Health|Urgent|Primary|Secondary|High|Junior"
    r"|Senior|Middle|Nursing|Care|Medical|After|At|In|From|To|Is|Does|Can|Will|Which|What|When|Where|Online|Skin"
    r"|Foot|Travel|Vaccine|Vaccination|Family|Pre|Post|Hospital|Clinic|Warfarin|Anticoagulation|Asthma|Chest"
    r"|Cardiology|And|Or|For|With|No|Private|NHS|US|UK|Veterinary|Wound|Surgical|Oncology|Pre-?op|Pediatric"
    r"|Paediatric|Specialist|Emergency|Thyroid|Breast|Ask|Call|If|See|Visit|Go|Open|Rehab|Psychiatric|Field|Sunday"
    r"|Summer|Law|Art|Business|Grad|Graduate|Old|New|Dance|Driving|Public|Boarding|Elementary|Nursery|Preparatory"
    r"|Grammar|Secondary|State|Night|Special|Residential|Retail|Compounding|GP|AE|ENT|IVF|MRI|CT|ICU|ER|ED|OB|GYN|TB"
    r"|HIV|STI|STD|VA|UTI|IT|PT|OT|MS|DVT|INR|AF|PTSD|ADHD|Mon\w{0,3}|Tues\w{0,3}|Wednesday|Thurs\w{0,3}|Friday"
    r"|Saturday|Sunday|\w{2,24}'s\sclinic)"
)
_KIND: Final = (
    r"(?:(?:(?:general|memorial|university|community|regional|district|county|city|royal|children'?s|women'?s"
    r"|teaching|veterans|medical|health|surgical|psychiatric|cottage|foundation|eye|dental|cancer|heart|family"
    r"|animal|urgent\scare|walk-?in|internal|paediatric|pediatric)\s){0,3}"
    r"(?:hospitals?|infirmary|clinic|medical\s(?:cent(?:er|re)|practice|group)|health\s(?:cent(?:er|re)|system"
    r"|clinic)|surgery|hospice|sanatorium|pharmacy|chemist|krankenhaus|klinikum|klinik|polyclinic|dispensary"
    r"|nursing\shome|care\shome|care\scent(?:er|re)|rest\shome|retirement\s(?:home|village)"
    r"|rehabilitation\scent(?:er|re)|assisted\sliving"
    r"|(?:primary\s|high\s|secondary\s|elementary\s|middle\s|grammar\s|nursery\s|junior\s|boarding\s|preparatory\s"
    r"|catholic\s)?school|academy|college|kindergarten|preschool|university|gymnasium|lycée"
    r"|nhs(?:\sfoundation)?\strust|birth\scent(?:er|re)|dialysis\scent(?:er|re)|cancer\scent(?:er|re)|day\scent(?:er"
    r"|re)|dental\s(?:practice|care|surgery)|family\s(?:practice|doctors)|medical\scollege))"
)
_CUES: Final = cues(
    "hospital hospitals infirmary clinic center centre practice group system surgery hospice sanatorium pharmacy"
    " chemist krankenhaus klinikum klinik polyclinic dispensary home village living school academy college"
    " kindergarten preschool university gymnasium lycée trust care doctors"
)

FACILITIES: Final[tuple[Shape, ...]] = (
    Shape(
        label="FACILITY",
        name="a name before its kind",
        regex=rf"(?<![\w'-])(?:(?:St|Saint|Mount|Mt|Our\sLady|King|Queen|Royal|Prince"
        rf"|Princess)\.?'?s?\s)?(?!{_GENERAL}\b){_CAPITAL}(?:[\s-](?:of\s(?:the\s)?|and\s|the\s"
        rf"|&\s)?(?-i:\p{{Lu}})[\w'’-]{{1,24}}){{0,3}}\s{_KIND}\b(?:,?\s(?:of\s(?-i:\p{{Lu}})\w{{2,20}}))?",
        score=0.6,
        cues=_CUES,
    ),
    Shape(
        label="FACILITY",
        name="a kind before its name",
        regex=r"\b(?-i:Hospital|University|College|Klinikum|Hôpital|Hopital|Clinique|Universitätsklinikum"
        r"|Centre\sHospitalier|CHU|Lycée|Collège|École|Charité)\s(?:(?:of|de|de\sla|du|des|d'|at|der|St\.?"
        r"|Saint)\s?){0,2}(?-i:\p{Lu})[\w'’-]{2,24}(?:[\s-](?-i:\p{Lu})[\w'’-]{2,24}){0,3}",
        score=0.55,
        cues=cues(
            "hospital university college klinikum hôpital hopital clinique universitätsklinikum hospitalier chu"
            " lycée collège école charité"
        ),
    ),
    Shape(
        label="FACILITY",
        name="ward",
        regex=r"\bward\s(?:no\.?\s|number\s)?#?(?:\d{1,3}[A-D]?"
        r"|(?-i:[A-Z]\d{0,2}))(?!\w)(?:[,\s]{1,2}(?:bay|bed)\s\d{1,2}[A-D]?)?",
        score=0.5,
        cues=cues("ward"),
    ),
    Shape(
        label="FACILITY",
        name="after what is done there",
        regex=r"\b(?:admitted\s(?:to|at)|seen\sat|treated\sat|discharged\sfrom|transferred\s(?:to|from)"
        r"|referred\s(?:to|from)|registered\s(?:at|with)|appointment\sat|works?\sat|surgery\sat|born\sat"
        r"|scan\sat|goes\sto|attends)\s(?:the\s)?\K(?:Mayo|Cleveland|Johns\sHopkins|Mass\sGeneral"
        r"|Massachusetts\sGeneral|Mount\sSinai|Cedars-?Sinai|MD\sAnderson|Sloan\sKettering"
        r"|Kaiser(?:\sPermanente)?|Stanford|UCLA|UCSF|Brigham|Guy'?s|Great\sOrmond\sStreet|Addenbrooke'?s"
        r"|Royal\sMarsden|Moorfields|Charité|AIIMS|Apollo|Fortis|St\.?\s(?-i:\p{Lu})[\w'’]{2,20})(?:\s(?:Clinic"
        r"|Hospital|Medical\sCent(?:er|re)|Health)){0,1}\b",
        score=0.65,
        cues=cues("to at from with goes attends"),
    ),
)
