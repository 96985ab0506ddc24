"""The page in a browser: its script runs under its own policy, filters, sorts, opens a proof; and what comes out on paper."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import unicodedata

import attrs
import pytest
from policy_html import Html
from policy_html.findings import FEW
from pypdf import PdfReader

from policy.lang.proof import Cell, Line, Proof
from tests.reports import FULL, outcome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(None in (CHROMIUM, DRIVER) and "CI" not in os.environ, reason="Chromium or its driver is not installed"),
]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1280,1600",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or "chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER or "chromedriver"))
    yield driver
    driver.quit()


class Page:
    """A report opened in the browser."""

    def __init__(self, browser, path, report, before=""):
        """`before` is a script that runs ahead of the page's own."""
        with path.open("wb") as stream:
            Html().write(report, stream, colour=False)
        self.browser = browser
        added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": before})["identifier"]
        browser.get(path.as_uri())
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": added})
        self.until("return document.documentElement.classList.contains('ready') || !document.documentElement.classList.contains('scripted')")

    def until(self, script):
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.browser, 5, 0.02).until(lambda browser: browser.execute_script(script))

    def all(self, selector):
        return self.browser.find_elements("css selector", selector)

    def texts(self, selector):
        return [one.text for one in self.all(selector)]

    def click(self, selector):
        self.all(selector)[0].click()

    def type(self, name, text):
        """Fill in a filter and wait until it has been applied."""
        said = self.all("#said")[0]
        before = said.text
        self.all(f"#{name}")[0].send_keys(text)
        self.until(f"return document.getElementById('said').textContent !== {before!r}")

    def log(self):
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def paper(self):
        """The text of each printed page; the PDF has radicals for some characters that look like them."""
        options = {"preferCSSPageSize": True, "printBackground": True}
        printed = self.browser.execute_cdp_cmd("Page.printToPDF", options)["data"]
        return [page.extract_text().translate(RADICALS) for page in PdfReader(io.BytesIO(base64.b64decode(printed))).pages]


RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FE0)}
CELL = Cell("talk", "T1", "end", "谈话“结束日期”", "谈话.csv 第12行J列", "谈话.csv", None, 12, "J", "2026-04-08")
LINES = (Line("rule", "规则 A-1"), Line("duty", "应当：存在报告", "false", (CELL,), (Line("note", "逐行核对报告 3 行"),)))


def proof(one):
    return Proof(one.rule, one.subject_text, one.status, "zh", LINES)


REPORT = attrs.evolve(FULL, proof=proof, baseline=None)


@pytest.fixture
def page(browser, tmp_path):
    opened = Page(browser, tmp_path / "report.html", REPORT)
    yield opened
    assert opened.log() == []  # the policy has stopped nothing, the script has no mistake


def test_findings_stand_under_their_bearers(page):
    assert page.texts(".group th") == ["泠溪县委（党组织 O1）逾期完成 1、需人工认定 1", "张三（人员 P1）不合规 1、临期 1", "责任主体不明待核实 1"]
    assert page.texts("#said") == ["共 5 项"]
    assert page.texts(".finding .chip") == ["逾期完成·警告", "需人工认定", "不合规", "临期", "待核实"]
    assert page.texts(".finding .due") == ["2027-01-04\n已过 1 天", "", "2026-05-08\n已过 3 天", "2026-05-13\n还有 2 天", ""]


def test_filters(page):
    for name, text, left in (
        ("text", "t3", 1), ("text", "直面", 1), ("text", "县委", 2), ("text", "尚未完成", 1), ("text", "台账.xlsx", 1), ("bearer", "张三", 2),
        ("article", "第十条第一款", 1), ("rule", "A-1", 3), ("severity", "警告", 1),
    ):  # fmt: skip
        page.type(name, text)
        assert page.texts("#said") == [f"所列 {left} 项，全部 5 项"] and len(page.all(".finding")) == left, text
        page.click("button[type=reset]")
        page.until("return document.querySelectorAll('.finding').length === 5")


def test_numbers_filter_by_status(page):
    page.click(".tile.violated")
    page.click(".tile.unknown")
    assert page.texts(".finding .chip") == ["不合规", "待核实"]
    assert [one.get_attribute("aria-pressed") for one in page.all(".tile")] == ["true", "false", "true", "false", "false"]
    page.click(".tile.violated")
    assert page.texts(".finding .chip") == ["待核实"]


def test_nothing_that_meets_the_conditions(page):
    page.type("text", "查无此事")
    assert page.texts("#rows") == ["没有符合条件的事项，请放宽条件"]


def test_sorts(page):
    page.click("[data-sort=status] button")
    assert page.texts(".finding .chip") == ["不合规", "逾期完成·警告", "待核实", "临期", "需人工认定"]
    assert page.all("[data-sort=status]")[0].get_attribute("aria-sort") == "ascending"
    assert page.texts(".finding .owner")[0] == "张三（人员 P1）" and not page.all(".group")
    page.click("[data-sort=due] button")
    assert [text[:10] for text in page.texts(".finding .due")] == ["2026-05-08", "2026-05-13", "2027-01-04", "", ""]
    page.click("[data-sort=due] button")
    assert [text[:10] for text in page.texts(".finding .due")] == ["", "", "2027-01-04", "2026-05-13", "2026-05-08"]
    page.click("[data-sort=article] button")
    assert page.texts(".finding .id") == ["A-1", "A-1", "A-1", "B-1", "C-1"]
    page.click("[data-sort=bearer] button")
    assert len(page.all(".group")) == 3


def test_a_finding_opens_to_its_proof_by_keyboard(page):
    button = page.all(".open")[2]
    page.browser.execute_script("arguments[0].focus()", button)
    button.send_keys("\ue007")
    page.until("return document.querySelector('.proof')")
    assert button.get_attribute("aria-expanded") == "true"
    (detail,) = page.texts(".detail")
    for part in ("应于2026-05-08前报告，实际尚未完成", "期限\n2026-05-08，已过 3 天", "谈话 T1谈话.csv 第12行H、J列", "建议\n督促补报", "0123456789abcdef"):
        assert part in detail
    assert page.texts(".proof > ul > li") == ["规则 A-1", "不成立应当：存在报告\n谈话“结束日期”：2026-04-08谈话.csv 第12行J列\n逐行核对报告 3 行"]
    button.send_keys("\ue007")
    assert not page.all(".detail")


COUNT = FEW + 50
LONG = attrs.evolve(REPORT, outcomes=[outcome("A-1", "violated", subject=(("talk", f"T{number}"),), message=f"第{number}件") for number in range(COUNT)])


def test_pages_of_a_long_list_that_is_packed(browser, tmp_path):
    page = Page(browser, tmp_path / "long.html", LONG)
    assert (len(page.all(".finding")), page.texts("#page")) == (100, ["第 1 页，共 6 页"])
    page.click("#after")
    assert page.texts("#page") == ["第 2 页，共 6 页"] and page.texts(".group th")[0].startswith("张三（人员 P1）（续）")
    assert page.texts(".finding td:nth-child(3)")[0] == "谈话 T100"
    page.all(".open")[0].click()
    page.until("return document.querySelector('.detail')")
    assert "第100件" in page.texts(".detail")[0]
    page.type("text", "T54")
    assert page.texts("#said") == [f"所列 11 项，全部 {COUNT} 项"]  # T54, T540 to T549
    assert page.log() == []


def test_a_long_list_is_unpacked_before_it_is_printed(browser, tmp_path):
    page = Page(browser, tmp_path / "long.html", LONG, "window.print = () => { window.asked = true; };")
    page.type("text", "T54")
    assert "第540件" not in "".join(page.paper())  # what the browser's own menu prints: the list alone
    page.click("#print")
    page.until("return window.asked")
    whole = "".join(page.paper())
    assert "第540件" in whole and "第541件" in whole and "第100件" not in whole


def test_a_browser_that_cannot_unpack_says_so(browser, tmp_path):
    page = Page(browser, tmp_path / "long.html", LONG, "delete window.DecompressionStream;")
    assert page.texts("#plain") == [f"浏览器不运行脚本，或者版本太低，列不出 {COUNT} 项；请允许本页脚本、换用较新的浏览器，或改用 -o xlsx 输出"]
    assert not any(one.is_displayed() for one in page.all("#filters, #findings, #paper"))
    assert "DecompressionStream" in "".join(page.log())


def test_without_a_script_the_list_is_a_table(browser, tmp_path):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        with (tmp_path / "report.html").open("wb") as stream:
            Html().write(REPORT, stream, colour=False)
        browser.get((tmp_path / "report.html").as_uri())
        assert [one.text for one in browser.find_elements("css selector", "#plain .chip")] == ["逾期完成·警告", "需人工认定", "不合规", "临期", "待核实"]
        assert not browser.find_element("css selector", "#filters").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_mark_is_printed_where_margins_have_no_boxes(browser, tmp_path):
    page = Page(browser, tmp_path / "old.html", REPORT, "delete window.CSSMarginRule;")
    paper = page.paper()
    assert len(paper) > 1 and all(text.count("工作秘密") == 2 for text in paper)  # here the boxes are printed all the same


def test_paper(page):
    paper = page.paper()
    assert all(text.lstrip().startswith("工作秘密") for text in paper)
    assert [re.findall(r"— (\d+) —", text) for text in paper] == [[str(number)] for number in range(1, len(paper) + 1)]
    whole = "".join(re.sub(r"\s", "", text) for text in paper)
    order = ["监督谈话办法：检查报告", "检查基准日", "数据谈话.csv：谈话2行", "总体情况", "需处理事项5项", "事项清单", "泠溪县委（党组织O1）", "张三（人员P1）", "责任主体不明", "有关说明", "谈话.csv第12行J列：无法读取（坏盘）", "供研判"]
    places = [whole.index(re.sub(r"\s", "", part)) for part in order]
    assert places == sorted(places)
    assert "应于2026-05-08前报告，实际尚未完成" in whole and "督促补报" in whole
    assert "清除条件" not in whole and "上一页" not in whole


def test_paper_has_what_is_listed(page):
    page.type("bearer", "张三")
    whole = "".join(page.paper())
    assert "张三（人员 P1）" in whole and "责任主体不明" not in whole
    assert not page.all("details[open]")  # folded again


def test_a_page_in_english_numbers_its_pages(browser, tmp_path):
    page = Page(browser, tmp_path / "en.html", attrs.evolve(REPORT, language="en"))
    paper = page.paper()
    assert all(f"{number} / {len(paper)}" in text and "work_secret" in text for number, text in enumerate(paper, 1))


def test_hostile_data_stay_data(browser, tmp_path):
    text = "</script><img src=x onerror=\"document.title='broken'\"><b>x</b>"
    outcomes = [attrs.evolve(one, message=text) for one in REPORT.outcomes]
    page = Page(browser, tmp_path / "hostile.html", attrs.evolve(REPORT, outcomes=outcomes, names={("person", "P1"): text}))
    for button in page.all(".open"):
        button.click()
    page.until("return document.querySelectorAll('.detail').length === 5")
    assert text in page.texts(".detail")[0] and text in page.texts(".group th")[1]
    assert page.browser.title == "监督谈话办法：检查报告" and not page.all("img, #list b:not(.cell b)")
    assert page.log() == []


def test_what_is_read_is_of_enough_contrast(page):
    """4.5 to 1, as WCAG asks, for every colour of text that the page has."""
    pairs = page.browser.execute_script(_COLOURS)
    assert len(pairs) > 8
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


_COLOURS = """
const seen = new Map();
for (const one of document.querySelectorAll("body *")) {
  if (!one.checkVisibility() || ![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
  let behind = one;
  while (behind && getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  const pair = [getComputedStyle(one).color, behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)"];
  seen.set(pair.join(), pair);
}
return [...seen.values()];
"""


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
