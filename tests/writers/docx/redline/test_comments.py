"""Comments in the margin."""

import io
import zipfile
from datetime import date

from contract_assembly.writers.docx.redline.comments import Comment, with_comments
from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.word_marks import marked_words
from tests.helpers.returned import come, gone, paragraph, run
from tests.helpers.word_packages import body

TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"


def commented(*comments):
    inside = paragraph(run("One.")) + paragraph(come("Inserted."), mark="ins") + paragraph(gone("Deleted."))
    parts = {
        "word/document.xml": body(inside, "").encode(),
        TYPES: b"<Types></Types>",
        RELATIONS: b"<Relationships></Relationships>",
    }
    made = with_comments(parts, comments, date(2026, 12, 1))
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        for name, data in made.items():
            file.writestr(name, data)
    return into.getvalue(), made


def test_a_comment_is_at_its_paragraph_among_those_of_the_old_side():
    data, _ = commented(Comment(1, "We & Co", "No <thanks>."))
    assert [(each.by, each.text) for each in words_of(data).comments] == [("We & Co", "No <thanks>.")]
    assert marked_words(data).comments[0].about == "Deleted."


def test_an_answer_is_in_the_thread_of_the_comment_that_it_answers():
    _, made = commented(Comment(0, "They", "Why?"), Comment(0, "We", "Because.", answers=0))
    assert b'w15:paraId="10000001" w15:paraIdParent="10000000"' in made["word/commentsExtended.xml"]
    assert b"comments.xml" in made[TYPES]
    assert b"commentsExtended.xml" in made[RELATIONS]


def test_without_a_comment_the_parts_stay_as_they_are():
    _, made = commented()
    assert made.keys() == {"word/document.xml", TYPES, RELATIONS}
