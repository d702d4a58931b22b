import json

from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.writers.pdf.typst.data import document_data
from tests.helpers.house import TYPST
from tests.helpers.letters import letter
from tests.helpers.sample_tree import item, p, sample, t


def blocks(*inside: d.Block, kind: d.PartKind = "terms") -> list[dict]:
    part = d.Part(kind, "part", t("Part"), inside)
    return document_data(d.Document(sample().meta, (part,)), TYPST)["parts"][0]["blocks"]


def test_a_document_is_its_meta_its_parts_and_the_targets_of_its_links():
    made = document_data(sample(), TYPST)
    assert json.loads(json.dumps(made)) == made
    assert made["meta"]["title"] == "Support Agreement"
    assert (made["meta"]["language"], made["meta"]["region"], made["meta"]["paper"]) == ("en", "US", "letter")
    assert [part["kind"] for part in made["parts"]] == ["cover", "contents", "inside", "inside", "inside"]
    assert {"services", "services-scope", "schedule-fees"} <= set(made["targets"])


def test_only_a_document_without_a_date_has_the_date_that_means_none():
    dated = replace(sample(), meta=replace(sample().meta, dated="2026-10-01"))
    assert document_data(dated, TYPST)["meta"]["date"] == [2026, 10, 1]
    assert document_data(sample(), TYPST)["meta"]["date"] == [1980, 1, 1]


def test_the_contents_list_clauses_of_the_terms_and_schedules():
    parts = document_data(sample(), TYPST)["parts"]
    heads = [block["head"] for part in parts for block in part.get("blocks", []) if block["kind"] == "clause"]
    heads += [part["head"] for part in parts]
    assert {each["plain"] for each in heads if each["listed"]} == {
        d.plain(each.heading) if isinstance(each, d.Section) else d.plain(d.title(each))
        for part in sample().parts
        for each in ([part] if part.kind == "schedule" else part.children if part.kind == "terms" else [])
        if isinstance(each, d.Section | d.Part)
    }


def test_a_number_and_a_caption_run_into_the_first_paragraph():
    inner = d.Section("s", 2, t("Scope"), (p("Words."), p("More.")), number="1.1")
    first, second = blocks(inner)
    assert (first["kind"], first["number"], first["id"]) == ("numbered", "1.1", "s")
    assert first["words"] == [["caption", ["Scope", "."]], " ", "Words."]
    assert (second["kind"], second["words"]) == ("paragraph", ["More."])


def test_what_introduces_a_list_stays_with_it():
    lead, made = blocks(p("These:"), d.Items((item("(a)", p("one")), item("(b)", p("two")))))
    assert (lead["keep"], made["kind"], made["numbers"]) == (True, "list", ["(a)", "(b)"])
    assert [[each["words"] for each in inside] for inside in made["items"]] == [[["one"]], [["two"]]]


def test_a_heading_with_marks_has_its_plain_words_too():
    heading = t("Fees", d.Marked("deleted", t(" and costs")))
    (clause,) = blocks(d.Section("s", 1, heading, (), number="1"))
    assert clause["head"]["plain"] == "Fees"
    assert clause["head"]["words"] == ["Fees", ["deleted", [" and costs"]]]
    assert clause["changed"]


def test_a_changed_box_has_one_bar():
    (box,) = blocks(d.Box((p(d.Marked("inserted", t("new"))),)))
    assert (box["changed"], box["blocks"][0]["changed"]) == (True, False)


def test_only_an_open_signature_block_has_fields_and_anchors():
    (block,) = d.every(d.Signatures, sample())
    anchored = replace(block, signatories=tuple(replace(each, anchors=("s", "d")) for each in block.signatories))
    (draft,), (final,) = blocks(anchored), blocks(replace(anchored, is_open=True))
    nothing = {"anchor": "", "field": None}
    assert [(each["sign"], each["date"]) for each in draft["parties"]] == [(nothing, nothing)] * 2
    sign = final["parties"][0]["sign"]
    assert (sign["anchor"], sign["field"].startswith("signature-field:Provider/")) == ("s", True)
    assert final["parties"][0]["date"] == {"anchor": "d", "field": None}


def test_a_letter_has_its_head_and_narrower_words():
    document = letter()[0]
    (part,) = [each for each in document_data(document, TYPST)["parts"] if each["kind"] == "letter"]
    assert part["opening"][0].keys() == {"sender", "ways", "date", "reader"}
    assert any(each.get("narrow") for each in part["blocks"])
    assert part["blocks"][-1]["kind"] in {"closing", "box"}
