//! `doctor`, `backup`, `backups`, `restore`, `confirm-restore`, `tidy`.

use super::Context;
use crate::output::{Failure, Outcome, close_and_print, print, remark};
use app::upkeep;
use domain::Lang;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

pub fn doctor(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let session = context.open_any(dir)?;
    let troubles = upkeep::doctor(&session, &mut |_, _| ControlFlow::Continue(()))?;
    let english = context.lang == Lang::En;
    let lines = troubles.iter().map(|t| format!("{}  {}", t.subject, if english { &t.message_en } else { &t.message }));
    print(context.json, &json!({ "troubles": troubles }), lines.collect::<Vec<_>>())?;
    // Where it lies, what the last restore left open: no trouble of the data, but worth a line.
    for banner in upkeep::banners(&session).into_iter().filter(|b| b.code != "signed_changed") {
        remark(context.lang, &banner.detail, &format!("[{}] {}", banner.code, banner.subject));
    }
    Ok(if troubles.is_empty() { Outcome::Done } else { Outcome::Defects })
}

pub fn health(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let session = context.read_any(dir)?;
    let health = upkeep::health(&session)?;
    let words = |zh: &'static str, en: &'static str| context.lang.pick(zh, en);
    let day = |at: domain::Instant| at.format("%Y-%m-%d %H:%M UTC").to_string();
    let newest = health.last_backup.as_ref().map_or_else(|| "–".to_owned(), |b| day(b.at));
    let checked = health.checked.as_ref().map_or_else(|| "–".to_owned(), |c| day(c.at));
    let mut lines = vec![
        format!("{}  {newest}", words("最近的备份", "newest backup")),
        format!("{}  {}", words("可用的备份", "good backups"), health.good_backups),
        format!("{}  {}", words("备份位置", "place of the backups"), health.backup_dir),
        format!("{}  {checked}", words("最近一次检查", "last check")),
    ];
    lines.extend(health.banners.iter().map(|b| match context.lang {
        Lang::Zh => format!("[{}] {}  {}", b.code, b.subject, b.detail),
        Lang::En => format!("[{}] {}", b.code, b.subject),
    }));
    print(context.json, &health, lines)?;
    Ok(Outcome::Done)
}

pub fn backup(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let mut session = context.open_any(dir)?;
    let made = upkeep::backup(&mut session)?;
    close_and_print(session, context.json, &made, [made.path.clone()])?;
    Ok(Outcome::Done)
}

pub fn backups(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let list = upkeep::backups(dir)?;
    if list.is_empty() {
        let place = upkeep::backup_dir(dir)?.display().to_string();
        remark(context.lang, &format!("没有备份：{place}"), &format!("no backups: {place}"));
    }
    // The path comes first: scripts take it from there.
    let head = match context.lang {
        Lang::Zh => "备份  时间  字节  评估记录  变更  可用",
        Lang::En => "backup  made  bytes  answers  changes  good",
    };
    let lines = list.iter().map(|b| {
        let at = b.at.format("%Y-%m-%d %H:%M UTC");
        let good = if b.good { "✓" } else { "✗" };
        format!("{}  {at}  {}  {}  {}  {good}", b.path, b.size_bytes, b.answers, b.changes)
    });
    print(context.json, &list, std::iter::once(head.to_owned()).filter(|_| !list.is_empty()).chain(lines))?;
    Ok(Outcome::Done)
}

pub fn restore(context: &Context, dir: &Path, from: &Path) -> Result<Outcome, Failure> {
    let restored = upkeep::restore(dir, from, &context.env())?;
    print(context.json, &restored, restored.kept_aside.clone())?;
    Ok(Outcome::Done)
}

pub fn confirm_restore(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let waited = upkeep::confirm_restore(dir)?;
    if !waited {
        remark(context.lang, "没有待确认的恢复，未作任何改动", "no restore waits to be confirmed; nothing was changed");
    }
    print(context.json, &json!({ "done": waited }), [])?;
    Ok(Outcome::Done)
}

pub fn tidy(context: &Context, dir: &Path, sweep: bool) -> Result<Outcome, Failure> {
    let mut session = context.open_any(dir)?;
    let found = if sweep { upkeep::sweep(&mut session)? } else { upkeep::orphans(&session)? };
    if let Some(moved_to) = &found.moved_to {
        remark(
            context.lang,
            &format!("有的备份位置现在访问不到，这些文件没有删除，移到了 {moved_to}；从备份恢复时会自动取回"),
            &format!(
                "a place of backups is out of reach, so nothing was deleted: the files lie in {moved_to}, a restore brings them back"
            ),
        );
    }
    let head = match (sweep, context.lang) {
        (false, Lang::Zh) => "不再被引用的文件  字节",
        (false, Lang::En) => "files nothing refers to  bytes",
        (true, Lang::Zh) => "已清除的文件  字节",
        (true, Lang::En) => "files removed  bytes",
    };
    close_and_print(session, context.json, &found, [head.to_owned(), format!("{}  {}", found.files, found.bytes)])?;
    Ok(Outcome::Done)
}
