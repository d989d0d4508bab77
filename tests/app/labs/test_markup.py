"""A lab's words as markup: no HTML of its own, formulas as MathML without styles."""

from app.labs.markup import html


def test_formulas_stand_in_sentences() -> None:
    found = html("The sum $w x + b$ is *one* number.")
    assert found.startswith("<p>The sum <math")
    assert found.endswith("is <em>one</em> number.</p>")
    assert "$" not in found


def test_what_looks_like_markup_is_text() -> None:
    assert html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>"


def test_no_formula_has_a_style_that_the_page_would_refuse() -> None:
    assert "style=" not in html(r"$\begin{matrix} a & b \\ c & d \end{matrix} \hat{x} \frac{1}{2}$")


def test_a_price_is_no_formula() -> None:
    assert html("5 $ or more") == "<p>5 $ or more</p>"
