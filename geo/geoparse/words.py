"""Small word lists, written for this project; the longer ones are read from ``lists/`` when first used."""

import math
from functools import cache
from importlib import resources


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _set(
    "st mt ft gen col lt sgt maj capt cmdr adm gov sen rep mr mrs ms dr prof rev jr sr no vs co inc corp ltd "
    "jan feb mar apr aug sept oct nov dec ave rd blvd twp "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn "
    "tex vt va wash wis wyo ont que sask alta"
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
# Before a name these leave no doubt: nobody addresses a province.
HONORIFICS = _set("mr mrs ms miss dr prof sir dame maj gen col lt sgt cpl capt pvt judge")
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
    "convention conventions conference syndrome declaration commission committee summit process format group plan open championship league tv radio"
)
# What bears a place in its name and is not in it, or not only: nobody means the town.
NAMED_AFTER = _set(
    "times post herald tribune journal gazette globe chronicle observer telegraph university college"
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
# Words that end the name of a street, park or other place within a town: they tell a place, but not a listed one.
LOCAL_ENDINGS = _set(
    "street st road rd avenue ave boulevard blvd lane ln drive dr highway hwy parkway turnpike square plaza park "
    "township twp creek trail springs falls hill heights ridge beach cemetery campground forest bridge dam fork "
    "hollow landing junction mall canal reservoir wilderness quarter gardens estates terrace crescent roundabout "
    "mosque monastery cathedral mine field airfield barracks reef"
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
# "the heart of X", "control of X", "people of X": what follows is a place more often than not.
HEARTS = _set(
    "part parts centre center heart people control siege fall capture battle streets loss recapture defence "
    "defense liberation occupation bombardment shelling residents skies"
)
STATE_NOUNS = _set(
    "officials forces troops government army military police soldiers rebels president authorities people border "
    "capital city province region town village district airport embassy residents area minister"
)
# First names in the census that a report far more often means as places.
_CALLED_LIKE_PLACES = _set(
    "america asia china india israel jordan kenya london paris milan sydney vienna florence savannah austin dallas houston "
    "denver phoenix georgia virginia carolina dakota montana nevada tennessee ireland france germany italia egypt syria "
    "lebanon beirut cairo odessa alexandria victoria ontario aleppo chad cuba carson lincoln washington madison jackson "
    "trenton kingston bristol chelsea devon kent lyon geneva verona sienna havana rio santiago santa san los las"
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


@cache
def given_names() -> frozenset[str]:
    """First names in common use, lower case: ours from many countries, and those of the census that are no words."""
    known = _list("dictionary")
    of_census = {
        name for name in census("given") if name not in known["frequent"] and name not in known["known"]
    }
    return _list("given_names")[""] | (of_census - _CALLED_LIKE_PLACES)


def surnames() -> frozenset[str]:
    """Surnames of public figures and frequent surnames, lower case."""
    return _list("surnames")[""]


def plainness(word: str) -> float:
    """2 for a frequent everyday word of English, 1 for another one, 0 for what no dictionary writes small."""
    dictionary = _list("dictionary")
    return 2.0 if word in dictionary["frequent"] else float(word in dictionary["known"])


def given_name_rank(word: str) -> float:
    """How frequent a first name it is in a census, from 0 (none) to about 8; see :func:`_ranks`."""
    return _ranks("given").get(word, 0.0)


def surname_rank(word: str) -> float:
    """How frequent a surname it is in a census, from 0 (none) to about 10."""
    return _ranks("surnames").get(word, 0.0)


def common_words() -> frozenset[str]:
    """Everyday English words that are also places somewhere."""
    return _list("common_words")["common"]


def sometimes_words() -> frozenset[str]:
    """Words that are about as often a place as a word."""
    return _list("common_words")["sometimes"]


def census(section: str) -> list[str]:
    """The ``given`` names or ``surnames`` of a census, the most frequent first."""
    return _sections("census_names")[section]


@cache
def _ranks(section: str) -> dict[str, float]:
    """For each name of the census, which lists the frequent ones first, ln(how many are no more frequent)."""
    names = census(section)
    return {name: math.log(len(names) - place + 1) for place, name in enumerate(names)}


@cache
def _list(name: str) -> dict[str, frozenset[str]]:
    return {heading: frozenset(listed) for heading, listed in _sections(name).items()}


def _sections(name: str) -> dict[str, list[str]]:
    """The sections of a packaged list; a list without headings is the section named by the empty string."""
    text = (resources.files("geo.geoparse") / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            sections.setdefault(section, []).extend(line.split())
    return sections
