"""Streets, postcodes and places of care of eight countries, and what is none."""

import pytest

from unit.privacy.patterns.marked import found, lines

STREETS = """
    [14 Park Row](STREET_ADDRESS)
    at [221b baker street](STREET_ADDRESS) please
    [Flat 3, 12 Queen's Road](STREET_ADDRESS)
    [Flat 2, 14 Elm Rd](STREET_ADDRESS)
    I live at [14 park row](STREET_ADDRESS)
    [1234 N Main St Apt 5](STREET_ADDRESS), Springfield, IL [62704](US_ZIP_CODE)
    [350 Fifth Avenue, Suite 300](STREET_ADDRESS), New York, NY [10118](US_ZIP_CODE)
    ship it to [742 evergreen terrace](STREET_ADDRESS)
    [Unit 3/45 George St](STREET_ADDRESS), Sydney NSW [2000](AU_POSTCODE)
    [12 Wattle Crescent](STREET_ADDRESS), Ballarat VIC [3350](AU_POSTCODE)
    [88 Rideau St.](STREET_ADDRESS), Ottawa ON [K1N 5X8](CA_POSTAL_CODE)
    [12 O'Connell Street Upper](STREET_ADDRESS), Dublin, [D01 F5P2](IE_EIRCODE)
    [12 rue de la Paix](STREET_ADDRESS), [75002](FR_POSTCODE) Paris
    [3 bis, avenue Foch](STREET_ADDRESS)
    [Hauptstraße 12](STREET_ADDRESS), [80331](DE_PLZ) München
    ich wohne in der [Berliner Str. 5a](STREET_ADDRESS)
    [Unter den Linden 5](STREET_ADDRESS)
    [House No. 12/3](STREET_ADDRESS), [Sector 14](STREET_ADDRESS), Gurgaon [122001](IN_PIN_CODE)
    [Flat 402, Shanti Apartments](STREET_ADDRESS), Pune [411 001](IN_PIN_CODE)
    [PO Box 123](STREET_ADDRESS)
    [P.O. Box 4410](STREET_ADDRESS)
"""

POSTCODES = """
    [bs6 5qa](UK_POSTCODE)
    ship to [BS65QA](UK_POSTCODE)
    my postcode is [SW1A](UK_POSTCODE)
    it's [LS1 4AB](UK_POSTCODE)
    eircode [D02 X285](IE_EIRCODE)
    zip [90210](US_ZIP_CODE)
    New York, NY [10001](US_ZIP_CODE)
    Texas [75001-1234](US_ZIP_CODE)
    [62704](US_ZIP_CODE)
    it's [62704](US_ZIP_CODE) thanks
    postal code [K1A 0B1](CA_POSTAL_CODE)
    [k1a 0b1](CA_POSTAL_CODE)
    my postcode is [2000](AU_POSTCODE)
    PLZ [80331](DE_PLZ)
    code postal [75001](FR_POSTCODE)
    mumbai [400001](IN_PIN_CODE)
    [560038](POSTCODE) Austin
    the postcode is [S W one A two B B](POSTCODE)
    delivery to Bengaluru - [560 038](IN_PIN_CODE)
"""

FACILITIES = """
    admitted to [St Mary's Hospital](FACILITY) on Monday
    she goes to [Riverside Medical Center](FACILITY)
    I'm registered at [Elm Tree Surgery](FACILITY)
    [Greenfield Primary School](FACILITY) called
    in [ward 7B](FACILITY)
    she was seen at [Mayo Clinic](FACILITY)
    my gran lives in [Oakwood Care Home](FACILITY)
"""

NONE = """
    do you have a shop in Park Street, Edinburgh?
    I want 2 Large Green jumpers
    2 items on the way
    3 days on the road
    7 for the lane closure
    a 5 minute drive
    sector growth of 5%
    a phase 2 study
    the next 12 months, 30 days
    open 24 hours
    order 62704 and 55120
    my GP surgery is closed
    the local hospital, an eye clinic or a high school
    University students get 10% off
    the Pain Clinic
    Mayo Clinic guidelines say so
    according to the Cleveland Clinic
    in 2015, since 2019
    about 45000 steps a day
    I paid 12500 for 3 dresses
    A4 paper, B12 and D3 vitamins
    the M25 and A40 roads
    my BP was 140 over 90
"""


@pytest.mark.parametrize("line", lines(STREETS + POSTCODES + FACILITIES + NONE))
def test_place(line: str) -> None:
    assert found(line) == line
