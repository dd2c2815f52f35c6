//! `criteria check`, `criteria init`, `criteria schema`, `criteria update`, `criteria compare`.

mod update;

use super::Context;
use crate::args::Criteria;
use crate::output::{Failure, Outcome, print};
use app::criteria::Part;
use app::exports;
use domain::pack::{PackError, Problem};
use domain::{CriteriaPack, Lang};
use serde::Serialize;

#[derive(Serialize)]
struct Checked<'a> {
    standard: &'a str,
    version: &'a str,
    sha256: &'a str,
    domains: usize,
    sections: usize,
    items: usize,
    key_items: usize,
    /// Hours of one person.
    hours: usize,
    problems: &'a [Problem],
}

pub fn run(context: &Context, command: &Criteria) -> Result<Outcome, Failure> {
    match command {
        Criteria::Check { path, file } => match app::criteria::load(path.as_deref().or(file.as_deref())) {
            Ok((pack, _)) => {
                print(context.json, &checked(&pack), lines(&pack, context.lang))?;
                Ok(Outcome::Done)
            }
            Err(error) => refused(context, error),
        },
        Criteria::Init { output, short, items, domains, overwrite } => {
            let pack = app::criteria::part(&Part { short: *short, items: items.clone(), domains: domains.clone() })?;
            let pack = exports::criteria_file(output, &pack, *overwrite)?;
            print(context.json, &checked(&pack), lines(&pack, context.lang))?;
            Ok(Outcome::Done)
        }
        Criteria::Convert { file, output, overwrite } => match app::criteria::load(Some(file)) {
            Ok((pack, _)) => {
                let pack = exports::criteria_file(output, &pack, *overwrite)?;
                print(context.json, &checked(&pack), lines(&pack, context.lang))?;
                Ok(Outcome::Done)
            }
            Err(error) => refused(context, error),
        },
        Criteria::Schema => {
            print(true, &domain::pack::json_schema(), [])?;
            Ok(Outcome::Done)
        }
        Criteria::Update { dir, to, dry_run: true } => update::preview(context, dir, to.as_deref()),
        Criteria::Update { dir, to, dry_run: false } => update::update(context, dir, to.as_deref()),
        Criteria::Compare { dir, code, to } => update::compare(context, dir, code, to.as_deref()),
    }
}

/// Lists everything that is wrong with a criteria file.
fn refused(context: &Context, error: app::Error) -> Result<Outcome, Failure> {
    let app::Error::Pack(PackError::Content(problems)) = error else { return Err(error.into()) };
    let seen = serde_json::json!({
        "standard": "", "version": "", "sha256": "",
        "domains": 0, "sections": 0, "items": 0, "key_items": 0, "hours": 0, "problems": problems,
    });
    if !context.json {
        let line = |p: &Problem| match context.lang {
            Lang::Zh => p.to_string(),
            Lang::En => p.english(),
        };
        print(false, &(), problems.iter().map(line))?;
    }
    Err(Failure::Criteria(Box::new(app::Error::Pack(PackError::Content(problems))), seen))
}

fn checked(pack: &CriteriaPack) -> Checked<'_> {
    Checked {
        standard: &pack.pack.standard,
        version: &pack.pack.version,
        sha256: &pack.sha256,
        domains: pack.domains.len(),
        sections: pack.sections.len(),
        items: pack.items.len(),
        key_items: pack.items.iter().filter(|i| i.key).count(),
        hours: pack.effort_hours(),
        problems: &[],
    }
}

fn lines(pack: &CriteriaPack, lang: Lang) -> Vec<String> {
    let Checked { standard, version, sha256, domains, sections, items, key_items, hours, .. } = checked(pack);
    match lang {
        Lang::Zh => vec![
            format!("{standard} 评审准则 {version}  SHA-256 {sha256}"),
            format!(
                "评审类别 {domains}  主题 {sections}  评审条目 {items}  关键条目 {key_items}  约 {hours} 小时  问题 0"
            ),
            pack.pack.notice.clone(),
        ],
        Lang::En => vec![
            format!("criteria for {standard}, {version}  SHA-256 {sha256}"),
            format!(
                "domains {domains}  sections {sections}  items {items}  key items {key_items}  about {hours} hours  problems 0"
            ),
            pack.pack.notice_en.clone(),
        ],
    }
}
