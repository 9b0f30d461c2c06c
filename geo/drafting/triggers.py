"""The words that tell of an event, by type; ``docs/drafts.md`` prints this table in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo.drafting.lists import word_set


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event when they stand together.

    ``beside`` names words of which one must stand near; ``not_before`` words that must not follow;
    ``before_place`` asks for a place name right after. A ``generic`` one yields to any other of its sentence.
    """

    words: tuple[str, ...]
    event_type: str | None
    generic: bool = False
    beside: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    before_place: bool = False
    note: str = ""


NEVER_BEFORE = word_set("line commission commissioner tank tanks group groupings zone zones monitor monitors")
"""After these a trigger is part of a name of something else: "ceasefire line", "battle tank"."""
_ROADS = word_set(
    "road roads corridor border borders highway route routes checkpoint crossing bridge railway"
)
_WEAPONS = word_set("weapons arms heavy bodies prisoners hostages body documents captives pows aid maps")
_PEOPLE = word_set(
    "soldiers soldier servicemen serviceman fighters troops prisoners people civilians crew militants commander men"
)
_PEACEKEEPERS = word_set("peacekeepers peacekeeper peacekeeping observers monitors mission contingent")

_PLAIN: dict[str | None, str] = {
    "shelling": (
        "shelling, shelled, bombard, shellfire, shell fire, bombardment, bombardments, bombarded, bombarding, "
        "artillery fire, artillery strike, artillery strikes, artillery attack, artillery attacks, artillery barrage, "
        "artillery shells, artillery duel, artillery duels, mortar fire, mortar attack, mortar shells, mortars, "
        "mortar rounds, rocket fire, rocket attack, rocket attacks, rockets hit, rockets struck, rockets landed, "
        "shells hit, shells fell, shells landed, shell hit, shell landed, shells struck, grad rockets, fired rockets"
    ),
    "missile_strike": (
        "airstrike, airstrikes, air-strike, air strike, air strikes, air raid, air raids, air attack, air attacks, "
        "drone strike, drone strikes, drone attack, drone attacks, drone hit, drone struck, drones hit, drones struck, "
        "uav strike, uav attack, missile strike, missile strikes, missile attack, missile attacks, missile hit, "
        "missile struck, missile landed, missiles hit, missiles struck, missiles landed, fired missiles, "
        "ballistic missile, ballistic missiles, bombed, warplanes hit, warplanes struck, jets struck, helicopter strike"
    ),
    "mine": (
        "mine blast, mine blasts, mine explosion, mine explosions, mine exploded, mines exploded, mine detonated, "
        "mines detonated, mine blew up, mines blew up, mine went off, mines went off, "
        "landmine, landmines, land mine, land mines, "
        "anti-tank mine, anti-personnel mine, hit a mine, struck a mine, stepped on a mine, ied, ieds, "
        "improvised explosive, roadside bomb, roadside bombs, car bomb, car bombs, car bombing, suicide bombing, "
        "suicide bomber, booby trap, unexploded ordnance, unexploded shell, bomb blast, bomb attack, bombing, bombings"
    ),
    "battle": (
        "fighting, fought, clash, clashes, clashed, battle, battles, battled, battling, skirmish, skirmishes, "
        "firefight, firefights, gunfight, gun battle, gunbattle, ambush, ambushed, ambushes, exchange of fire, "
        "exchanged fire, exchanges of fire, repelled, repulsed, counterattack, counterattacked, counter-attack, "
        "hostilities, combat, infiltrated, sabotage group"
    ),
    "offensive": (
        "offensive, offensives, counteroffensive, counter-offensive, ground operation, military operation, "
        "invasion, invaded, assault, assaults, assaulted, stormed, storming, advanced on"
    ),
    "capture": (
        "captured, captures, capture, seize, capturing, capture of, recaptured, recapturing, seized, seizing, seizure of, took control, "
        "taken control, taking control, gained control, retook, retaken, overran, overrun, conquered, fell to, "
        "fall of, liberated, liberation of, loss of control, lost control, under the control"
    ),
    "handover": (
        "handover, hand-over, handed back, hand back, was returned to, "
        "were returned to, ceded, ceding, transfer of control, transferred to"
    ),
    "ceasefire": "ceasefire, ceasefires, cease-fire, truce, armistice, cessation of hostilities, silence regime",
    "diplomatic": (
        "talks, negotiations, negotiated, peace agreement, peace treaty, joint statement, signed an agreement, "
        "signed a statement, signed the agreement, peace deal, accord, treaty, summit, mediation, mediated, "
        "held a meeting, met with, peace plan"
    ),
    "political": (
        "referendum, election, elections, declared independence, proclaimed, proclamation, resigned, resignation, "
        "martial law, state of emergency, general mobilisation, general mobilization, decree, voted, dissolution"
    ),
    "humanitarian": (
        "evacuated, evacuate, evacuating, evacuation, evacuations, humanitarian aid, humanitarian convoy, humanitarian supplies, "
        "aid convoy, aid convoys, relief convoy, aid arrived, aid delivery, delivered aid, medical evacuation, "
        "exchange of prisoners, prisoner exchange, prisoner swap, exchanged prisoners, exchange of bodies"
    ),
    "displacement": (
        "fled, flee, fleeing, expel, deport, were displaced, was displaced, been displaced, displaced people, displacement, exodus, driven out, drove out, expelled, expulsion, deported, "
        "deportation, deportations, forced from their homes, left their homes, abandoned their homes"
    ),
    "blockade": "blockade, blockaded, blockading, besieged, siege, sealed off, closure of the, encircled, encirclement",
    "detention": (
        "arrested, arrest, detain, arrests, arresting, arrest of, detained, detaining, detention of, abducted, abduction, abductions, "
        "kidnapped, kidnapping, taken prisoner, took prisoner, taken hostage, took hostage, taken captive, hostages"
    ),
    "protest": (
        "protest, protests, protested, protesters, protestors, protesting, demonstration, demonstrations, "
        "demonstrators, demonstrated, demonstrating, marched, marching, rally, rallies, rallied, sit-in, picket, picketed, filled the streets, "
        "took to the streets"
    ),
    "riot": (
        "riot, riots, rioted, rioters, rioting, looted, looting, clashed with police, clashes with police, broke into, "
        "stormed the parliament, stormed the government, set fire to, mob"
    ),
    "mass_killing": (
        "massacre, massacres, massacred, pogrom, pogroms, executed, executions, summary execution, beheaded, "
        "mass grave, killing of civilians, killings of civilians, "
        "opened fire on civilians, attack on civilians, attacks on civilians, attacked civilians, lynched"
    ),
}
_GENERIC: dict[str | None, str] = {
    "incident": (
        "explosion, explosions, exploded, detonated, blast, blasts, shot dead, shot down, opened fire, came under fire, shooting, "
        "shootings, gunfire, sniper, small-arms fire, small arms fire, crashed, crash, fired on, fired at, shots, shot, "
        "shoots"
    ),
    "mass_killing": "killed civilians, shot civilians, killed prisoners, shot prisoners",
    None: (
        "attack, attacks, attacked, attacking, struck, strike, strikes, targeted, targeting, destroyed, murdered, "
        "assassinated, raid, raids, raided, killed, killing, wounded, wounding, "
        "injured, injuring, casualties, died, withdrew, withdrawn, withdrawal, pulled out"
    ),
}


def _split(text: str) -> Iterable[tuple[str, ...]]:
    return (tuple(each.split()) for each in text.split(", "))


def _table() -> dict[str, tuple[Trigger, ...]]:
    """Triggers by their first word, longest first."""
    rows = [Trigger(words, kind) for kind, text in _PLAIN.items() for words in _split(text)]
    rows += [Trigger(words, kind, generic=True) for kind, text in _GENERIC.items() for words in _split(text)]
    rows += _conditional()
    table: dict[str, list[Trigger]] = {}
    for trigger in rows:
        table.setdefault(trigger.words[0], []).append(trigger)
    return {
        word: tuple(sorted(found, key=lambda t: (-len(t.words), not (t.beside or t.before_place))))
        for word, found in table.items()
    }


def _conditional() -> list[Trigger]:
    violation = "a violation of a ceasefire: check the type"
    rows = [
        Trigger((*words.split(),), "incident", note=violation)
        for words in (
            "ceasefire violation", "ceasefire violations", "truce violation", "violated the ceasefire",
            "violating the ceasefire", "violation of the ceasefire", "violations of the ceasefire",
            "breach of the ceasefire", "breached the ceasefire", "broke the ceasefire", "violated the truce",
        )
    ]  # fmt: skip
    rows += [
        Trigger((word,), "blockade", beside=_ROADS) for word in ("blocked", "shut", "closed", "blocking")
    ]
    rows += [
        Trigger((word,), "peacekeeping", beside=_PEACEKEEPERS)
        for word in (
            "deployed",
            "deploy",
            "deployment",
            "deploys",
            "arrived",
            "left",
            "withdrew",
            "withdrawal",
        )
    ]
    rows += [
        Trigger((word,), "capture", before_place=True)
        for word in ("took", "taken", "takes", "taking", "entered")
    ]
    rows += [Trigger(("loss", "of"), "capture", before_place=True)]
    rows += [
        Trigger((*words.split(),), "handover", not_before=_WEAPONS)
        for words in ("handed over", "hand over", "handing over")
    ]
    rows += [Trigger(("captured", people), "detention") for people in sorted(_PEOPLE)]
    return rows


TRIGGERS = _table()
