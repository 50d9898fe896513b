"""Harm in languages other than English is heard by the grammar of its sentence, and its everyday twin is not."""

import pytest

from engines.words import read_texts
from engines.words.signs import signs_of

CASES = [
    ("threat", "ich bring dich um wenn du morgen kommst", "ich bring dich um acht zur schule wenn du morgen kommst"),
    ("threat", "ich bring dich um", "ich bring dich um acht"),
    ("threat", "wir werden euch alle abstechen", "wir werden euch alle abholen"),
    ("threat", "ich weiß wo du wohnst", "ich weiß wo das museum ist"),
    ("threat", "das wirst du bereuen", "das wirst du lieben"),
    ("threat", "du bist tot", "du bist toll"),
    ("threat", "ich mach dich kalt", "ich mach dir kaltes wasser"),
    ("threat", "die schule abfackeln", "die schule anmalen"),
    ("threat", "jeszcze pożałujesz, czekamy pod szkołą", "nie pożałujesz, czekamy pod szkołą o ósmej na wycieczkę"),
    ("threat", "dorwiemy cię po lekcjach i zobaczysz", "znajdziemy cię na liście obiadów"),
    ("threat", "main tumhara ghar janta hoon", "main tumhara school janta hoon"),
    ("threat", "tumhe chhorun ga nahi", "main school chhorun ga nahi"),
    ("threat", "tu vas le payer cher, prof", "tu vas payer la cantine, c'est cher"),
    ("threat", "on va t'attendre devant le collège", "on va attendre devant le collège"),
    ("threat", "je connais ton adresse", "je connais ton équipe"),
    ("threat", "te vas a arrepentir", "no te vas a arrepentir"),
    ("threat", "te espero a la salida", "te espero a la salida del concierto"),
    ("threat", "me las vas a pagar", "vas a pagar la merienda"),
    (
        "contact",
        "mándame una foto sin ropa y no se lo digas a tu madre",
        "mándame una foto del equipo y se lo digo a tu madre",
    ),
    ("contact", "wyślij mi zdjęcie bez koszulki, nikomu nie mów", "wyślij mi zdjęcie koszulki drużyny"),
    ("contact", "apni photo bhejo, ammi ko mat batana", "team ki photo bhejo, ammi ko dikhana hai"),
    ("contact", "schick mir ein foto ohne shirt", "schick mir ein foto vom team shirt"),
    (
        "contact",
        "envoie une photo juste pour moi, dis rien à ta mère",
        "envoie une photo pour le journal, dis à ta mère",
    ),
    ("contact", "t'es mignonne pour ton âge", "t'es grande pour ton âge, bravo au basket"),
    (
        "allegation",
        "le prof de sport regarde les filles dans les vestiaires",
        "le prof de sport regarde les filles gagner le match",
    ),
    ("allegation", "el profe le tocó la pierna a mi hija", "el profe le tocó la guitarra a mi hija"),
    ("allegation", "pan od wf zagląda dziewczynom do szatni", "pan od wf zaprasza dziewczyny na zawody"),
    ("allegation", "der sportlehrer fasst die mädchen an", "der sportlehrer fasst die ergebnisse der mädchen zusammen"),
    ("allegation", "sir ne bachi ko haath lagaya", "sir ne bachi ko inaam diya"),
    ("abuse", "du hurensohn", "du hund wartest"),
    ("abuse", "halt die fresse", "halt die tür auf"),
]
MAY_BE = [
    "czekamy na ciebie po lekcjach",
    "uważaj na siebie jak wracasz",
    "wir warten nach der schule auf dich",
    "cuidado al salir",
    "sambhal ke rehna",
]


@pytest.mark.parametrize(("family", "harm", "twin"), CASES)
def test_harm_is_sure_and_its_twin_is_silent(family: str, harm: str, twin: str) -> None:
    assert family in signs_of(harm, "comment")
    assert family not in signs_of(twin, "comment", doubts=True)


@pytest.mark.parametrize("text", MAY_BE)
def test_what_may_be_kindly_meant_is_left_to_a_person(text: str) -> None:
    (told,) = read_texts([text], "comment")
    assert told
    assert not any(one.is_listed for one in told)
