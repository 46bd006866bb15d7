"""Tests reading headlines and other lines of HTML as a reader sees them."""

import json

import pytest

from support.reading import read_source

HEADLINES = {
    # Breaks and blocks are spaces.
    "Storm hits the coast<br>Thousands flee": "Storm hits the coast Thousands flee",
    "Storm hits the coast<br/>\n<br />Thousands flee": "Storm hits the coast Thousands flee",
    "<div>Storm hits</div><div>the coast</div>": "Storm hits the coast",
    "<p>Storm hits</p><p>the coast</p>": "Storm hits the coast",
    '<span style="display: block">Storm hits</span>the coast': "Storm hits the coast",
    "Mos<wbr>cow": "Moscow",
    # Inline elements part no words.
    '<span class="dropcap">S</span>torm <em>un</em>believably kind': "Storm unbelievably kind",
    '<p class="drop-cap"><b>S</b>torm hits the coast</p>': "Storm hits the coast",
    '<span class="has-drop-cap">A</span> storm hits the coast': "A storm hits the coast",
    "You<b>Tube</b> fined": "YouTube fined",
    "<mark>Sto</mark>rm in <i>Hamlet</i>’s castle": "Storm in Hamlet’s castle",
    # Superscripts and subscripts keep their meaning; marks of footnotes go.
    "10<sup>6</sup> times larger, 420 ppm<sup>1</sup>": "10⁶ times larger, 420 ppm",
    "Rent at 20 € a m<sup>2</sup>, 5 km<sup>3</sup> of ice": "Rent at 20 € a m², 5 km³ of ice",
    "E = mc<sup>2</sup> at 120": "E = mc² at 120",
    "10<sup>-9</sup> seconds": "10⁻⁹ seconds",
    "The <sup>14</sup>C clock": "The ¹⁴C clock",
    "<sup>1</sup> Ferry sails <sup>2</sup>": "Ferry sails",
    "Ca<sup>2+</sup> in milk": "Ca²⁺ in milk",
    "The 21<sup>st</sup> of May": "The 21st of May",
    "Le XX<sup>e</sup> siècle, 1<sup>er</sup> mai": "Le XXe siècle, 1er mai",
    "Calle 3, n<sup>o</sup> 4": "Calle 3, nº 4",
    "Acme<sup>TM</sup> sues": "Acme™ sues",
    'The end of 2024<sup><a href="#fn1">1</a></sup> came': "The end of 2024 came",
    "The end of 2024<sup>2</sup> came": "The end of 2024 came",
    "Covid-19<sup>2</sup> is back<sup>[3]</sup>": "Covid-19 is back",
    "Ferry sails again<sup>*</sup>": "Ferry sails again",
    "Ferry<sup>(1)</sup> sails again<sup>a</sup>": "Ferry sails again",
    "M<sup>e</sup> Dupont, 5<sup>a</sup> edición": "Me Dupont, 5ª edición",
    'Area 10<sup class="footnote-ref">4</sup> opens': "Area 10 opens",
    "CO<sub>2</sub> and H<sub>2</sub>SO<sub>4</sub>": "CO₂ and H₂SO₄",
    "PM<sub>2.5</sub> in the air": "PM2.5 in the air",
    "Water at 20 м<sup>2</sup>": "Water at 20 м²",
    # What a reader sees without any text.
    'Ferry sails <img class="emoji" alt="🚢" src="/e/1f6a2.svg"> again': "Ferry sails 🚢 again",
    # What a reader does not see.
    'Ferry<img alt="A ferry at the quay" src="/f.jpg"> sails': "Ferry sails",
    "Ferry<!-- sails --> sails": "Ferry sails",
    "<ruby>嵐<rp>(</rp><rt>あらし</rt><rp>)</rp></ruby>が来る": "嵐が来る",
    "Ferry <del>sails</del> <ins>sailed</ins> again": "Ferry sailed again",
    "Ferry <s>sunk</s> saved": "Ferry saved",
    "Ferry<script>track()</script> sails": "Ferry sails",
    "<svg><title>Lock icon</title><path/></svg>Ferry sails": "Ferry sails",
    "<style>.a{}</style>Ferry sails": "Ferry sails",
    '<span class="sr-only">Premium article: </span>Ferry sails': "Ferry sails",
    'Ferry sails<span class="screen-reader-text"> (opens in a new tab)</span>': "Ferry sails",
    "<span hidden>Draft</span>Ferry sails": "Ferry sails",
    '<span aria-hidden="true">★</span> Ferry sails': "Ferry sails",
    '<span style="display:none">x</span>Ferry sails': "Ferry sails",
    '<span class="sr-only">Storm</span><span aria-hidden="true"><b>S</b>torm</span> hits': "Storm hits",
    'Ferry sails <a class="headerlink" href="#ferry">¶</a>': "Ferry sails",
    '<a href="#ferry">#</a> Ferry sails': "Ferry sails",
    'Ferry sails <a class="permalink" href="https://news.example/a#ferry">¶</a>': "Ferry sails",
    'Ferry sails <a class="heading-anchor" href="#ferry">Permalink</a>': "Ferry sails",
    '<span class="offscreen">Video</span>Ferry sails': "Ferry sails",
    '<span style="position: absolute; left: -9999px">Video</span>Ferry sails': "Ferry sails",
    '<a href="/t/c">#MeToo</a> at sea': "#MeToo at sea",
    # Character references, escaped once or twice.
    "Salt &amp; Pepper&#8217;s voyage": "Salt & Pepper’s voyage",
    "Salt &amp;amp; Pepper&amp;#8217;s voyage": "Salt & Pepper’s voyage",
    "How the &lt;details&gt; element won": "How the <details> element won",
    "How the &amp;lt;details&amp;gt; element won": "How the <details> element won",
    "AT&T, R&D and Q&A": "AT&T, R&D and Q&A",
    # No-break spaces beside spaces.
    "Storm&nbsp;&nbsp; hits the coast&nbsp;": "Storm hits the coast",
    "&nbsp;5&nbsp;km &nbsp;from&nbsp;&nbsp;here": "5\u00a0km from\u00a0here",
    "A < B and 3 > 2": "A < B and 3 > 2",
}
KICKERS = {
    '<span class="kicker">Analysis</span>Why the talks failed': ("Analysis", "Why the talks failed"),
    '<span class="post-eyebrow">Analysis:</span> Why the talks failed': ("Analysis", "Why the talks failed"),
    '<small class="entry-overline">Analyse</small>Warum es scheiterte': ("Analyse", "Warum es scheiterte"),
    '<em class="kicker">分析</em>会談はなぜ失敗したのか': ("分析", "会談はなぜ失敗したのか"),
    "<span>Analysis</span>Why the talks failed": ("", "Analysis Why the talks failed"),
    "<strong>Analysis</strong>Why the talks failed": ("", "Analysis Why the talks failed"),
    "<b>Exclusive:</b>Why the talks failed": ("", "Exclusive: Why the talks failed"),
    '<span class="badge">NEW</span>Why the talks failed': ("", "NEW Why the talks failed"),
    "<span>Analysis</span><span>why the talks failed</span>": ("", "Analysis why the talks failed"),
    "<span>Sto</span><span>rm</span> hits": ("", "Storm hits"),
    "<span>ANALYSIS</span><span>Why the talks failed</span>": ("", "ANALYSIS Why the talks failed"),
    '<span class="kicker">Why the talks failed</span>': ("", "Why the talks failed"),
    'Why the talks <span class="label">failed</span>': ("", "Why the talks failed"),
}


def wordpress(title: str) -> bytes:
    post = {"id": 1, "status": "publish", "type": "post", "lang": "en", "title": {"rendered": title}}
    return json.dumps(post).encode()


@pytest.mark.parametrize("title", HEADLINES)
def test_reads_headline_as_a_reader_sees_it(title: str) -> None:
    assert read_source(wordpress(title), "wordpress").headline == HEADLINES[title]


@pytest.mark.parametrize("title", KICKERS)
def test_kicker_does_not_join_the_headline(title: str) -> None:
    article = read_source(wordpress(title), "wordpress")
    assert (article.kicker, article.headline) == KICKERS[title]


@pytest.mark.parametrize("title", ["How the <details> element broke", "R&amp;D in <b>5</b> steps", "1 < 2 &copy; 3"])
def test_titles_of_ghost_are_plain_text(title: str) -> None:
    post = {"post": {"current": {"id": "a", "title": title, "custom_excerpt": title}}}
    article = read_source(json.dumps(post).encode(), "ghost", language="en")
    assert (article.headline, article.deck) == (title, title)


@pytest.mark.parametrize("title", HEADLINES)
def test_text_of_an_article_is_read_by_the_same_rules(title: str) -> None:
    item = f"<p>It was the night when {title}</p>"
    post = json.loads(wordpress("Ferry")) | {"content": {"rendered": f"<ul><li>{item}</li><li>{item}</li></ul>"}}
    if not title.startswith(("<div>", "<p", '<span style="display: block"')):
        assert read_source(json.dumps(post).encode(), "wordpress").bullets[0] == f"It was the night when {HEADLINES[title]}"


def test_quotation_in_a_title_keeps_its_marks() -> None:
    assert read_source(wordpress("<q>We bake</q>, says <q>Oona</q>"), "wordpress").headline == '"We bake", says "Oona"'


def test_kicker_in_a_title_sets_the_label() -> None:
    article = read_source(wordpress('<span class="kicker">Live</span>Why the talks failed'), "wordpress")
    assert (article.label, article.kicker, article.headline) == ("live", "", "Why the talks failed")


@pytest.mark.parametrize("tag", ["<sup>", "<b>", "<span class=kicker>", "<a href=#>", "<sub>", "<h1>"])
def test_reads_thousands_of_unclosed_tags(tag: str) -> None:
    many = tag * (9_000 // len(tag))
    assert read_source(wordpress(f"Ferry {many}sails"), "wordpress").headline.startswith("Ferry")
    page = f"<title>Ferry</title><body><h1>{many}sails</h1><p>{many}sails".encode()
    assert read_source(page, "jsonld", article_id="a", language="en").headline
