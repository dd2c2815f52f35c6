//! A table from a spreadsheet, laid over the items: the verdicts it says, none that it does not say.

use crate::common::{World, owned};
use app::answers::{self, ItemPatch};
use app::paste::{Clipboard, PasteChoices, PasteDoubt, PastePreview, preview};
use app::{Error, log};
use domain::Verdict;
use domain::Verdict::{Conform, Nonconform, NotApplicable, Partial};
use exchange::sheet::Column;

/// The list as it stands on screen below the selected item.
const BELOW: [&str; 4] = ["GH1-01", "GH1-02", "GH1-04", "GH1-05"];

fn text(text: &str) -> Clipboard {
    Clipboard { text: text.into(), html: String::new() }
}

fn look(world: &mut World, clipboard: &Clipboard, choices: &PasteChoices) -> PastePreview {
    preview(&mut world.session, world.round, clipboard, &owned(&BELOW), choices).unwrap()
}

fn read(world: &mut World, pasted: &str) -> PastePreview {
    look(world, &text(pasted), &PasteChoices::default())
}

/// Item, verdict, text and doubt of one row.
type Read<'a> = (&'a str, Option<Verdict>, Option<&'a str>, Option<PasteDoubt>);

fn rows(preview: &PastePreview) -> Vec<Read<'_>> {
    let text = |p: &'_ answers::AnswerPatch| p.note.clone().or_else(|| p.reason.clone());
    preview
        .rows
        .iter()
        .map(|r| (r.item.as_str(), r.patch.verdict, text(&r.patch).map(|t| &*t.leak()), r.doubt))
        .collect()
}

/// What the page sends for the rows that are clear.
fn clear(preview: &PastePreview) -> Vec<ItemPatch> {
    let clear = preview.rows.iter().filter(|row| row.doubt.is_none());
    clear.map(|row| ItemPatch { item: row.item.clone(), patch: row.patch.clone() }).collect()
}

/// The seven blocks that a field trial pasted.
#[test]
fn what_a_trial_pasted_means_what_its_authors_meant() {
    let (ok, unclear) = (None, Some(PasteDoubt::Unclear));
    #[rustfmt::skip]
    let cases = [
        ("序号\t条目\t结论\t记录\r\n1\tGH1-01\t不符合\t无文件\r\n2\tGH1-02\t符合\t有签批\r\n3\tGH1-04\t符合\t抽问6人均知晓\r\n",
         vec![("GH1-01", Some(Nonconform), Some("无文件"), ok), ("GH1-02", Some(Conform), Some("有签批"), ok), ("GH1-04", Some(Conform), Some("抽问6人均知晓"), ok)]),
        ("结论\r\n符合\r\n不符合\r\n符合\r\n",
         vec![("GH1-01", Some(Conform), None, ok), ("GH1-02", Some(Nonconform), None, ok), ("GH1-04", Some(Conform), None, ok)]),
        ("编号\t标题\t结论\t记录\r\nGH1-01\t定位与使命成文\t符合\t2026版已签批\r\n",
         vec![("GH1-01", Some(Conform), Some("2026版已签批"), ok)]),
        ("是\r\n否\r\n是\r\n", vec![("GH1-01", Some(Conform), None, ok), ("GH1-02", Some(Nonconform), None, ok), ("GH1-04", Some(Conform), None, ok)]),
        ("合格\r\n不合格\r\n", vec![("GH1-01", Some(Conform), None, ok), ("GH1-02", Some(Nonconform), None, ok)]),
        ("√\r\n×\r\n", vec![("GH1-01", Some(Conform), None, ok), ("GH1-02", Some(Nonconform), None, ok)]),
        ("Y\r\nN\r\n", vec![("GH1-01", Some(Conform), None, ok), ("GH1-02", Some(Nonconform), None, ok)]),
        ("基本符合\r\n", vec![("GH1-01", None, None, unclear)]),
        ("○\r\n", vec![("GH1-01", None, None, unclear)]),
        ("符合\t\"重点\"客户未覆盖\r\n不符合\t\"先入为主\r\n符合\t好\r\n",
         vec![("GH1-01", Some(Conform), Some("\"重点\"客户未覆盖"), ok), ("GH1-02", Some(Nonconform), Some("\"先入为主"), ok), ("GH1-04", Some(Conform), Some("好"), ok)]),
        ("编号\t符合\t不符合\r\nGH1-01\t\t√\r\nGH1-02\t√\t\r\nGH1-04\t√\t√\r\n",
         vec![("GH1-01", Some(Nonconform), None, ok), ("GH1-02", Some(Conform), None, ok), ("GH1-04", None, None, unclear)]),
        ("ＧＨ1－01\t符合\r\ngh1-02\t符合\r\n", vec![("GH1-01", Some(Conform), None, ok), ("GH1-02", Some(Conform), None, ok)]),
    ];
    for (pasted, expected) in cases {
        let mut world = World::new();
        let preview = read(&mut world, pasted);
        assert!(preview.is_laid_out, "{pasted}");
        assert_eq!(rows(&preview), expected, "{pasted}");
    }
}

#[test]
fn two_columns_of_text_wait_until_the_user_says_which_is_the_note() {
    let mut world = World::new();
    let pasted = text("GH1-01\t符合\t张三\t抽样30件合格\r\n");
    let asked = look(&mut world, &pasted, &PasteChoices::default());
    assert!(!asked.is_laid_out);
    let held: Vec<_> = asked.columns.iter().map(|c| c.holds).collect();
    assert_eq!(held, [Some(Column::Item), Some(Column::Verdict), None, None]);
    assert_eq!(asked.columns[2].samples, ["张三"]);
    let columns = Some(vec![Some(Column::Item), Some(Column::Verdict), Some(Column::Skip), Some(Column::Note)]);
    let preview = look(&mut world, &pasted, &PasteChoices { columns, ..PasteChoices::default() });
    assert!(preview.is_laid_out);
    assert_eq!(rows(&preview), [("GH1-01", Some(Conform), Some("抽样30件合格"), None)]);
}

#[test]
fn figures_are_a_verdict_only_when_the_user_says_what_they_mean() {
    let mut world = World::new();
    assert!(!read(&mut world, "1\r\n2\r\n3\r\n").is_laid_out, "a column of figures may be anything");
    let pasted = text("结论\r\n1\r\n3\r\n1\r\n");
    let asked = look(&mut world, &pasted, &PasteChoices::default());
    assert!(asked.rows.iter().all(|row| row.doubt == Some(PasteDoubt::Unclear) && row.patch.verdict.is_none()));
    let words: Vec<_> = asked.words.iter().map(|w| (w.word.as_str(), w.rows, w.is_decided)).collect();
    assert_eq!(words, [("1", 2, false), ("3", 1, false)]);
    let words = [("1".to_owned(), Some(Partial)), ("3".to_owned(), None)].into();
    let preview = look(&mut world, &pasted, &PasteChoices { words, ..PasteChoices::default() });
    let expected = [
        ("GH1-01", Some(Partial), None, None),
        ("GH1-02", None, None, Some(PasteDoubt::Empty)),
        ("GH1-04", Some(Partial), None, None),
    ];
    assert_eq!(rows(&preview), expected);
    assert!(preview.words.iter().all(|word| word.is_decided));
}

#[test]
fn every_row_that_is_not_clear_says_why() {
    let mut world = World::new();
    let long = "长".repeat(100_001);
    let pasted = format!(
        "编号\t结论\t说明\nGH1-01\t不适用\t没有外呼业务\nGH1-02\t不适用\t\nZZ9-99\t符合\t\n\t符合\t没有编号\nGH1-04\t\t\nGH1-05\t符合\t{long}\nXC3-05\t符合\t甲\nXC3-05\t不符合\t乙\n编号\t结论\t说明\nLC1-01\t未评估\t\n"
    );
    let preview = read(&mut world, &pasted);
    let doubts: Vec<_> = preview.rows.iter().map(|row| (row.line, row.doubt)).collect();
    use PasteDoubt::{Empty, NoItem, NoReason, TooLong, Twice, UnknownItem};
    let expected = [
        (2, None),
        (3, Some(NoReason)),
        (4, Some(UnknownItem)),
        (5, Some(NoItem)),
        (6, Some(Empty)),
        (7, Some(TooLong)),
        (8, Some(Twice)),
        (9, Some(Twice)),
        (11, Some(Empty)),
    ];
    assert_eq!(doubts, expected);
    assert_eq!(preview.rows[0].patch.reason.as_deref(), Some("没有外呼业务"), "what stands beside 不适用 says why");
    // Leaving out one of two rows makes the other clear.
    let preview = look(&mut world, &text(&pasted), &PasteChoices { skipped: vec![9], ..PasteChoices::default() });
    assert_eq!((preview.rows[6].doubt, preview.rows[7].doubt), (None, Some(PasteDoubt::Skipped)));
    // An item that has a reason needs none; the text is its note then.
    world.patch(
        &["GH1-02"],
        &answers::AnswerPatch {
            verdict: Some(NotApplicable),
            reason: Some("评估范围内没有外呼".into()),
            ..answers::AnswerPatch::default()
        },
    );
    let again = read(&mut world, "GH1-02\t不适用\t已核对");
    assert_eq!(again.rows[0].patch.note.as_deref(), Some("已核对"));
    assert_eq!(again.rows[0].doubt, None);
}

#[test]
fn rows_go_down_the_list_only_where_no_column_names_items() {
    let mut world = World::new();
    let preview = read(&mut world, "符合\n\n不符合\n是\n否");
    let items: Vec<_> = preview.rows.iter().map(|row| (row.item.as_str(), row.doubt)).collect();
    let expected = [
        ("GH1-01", None),
        ("GH1-02", Some(PasteDoubt::Empty)),
        ("GH1-04", None),
        ("GH1-05", None),
        ("", Some(PasteDoubt::NoItem)),
    ];
    assert_eq!(items, expected);
    // Codes that are none of ours must not send their verdicts to whatever is selected.
    let foreign = read(&mut world, "条款号\t结论\n5.1.1a\t符合\n5.1.2a\t不符合");
    assert!(foreign.rows.iter().all(|row| row.doubt == Some(PasteDoubt::UnknownItem)), "{foreign:?}");
}

#[test]
fn a_table_of_html_is_read_before_the_text_and_one_undo_takes_all_back() {
    let mut world = World::new();
    let before = world.snapshot().root();
    let html = "<table><tr><td>条目</td><td>结论</td><td>记录</td></tr><tr><td>GH1-02</td><td>√</td><td>\"重点\"<br>两行</td></tr></table>";
    let clipboard = Clipboard { html: html.into(), text: "别的\t东西".into() };
    let preview = look(&mut world, &clipboard, &PasteChoices::default());
    assert_eq!(rows(&preview), [("GH1-02", Some(Conform), Some("\"重点\"\n两行"), None)]);
    assert_eq!(world.snapshot().root(), before, "a look writes nothing");
    let (round, patches) = (world.round, clear(&preview));
    answers::mark_each(&mut world.session, round, &patches).unwrap();
    assert_eq!(world.snapshot().answer("GH1-02").unwrap().note, "\"重点\"\n两行");
    log::undo(&mut world.session, round).unwrap();
    assert_eq!(world.snapshot().root(), before);
}

#[test]
fn a_table_that_is_no_list_of_items_is_refused() {
    let mut world = World::new();
    for pasted in ["符合\n".repeat(5_001), "甲\t".repeat(101) + "乙", "长".repeat(12 << 20)] {
        let error = world.refused(|s, r| preview(s, r, &text(&pasted), &[], &PasteChoices::default()));
        assert!(matches!(error, Error::Field { field: "粘贴的表格", .. }), "{error}");
    }
    // Whole columns of a sheet are a million rows, nearly all of them blank.
    let whole = text(&format!("符合\n{}", "\t\r\n".repeat(1_048_575)));
    let preview = look(&mut world, &whole, &PasteChoices::default());
    assert_eq!(rows(&preview), [("GH1-01", Some(Conform), None, None)]);
}
