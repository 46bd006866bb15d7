"""Lists the characters that end sentences and clauses, in every script."""

# Sentence_Terminal (STerm) in PropList.txt of Unicode 17, UAX #44.
_SENTENCE_TERMINALS = (
    "!.?։\u061d\u061e\u061f\u06d4\u0700\u0701\u0702\u07f9\u0837\u0839\u083d\u083e।॥၊။።፧፨᙮᜵᜶។៕᠃᠉᥄᥅᪨᪩᪪᪫\u1b4e\u1b4f᭚᭛"
    "᭞᭟᭽᭾\u1b7f᰻᰼᱾᱿․‼‽⁇⁈⁉⳹⳺⳻⸮⸼⹓⹔。꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰\uaaf1꯫︒︕︖﹒﹖﹗！．？｡\U00010a56\U00010a57\U00010f55\U00010f56"
    "\U00010f57\U00010f58\U00010f59\U00010f86\U00010f87\U00010f88\U00010f89\U00011047\U00011048\U000110be\U000110bf"
    "\U000110c0\U000110c1\U00011141\U00011142\U00011143\U000111c5\U000111c6\U000111cd\U000111de\U000111df\U00011238"
    "\U00011239\U0001123b\U0001123c\U000112a9\U000113d4\U000113d5\U0001144b\U0001144c\U000115c2\U000115c3\U000115c9"
    "\U000115ca\U000115cb\U000115cc\U000115cd\U000115ce\U000115cf\U000115d0\U000115d1\U000115d2\U000115d3\U000115d4"
    "\U000115d5\U000115d6\U000115d7\U00011641\U00011642\U0001173c\U0001173d\U0001173e\U00011944\U00011946\U00011a42"
    "\U00011a43\U00011a9b\U00011a9c\U00011c41\U00011c42\U00011ef7\U00011ef8\U00011f43\U00011f44\U00016a6e\U00016a6f"
    "\U00016af5\U00016b37\U00016b38\U00016b44\U00016d6e\U00016d6f\U00016e98\U0001bc9f\U0001da88"
)
# These are not in the property, but end sentences too: the ellipsis, the Greek question mark, the Tibetan shad and double shad.
SENTENCE_ENDS = _SENTENCE_TERMINALS + "…\u037e།༎"
_ENDS = tuple(SENTENCE_ENDS)

# Those of Latin, Greek, Arabic, Ethiopic, Limbu, Vai, Bamum and CJK, with their doubled, reversed and presentation forms.
_QUESTION_MARKS = tuple("?\u037e؟፧᥅⁇⁈⁉‽⸮꘏꛷︖﹖？")

CLOSING_MARKS = "\"'”’»›«‹“‘」』)]）】］"  # German and Danish close a quotation with « or ‹
_AFTER_END = " \u00a0\u202f\u2069" + CLOSING_MARKS
# Chinese and Japanese put no space after a sentence.
UNSPACED_ENDS = "。！？．｡︒"

# Punctuation inside a sentence, at which a reader pauses. The Armenian question mark (՞) is placed on a word inside the sentence.
CLAUSE_ENDS = ",;:،؛՝՞፣፤፥፦、，；：៖"


def ends_sentence(text: str) -> bool:
    """Returns whether `text` ends with a sentence's end, which quotation marks, brackets, spaces or a bidi isolate may follow."""
    return text.rstrip(_AFTER_END).endswith(_ENDS)


def asks(text: str) -> bool:
    """Returns whether `text` ends with a question mark, or in Armenian has one, which stands inside the word that asks.

    The Greek question mark is typed, and normalised by Unicode, as a semicolon.
    """
    return text.endswith(_QUESTION_MARKS) or "՞" in text or (text.endswith(";") and "\u0370" <= text[-2:-1] <= "\u03ff")
