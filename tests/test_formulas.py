"""What the pages make of the formulas of the notebooks: their signs, spaces, lines."""

import re
from collections import Counter
from html import unescape

import pytest

from pages.formulas import formula, lines, pieces
from pages.markup import prose
from support.course import each_notebook, notebook

# What a reader sees of a command; of the rest of them only what they stand at.
SIGNS = r"""
    \alpha α \beta β \gamma γ \delta δ \epsilon ϵ \varepsilon ε \eta η \theta θ
    \kappa κ \lambda λ \mu μ \nu ν \xi ξ \pi π \rho ρ \sigma σ \tau τ \phi ϕ
    \Gamma Γ \Delta Δ \Theta Θ \Lambda Λ \Sigma Σ \Phi Φ \Omega Ω \ell ℓ
    \partial ∂ \nabla ∇ \forall ∀ \infty ∞ \cdot · \times × \odot ⊙ \pm ± \mp ∓
    \le ≤ \ge ≥ \ne ≠ \neq ≠ \approx ≈ \sim ~ \propto ∝ \in ∈ \subseteq ⊆
    \to → \leftarrow ← \mapsto ↦ \Longrightarrow ⟹ \Longleftrightarrow ⟺
    \sum ∑ \prod ∏ \int ∫ \top ⊤ \dots … \cdots ⋯ \hat ˆ \bar ¯ \tilde ˜
    \overline ‾ \underbrace ⏟ \| ‖ \Vert ‖ \lvert | \rvert | \lceil ⌈ \rceil ⌉
    \{ { \} } \% % - − ' ′
    \ln ln \log log \exp exp \sin sin \tanh tanh \max max \min min \arg arg
""".split()
SIGNS = dict(zip(SIGNS[::2], SIGNS[1::2], strict=True))
UNSEEN = (
    r"""
    \frac \tfrac \dfrac \sqrt \mathbb \mathrm \text \left \right \big \Big
    \, \; \! \quad \qquad \\ { } _ ^ &
""".split()
    + ["\\ "]
)
PAGES_OWN = str.maketrans({**dict(zip("𝔼ℕℙℝℤ", "ENPRZ", strict=True)), "″": "′′"})

TEX = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.S)
MATHML = re.compile(r"(?:<math.*?</math>(?:</?span[^>]*>)*)+", re.S)


def signs_of_tex(tex: str) -> Counter:
    tex = re.sub(r"\\begin\{pmatrix\}", "(", tex)
    tex = re.sub(r"\\end\{pmatrix\}", ")", tex)
    words = re.findall(r"\\[A-Za-z]+|\\.|\S", tex)
    return Counter(
        "".join(SIGNS.get(word, word) for word in words if word not in UNSEEN)
    )


def signs_of_mathml(math: str) -> Counter:
    text = unescape(re.sub(r"<[^>]+>", "", math)).translate(PAGES_OWN)
    return Counter("".join(text.split()))


@each_notebook
def test_a_page_has_the_signs_of_the_notebook_formula_by_formula(language, name):
    for cell in notebook(language, name).cells:
        if cell.cell_type == "markdown":
            texts = ["".join(pair) for pair in TEX.findall(cell.source)]
            maths = MATHML.findall(prose(cell.source, language))
            assert len(maths) == len(texts), cell.id
            for tex, math in zip(texts, maths, strict=True):
                assert signs_of_mathml(math) == signs_of_tex(tex), (cell.id, tex)


def test_a_bar_in_a_table_is_no_edge_of_a_cell():
    text = prose("| a | b |\n|--|--|\n| $\\|x\\|^2$ | $|x|$ and \\| |", "en")
    maths = MATHML.findall(text)
    assert [signs_of_mathml(math) for math in maths] == [
        Counter("‖x‖2"),
        Counter("|x|"),
    ]
    assert "and |" in text, "a bar that is no formula stays one"
    assert text.count("<td>") == 2


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\arg\min R", "<mtext>arg\xa0min</mtext><mspace"),
        (r"\in\arg\min", "<mtext>arg\xa0min</mtext></mrow>"),
        (r"\in", '<mo lspace="0" rspace="0">∈</mo>'),
        (r"\partial a", "<mi>∂</mi><mi>a</mi>"),
        (r"\ell(\theta; x)", "<mo>;</mo>"),
        (r"m = \pm 2", '<mo form="prefix">±</mo>'),
        (r"\hat\theta_t", '<mover accent="true"><mi>θ</mi><mo stretchy="false">ˆ</mo>'),
        (r"\bar x", '<mover accent="true"><mi>x</mi><mo stretchy="false">¯</mo>'),
        ("= -1", '<mo form="prefix">−</mo>'),
        ("R'", '<mo lspace="0" rspace="0">′</mo>'),
        (r"-\infty", "<mi>∞</mi>"),
        (r"q\ln s", '<mi>q</mi><mspace width="0.167em" /><mi>ln</mi><mspace'),
        (r"\ln(s)", '<mi>ln</mi><mo stretchy="false">(</mo>'),
        (r"\overline{y - c}", '<mo stretchy="true">‾</mo>'),
        (r"\big\|", "‖"),
        (r"x \sim t", '<mo stretchy="false" lspace="0.278em" rspace="0.278em">~</mo>'),
    ],
)
def test_what_the_converter_leaves_is_tidied(tex, said):
    assert said in formula(tex)


def text(math: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", math))


def test_a_long_formula_may_be_broken_before_a_relation_but_in_no_bracket():
    math = formula(r"f(a = 1) = \frac{b = c}{2} \le 3")
    assert [text(piece) for piece in pieces(math)] == ["f(a=1)", "=b=c2", "≤3"]


def test_equations_that_stand_side_by_side_may_stand_one_below_the_other():
    math = formula(r"a = b, \qquad c = d", display=True)
    found = [[text(piece) for piece in line] for line in lines(math)]
    assert found == [["a", "=b,"], ["c", "=d"]]
    inside = formula(r"\frac{a \quad b}{c}", display=True)
    assert len(lines(inside)) == 1


# What touches a formula

HELD = re.compile(r'<span class="(?:tied|long)">((?:(?!</span>).)*)</span>', re.S)
LOOSE = re.compile(r'[^\s<>]<math display="inline"|</math>(?:</\w+>)*[^\s<>]')


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Es $x$.", ["x."]),
        ("¿Y «$x$»? Es $y$, y $z$", ["«x»?", "y,"]),
        ('The ($x$), "$y$"', ["(x),", "“y”"]),
        ("a $t$-step", ["t-step"]),
        ("**so $t$**.", ["t."]),
        (
            "so ($a + b + c + d + e + f + g + h + i + j + k + l + m$).",
            ["(a+b+c+d+e+f+g+h+i+j+k+l+m)."],
        ),
    ],
)
def test_what_touches_a_formula_stays_with_it(said, held):
    assert [text(found) for found in HELD.findall(prose(said, "en"))] == held


@each_notebook
def test_no_line_begins_or_ends_with_what_touches_a_formula(language, name):
    for cell in notebook(language, name).cells:
        if cell.cell_type == "markdown":
            loose = LOOSE.findall(HELD.sub(" ", prose(cell.source, language)))
            assert not loose, cell.id
