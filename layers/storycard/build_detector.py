"""Distils py3langid's model into `storycard/language/detection_model.json`, which needs neither numpy nor 30 MB.

Run it after changing _SCRIPTS: `pip install py3langid==0.4.0` in any virtualenv, then `python build_detector.py`.
Its model is naive Bayes over byte n-grams of 142 languages, under the BSD 3-Clause License (`detection_model.LICENSE`).
"""

import base64
import json
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
from py3langid import langid

# The languages of a script, by the first word of the Unicode names of its letters. py3langid has no model of "bo" and "dv",
# which their scripts identify.
_SCRIPTS = {
    "LATIN": "en de fr es pt it nl sv da no fi is et lv lt pl cs sk sl hr sr bs ro hu tr id ms vi sw so ha yo ig zu xh af cy ga "
    "gd ca gl eu sq mt uz az tk ku tl br fo lb",
    "CYRILLIC": "ru uk be bg sr mk kk ky mn",
    "ARABIC": "ar fa ur ps ug",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn as",
    "CJK": "zh ja",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "HEBREW": "he",
    "GREEK": "el",
    "GURMUKHI": "pa",
    "GUJARATI": "gu",
    "ORIYA": "or",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "TIBETAN": "bo",
    "THAANA": "dv",
}
# The model's own tags for some languages: macrolanguages, and codes that were replaced.
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "sh": "sr"}
# Languages too alike to overrule each other's declaration.
_RELATED = (
    *("sv da no is fo", "es pt gl ca oc ast it ro", "hr sr bs sl mk bg cnr", "cs sk pl", "ru uk be bg mk sr"),
    *("id ms jv su", "nl af fy li", "de lb gsw nds", "fr oc ca wa ht", "en sco pcm", "ar fa ur ps ckb"),
)
# Languages written in several scripts, of which the model covers only one: no detected language may overrule them.
_SEVERAL_SCRIPTS = "az ha kk ks ku ky mn ms pa sd sr tg tk tt ug uz"
_FEATURES = 80  # per language; 40 are too few to detect the headlines of three samples; more than 80 only add megabytes
_NEIGHBOURS = 4  # the most similar languages; half as many features distinguish a language from each of them


def main() -> None:
    model = langid._get_identifier()
    wanted = set(" ".join(_SCRIPTS.values()).split())
    columns = [index for index, name in enumerate(model.nb_classes) if name in wanted]
    names = [model.nb_classes[index] for index in columns]
    logs = model.nb_ptc.astype(np.float32)[:, columns]
    grams = _grams(model)
    chosen = sorted(set(grams) & _features(logs, np.exp(logs)))
    low, step = float(logs[chosen].min()), float(np.ptp(logs[chosen]) / 255)
    weights = np.round((logs[chosen] - low) / step).astype(np.uint8)
    content = {
        "source": "py3langid 0.4.0, BSD 3-Clause, by way of layers/storycard/build_detector.py",
        "languages": names,
        "scripts": _SCRIPTS,
        "related": _RELATED,
        "several_scripts": _SEVERAL_SCRIPTS,
        "aliases": _ALIASES,
        "step": step,
        "weights": {grams[feature]: base64.b85encode(row).decode() for feature, row in zip(chosen, weights, strict=True)},
    }
    path = Path(__file__).with_name("storycard") / "language" / "detection_model.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _features(logs: Any, shares: Any) -> set[int]:
    """Returns the features that best identify each language, against all others and against its nearest neighbours."""
    gain = shares * (logs - logs.mean(1, keepdims=True))
    chosen: set[int] = set()
    for column in range(logs.shape[1]):
        chosen.update(np.argsort(-gain[:, column])[:_FEATURES].tolist())
        overlaps = np.minimum(shares[:, [column]], shares).sum(0)
        nearest = [other for other in np.argsort(-overlaps).tolist() if other != column][:_NEIGHBOURS]
        for other in nearest:
            against = shares[:, column] * (logs[:, column] - logs[:, other])
            chosen.update(np.argsort(-against)[: _FEATURES // 2].tolist())
    return chosen


def _grams(model: Any) -> dict[int, str]:
    """Returns the bytes of each feature, as Latin-1 text, from the automaton that finds them."""
    reached, queue, grams = {0: b""}, deque([0]), dict[int, str]()
    while queue:
        state = queue.popleft()
        for byte in range(256):
            following = model.tk_nextmove[(model.tk_row[state] << 8) + byte]
            if following not in reached:
                reached[following] = reached[state] + bytes([byte])
                queue.append(following)
                if (feature := model.tk_output[following]) >= 0:
                    grams.setdefault(feature, reached[following].decode("latin-1"))
    return grams


if __name__ == "__main__":
    main()
