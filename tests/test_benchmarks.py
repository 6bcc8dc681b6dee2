"""The benchmarks compare one figure, and find the largest class that holds."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import rc_context
from nbformat.v4 import new_code_cell

from benchmarks import classroom, contenders, hub
from benchmarks.distance import followed
from support.course import ROOT, complain
from support.prose import rows


def axes_say(ax) -> tuple:
    """Frame, scale and labels."""
    labels = ax.get_xlabel(), ax.get_ylabel()
    return ax.get_xlim(), ax.get_ylim(), ax.get_xscale(), ax.get_yscale(), labels


def level_lines(ax) -> list[list]:
    """The corners of every level line; a closed one may begin anywhere."""
    (lines,) = ax.collections
    corners = (path.vertices.round(6) + 0.0 for path in lines.get_paths())
    drawn = (points[np.isfinite(points[:, 0])] for points in corners)  # nan is a gap
    return [np.unique(points, axis=0).tolist() for points in drawn]


@pytest.fixture
def pyplot():
    plt.switch_backend("agg")
    with rc_context():
        yield plt
    plt.close("all")


@pytest.mark.parametrize("eta", [0.3, 0.01, 1.0])
def test_the_contenders_draw_the_same_figure(pyplot, eta):
    live = contenders.ours()
    live.sliders["eta"].value = eta
    walk = contenders.run(eta)
    peer, note, (path, last, risk) = contenders.plot(pyplot, walk)
    (left, right) = live.picture.figure.axes
    assert [axes_say(ax) for ax in peer.axes] == [axes_say(left), axes_say(right)]
    assert peer.bbox.size.tolist() == live.picture.size
    for line, other in zip(
        [path, last, risk], [*left.lines, *right.lines], strict=True
    ):
        np.testing.assert_allclose(line.get_data(), other.get_data())
        assert line.get_color() == other.get_color()
        assert line.get_linewidth() == other.get_linewidth()
    assert note.get_text() == left.texts[0].get_text()
    assert level_lines(left) == level_lines(peer.axes[0])
    assert len(level_lines(left)) == contenders.LEVELS


@pytest.mark.parametrize("true", [0, 1, 2, 3, 11, 16, 37, 63, 64, 1000])
def test_the_largest_class_that_holds_is_found(true):
    asked = []

    def holds(size):
        asked.append(size)
        return size <= true

    assert classroom.capacities({"a": holds}, most=64) == {"a": min(true, 64)}
    assert len(asked) <= 14 and max(asked) <= 64


def test_classes_that_are_compared_take_turns():
    asked = []

    def up_to(true):
        return lambda size: asked.append((true, size)) or size <= true

    found = classroom.capacities({"few": up_to(3), "many": up_to(40)}, most=64)
    assert found == {"few": 3, "many": 40}
    assert asked[:4] == [(3, 1), (40, 1), (3, 2), (40, 2)]
    assert asked[-1][0] == 40, "who has more to try goes on alone"


def test_the_tables_of_a_hub_have_the_heads_that_stand_in_the_readme(
    monkeypatch, capsys
):
    def measured(size):
        return [size, *hub.SECONDS[1:]], [size, *hub.TAKEN[1:]]

    monkeypatch.setattr(hub, "measured", measured)
    monkeypatch.setattr(hub, "stop_politely", lambda: None)
    monkeypatch.setattr(hub, "machine", lambda *packages: "")
    hub.main([1, 5])
    seconds, _, *_, taken, _, _, _ = rows(capsys.readouterr().out)
    assert (seconds, taken) == (hub.SECONDS, hub.TAKEN)
    readme = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    assert seconds in rows(readme) and taken in rows(readme)


def test_what_a_hub_s_parts_take_stands_under_their_heads():
    memory = dict.fromkeys(hub.PARTS, 30.0)
    cpu = {part: 10 * k for k, part in enumerate(hub.PARTS)}
    said = hub.taken(10, memory, cpu)
    assert said[:4] == ["30 MB", "30 MB", "3 MB", "3 MB"]
    assert said[4:] == ["0.00 s", "1.00 s", "2.00 s", "3.00 s"]
    assert len(hub.TAKEN) == 1 + len(said)


def test_an_error_that_a_cell_does_not_announce_is_raised():
    cell, failed = (
        new_code_cell("1 / 0", id="09-one"),
        {"status": "error", "evalue": "no"},
    )
    complain(cell, {"status": "ok"})
    with pytest.raises(RuntimeError, match="09-one: no"):
        complain(cell, failed)
    cell.metadata.tags = ["raises-exception"]
    complain(cell, failed)


HAND = [[0, 0.1], [100, 0.2], [200, 0.3], [300, 0.2]]  # ms, and the value it came to


@pytest.mark.parametrize(
    ("frames", "values", "pictures", "lags"),
    [
        ([[10, 0.1], [110, 0.2], [210, 0.3], [310, 0.2]], 3, 3, [0, 0, 0, 0]),
        ([[10, 0.1], [110, 0.1], [210, 0.1], [310, 0.1]], 3, 0, [0, 10, 110, 210]),
        ([[10, 0.1], [110, 0.1], [210, 0.2], [310, 0.3]], 3, 2, [0, 10, 10, 10]),
        # a neighbour: the hand comes to it in 90 ms, and never to the second
        ([[10, 0.1], [110, 0.3], [210, 0.25], [310, 0.2]], 3, 1, [0, 90, 0]),
        # it was at 0.2 for 100 ms, and no frame came
        ([[10, 0.1], [210, 0.3], [310, 0.2], [600, 0.3]], 2, 2, [0, 0, 0]),
        ([[10, 0.3], [210, 0.1]], 1, 0, [190, 110]),
    ],
)
def test_what_was_seen_of_a_hand_and_how_long_it_was_ahead(
    frames, values, pictures, lags
):
    seen = followed(HAND, frames, down=5, up=500)
    assert seen == {"values": values, "pictures": pictures, "lags": lags}
