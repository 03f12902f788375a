"""What every drawing has around it: its size, its paper, and the words for who cannot see it.

A drawing obeys a policy without inline styles: it uses presentation attributes and class names
only.
"""

from __future__ import annotations

from markupsafe import Markup

INK = "#0b0c0c"
QUIET = "#505a5f"  # 6.9 : 1 on white, for thin lines and their boxes
PAPER = "#ffffff"
PALE = "#f3f2f1"
FONT = "Arial, Helvetica, sans-serif"


def framed(
    drawn: Markup,
    css: str,
    id_prefix: str,
    *,
    width: int,
    height: int,
    title: str,
    desc: str,
    font_size: int | None = None,
) -> Markup:
    """The whole inline SVG of what is drawn. Two on one page need two prefixes for their ids.

    `css` is the class of the drawing; the sizes are in its own units, which are pixels where no
    style sheet makes it smaller or larger. `title` and `desc` are what a screen reader says of it.
    Without `font_size` each text has to name its own.
    """
    size = Markup(' font-size="{}"').format(font_size) if font_size else Markup("")
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{css}" role="img"'
        ' aria-labelledby="{p}-title {p}-desc" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        ' font-family="{font}"{size}>'
        '<title id="{p}-title">{title}</title><desc id="{p}-desc">{desc}</desc>'
        '<rect width="{w}" height="{h}" fill="{paper}"/>{drawn}</svg>'
    ).format(
        css=css,
        p=id_prefix,
        w=width,
        h=height,
        font=FONT,
        size=size,
        title=title,
        desc=desc,
        paper=PAPER,
        drawn=drawn,
    )
