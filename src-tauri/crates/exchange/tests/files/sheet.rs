//! What a spreadsheet puts on the clipboard.

use exchange::sheet::{Column, Known, Meaning, Meanings, clipboard, code, html, layout, tsv};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn rows(expected: &[&[&str]]) -> Vec<Vec<String>> {
    expected.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn plain_text_is_read_by_excels_quoting() {
    let cases: &[(&str, &[&[&str]])] = &[
        ("符合\t好\r\n不符合\t\r\n", &[&["符合", "好"], &["不符合", ""], &[""]]),
        // Quoted because it holds a line break, a tab or begins with a quote; inner quotes are doubled.
        ("符合\t\"第一行\r\n第二行\"\r\n否", &[&["符合", "第一行\n第二行"], &["否"]]),
        ("\"甲\t乙\"\t丙", &[&["甲\t乙", "丙"]]),
        ("\"\"\"重点\"\"客户\"\t是", &[&["\"重点\"客户", "是"]]),
        ("\"他说\"\"有\"\"\n\"", &[&["他说\"有\""]]),
        // Not quoted by Excel: the quotes belong to the text, and no row is swallowed.
        (
            "符合\t\"重点\"客户未覆盖\n不符合\t\"先入为主\n符合\t好\n",
            &[&["符合", "\"重点\"客户未覆盖"], &["不符合", "\"先入为主"], &["符合", "好"], &[""]],
        ),
        ("\"甲\"\t乙", &[&["\"甲\"", "乙"]]),
        ("\"", &[&["\""]]),
        ("\"\"", &[&["\"\""]]),
        ("中间\"引号\"\t尾\"", &[&["中间\"引号\"", "尾\""]]),
        // Line ends of every system.
        ("甲\r乙\n丙\r\n丁", &[&["甲"], &["乙"], &["丙"], &["丁"]]),
        ("", &[&[""]]),
    ];
    for (text, expected) in cases {
        assert_eq!(tsv::cells(text), rows(expected), "{text:?}");
    }
}

#[test]
fn html_is_read_where_there_is_a_table() {
    let cases: &[(&str, &[&[&str]])] = &[
        // Excel: styles in the head, fragments in comments, sources broken into lines.
        (
            "Version:1.0\r\nStartHTML:0000\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>\r\n<!--td\r\n\t{mso-x:1}\r\n--></style></head><body>\r\n<table border=0 style='border-collapse:\r\n collapse'>\r\n<!--StartFragment-->\r\n <col width=64>\r\n <tr height=19>\r\n  <td height=19 class=xl65>符合</td>\r\n  <td>抽查记录完\r\n  整<br>\r\n    另见附件</td>\r\n </tr>\r\n <tr><td>不符合</td><td></td></tr>\r\n<!--EndFragment-->\r\n</table></body></html>",
            &[&["符合", "抽查记录完整\n另见附件"], &["不符合", ""]],
        ),
        (
            "<table><tr><td>a &lt;b&gt; &amp;amp; &#39;c&#x27; &times; &nosuch;</table>",
            &[&["a <b> &amp; 'c' × &nosuch;"]],
        ),
        (
            "<TABLE><TR><TH>结论<TH>记录<TR><TD>是<TD>two  words\n here</TABLE>",
            &[&["结论", "记录"], &["是", "two words here"]],
        ),
        // Merged cells keep everything else in its column.
        (
            "<table><tr><td rowspan=2>GH1-01</td><td>是</td></tr><tr><td>否</td></tr><tr><td colspan=\"2\">宽</td><td>末</td></tr></table>",
            &[&["GH1-01", "是"], &["", "否"], &["宽", "", "末"]],
        ),
        // Inline tags, lists and tables in a cell are part of its text.
        (
            "<table><tr><td><b>部分</b><span>符合</span></td><td><p>甲</p><p>乙</p></td></tr></table>",
            &[&["部分符合", "甲\n乙"]],
        ),
        ("<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>旁</td></tr></table>", &[&["外内", "旁"]]),
        (
            "<table><tr><td title='a>b'>甲</td></tr></table><p>之间</p><table><tr><td>乙</td></tr></table>",
            &[&["甲"], &["乙"]],
        ),
        ("<table><tr><td><script>alert(1)</script>甲</td></tr></table>", &[&["甲"]]),
    ];
    for (source, expected) in cases {
        assert_eq!(html::cells(source).unwrap(), rows(expected), "{source}");
    }
    assert_eq!(html::cells("<p>没有表格</p>"), None);
}

#[test]
fn the_table_goes_before_the_text_and_the_blank_end_is_left_out() {
    let table = "<table><tr><td>\"先入为主</td><td></td></tr><tr><td></td></tr></table>";
    assert_eq!(clipboard(table, "别的"), rows(&[&["\"先入为主"]]));
    assert_eq!(clipboard("<p>甲</p>", "乙\t\r\n\r\n\r\n"), rows(&[&["乙"]]));
    assert_eq!(clipboard("<table><tr><td></td></tr></table>", "乙"), rows(&[&["乙"]]));
    assert_eq!(clipboard("", " \r\n\t"), rows(&[]));
}

#[test]
fn codes_are_read_in_every_width() {
    for cell in
        ["GH1-01", "gh1-01", "ＧＨ１－０１", "ＧＨ1–01", " GH1—01 ", "gh1‑01 定位与使命", "GH1-01定位", "GH1-01：定位"]
    {
        assert_eq!(code(cell), "GH1-01", "{cell}");
    }
    assert_eq!(code("定位"), "");
}

#[test]
fn words_are_verdicts_only_where_that_is_certain() {
    use domain::Verdict::{Conform, Nonconform, NotApplicable, Partial};
    let certain = [
        ("符合", Conform),
        ("是", Conform),
        ("√", Conform),
        ("✓", Conform),
        ("Ｙ", Conform),
        ("合格", Conform),
        ("达标", Conform),
        ("【符合】", Conform),
        (" 符 合。", Conform),
        ("Conforms", Conform),
        ("部分符合", Partial),
        ("部分", Partial),
        ("Partial", Partial),
        ("不符合", Nonconform),
        ("否", Nonconform),
        ("×", Nonconform),
        ("✗", Nonconform),
        ("n", Nonconform),
        ("不合格", Nonconform),
        ("不适用", NotApplicable),
        ("NA", NotApplicable),
        ("Ｎ／Ａ", NotApplicable),
        ("n/a", NotApplicable),
        ("Not applicable", NotApplicable),
        ("—", NotApplicable),
        ("－", NotApplicable),
        ("无此业务", NotApplicable),
    ];
    let meanings = Meanings::default();
    for (cell, verdict) in certain {
        assert_eq!(meanings.of(cell), Some(Meaning::Is(verdict)), "{cell}");
    }
    for cell in ["基本符合", "○", "△", "☑", "x", "/", "无"] {
        assert_eq!(meanings.of(cell), Some(Meaning::Ask), "{cell}");
    }
    assert_eq!(meanings.of("未评估"), Some(Meaning::Open));
    for cell in ["1", "2", "3", "4", "0.5", "100%", "抽样30件合格", "符合（见附件）", ""] {
        assert_eq!(meanings.of(cell), None, "{cell}");
    }
}

#[test]
fn columns_are_known_by_heading_and_by_content_else_asked() {
    use Column::{Item, Note, Reason, Skip, Verdict};
    let ask = None;
    #[rustfmt::skip]
    let cases: &[(&str, usize, &[Option<Column>])] = &[
        ("序号\t条目\t结论\t记录\n1\tGH1-01\t不符合\t无文件\n2\tGH1-02\t符合\t有签批", 1, &[Some(Skip), Some(Item), Some(Verdict), Some(Note)]),
        ("结论\n符合\n不符合\n符合", 1, &[Some(Verdict)]),
        ("编号\t标题\t结论\t记录\nGH1-01\t定位与使命成文\t符合\t已签批", 1, &[Some(Item), Some(Skip), Some(Verdict), Some(Note)]),
        ("是\n否\n是", 0, &[Some(Verdict)]),
        ("○\n基本符合", 0, &[Some(Verdict)]),
        ("符合\t\"重点\"客户未覆盖\n不符合\t\"先入为主", 0, &[Some(Verdict), Some(Note)]),
        ("ＧＨ1－01\t符合\ngh1-02\t符合", 0, &[Some(Item), Some(Verdict)]),
        ("GH1-01\t符合\t张三\t抽样30件合格", 0, &[Some(Item), Some(Verdict), ask, ask]),
        // Figures are a verdict never, and numbers of rows only beside verdicts.
        ("1\n2\n3", 0, &[ask]),
        ("1\t符合\n2\t不符合", 0, &[Some(Skip), Some(Verdict)]),
        ("GH1-01\t1\nGH1-02\t3", 0, &[Some(Item), ask]),
        ("结论\n1\n2", 1, &[Some(Verdict)]),
        // A title without a heading is known by what it says.
        ("GH1-01\t定位与使命成文\t符合\t有签批", 0, &[Some(Item), Some(Skip), Some(Verdict), Some(Note)]),
        // Titles above the headings; remarks in them; two of a kind.
        ("2026年自评表\n\n条款编号\t是否符合（√/×）\t不适用理由：\t说明*\nGH1-01\t√\t\t好", 3, &[Some(Item), Some(Verdict), Some(Skip), Some(Note)]),
        ("编号\t不适用理由\nGH1-01\t没有外呼", 1, &[Some(Item), Some(Reason)]),
        ("编号\t自评结论\t复核结论\nGH1-01\t符合\t不符合", 1, &[Some(Item), ask, ask]),
        ("编号\t记录\t备注\nGH1-01\t甲\t乙", 1, &[Some(Item), ask, ask]),
        ("编号\t证据\nGH1-01\t会议纪要", 1, &[Some(Item), ask]),
        // Codes that are none of ours: their rows go to no item, least of all down the list.
        ("编号\t结论\nZZ-1\t符合\nZZ-2\t符合", 1, &[Some(Item), Some(Verdict)]),
        ("只有说明文字\n另一行", 0, &[Some(Note)]),
        // A column for each verdict is one of ticks; two columns of verdicts are none, whatever stands in their first row.
        ("编号\t符合\t不符合\t备注\nGH1-01\t√\t\t好\nGH1-02\t\t√\t", 1, &[Some(Item), Some(Column::Conform), Some(Column::Nonconform), Some(Note)]),
        ("编号\t不符合\t说明\nGH1-01\t√\t缺", 1, &[Some(Item), Some(Column::Nonconform), Some(Note)]),
        ("自评结论\t复核结论\n符合\t不符合\n符合\t符合", 1, &[ask, ask]),
    ];
    let is_item = |cell: &str| ["GH1-01", "GH1-02"].contains(&code(cell).as_str());
    let meanings = Meanings::default();
    let is_criteria = |cell: &str| cell == "定位与使命成文";
    let known = Known {
        is_item: &is_item,
        is_title: &|_| false,
        is_criteria: &is_criteria,
        meanings: &meanings,
        headings: &BTreeMap::new(),
    };
    for (text, first, columns) in cases {
        let read = layout(&clipboard("", text), &known);
        assert_eq!((read.first, read.columns.as_slice()), (*first, *columns), "{text}");
    }
}

/// What Excel writes of a cell.
fn as_excel_writes(cell: &str) -> String {
    if cell.starts_with('"') || cell.contains(['\t', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

proptest! {
    #[test]
    fn what_excel_writes_is_read_back(cells in prop::collection::vec(prop::collection::vec("[甲乙a1\"\t\n ,]{0,6}", 1..4), 1..5)) {
        let cells: Vec<Vec<String>> = cells.into_iter().map(|row| row.into_iter().map(|c| c.trim().to_owned()).collect()).collect();
        let written: Vec<String> = cells.iter().map(|row: &Vec<String>| row.iter().map(|c| as_excel_writes(c)).collect::<Vec<_>>().join("\t")).collect();
        prop_assert_eq!(tsv::cells(&written.join("\r\n")), cells);
    }

    #[test]
    fn nothing_on_a_clipboard_stops_the_reader(source in "(<table>|<tr>|<td|</td>|rowspan=99999999|colspan='|>|\"|&#|;|<!--|-->|</table>|<style>|甲|\\PC){0,40}", text in "\\PC{0,60}") {
        let cells = clipboard(&source, &text);
        prop_assert!(cells.iter().all(|row| row.len() <= 4_000));
        let no = |_: &str| false;
        let read = layout(&cells, &Known { is_item: &no, is_title: &no, is_criteria: &no, meanings: &Meanings::default(), headings: &BTreeMap::new() });
        prop_assert!(read.columns.len() <= 4_000);
    }
}
