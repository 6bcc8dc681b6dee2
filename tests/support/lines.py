"""Where a browser breaks the lines of prose with formulas."""

# The formulas of a kind whose neighbour, though no space parts them, stands in another
# line: a full stop that begins one, or a bracket that ends one.
PARTED = """selector => {
    const range = document.createRange();
    const place = (node, at) => {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
    };
    const touches = (node, end) => node?.nodeType === 3 && end.test(node.data);
    const parted = formula => {
        const { left, right } = formula.getBoundingClientRect();
        const { previousSibling: before, nextSibling: behind } = formula;
        return touches(behind, /^\\S/) && place(behind, 0).right < right ||
            touches(before, /\\S$/) && place(before, before.length - 1).left > left;
    };
    return [...document.querySelectorAll(selector)]
        .filter(formula => formula.checkVisibility() && parted(formula))
        .map(formula => formula.parentNode.textContent.slice(0, 80));
}"""


def parted(page, selector: str, widths) -> dict[int, list[str]]:
    """Of a page in windows of these widths: the beginnings of what is parted there."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(50)
        found[width] = page.evaluate(PARTED, selector)
    return {width: texts for width, texts in found.items() if texts}
