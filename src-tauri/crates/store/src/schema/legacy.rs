//! What rows of earlier versions mean in the fields of later ones. Frozen, like the steps.

use rusqlite::Transaction;
use rusqlite_migration::HookResult;

/// Why an item did not apply, as 0.1.0 put it when it proposed 不适用 …
const ABSENT: [&str; 6] = [
    "评估范围内没有外呼业务",
    "评估范围内没有外包业务",
    "评估范围内的系统非自建",
    "评估范围内没有在线渠道",
    "评估范围内没有智能客服",
    "评估范围内只有一个职场",
];

/// … and when.
const WHEN: [&str; 2] = ["建立评估时填报", "变更适用情形时填报"];

fn proposals() -> impl Iterator<Item = String> {
    ABSENT.iter().flat_map(|absent| WHEN.iter().map(move |when| format!("{absent}（{when}，请确认）。")))
}

/// Until version 4 a proposal was known by its words: `answer.proposed` as JSON, from the JSON of the other fields.
pub(crate) fn was_proposed(json_of: &dyn Fn(&str) -> String) -> &'static str {
    let is_open = json_of("verdict") == "\"na\"" && json_of("review") == "\"open\"";
    let is_ours = || {
        let reason = json_of("reason");
        proposals().any(|ours| reason.get(1..reason.len() - 1) == Some(&ours))
    };
    if is_open && is_ours() { "true" } else { "false" }
}

/// The same for rows. Frozen rounds too: this says nothing that was not there when they were approved.
pub(super) fn mark_proposals(conn: &Transaction<'_>) -> HookResult {
    const GUARD: &str = "answer_frozen_update";
    let sql = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1";
    let guard: String = conn.query_row(sql, [GUARD], |row| row.get(0))?;
    conn.execute_batch(&format!("DROP TRIGGER {GUARD}"))?;
    let mut mark =
        conn.prepare("UPDATE answer SET proposed = 1 WHERE verdict = 'na' AND review = 'open' AND reason = ?1")?;
    for reason in proposals() {
        mark.execute([reason])?;
    }
    conn.execute_batch(&guard)?;
    Ok(())
}
