//! Every refusal has a stable code and one line of words.

use app::Error;
use std::collections::BTreeSet;
use std::io::{Error as IoError, ErrorKind};

/// One of each, with the kind of text a user could have typed or a path could hold.
fn all() -> Vec<(Error, &'static str)> {
    let typed = "XC3-05\r\n伪造的\u{2028}一行\u{7}".to_owned();
    let io = || IoError::from(ErrorKind::NotFound);
    vec![
        (Error::UnknownItem(typed.clone()), "unknown_item"),
        (Error::Unknown { what: "证据", key: typed.clone() }, "unknown"),
        (Error::ReasonMissing(typed.clone()), "reason_missing"),
        (Error::Field { field: "标题", expected: (typed.clone(), typed.clone()).into() }, "field"),
        (Error::Transition { task: "T-001".into(), from: "待整改", to: "已关闭" }, "transition"),
        (Error::Frozen, "frozen"),
        (Error::SignedChanged(typed.clone()), "signed_changed"),
        (Error::SignRefused((typed.clone(), typed.clone()).into()), "sign_refused"),
        (Error::CriteriaKept((typed.clone(), typed.clone()).into()), "criteria_kept"),
        (Error::PackMissing("0123456789ab".into()), "pack_missing"),
        (Error::TargetExists(typed.clone()), "target_exists"),
        (Error::File { path: typed, source: io() }, "file"),
        (Error::Cancelled, "cancelled"),
        (domain::pack::PackError::TooLarge.into(), "criteria_refused"),
        (store::Error::ReadOnly.into(), "workspace_read_only"),
        (store::Error::Locked { holder: "李维@kefu-02".into() }.into(), "workspace_locked"),
        (store::Error::DiskFull.into(), "disk_full"),
        (store::Error::Damaged("第 7 页".into()).into(), "workspace_damaged"),
        (report::Error::LogoCmyk.into(), "report_logo_cmyk"),
        (report::Error::NoRoot.into(), "report_no_root"),
        (exchange::Error::TargetInUse("/tmp/包".into()).into(), "target_in_use"),
        (exchange::Error::Altered("EV-0003".into()).into(), "evidence_changed"),
        (exchange::Error::Table("T-001".into()).into(), "table"),
    ]
}

/// One of these is in every message.
const WHAT_IS_SAFE: [&str; 8] =
    ["未作任何改动", "不受影响", "没有改动", "原样未动", "没有保存", "没有写入", "没有覆盖", "只读"];

/// Does not compile when a refusal is added: it belongs into [`all`] then.
const fn is_listed(error: &Error) {
    match error {
        Error::Store(_) | Error::Pack(_) | Error::Report(_) | Error::Exchange(_) => {}
        Error::UnknownItem(_) | Error::Unknown { .. } | Error::ReasonMissing(_) | Error::Field { .. } => {}
        Error::Transition { .. } | Error::Frozen | Error::SignRefused(_) => {}
        Error::CriteriaKept(_) | Error::PackMissing(_) => {}
        Error::File { .. } | Error::Cancelled | Error::SignedChanged(_) | Error::TargetExists(_) => {}
    }
}

#[test]
fn english_is_one_line_and_says_what_it_is_about() {
    for (error, _) in &all() {
        let english = app::english::refusal(error);
        assert!(!english.contains(['\n', '\r', '\u{2028}', '\u{7}']), "{english:?}");
        // Which line of a criteria file is wrong is told in Chinese only.
        assert!(matches!(error, Error::Pack(_)) || !english.contains(['；', '，', '：']), "{english}");
    }
}

#[test]
fn codes_are_stable_and_tell_refusals_apart() {
    let all = all();
    for (error, code) in &all {
        is_listed(error);
        assert_eq!(error.code(), *code, "{error}");
    }
    let codes: BTreeSet<_> = all.iter().map(|(error, _)| error.code()).collect();
    assert_eq!(codes.len(), all.len());
}

#[test]
fn every_message_is_one_line_of_words() {
    for (error, code) in all() {
        let message = error.to_string();
        assert!(!message.is_empty());
        assert!(!message.chars().any(|c| c.is_control() || c == '\u{2028}'), "{code}: {message:?}");
        // What became of the data. What the report refuses is judged where its words are.
        let is_told = WHAT_IS_SAFE.iter().any(|words| message.contains(words));
        assert!(is_told || matches!(error, Error::Report(_) | Error::Frozen), "{code}: {message}");
    }
    let endless = Error::UnknownItem("长".repeat(5000)).to_string();
    assert!(endless.chars().count() < 400, "a message does not repeat a novel");
}

#[test]
fn the_same_refusal_has_one_code_whoever_notices_it() {
    for stopped in [
        Error::from(store::Error::Cancelled),
        Error::from(report::Error::Cancelled),
        Error::from(exchange::Error::Cancelled),
    ] {
        assert!(matches!(stopped, Error::Cancelled));
    }
    assert!(matches!(Error::from(store::Error::Frozen), Error::Frozen));
    let source = IoError::from(ErrorKind::NotFound);
    let io = exchange::Error::Io { path: "计划.csv".into(), source };
    assert_eq!(Error::from(io).code(), "file");
}

#[test]
fn the_systems_refusal_is_told_in_words() {
    for (kind, words) in [
        (ErrorKind::NotFound, "找不到"),
        (ErrorKind::PermissionDenied, "没有权限"),
        (ErrorKind::StorageFull, "磁盘空间不足"),
        (ErrorKind::ReadOnlyFilesystem, "只读"),
    ] {
        let error = Error::File { path: "报告.pdf".into(), source: IoError::from(kind) };
        assert!(error.to_string().contains(words), "{error}");
    }
}

/// What the user typed is kept for another attempt when the world may change, and given back when the text has to.
#[test]
fn an_error_says_whether_trying_again_may_help() {
    let final_ones = all().into_iter().filter(|(error, _)| !error.may_retry());
    let final_codes: BTreeSet<_> = final_ones.map(|(_, code)| code).collect();
    for code in
        ["unknown_item", "reason_missing", "field", "transition", "frozen", "sign_refused", "workspace_read_only"]
    {
        assert!(final_codes.contains(code), "{code}");
    }
    for code in ["disk_full", "workspace_locked", "workspace_damaged", "signed_changed", "file"] {
        assert!(!final_codes.contains(code), "{code}");
    }
}
