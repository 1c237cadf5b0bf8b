"""DDXPlus: codes become the published words, the differential an answer and facts, and nothing is made up."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from kitwright.errors import FaultsFound
from unit.dataset.importers.reading import read

HEADER = ["AGE", "DIFFERENTIAL_DIAGNOSIS", "SEX", "PATHOLOGY", "EVIDENCES", "INITIAL_EVIDENCE"]
SCALE = {"question_en": "How bad is it?", "data_type": "C", "value_meaning": {}, "possible-values": [0, 1, 2, 3]}
WORDS = {"V_1": {"fr": "tempe", "en": "temple(R)"}, "V_2": {"fr": "menton", "en": "chin"}, "V_0": {"en": "NA"}}
EVIDENCES = {
    "E_1": {"question_en": "Does it hurt? ", "data_type": "B", "value_meaning": {}, "possible-values": []},
    "E_2": {"question_en": "Where?", "data_type": "M", "value_meaning": WORDS, "possible-values": [*WORDS]},
    "E_3": SCALE,
    "E_4": {"question_en": "Did you travel?", "data_type": "C", "value_meaning": {"V_9": {"en": "N"}}},
}
CONDITIONS = {
    "Cold": {"condition_name": "Cold", "cond-name-fr": "Rhume", "cond-name-eng": "Common cold", "severity": 5},
    "Flu": {"condition_name": "Flu", "cond-name-fr": "Grippe", "cond-name-eng": "Flu", "severity": 4},
}
PATIENT = ["44", "[['Flu', 0.2], ['Cold', 0.8]]", "F", "Rhume", "['E_3_@_2', 'E_1', 'E_2_@_V_1', 'E_2_@_V_2']", "E_1"]


def write(folder: Path, *patients: list[str], zipped: bool = False) -> Path:
    (folder / "release_evidences.json").write_text(json.dumps(EVIDENCES), encoding="utf-8")
    (folder / "release_conditions.json").write_text(json.dumps(CONDITIONS), encoding="utf-8")
    path = folder / "release_train_patients"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *patients])
    if not zipped:
        return path
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
        archive.write(path, path.name)
    return path.with_suffix(".zip")


@pytest.mark.parametrize("zipped", [False, True])
def test_a_patient_in_words(tmp_path: Path, zipped: bool) -> None:
    (chat,) = read(write(tmp_path, PATIENT, zipped=zipped), "ddxplus").chats
    question, answer = (said.content for said in chat.turns)
    assert question.split("\n") == [
        "Sex: female. Age: 44.",
        "Does it hurt? yes",
        "How bad is it? 2 on a scale from 0 to 3",
        "Where? temple(R), chin",
    ]
    assert "the best first: Common cold, Flu. This is not a diagnosis" in answer
    assert chat.facts == {"differential": ["Common cold 80%", "Flu 20%"]}
    assert (chat.tags, chat.split) == (("Common cold",), "train")


def test_what_does_not_apply_is_left_out(tmp_path: Path) -> None:
    patient = [*PATIENT[:4], "['E_1', 'E_2_@_V_0', 'E_4_@_V_9']", "E_1"]
    (chat,) = read(write(tmp_path, patient), "ddxplus").chats
    assert chat.turns[0].content.split("\n")[1:] == ["Does it hurt? yes", "Did you travel? no"]


def test_the_answer_names_at_most_five(tmp_path: Path) -> None:
    (chat,) = read(write(tmp_path, ["4", str([["Flu", 0.1]] * 9), *PATIENT[2:]]), "ddxplus").chats
    assert chat.turns[1].content.count("Flu") == 5


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        (0, "old", "SEX is not M or F, or AGE not a whole number"),
        (1, "[]", "DIFFERENTIAL_DIAGNOSIS is empty"),
        (1, "['Flu']", "DIFFERENTIAL_DIAGNOSIS is not a list of pairs of condition and share"),
        (1, "[['Flu', 1e999]]", "a share of DIFFERENTIAL_DIAGNOSIS is not between 0 and 1"),
        (1, "[['Gout', 1.0]]", "a condition is not in release_conditions.json"),
        (3, "Gout", "a condition is not in release_conditions.json"),
        (4, "__import__('os')", "EVIDENCES is not a list"),
        (4, "['E_8']", "evidence E_8 is not in release_evidences.json"),
        (4, "['E_1', 'E_3_@_7']", "a value is not in release_evidences.json"),
        (5, "E_4", "INITIAL_EVIDENCE is not among EVIDENCES"),
    ],
)
def test_faulty_patients(tmp_path: Path, column: int, value: str, says: str) -> None:
    faulty = [value if n == column else cell for n, cell in enumerate(PATIENT)]
    found = read(write(tmp_path, faulty, PATIENT), "ddxplus")
    assert found.problems == [f"release_train_patients:2 {says}"]
    assert len(found.chats) == 1


def test_the_files_of_codes_must_be_there(tmp_path: Path) -> None:
    path = write(tmp_path, PATIENT)
    (tmp_path / "release_conditions.json").unlink()
    with pytest.raises(FaultsFound, match=r"KW101 .*release_conditions.json: no such file"):
        read(path, "ddxplus")
