"""Dates, dates of birth and ages over 89; bare years, ages up to 89 and other numbers stay."""

import pytest

from unit.privacy.patterns.marked import found, lines

DATES = """
    on [12/05/2024](DATE_TIME) at 10:30
    [2024-03-03](DATE_TIME)
    [3.3.2024](DATE_TIME)
    seen [3/14](DATE_TIME)
    [3 May](DATE_TIME) or [May 3rd, 2024](DATE_TIME)
    the [3rd of May](DATE_TIME)
    [12-Mar-1982](DATE_TIME) and [12MAR2024](DATE_TIME)
    the [third of March](DATE_TIME)
    am [3. Oktober 2023](DATE_TIME)
    le [14 juillet 1999](DATE_TIME)
"""

BIRTHS = """
    born on [12 May 1990](DATE_OF_BIRTH)
    dob [3/3/82](DATE_OF_BIRTH)
    D.O.B. [03 03 1982](DATE_OF_BIRTH)
    DOB: [1982-03-03](DATE_OF_BIRTH)
    date of birth is [March 3rd, 1982](DATE_OF_BIRTH)
    born on the [third of March nineteen eighty-two](DATE_OF_BIRTH)
    born [first of june, two thousand and four](DATE_OF_BIRTH)
    his birthday is [3rd March](DATE_OF_BIRTH)
    born in [March 1982](DATE_OF_BIRTH)
    [03/03/1982](DATE_OF_BIRTH) is my date of birth
    dob [030382](DATE_OF_BIRTH)
    she was born in [1931](DATE_OF_BIRTH)
"""

AGES = """
    she is [93 years old](AGE)
    [ninety-three year old](AGE) man
    a [94-year-old](AGE) lady
    [97yo](AGE), [94 y.o.](AGE) male
    [94F](AGE) with a fall
    aged [94](AGE)
    age: [101](AGE)
    my gran is [92](AGE)
    he just turned [ninety](AGE)
    a man in his [nineties](AGE)
    she's [one hundred and two](AGE)
    grandad turned [93](AGE) on [3 May](DATE_TIME)
    my aunt turns [91](AGE) on Friday
"""

NONE = """
    a 35 year old, born in 1990
    45F with chest pain
    he is 82 and fit
    aged 89
    in 2015 and 2019-2021
    since March, until Friday, in May 2024
    two weeks ago, next Monday at 17:00
    his weight is 98 kg and he's 190 cm
    his temp is 99
    oxygen is 94 on room air, he is 93 on 2 litres
    she scored 92 on the test
    he's 90 minutes late
    I'm 95% sure
    bus 94 from town
    pain 7/10 for 2 weeks
    1/2 a tablet, 20/20 vision
    ratio 3:1, 120/80
    version 1.2.3 and 10.5 hours
    on 1/2 tablets
    may I march on?
    the second of three
"""


@pytest.mark.parametrize("line", lines(DATES + BIRTHS + AGES + NONE))
def test_time(line: str) -> None:
    assert found(line) == line
