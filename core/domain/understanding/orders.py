"""Orders that are told by their build, whatever strange words they hold; and what takes an order
back."""

import re

ORDERED = re.compile(
    r"(?:please |pls |and |now "
    r")*(?:add|put|insert|write|remove|delete|change|replace|move)\b.{0,40}"
    r"\b(?:title|caption|subtitle|text|music|song|logo|photo|picture|zoom|effect|transition|ending|intro|outro)s?\b"
)
"""An order in plain English, whatever strange words the title itself is made of."""
INSCRIBED = re.compile(
    r"\b(?:write|put) .+ on (?:it|this|top)\b|\bschreib\w* .*\b(?:drauf|darauf|druber|drunter)\b|"
    r"\bdraufschreib|\bque diga |\bescri\w+ (?:arriba|abajo|encima) |"
    r"\b(?:ecris|marque) de(?:ssus|ssous) |\bscrivi(?:ci)? so(?:pra|tto) |"
    r"\bescrev\w+ (?:em cima|embaixo|nela) |"
    r"^напиши (?:на н[еи]м|сверху|внизу) |\b(?:ustune|uzerine|altina) .+ yaz|"
    r"^اكتب (?:عليها|عليه|فوق|تحت) |\b(?:ispe|is pe|is par|upar|niche) .*likh|"
    r"(?:इस|उस) पर .*लिख|\btulis\w* .+ di ?(?:atas|bawah)|(?:って|という文字を?)(?:書|入れ)|"
    r"라고 ?(?:써|적어)|(?:上|下|里)面写|[写打]上"
)
"""Words that are to be put on it, whatever they say: a greeting is else no more than a greeting."""
REFUSED = re.compile(
    r"\?|？|\b(?:dont|do not|not|never|no|wont|cant|why|how|did|was|were|if)\b|不|别|沒|没|吗|嗎"
)
"""What makes a question, a refusal or a story of the words "make a video"."""
NEGATED = re.compile(
    r"\b(?:dont|do not|not|no|never|nicht|kein\w*|ningun\w*|pas|non|nao|nenhum|не|yapma\w*|etme\w*|"
    r"jangan\w*|ga|gak|nggak|tidak|mat|nahi\w*)\b|不[要用想必]|别|没|ない|지 ?마|지 ?말|(?:^| )안|"
    r"لا |مو |(?:^| )ما|मत|नही"
)
"""What an order to make a video must not hold: "don't make a video", "先别做视频"."""
