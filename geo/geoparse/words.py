"""Small word lists, written for this project; the longer ones are read from ``lists/`` when first used."""

from functools import cache
from importlib import resources


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _set(
    "st mt ft gen col lt sgt maj capt cmdr adm gov sen rep mr mrs ms dr prof rev jr sr no vs co inc corp ltd "
    "jan feb mar apr aug sept oct nov dec ave rd blvd"
)
LOCATIVE = _set(
    "in near at from to outside around across throughout toward towards into inside via within between against "
    "over through northwest northeast southwest southeast leaving left reached entered visiting visited entering "
    "invaded bombed shelled captured seized besieged liberated retook"
)
NEAR = _set("near outside around towards toward")
BEARINGS = _set(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west outskirts vicinity km kilometres kilometers miles suburbs"
)
DIRECTIONS = _set(
    "north south east west northern southern eastern western northeastern northwestern southeastern southwestern "
    "central upper lower downtown greater mainland rural neighboring neighbouring nearby"
)
TITLES = _set(
    "mr mrs ms dr prof president minister premier general gen col colonel lt lieutenant capt captain maj major sgt "
    "sergeant sen senator rep gov governor judge justice king queen prince princess sir lord lady pope sheikh imam "
    "rev father sister brother chief secretary chancellor mayor spokesman spokeswoman spokesperson coach detective "
    "officer deputy sheriff dame attorney commissioner chairman director professor analyst aged ombudsman commander "
    "marshal admiral ambassador archbishop bishop patriarch catholicos ayatollah private corporal"
)
SPEAKING = _set(
    "said says told added who asked explained noted wrote replied whose testified scored argued insisted joined "
    "agreed stated announced tweeted declared signed met spoke warned"
)
# A capitalised word that makes the name before it part of an organisation, street or treaty.
ORGANISATION = _set(
    "university college school times post herald united fc hospital street road avenue ave museum bank airlines "
    "airways corporation corp inc company group association institute church tribune journal cup hotel stadium "
    "theatre theater society foundation ltd blvd boulevard drive lane high elementary accord accords treaty agreement "
    "protocol statement globe news chronicle gazette observer club police department council court party press army "
    "convention declaration commission committee summit process format group plan open championship league tv radio"
)
ADMIN_WORDS = _set(
    "county parish province governorate region oblast state township borough prefecture municipality district "
    "territory canton department rayon raion marz krai republic"
)
NATURE_WORDS = _set(
    "river lake mountains island islands valley bay peninsula strait sea desert creek gorge pass corridor"
)
GENERIC_BEFORE = _set(
    "town city village district province region governorate suburb neighborhood neighbourhood port settlement county "
    "municipality oblast camp capital outskirts villages towns cities districts hamlet commune raion rayon department "
    "parish island valley locality"
)
GENERIC_AFTER = GENERIC_BEFORE | _set(
    "airport airfield airbase border crossing checkpoint mountain hills farms dam prison subdistrict countryside "
    "highway river lake bay desert peninsula islands heights corridor"
)
# A district must not become a pin on its capital, so these words after a town ask for the area.
AREA_WORDS = _set(
    "province region governorate district oblast rayon raion marz county krai canton prefecture"
)
CONNECTORS = _set(
    "of and the de la le du des del da do di al el on upon sur an y e les los las den der am im bin ad as es ez az under"
)
MONTHS_AND_DAYS = _set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday christmas easter ramadan novruz nowruz"
)
HELD_BY = _set(
    "based led backed controlled held born occupied bound wide brokered mediated sponsored made trained"
)
# Lower-case words that are countries only with a locative preposition before them and no noun after.
DOUBTFUL_LOWER = _set(
    "turkey chad jordan georgia china guinea jersey panama niger cuba mali oman man togo samoa brazil"
)
FUNCTION_WORDS = _set(
    "and or but as at by for from in into of on that the to was were is are has have had will with when while after before since because which who where than if it its so"
)
SURNAME_ENDINGS = (
    "yan", "ian", "yants", "ev", "ov", "eva", "ova", "yev", "yeva", "zade", "zadeh", "shvili", "dze", "enko", "oglu",
    "sky", "skyy", "skiy", "ski", "vich", "vic", "li", "pur", "nejad",
)  # fmt: skip


def is_caseless(letter: str) -> bool:
    """Whether the letter's script has no capitals (Georgian, Arabic, Hebrew, Chinese, ...)."""
    # Georgian has capitals since Unicode 11 (Mtavruli), for headlines only.
    return letter.isalpha() and (letter.upper() == letter.lower() or "\u10d0" <= letter <= "\u10ff")


def looks_like_surname(word: str) -> bool:
    """Whether a lower-case word ends as surnames of the wider Caucasus do, or is a known surname."""
    return word in surnames() or (len(word) > 6 and word.endswith(SURNAME_ENDINGS))


def given_names() -> frozenset[str]:
    """First names in common use, lower case."""
    return _list("given_names")[""]


def surnames() -> frozenset[str]:
    """Surnames of public figures and frequent surnames, lower case."""
    return _list("surnames")[""]


def common_words() -> frozenset[str]:
    """Everyday English words that are also places somewhere."""
    return _list("common_words")["common"]


def sometimes_words() -> frozenset[str]:
    """Words that are about as often a place as a word."""
    return _list("common_words")["sometimes"]


@cache
def _list(name: str) -> dict[str, frozenset[str]]:
    """The sections of a packaged list; a list without headings is the section named by the empty string."""
    text = (resources.files("geo.geoparse") / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    sections: dict[str, set[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            sections.setdefault(section, set()).update(line.split())
    return {heading: frozenset(found) for heading, found in sections.items()}
