"""Tests which lists of an article are key facts: none that lead elsewhere, none of a recipe, none of a masthead."""

import json
import re
from time import process_time

import pytest

from support.reading import read_body, read_source

FACT = "The ferry carries forty cars and two hundred people an hour."
OTHER = "Fares rise by a tenth in spring, the council says."
FACTS = f"<ul><li>{FACT}</li><li>{OTHER}</li></ul>"
LEAD = "<p>The ferry sails again from Monday after six winters in dry dock.</p>"
STORIES = "<ul><li>How the old ferry was lost in the great ice of 1987</li><li>Ten bakers who went to sea</li></ul>"


def bullets(markup: str) -> tuple[str, ...]:
    post = {"id": 1, "status": "publish", "type": "post", "lang": "en", "title": {"rendered": "Ferry back in service"}}
    return read_source(json.dumps(post | {"content": {"rendered": markup}}).encode(), "wordpress").bullets


LEADS_ELSEWHERE = """
Read more: | Read more | READ MORE | Related stories | More on this story | See also | Also read | You may also like |
Mehr zum Thema | Lesen Sie auch: | Das könnte Sie auch interessieren | À lire aussi | Lire aussi : | Sur le même sujet
| Leia também | Te puede interesar | Lea también: | Leggi anche | Lees ook: | Läs också | Læs også | Les også |
Lue myös | Czytaj także | Zobacz też | Читайте также | Читайте також: | Přečtěte si také | Citește și |
İlgili haberler | اقرأ أيضا | اقرأ أيضًا: | بیشتر بخوانید | עוד בנושא | 関連記事 | あわせて読みたい | 相关阅读 | 延伸閱讀 |
관련 기사 | यह भी पढ़ें | Baca juga: | Xem thêm | อ่านเพิ่มเติม | Διαβάστε επίσης | Olvasd el ezt is | In this article"""
MASTHEADS = "Contact: Anna Marlow | Keep reading | About the author | Comments"
MASTHEADS += "| Contact | Contact us | Kontakt | Contacto | Контакты | 連絡先"
RECIPES = """
Ingredients (serves 4) | Ingredients for four | Zutaten für vier |
Ingredients | Ingredients: | Zutaten | Ingrédients | Ingredientes | Ingredienti | Składniki | Ингредиенты | 材料 |
Method | Zubereitung | Préparation"""
CONTACTS = [
    "<ul><li>Phone: 020 7946 0958, weekdays from nine to five</li><li>Email: desk@northport.example for all questions</li></ul>",
    "<ul><li>Telefon: 030 12345, werktags von neun bis fünf</li><li>E-Mail: redaktion@northport.example</li></ul>",
    "<ul><li>Send your tips to tips@northport.example today</li><li>Call the desk on +44 20 7946 0958 at night</li></ul>",
    "<ul><li>Address: 4 Quay Street, Northport NP1 2AB</li><li>Opening hours: Monday to Friday, nine to five</li></ul>",
    "<ul><li>電話：03-1234-5678（平日午前九時から午後五時）</li><li>メール：desk@northport.example</li></ul>",
    "<ul><li>Follow us on Twitter: @northportpost</li><li>Follow us on Instagram: @northportpost</li></ul>",
]
CONTACTS += [
    "<ul><li>Related: How the old ferry was lost</li><li>Related: Ten bakers who went to sea</li></ul>",
    "<ul><li>Call 555-123-4567 to give blood</li><li>Visit https://blood.example for more</li></ul>",
    '<div class="related-posts"><ul><li>How the old ferry was lost in the ice</li><li>Ten bakers who went</li></ul></div>',
]
CONTACTS += ["<ul><li>Image: Anna Marlow / Northport Post</li><li>Photo: Ben Ito, from the archive</li></ul>"]
CRUMBS = [
    "<ul><li>Home</li><li>News</li><li>Two held after ferry theft in Northport harbour</li></ul>",
    "<ul><li>Home › News › Local › Northport</li><li>Two held after ferry theft in the harbour</li></ul>",
    '<ul><li><a href="/">News</a></li><li><a href="/l">Local</a></li><li>Two held after ferry theft in Northport</li></ul>',
    '<ol class="breadcrumb-list"><li>Northport and islands</li><li>Two held after ferry theft in the harbour</li></ol>',
    '<ol aria-label="Breadcrumb"><li>Northport and islands</li><li>Two held after ferry theft in the harbour</li></ol>',
    '<ol itemtype="https://schema.org/BreadcrumbList"><li>Northport and islands</li><li>Two held after ferry theft</li></ol>',
    '<ul><li><a href="/a">A long story of a ferry</a></li><li><a href="/b">Bakers at sea</a></li><li>A short line here</li></ul>',
]
MEASURED = [
    "<ul><li>4 eggs, at room temperature</li><li>200g flour</li><li>Salt and pepper to taste</li></ul>",
    "<ul><li>200 g of strong white flour</li><li>2 tbsp sugar, brown or white</li><li>a pinch of sea salt</li></ul>",
    "<ul><li>1 ½ cups all-purpose flour</li><li>½ tsp baking soda, sifted</li></ul>",
    "<ul><li>250 g Mehl, am besten Dinkel</li><li>2 EL Zucker und etwas Salz</li></ul>",
    "<ul><li>2 cuillères à soupe de sucre</li><li>25 cl de lait entier</li></ul>",
    '<ul class="recipe-ingredients"><li>Strong white flour and water</li><li>Sugar, brown or white</li></ul>',
    '<ul><li itemprop="recipeIngredient">Strong white flour and water</li><li itemprop="recipeIngredient">Sugar, brown</li></ul>',
]


@pytest.mark.parametrize("heading", re.split(r"\s*\|\s*", f"{LEADS_ELSEWHERE}|{RECIPES}|{MASTHEADS}".strip()))
@pytest.mark.parametrize("tag", ["h3", "p"])
def test_list_under_such_a_heading_is_no_fact(heading: str, tag: str) -> None:
    titled = f"<{tag}>{heading}</{tag}>{STORIES}"
    assert bullets(LEAD + titled) == ()
    assert bullets(LEAD + titled + LEAD + f"<h3>The facts</h3>{FACTS}") == (FACT, OTHER)


@pytest.mark.parametrize("markup", [*CONTACTS, *CRUMBS, *MEASURED])
def test_such_a_list_is_no_fact(markup: str) -> None:
    assert bullets(LEAD + markup) == ()
    assert bullets(markup + LEAD + FACTS) == (FACT, OTHER)


@pytest.mark.parametrize(
    "heading",
    [
        *("Key points", "Key takeaways", "At a glance", "TL;DR", "What to know", "In brief", "Five key facts"),
        *("Das Wichtigste in Kürze", "L’essentiel", "En bref", "Claves", "Lo esencial", "I punti chiave", "In het kort"),
        *(
            "Najważniejsze",
            "Главное",
            "Головне",
            "要点",
            "この記事のポイント",
            "核心要点",
            "핵심 요약",
            "أبرز النقاط",
            "Öne çıkanlar",
        ),
    ],
)
def test_list_titled_as_key_points_comes_first(heading: str) -> None:
    assert bullets(f"{STORIES}<h3>{heading}</h3>{FACTS}") == (FACT, OTHER)


@pytest.mark.parametrize(
    "heading",
    [
        "Related deaths rose in March",
        "More than ten ships were lost",
        "What we know:",
        "The main points:",
        "Methods of theft were new",
    ],
)
def test_other_headings_keep_their_lists(heading: str) -> None:
    assert bullets(f"{LEAD}<p>{heading}</p>{FACTS}") == (FACT, OTHER)


def test_lists_under_any_heading_of_a_recipe_are_no_facts() -> None:
    parts = "".join(f"<h3>For the {part}</h3>{STORIES}" for part in ("dough", "sauce"))
    assert bullets(f"{LEAD}<h2>Ingredients</h2>{parts}<h2>History</h2>{FACTS}") == (FACT, OTHER)


def test_years_and_weights_of_facts_are_no_telephones_and_no_ingredients() -> None:
    facts = ("Between 2019-2020 and 2023-2024 fares rose.", "It sailed on 07/11/2026 with 1 200 000 000 herrings.")
    assert bullets("<ul>" + "".join(f"<li>{fact}</li>" for fact in facts) + "</ul>") == facts
    facts = ("200 g of plastic a person are thrown away every year.", "40 kg of glass a person are recycled every year.")
    assert bullets("<ul>" + "".join(f"<li>{fact}</li>" for fact in facts) + "</ul>") == facts


@pytest.mark.parametrize("line", ["Read more:", "Also read: How the old ferry was lost", "<b>Lesen Sie auch:</b> Zehn Bäcker"])
def test_line_that_leads_elsewhere_is_no_summary(line: str) -> None:
    assert read_body(f"<p>{line}</p>{LEAD}").paragraphs == read_body(LEAD).paragraphs
    assert len(read_body(f"<p>More than ten ships were lost.</p>{LEAD}").paragraphs) == 2


def test_one_number_or_one_weight_makes_no_list_of_contacts_or_ingredients() -> None:
    facts = (FACT, "5 kg of cocaine were found on board.", "Call 020 7946 0958 to book a place.")
    assert bullets("<ul>" + "".join(f"<li>{fact}</li>" for fact in facts) + "</ul>") == facts


def test_reads_an_item_without_spaces_in_linear_time() -> None:
    before = process_time()
    assert bullets(f"<ul><li>{FACT}</li><li>{'a' * 100_000}</li></ul>") == (FACT,)
    assert process_time() - before < 2  # seconds of processor time
