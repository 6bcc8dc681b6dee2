"""A site of one small lecture, written in a second, without a kernel."""

from pathlib import Path

from nbformat.v4 import new_output

from support.course import LANGUAGES, build, code_cells, pages, run, small

FIGURE = (
    "live(lambda a=1.0: np.array([a, 2.0]), Curves(ylim=(0, 3)), a=(0.0, 2.0, 0.5))"
)


def written(folder: Path, prose: str = "", code: str = FIGURE, **changes):
    """site/ with the pages of one lecture, that says this too, and the index."""
    path = small(folder, code)
    if prose:
        cells = [
            f'+++ {{"id": "09-more", "lang": "{x}"}}\n\n{prose}' for x in LANGUAGES
        ]
        path.write_text("\n\n".join([path.read_text("utf-8"), *cells]), "utf-8")
    lecture = build.read(path)
    for cell in lecture.cells:
        cell.metadata |= changes.get(cell.id, {})
    figures = drawn(lecture)
    for language in LANGUAGES:
        target = folder / "notebooks" / language / "09_small.ipynb"
        build.write(build.translated(lecture, language), target)
    said = list(
        pages.write(lecture, "09_small", figures, folder / "notebooks", folder / "site")
    )
    said += [pages.write_index(folder / "notebooks", folder / "site")]
    return folder / "site", said


def drawn(lecture) -> dict:
    """Run the cells here and store what a kernel would have stored."""
    figures = run(lecture.cells).figures
    for cell in code_cells(lecture.cells):
        cell.execution_count = 1
        if cell.id in figures:
            data, metadata = figures[cell.id]._repr_mimebundle_()
            data = {k: v for k, v in data.items() if k in ("text/plain", "image/png")}
            cell.outputs = [new_output("display_data", data, metadata=metadata)]
    return figures
