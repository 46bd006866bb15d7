"""Defines patterns for attributed speech in many languages: reporting verbs, names, pronouns and roles."""

import re
from collections.abc import Iterable

from storycard.language.sentences import SENTENCE_ENDS

# Reporting verbs in the forms used beside direct speech. One list serves all languages: a verb of one is hardly ever a word of
# another in the position between a quotation and a name.
_VERBS = (
    "said|says|told|tells|added|adds|explained|explains|argued|argues|noted|notes|warned|warns|recalled|recalls|insisted|insists|"
    "stated|states|wrote|writes|claimed|claims|admitted|admits|continued|continues|replied|replies|asked|asks|"
    "sagte|sagt|erklärte|erklärt|betonte|betont|meinte|meint|berichtete|berichtet|warnte|warnt|kritisierte|kritisiert|"
    "a déclaré|a dit|a expliqué|a affirmé|a ajouté|a indiqué|a estimé|déclare|dit|explique|affirme|ajoute|estime|souligne|assure|"
    "confie|raconte|indique|prévient|dijo|dice|afirmó|afirma|explicó|explica|aseguró|asegura|señaló|señala|añadió|añade|declaró|"
    "declara|sostuvo|indicó|manifestó|disse|diz|afirmou|explicou|explica|contou|declarou|acrescentou|ha detto|dice|ha spiegato|"
    "spiega|ha dichiarato|racconta|afferma|aggiunge|zei|zegt|aldus|vertelde|vertelt|verklaarde|säger|sade|sa|berättar|menar|"
    "förklarar|uppger|skriver|siger|sagde|fortæller|mener|forklarer|sier|forteller|forklarer|sanoo|sanoi|kertoo|toteaa|"
    "powiedział|powiedziała|mówi|podkreśla|podkreślił|podkreśliła|dodał|dodała|řekl|řekla|uvedl|uvedla|říká|mondta|közölte|"
    "a spus|a declarat|spune|afirmă|dedi|diyor|söyledi|kata|ujar|ucap|jelas|nói|cho biết|"
    "сказал|сказала|говорит|заявил|заявила|отметил|отметила|рассказал|рассказала|пояснил|пояснила|подчеркнул|подчеркнула|"
    "сообщил|сообщила|добавил|добавила|сказав|каже|заявив|розповів|розповіла|пояснив|пояснила|зазначив|зазначила|додав|додала|"
    "наголосив|наголосила|каза|казва|заяви|обясни|рекао|рекла|каже|rekao|rekla|kaže|είπε|λέει|δήλωσε|τόνισε"
)
_PRONOUNS = (
    "she|he|they|er|sie|il|elle|t-il|t-elle|él|ella|lui|lei|ele|ela|hij|zij|han|hon|hun|hän|ő|он|она|він|вона|той|тя|αυτός|αυτή"
)

_PRONOUN_SET = frozenset(_PRONOUNS.split("|"))
_MAX_TEXT = 100_000  # characters searched for names

# Python's `re` has no class for capitals. These are the Latin, Greek, Cyrillic and Armenian ones.
_CAPITAL = f"[{''.join(letter for letter in map(chr, [*range(0x41, 0x590), *range(0x1E00, 0x2000)]) if letter.isupper())}]"
_SMALL = rf"(?!{_CAPITAL})[^\W\d_][\w’'-]*"
_WORD = rf"{_CAPITAL}(?:[\w’'-]|\.(?=\s{_CAPITAL}))*"
_PARTICLE = r"(?:de|da|do|dos|das|del|della|di|du|van|von|der|den|ten|ter|la|le|el|al|bin|bint|ibn|zu|zur|af|av|y|e|i)"
_NAME = rf"(?P<name>{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,5}})"
# Lower-case words before a name are a title ("le maire Luc Petit"), except those that say whose spokesman spoke.
_NO_TITLE = (
    "of|for|from|at|in|on|with|to|by|and|that|de|du|des|d|del|von|vom|für|aus|und|et|y|e|van|voor|från|för|fra|for|и|из|від|з"
)
_TITLE = rf"(?:(?:(?!(?:{_NO_TITLE}|{_PRONOUNS})\b){_SMALL}\s+){{1,3}}(?={_WORD}\s+(?:{_PARTICLE}\s+)*{_CAPITAL}))?"

NAME_THEN_VERB = re.compile(rf"(?<![\w]){_TITLE}{_NAME}\s+(?:{_VERBS})(?!\w)")
VERB_THEN_NAME = re.compile(rf"(?<!\w)(?:{_VERBS}),?\s+{_TITLE}{_NAME}")
PRONOUN = re.compile(rf"(?:(?:{_PRONOUNS})\s+(?:{_VERBS})|(?:{_VERBS})[\s-]+(?:{_PRONOUNS}))(?!\w)", re.IGNORECASE)
# A relative clause is not a role: "who had waited", "der wartete".
_CLAUSE = (
    "who|whom|whose|which|when|while|der|die|das|qui|que|dont|quien|che|quem|som|dat|"
    "który|która|který|která|який|яка|который|которая"
)
ROLE = re.compile(rf",\s*(?!(?:{_CLAUSE})\b)(?P<role>[^\W\d_][^,.;:!?–—«»“”\"()]{{2,100}})", re.IGNORECASE)
DASHES = re.compile(r"\s*[–—―]\s*")

_HAN = r"[\u4e00-\u9fff々ー゠-ヿ·・]"
# 「…」と田中氏は述べた · 张三说：“…” · “…”，张三说 · "…"고 김민수 대표는 말했다
CASELESS_AFTER = re.compile(
    rf"(?:と、?)?(?P<name>{_HAN}{{2,14}}?)"
    r"(?:(?:さん|氏|首相|知事|市長|教授)?(?:は|が)[^。」]{0,20}(?:述べ|語|話し|説明|強調|コメント|指摘)|(?:说|說|表示|称|稱|指出|强调|強調)(?!话|法))"
)
CASELESS_BEFORE = re.compile(rf"(?P<name>{_HAN}{{2,14}}?)(?:说|說|表示|称|稱|指出|强调|強調|告诉|告訴)[^，。：]{{0,8}}$")


def is_name(text: str) -> bool:
    """Returns whether capitalised words can be a name. A pronoun that begins a sentence ("He said") is not one."""
    return text.casefold() not in _PRONOUN_SET


def full_names(paragraphs: Iterable[str]) -> dict[str, str]:
    """Maps the short names in a text to full names, "Roberts" to "Jane Roberts", where only one person can be meant."""
    text = " ".join(paragraphs)[:_MAX_TEXT]
    small = set(re.findall(rf"(?<!\w){_SMALL}", text))
    alone: set[str] = set()
    runs: dict[str, set[str]] = {}
    for match in re.finditer(rf"(?<![\w’'-]){_CAPITAL}[\w’-]*(?:[ \u00a0](?:{_PARTICLE} ){{0,2}}{_CAPITAL}[\w’-]*){{0,4}}", text):
        words = [re.sub(r"[’']s$", "", word) for word in match[0].split()]
        while words and words[0].lower() in small:  # an ordinary word that begins a sentence, such as "When"
            del words[0]
        if len(words) > 2 and len(words) == len(match[0].split()) and _begins_sentence(text, match.start()):
            continue  # its first word may be an ordinary one
        if len(words) > 1:
            runs.setdefault(words[-1], set()).add(" ".join(words))
        elif words and len(words[0]) > 2:
            alone.add(words[0])
    names = {last: min(full, key=len) for last, full in runs.items() if last in alone and last.lower() not in small}
    return {last: name for last, name in names.items() if all(full.endswith(name) for full in runs[last])}


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip(" \"'“«„‘")[-1:] in ("", ":", *SENTENCE_ENDS)
