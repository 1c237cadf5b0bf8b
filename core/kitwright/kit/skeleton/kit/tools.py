"""Tools of the kit KIT_NAME: ordinary functions that return facts; kit.yaml names them one by one."""

_HOURS = {"Tuesday": "10 to 17", "Thursday": "10 to 20", "Saturday": "10 to 18", "Sunday": "11 to 18"}


def opening_hours(day: str) -> dict[str, object]:
    """Look up when the house is open on a day of the week.

    Args:
        day: name of the day in English, such as Saturday.
    """
    hours = _HOURS.get(day.capitalize())
    return {"is_open": hours is not None, "hours": hours or ""}
