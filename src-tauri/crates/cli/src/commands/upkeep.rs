//! `doctor`, `backup`, `backups`, `restore`, `confirm-restore`, `tidy`.

use super::Context;
use crate::args::Language;
use crate::output::{Failure, Outcome, print, remark};
use app::upkeep;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

pub fn doctor(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let session = app::Session::open(dir, context.env())?;
    let troubles = upkeep::doctor(&session, &mut |_, _| ControlFlow::Continue(()))?;
    let english = context.lang == Language::En;
    let lines = troubles.iter().map(|t| format!("{}  {}", t.subject, if english { &t.message_en } else { &t.message }));
    print(context.json, &json!({ "troubles": troubles }), lines.collect::<Vec<_>>())?;
    // Where it lies, what the last restore left open: no trouble of the data, but worth a line.
    for banner in upkeep::banners(&session).into_iter().filter(|b| b.code != "signed_changed") {
        remark(context.lang, &banner.detail, &format!("[{}] {}", banner.code, banner.subject));
    }
    Ok(if troubles.is_empty() { Outcome::Done } else { Outcome::Defects })
}

pub fn backup(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let mut session = app::Session::open(dir, context.env())?;
    let made = upkeep::backup(&mut session)?;
    print(context.json, &made, [made.path.clone()])?;
    session.close()?;
    Ok(Outcome::Done)
}

pub fn backups(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let list = upkeep::backups(dir)?;
    if list.is_empty() {
        let place = upkeep::backup_dir(dir)?.display().to_string();
        remark(context.lang, &format!("没有备份：{place}"), &format!("no backups: {place}"));
    }
    print(context.json, &list, list.iter().map(|b| b.path.clone()))?;
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
    let mut session = app::Session::open(dir, context.env())?;
    let found = if sweep { upkeep::sweep(&mut session)? } else { upkeep::orphans(&session)? };
    if let Some(aside) = &found.aside {
        remark(
            context.lang,
            &format!("有的备份位置现在访问不到，这些文件没有删除，移到了 {aside}；从备份恢复时会自动取回"),
            &format!(
                "a place of backups is out of reach, so nothing was deleted: the files lie in {aside}, a restore brings them back"
            ),
        );
    }
    print(context.json, &found, [format!("{}  {}", found.files, found.bytes)])?;
    session.close()?;
    Ok(Outcome::Done)
}
