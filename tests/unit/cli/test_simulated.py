"""`kitwright evaluate BOT --suite simulated`, with the echo backend."""

from pathlib import Path

from unit.cli.conftest import Run


def test_figures_by_goal_and_what_went_wrong_in_full(run: Run, museum: Path) -> None:
    _add_a_goal_that_nobody_reaches(museum)
    result = run("evaluate", "museum", "--suite", "simulated", "--echo", "--quick")
    assert result.code == 1
    goals = [line.split() for line in result.out.splitlines() if line.startswith((" plan a visit", " never"))]
    assert goals == [["plan", "a", "visit", "1", "100%", "1.00", "0%"], ["never", "1", "0%", "none", "0%"]]
    assert "never #0: given up after 7 turns: flow greet did not run; none did" in result.out
    assert "  user  hm" in result.out
    assert result.err.strip() == "simulated: reached is 0.500, the floor is 0.8"


def test_json_holds_every_conversation(run: Run, museum: Path) -> None:
    result = run("evaluate", "museum", "--suite", "simulated", "--echo", "--seed", "4", "--json")
    (suite,) = result.json
    assert suite["metrics"]["conversations"] == len(suite["held"]) == 20
    assert {one["goal"] for one in suite["held"]} == set(suite["goals"]) == {"plan a visit"}
    again = run("evaluate", "museum", "--suite", "simulated", "--echo", "--seed", "4", "--json")
    assert again.json == result.json


def test_a_kit_without_simulations_is_a_fault(run: Run, museum: Path) -> None:
    path = museum / "kits" / "museum" / "kit.yaml"
    kept, _, rest = path.read_text(encoding="utf-8").partition("simulations:\n")
    path.write_text(kept + rest[rest.index("\n\n") :], encoding="utf-8")
    result = run("evaluate", "museum", "--suite", "simulated", "--echo")
    assert result.code != 0
    assert [line.split()[0] for line in result.faults] == ["KW103"]


def _add_a_goal_that_nobody_reaches(museum: Path) -> None:
    goals = museum / "kits" / "museum" / "simulations" / "visit.yml"
    never = "\n  - {goal: never, intent: plan_visit, openings: [hm], reached: [{flow: greet}], disturbances: []}\n"
    goals.write_text(goals.read_text(encoding="utf-8") + never, encoding="utf-8")
