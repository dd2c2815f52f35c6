//! `report`, `word`, `pack`, `plan`, `verify`.

use super::Context;
use crate::args::{LayoutName, Pack, Plan, Report, ReportOptions, Verify, Word};
use crate::output::{Failure, Outcome, close_and_print, print, remark};
use crate::words;
use app::Session;
use app::exports::{self, Document, Export, Exported, PlanFormat};
use app::report::{Layout, Options};
use domain::Lang;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

fn options(context: &Context, wanted: &ReportOptions) -> Result<Options, Failure> {
    let layout = match wanted.layout {
        LayoutName::Management => Layout::Management,
        LayoutName::Gap => Layout::Gap,
        LayoutName::Certification => Layout::Certification,
    };
    let logo = wanted.logo.as_deref().map(exports::read_logo).transpose()?;
    let sections = wanted.sections.as_ref().map(|list| list.iter().copied().collect());
    Ok(Options { layout, lang: context.lang, logo, draft: wanted.draft, sections })
}

pub fn report(context: &Context, wanted: &Report) -> Result<Outcome, Failure> {
    let options = options(context, &wanted.options)?;
    let (mut session, round) = context.read(&wanted.dir)?;
    verified(&mut session, round)?;
    let export = Export {
        to: &wanted.output,
        options: &options,
        distribution: &wanted.options.distribution,
        overwrite: wanted.overwrite,
    };
    let made = exports::report(&mut session, round, &export, &mut |_| ControlFlow::Continue(()));
    let (exported, _) = made.inspect_err(|e| tell_how_to_replace(context, e))?;
    warn_missing(context, &exported);
    tell_unrecorded(context, &session);
    let value = json!({
        "file": wanted.output, "report": format!("R-{:02}", exported.record.number), "root": exported.record.root,
        "sha256": exported.record.pdf_sha256, "pages": exported.pages, "bytes": exported.bytes, "missing": exported.missing,
    });
    let line = format!("{}  R-{:02}  {}", wanted.output.display(), exported.record.number, exported.record.root);
    close_and_print(session, context.json, &value, [line])?;
    Ok(Outcome::Done)
}

pub fn word(context: &Context, wanted: &Word) -> Result<Outcome, Failure> {
    let logo = wanted.logo.as_deref().map(exports::read_logo).transpose()?;
    let (mut session, round) = context.read(&wanted.dir)?;
    verified(&mut session, round)?;
    let document = Document {
        to: &wanted.output,
        kind: wanted.kind,
        lang: context.lang,
        logo: logo.as_deref(),
        draft: wanted.draft,
        overwrite: wanted.overwrite,
    };
    let made = exports::word(&mut session, round, &document, &mut |_| ControlFlow::Continue(()));
    let done = made.inspect_err(|e| tell_how_to_replace(context, e))?;
    let value = json!({
        "file": wanted.output, "kind": wanted.kind.key(), "report": done.report, "root": done.root, "bytes": done.bytes,
    });
    let report = done.report.as_deref().unwrap_or("—");
    let line = format!("{}  {report}  {}", wanted.output.display(), done.root);
    close_and_print(session, context.json, &value, [line])?;
    Ok(Outcome::Done)
}

/// A report states what the disk holds, so it looks at the content of every file first.
fn verified(session: &mut Session, round: domain::Id) -> Result<(), Failure> {
    app::evidence::verify(session, round, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(())
}

/// The workspace shall know every report; of one that it cannot take the reader is told.
fn tell_unrecorded(context: &Context, session: &Session) {
    if session.is_read_only() {
        let zh = "注意：工作区此刻不能写入，这份报告没有登记，它的编号以后会给另一份报告";
        remark(
            context.lang,
            zh,
            "note: the workspace takes no entry now, so this report is not on its list and its number will be used again",
        );
    }
}

fn warn_missing(context: &Context, exported: &Exported) {
    if !exported.missing.is_empty() {
        let list: String = exported.missing.iter().map(|c| format!(" {c} (U+{:04X})", u32::from(*c))).collect();
        remark(
            context.lang,
            &format!("注意：以下字符没有可用字形，报告中以〓代替：{list}"),
            &format!("note: no glyph for these characters, printed as 〓:{list}"),
        );
    }
}

/// What the window asks in a dialog is an option here.
pub(super) fn tell_how_to_replace(context: &Context, error: &app::Error) {
    if matches!(error, app::Error::TargetExists(_)) {
        remark(context.lang, "确需覆盖时，请加 --overwrite", "to replace it, add --overwrite");
    }
}

pub fn pack(context: &Context, wanted: &Pack) -> Result<Outcome, Failure> {
    let options = options(context, &wanted.options)?;
    let (mut session, round) = context.read(&wanted.dir)?;
    verified(&mut session, round)?;
    let export = Export {
        to: &wanted.output,
        options: &options,
        distribution: &wanted.options.distribution,
        // A folder that holds something is never replaced.
        overwrite: false,
    };
    let (packed, _) = exports::evidence_pack(&mut session, round, &export, &mut |_| ControlFlow::Continue(()))?;
    warn_missing(context, &packed.report);
    tell_unrecorded(context, &session);
    if !packed.left_out.is_empty() {
        let list = packed.left_out.join(" ");
        remark(
            context.lang,
            &format!("注意：以下证据文件缺失或已改变，未收入证据包：{list}"),
            &format!("note: evidence missing or changed and therefore left out: {list}"),
        );
    }
    let value = json!({
        "folder": packed.folder, "files": packed.files, "root": packed.report.record.root, "left_out": packed.left_out,
    });
    close_and_print(
        session,
        context.json,
        &value,
        [format!("{}  {}", packed.folder, words::files(packed.files, context.lang))],
    )?;
    Ok(Outcome::Done)
}

pub fn plan(context: &Context, wanted: &Plan) -> Result<Outcome, Failure> {
    let Plan { dir, output, overwrite } = wanted;
    let extension = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    let format = match extension.as_deref() {
        Some("csv") => PlanFormat::Csv,
        Some("xlsx") => PlanFormat::Xlsx,
        _ => {
            return Err(app::Error::Field {
                field: "保存位置",
                expected: ("文件名应以 .csv 或 .xlsx 结尾", "the name of the file ends in .csv or .xlsx").into(),
            }
            .into());
        }
    };
    let (mut session, round) = context.read(dir)?;
    exports::plan(&mut session, round, output, format, context.lang, *overwrite)
        .inspect_err(|e| tell_how_to_replace(context, e))?;
    close_and_print(session, context.json, &json!({ "file": output }), [output.display().to_string()])?;
    Ok(Outcome::Done)
}

pub fn reports(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (session, round) = context.read(dir)?;
    let reports = session.reports(round)?;
    let lines = reports.iter().map(|r| {
        let at = r.exported_at.with_timezone(session.env.local().offset()).format("%Y-%m-%d %H:%M");
        format!("R-{:02}  {at}  {} {}  {}  {}", r.number, r.layout, r.lang, r.file_name, r.root)
    });
    print(context.json, &reports, lines)?;
    Ok(Outcome::Done)
}

pub fn differs(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let differs = exports::differs(&mut session, round)?;
    let lines = differs.iter().map(|d| format!("{}  {} → {}", d.report, d.root, d.now));
    print(context.json, &differs, lines)?;
    Ok(if differs.is_some() { Outcome::Defects } else { Outcome::Done })
}

pub fn verify(context: &Context, wanted: &Verify) -> Result<Outcome, Failure> {
    let mut session = wanted.workspace.as_deref().map(|dir| context.read_any(dir)).transpose()?;
    let seen = exports::verify(&wanted.report, wanted.pack.as_deref(), session.as_mut())?;
    let english = context.lang == Lang::En;
    let mut lines = vec![format!("{}  {}", seen.organization, seen.title), seen.computed_root.clone()];
    let word = if english { "renamed, content as listed" } else { "已改名，内容与清单一致" };
    lines.extend(seen.renamed.iter().map(|r| format!("· {} → {}  {word}", r.listed, r.found)));
    lines.extend(
        seen.mismatches
            .iter()
            .map(|m| format!("✗ {}  {}", m.subject, if english { &m.message_en } else { &m.message })),
    );
    let pages = if english { &seen.pages.message_en } else { &seen.pages.message };
    if !seen.pages.compared {
        lines.push(format!("! {pages}"));
    } else if seen.mismatches.is_empty() {
        lines.push(format!("✓ {pages}"));
    }
    print(context.json, &seen, lines)?;
    Ok(if seen.mismatches.is_empty() { Outcome::Done } else { Outcome::Defects })
}
