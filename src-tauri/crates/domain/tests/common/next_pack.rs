//! A next edition of the built-in criteria with one item of each fate, made from its text: one that asks something else, one that is
//! gone, one that is new, and one that goes on under another code.

/// It asks something else, and no longer for [`UNTICKED`].
pub const CHANGED: &str = "XC3-05";
pub const UNTICKED: &str = "班表公布通知";
pub const WITHDRAWN: &str = "RY1-04";
pub const ADDED: &str = "RY1-19";
pub const RENAMED: [&str; 2] = ["JS5-03", "JS5-19"];

/// The text of the edition after this one.
pub fn next(text: &str) -> String {
    let text = text.replacen("version = \"", "version = \"2099.", 1);
    let text = in_item(&text, CHANGED, |item| {
        item.replacen("requirement = \"", "requirement = \"遇节假日另行确认；", 1).replacen(
            UNTICKED,
            "班表公布与签收记录",
            1,
        )
    });
    let text = in_item(&text, WITHDRAWN, |item| {
        item.replacen(WITHDRAWN, ADDED, 1).replacen("title = \"", "title = \"新设之", 1).replacen(
            "requirement = \"",
            "requirement = \"逐人",
            1,
        )
    });
    let text = in_item(&text, RENAMED[0], |item| item.replacen(RENAMED[0], RENAMED[1], 1));
    format!("{text}\n[[renamed]]\nfrom = \"{}\"\nto = \"{}\"\n", RENAMED[0], RENAMED[1])
}

fn in_item(text: &str, code: &str, change: impl Fn(&str) -> String) -> String {
    let head = format!("[[items]]\ncode = \"{code}\"");
    let from = text.find(&head).expect("the item is in the file");
    let to = text[from + 1..].find("\n[[").map_or(text.len(), |at| from + 1 + at);
    format!("{}{}{}", &text[..from], change(&text[from..to]), &text[to..])
}
