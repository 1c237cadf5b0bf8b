"""A page: a template beside its room's code, rendered into the base page with its style."""

from pathlib import Path
from typing import Final

BASE: Final = Path(__file__).parent
STYLE: Final = BASE / "page.css"


def render_page(title: str, template: Path, **values: object) -> str:
    """One HTML page that needs no other file.

    Args:
        title: the page's heading and title.
        template: a `.html.j2` file that extends `base.html.j2` and fills its block `content`.
        values: what the template shows; texts are escaped, charts of this room are not.

    Raises:
        jinja2.TemplateError: the template is missing, malformed, or uses a value that is not given.

    Example:
        >>> page = render_page("Runs", BASE / "table.html.j2", columns=("step",), rows=[("<1>",)])
        >>> "&lt;1&gt;" in page
        True
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader([template.parent, BASE])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(template.name).render(title=title, **values)
