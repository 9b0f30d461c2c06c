"""The import page, from a person's hands to the store."""

from playwright.sync_api import expect

FILE = """event_id,event_date,event_type,location,source,fatalities_low
T1,2022-03-01,Shelling,Stepanakert,Agency A,1
T2,2022-03-02,Battle,Martuni,Agency A,
T3,2022-13-02,Battle,Shusha,Agency A,
"""


def test_an_import_shows_its_ledger_asks_for_open_places_and_can_be_undone(served, watched, tmp_path):
    path = tmp_path / "march.csv"
    path.write_text(FILE, encoding="utf-8")
    seen = watched().open(f"{served.url}/import")
    seen.page.set_input_files("input[type=file]", path)
    expect(seen.page.get_by_text("3 read = 2 added + 0 changed + 0 unchanged + 1 rejected")).to_be_visible(
        timeout=30_000
    )
    expect(seen.page.get_by_text("Places to settle: 1")).to_be_visible()
    seen.shoot("import")
    seen.page.get_by_role("button", name="Commit 2 rows").click()
    expect(seen.page.get_by_text("Saved: march.csv")).to_be_visible()
    seen.page.get_by_role("button", name="Undo").first.click()
    expect(seen.page.get_by_text("Saved: march.csv")).not_to_be_visible()
    seen.open(f"{served.url}/history")
    expect(seen.page.get_by_text("2 added · undone")).to_be_visible()
    seen.shoot("history")
    seen.page.get_by_role("button", name="Redo").first.click()
    expect(seen.page.get_by_text("2 added · undone")).not_to_be_visible()


def test_a_question_is_asked_with_samples_and_its_answer_settles_the_file(served, watched, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "event_id,event_date,event_type,location\nQ1,03/04/2023,Battle,Shusha\n", encoding="utf-8"
    )
    seen = watched().open(f"{served.url}/import")
    seen.page.set_input_files("input[type=file]", path)
    expect(seen.page.get_by_text("Question 1 of 1")).to_be_visible(timeout=30_000)
    expect(seen.page.get_by_text("03/04/2023 is 2023-03-04")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Commit")).to_have_count(0)
    seen.shoot("question")
    seen.page.get_by_text("month first").click()
    seen.page.get_by_role("button", name="Answer").click()
    seen.page.get_by_role("button", name="Commit 1 row").click()
    expect(seen.page.get_by_text("Saved: orders.csv")).to_be_visible()


def test_an_unfinished_import_outlives_the_browser(served, watched, tmp_path):
    path = tmp_path / "unfinished.csv"
    path.write_text("event_id,event_date,event_type\nU1,03/04/2023,Battle\n", encoding="utf-8")
    first = watched().open(f"{served.url}/import")
    first.page.set_input_files("input[type=file]", path)
    expect(first.page.get_by_text("Question 1 of 1")).to_be_visible(timeout=30_000)
    first.page.context.close()
    second = watched().open(f"{served.url}/import")
    expect(second.page.get_by_text("unfinished.csv")).to_be_visible()
    second.page.get_by_role("button", name="Go on").first.click()
    expect(second.page.get_by_text("Question 1 of 1")).to_be_visible(timeout=30_000)
    second.page.get_by_role("button", name="Another file").click()
    expect(second.page.get_by_text("Unfinished imports")).not_to_be_visible()
