import os
import time

import pytest

from geo.errors import InputRefused
from geo.workflows.unfinished import (
    KEPT_DAYS,
    MOST_KEPT,
    discard,
    read_all_unfinished,
    read_unfinished,
    save_answers,
    save_upload,
)


def test_an_upload_and_its_answers_outlive_the_browser(desk):
    draft_id = save_upload(desk.settings, b"rows", name="x.csv")
    save_answers(read_unfinished(desk.settings, draft_id), {"date_order": "dmy"}, family="posts")
    draft = read_unfinished(desk.settings, draft_id)
    assert (draft.path.read_bytes(), draft.name, draft.family) == (b"rows", "x.csv", "posts")
    assert dict(draft.answers) == {"date_order": "dmy"}


@pytest.mark.parametrize("wanted", ["../../etc", "", "0" * 16, "x" * 16, "0123456789abcde/"])
def test_an_id_that_is_none_of_ours_names_no_file(desk, wanted):
    with pytest.raises(InputRefused, match="upload the file again"):
        read_unfinished(desk.settings, wanted)
    discard(desk.settings, wanted)


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/passwd", "a\\b.csv"])
def test_the_name_of_an_upload_is_a_label_and_no_path(desk, name):
    draft = read_unfinished(desk.settings, save_upload(desk.settings, b"x", name=name))
    assert (draft.name, draft.path.name) == (name, "upload")


def test_half_an_upload_is_no_import(desk):
    draft = read_unfinished(desk.settings, save_upload(desk.settings, b"x", name="x.csv"))
    (draft.path.parent / "draft.json").unlink()
    assert read_all_unfinished(desk.settings) == []


def test_what_is_thrown_away_or_too_old_is_gone(desk):
    first, second, third = (save_upload(desk.settings, b"x", name=f"{n}.csv") for n in range(3))
    discard(desk.settings, first)
    old = time.time() - (KEPT_DAYS + 1) * 86_400
    os.utime(read_unfinished(desk.settings, second).path.parent, (old, old))
    fourth = save_upload(desk.settings, b"x", name="4.csv")
    assert {draft.draft_id for draft in read_all_unfinished(desk.settings)} == {third, fourth}


def test_only_the_newest_are_kept(desk):
    for n in range(MOST_KEPT + 3):
        save_upload(desk.settings, b"x", name=f"{n}.csv")
    assert len(read_all_unfinished(desk.settings)) == MOST_KEPT
