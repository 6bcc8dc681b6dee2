"""A figure whose cell ran again and made a new one is closed, and no other."""

import gc
import weakref

import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances
from jupyter_client.manager import start_new_kernel

from course_utils import GradientDescent, descend, parabola
from course_utils.live import PathOnCurve, closing, live


def run(eta=0.3, x0=2.5, steps=10):
    return descend(parabola, [x0], GradientDescent(eta), steps=steps)


def make(**sliders):
    return live(run, PathOnCurve(parabola), **sliders or {"eta": (0.0, 1.0)})


class Notebook:
    """Cells run here, as far as a figure can tell."""

    def __init__(self):
        self.here, self.runs = None, 0

    def run(self, cell: str | None, *code):
        """What the last of these functions returns; a new run of this cell."""
        self.runs += 1
        header = {"msg_id": str(self.runs)}
        metadata = {"cellId": cell} if cell else {}
        self.parent_header = {"header": header, "metadata": metadata}
        return [each() for each in code][-1]


@pytest.fixture
def notebook(monkeypatch):
    notebook = Notebook()
    monkeypatch.setattr(closing, "get_ipython", lambda: notebook)
    return notebook


def closed(figure) -> bool:
    return figure.comm is None


def test_a_cell_that_makes_a_new_one_closes_its_own(notebook):
    first = notebook.run("a", make)
    other = notebook.run("b", make)
    second = notebook.run("a", make)
    assert closed(first) and not closed(second) and not closed(other)
    notebook.run("a", make)
    assert closed(second) and not closed(other)


def test_without_a_cell_nothing_is_closed(notebook, monkeypatch):
    first = notebook.run(None, make)
    notebook.run(None, make)
    second = notebook.run("a", make)
    notebook.run(None, make)
    for shell in (None, object()):  # plain Python; IPython in a terminal
        monkeypatch.setattr(closing, "get_ipython", lambda shell=shell: shell)
        make()
    assert not closed(first) and not closed(second)


def test_two_figures_of_one_run_stay_and_go_together(notebook):
    made = []
    notebook.run("a", lambda: made.extend([make(), make()]))
    assert not any(map(closed, made))
    notebook.run("a", make)
    assert all(map(closed, made))


def test_a_run_that_fails_before_it_makes_one_closes_nothing(notebook):
    first = notebook.run("a", make)
    with pytest.raises(ValueError):
        notebook.run("a", lambda: make(eta=(0.07, 1.0)))
    notebook.run("a", lambda: 1 + 1)
    assert not closed(first)


def test_what_another_cell_shows_is_never_closed(notebook):
    figure = notebook.run("a", make)
    notebook.run("b", figure._repr_mimebundle_)
    notebook.run("b", make)
    notebook.run("a", make)
    assert not closed(figure)
    own = notebook.run("c", make)
    notebook.run("c", own._repr_mimebundle_)
    notebook.run("c", make)
    assert closed(own), "it was shown by its own cell alone"


def test_a_closed_figure_keeps_its_values_and_its_words(notebook):
    figure, same = notebook.run("a", make), make()
    for each in (figure, same):
        each.sliders["eta"].value = 0.7
    notebook.run("a", make)
    assert figure.values == {"eta": 0.7}
    assert repr(figure) == repr(same)
    assert figure.words() == same.words()
    assert figure.sentences() == same.sentences()
    assert figure._repr_mimebundle_ is None, "no view of it can be shown"
    figure.sliders["eta"].value = 0.1
    figure.follow()
    figure.let_go()
    assert repr(figure) == repr(same)


def test_nothing_else_is_left_of_it(notebook):
    before = len(_instances)
    figure = notebook.run("a", lambda: make(eta=(0.0, 1.0), steps=(1, 30)))
    size = len(_instances) - before
    gone = [weakref.ref(one) for one in (figure.canvas, figure.picture, figure.ahead)]
    gone.append(weakref.ref(figure.picture.figure))
    notebook.run("a", lambda: make(eta=(0.0, 1.0), steps=(1, 30)))
    gc.collect()
    assert len(_instances) - before == size
    assert [one() for one in gone] == [None] * 4


def test_a_widget_of_the_user_stays_open(notebook):
    own = ipywidgets.FloatSlider(value=0.3, min=0, max=1)
    figure = notebook.run("a", lambda: make(eta=own))
    second = notebook.run("a", lambda: make(eta=own))
    assert closed(figure) and not closed(own) and not closed(own.layout)
    own.value = 0.5
    assert "η = 0.5" in second.words() and "η = 0.3" in figure.words()


def test_agg_leaves_no_pixels_behind(notebook):
    figure = make()
    figure._repr_mimebundle_()
    assert not hasattr(figure.picture.figure.canvas, "renderer")


MEGABYTES = """
import gc
gc.collect()
print(int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6)
"""


class Kernel:
    """A real one, told of cells as JupyterLab does."""

    def __init__(self, client):
        self.client = client

    def run(self, code: str, cell: str) -> str:
        """What a cell prints."""
        content = {"code": code, "silent": False, "store_history": True}
        message = self.client.session.msg("execute_request", content)
        message["metadata"] = {"cellId": cell}
        self.client.shell_channel.send(message)
        printed = ""
        while True:
            heard = self.client.get_iopub_msg(timeout=180)
            if heard["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            assert heard["msg_type"] != "error", heard["content"]
            printed += heard["content"].get("text", "")
            if heard["content"].get("execution_state") == "idle":
                return printed


@pytest.mark.thorough
def test_a_hundred_runs_of_a_cell_cost_a_kernel_little():
    manager, client = start_new_kernel()
    try:
        kernel = Kernel(client)
        begin = "from course_utils import *\nfrom course_utils.live import *\n"
        begin += "def run(eta=0.3, steps=10):\n"
        begin += (
            "    return descend(parabola, [2.5], GradientDescent(eta), steps=steps)"
        )
        kernel.run(begin, "begin")
        figure = "live(run, PathOnCurve(parabola), eta=(0.0, 1.0), steps=(1, 30))"
        for _ in range(3):
            kernel.run(figure, "one")
        before = float(kernel.run(MEGABYTES, "size"))
        for _ in range(100):
            kernel.run(figure, "one")
        assert float(kernel.run(MEGABYTES, "size")) - before < 30
        assert "eta = 0.3 in" in kernel.run("print(Out[2])", "look")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
