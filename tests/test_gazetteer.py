"""Names of the beat found in English, French and Russian sentences."""

from __future__ import annotations

from tests.knowledge_files import KNOWLEDGE


def names(text: str) -> list[str]:
    return [hit.entity for hit in KNOWLEDGE.gazetteer.find(text)]


def test_french_elision_does_not_hide_a_name():
    assert names("L'AES et l'UE, d'Africa Corps à l’Alliance des États du Sahel") == [
        "org.aes",
        "org.eu",
        "org.africa_corps",
        "org.aes",
    ]


def test_niger_and_nigeria_never_mix():
    assert "cty.niger" not in names("Нигерия и нигерийские военные, в Нигерии; Nigeria, Nigerian, nigérian")
    assert "cty.nigeria" not in names(
        "Нигер, Нигера, нигерские военные; Niger, Nigerien, nigérien, nigérienne"
    )
