//! `items`, `score`, `gate`, `snapshot`.

use super::Context;
use crate::args::{Items, Wanted};
use crate::output::{Failure, Outcome, print};
use app::view::Figures;
use domain::scoring::percent;
use domain::search::{Hit, Search};
use domain::{CriteriaPack, Finding, Lang, Snapshot, Tally, Task, Verdict, terms};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Serialize)]
struct ItemRow<'a> {
    code: &'a str,
    domain: &'a str,
    section: &'a str,
    title: &'a str,
    requirement: &'a str,
    key: bool,
    verdict: Option<Verdict>,
    note: &'a str,
    reason: &'a str,
    evidence: Vec<String>,
    findings: Vec<String>,
    tasks: Vec<String>,
}

pub fn items(context: &Context, wanted: &Items) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(&wanted.dir)?;
    let (pack, snapshot) = session.snapshot(round)?;
    if let Some(code) = &wanted.domain
        && pack.domain(code).is_none()
    {
        return Err(app::Error::Unknown { what: "评审类别", key: code.clone() }.into());
    }
    let english = context.lang == Lang::En;
    let evidence = snapshot.evidence_by_item();
    let search = wanted.search.as_deref().map(Search::new);
    let rows = pack
        .items
        .iter()
        .filter(|i| wanted.domain.as_deref().is_none_or(|d| i.domain() == d))
        .filter(|i| wanted.verdict.is_none_or(|Wanted(v)| snapshot.verdict(&i.code) == v))
        .map(|i| ItemRow {
            code: &i.code,
            domain: i.domain(),
            section: i.section(),
            title: if english { &i.title_en } else { &i.title },
            requirement: if english { &i.requirement_en } else { &i.requirement },
            key: i.key,
            verdict: snapshot.verdict(&i.code),
            note: snapshot.answer(&i.code).map(|a| a.note.as_str()).unwrap_or_default(),
            reason: snapshot.answer(&i.code).map(|a| a.reason.as_str()).unwrap_or_default(),
            evidence: evidence.get(i.code.as_str()).into_iter().flatten().map(|(e, _)| e.label()).collect(),
            findings: snapshot.findings_of(&i.code).map(Finding::label).collect(),
            tasks: snapshot.tasks_of(&i.code).map(Task::label).collect(),
        });
    let mut hits: Vec<(Hit, ItemRow<'_>)> = rows
        .filter_map(|row| Some((search.as_ref().map_or(Some(Hit::Exact), |search| hit(&row, &snapshot, search))?, row)))
        .collect();
    // What was typed comes before what is only taken for the same; beside that the order stays.
    hits.sort_by_key(|(hit, _)| *hit);
    let rows: Vec<_> = hits.into_iter().map(|(_, row)| row).collect();
    let lines = rows.iter().map(|r| {
        let marks = [r.evidence.join(" "), r.findings.join(" "), r.tasks.join(" ")];
        let verdict = terms::verdict(r.verdict).say(context.lang);
        format!("{}  {verdict}  {}  {}", r.code, r.title, marks.join(" ")).trim_end().to_owned()
    });
    print(context.json, &rows, lines.collect::<Vec<_>>())?;
    Ok(Outcome::Done)
}

/// Whether the item, or what is recorded about it, holds every word.
fn hit(row: &ItemRow<'_>, snapshot: &Snapshot, search: &Search) -> Option<Hit> {
    let mut texts = vec![row.code, row.title, row.requirement, row.note, row.reason];
    let evidence = snapshot.evidence_of(row.code);
    texts.extend(evidence.iter().flat_map(|(e, link)| [&*e.title, &*e.text, &*e.file_name, &*link.locator]));
    texts.extend(snapshot.findings_of(row.code).flat_map(|f| [&*f.fact, &*f.cause]));
    texts.extend(snapshot.tasks_of(row.code).flat_map(|t| [&*t.title, &*t.detail]));
    search.hit(&texts)
}

pub fn score(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let (pack, snapshot) = session.snapshot(round)?;
    let figures = session.figures(&pack, &snapshot)?;
    let value = score_value(&pack, &figures);
    print(context.json, &value, score_lines(&pack, &figures, context.lang))?;
    Ok(Outcome::Done)
}

/// The rate is also the lower bound: what is open counts as nothing in it. Both names are there, so that a script can say which it
/// means.
fn score_value(pack: &CriteriaPack, figures: &Figures) -> Value {
    let (score, readiness) = (&figures.score, &figures.readiness);
    let level = pack.profile(&score.profile).level(readiness.level);
    let domains = score.domains.iter().map(|d| {
        let sections = d.sections.iter().map(|s| {
            json!({
                "code": s.code, "rate": s.rate.map(number), "upper": s.upper.map(number), "counts": counts(&s.tally),
            })
        });
        json!({
            "code": d.code,
            "title": pack.domain(&d.code).map(|x| x.title.clone()),
            "rate": d.rate.map(number), "lower": d.rate.map(number), "upper": d.upper.map(number),
            "counts": counts(&d.tally),
            "sections": sections.collect::<Vec<_>>(),
        })
    });
    json!({
        "rate": score.rate.map(number), "lower": score.rate.map(number), "upper": score.upper.map(number),
        "coverage": number(score.coverage), "profile": score.profile, "band": readiness.band,
        "counts": counts(&score.overall), "domains": domains.collect::<Vec<_>>(),
        "readiness": { "level": readiness.level, "label": level.map(|l| l.label.clone()), "rules": readiness.rules },
    })
}

/// The outcome first, then the rules it follows from, then one line for each domain.
fn score_lines(pack: &CriteriaPack, figures: &Figures, lang: Lang) -> Vec<String> {
    let words = |zh: &str, en: &str| if lang == Lang::En { en.to_owned() } else { zh.to_owned() };
    let shown = |rate: Option<u32>| rate.map_or_else(|| "—".to_owned(), |r| format!("{}%", percent(r)));
    let (score, readiness) = (&figures.score, &figures.readiness);
    let profile = pack.profile(&score.profile);
    let title = words(&profile.title, &profile.title_en);
    let level = profile.level(readiness.level).map(|l| words(&l.label, &l.label_en));
    let mut lines = vec![format!("{title}  {} – {}", shown(score.rate), shown(score.upper)), level.unwrap_or_default()];
    lines.extend(readiness.rules.iter().map(|r| {
        let mark = if r.holds { "✓" } else { "✗" };
        // A rule may be broken by half of the items; the first few tell which kind, the gate lists them all.
        let because: Vec<_> = r.because.iter().take(8).map(String::as_str).collect();
        format!("  {mark} {}  {}", words(&r.text, &r.text_en), because.join(" "))
    }));
    lines.extend(score.domains.iter().map(|d| {
        let t = &d.tally;
        let title = pack.domain(&d.code).map(|x| words(&x.title, &x.title_en)).unwrap_or_default();
        let tally = [t.conform, t.partial, t.nonconform, t.na, t.unassessed].map(|n| n.to_string()).join("/");
        format!("  {}  {:>7}  {tally}  {title}", d.code, shown(d.rate))
    }));
    lines
}

fn counts(tally: &Tally) -> Value {
    json!({
        "items": tally.items, "applicable": tally.applicable(), "assessed": tally.assessed(),
        "conform": tally.conform, "partial": tally.partial, "nonconform": tally.nonconform,
        "na": tally.na, "unassessed": tally.unassessed,
    })
}

/// Hundredths of a percent as a JSON number with two places: the decimal text parsed, not a division.
pub fn number(hundredths: u32) -> Value {
    percent(hundredths).parse::<f64>().map_or(Value::Null, Value::from)
}

pub fn gate(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    // Asked for on the command line, the gate looks at the content of every file, not only at its size.
    app::evidence::read_files(&mut session, round, &mut |_, _| std::ops::ControlFlow::Continue(()))?;
    let (pack, snapshot) = session.snapshot(round)?;
    let defects = &session.figures(&pack, &snapshot)?.defects;
    let english = context.lang == Lang::En;
    let lines = defects.iter().map(|d| {
        let (message, remedy) = if english { (&d.message_en, &d.remedy_en) } else { (&d.message, &d.remedy) };
        format!("{}  {message} → {remedy}", d.item)
    });
    print(context.json, &json!({ "defects": defects }), lines.collect::<Vec<_>>())?;
    Ok(if defects.is_empty() { Outcome::Done } else { Outcome::Defects })
}

pub fn snapshot(context: &Context, dir: &Path) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let (_, snapshot) = session.snapshot(round)?;
    let root = snapshot.root();
    print(context.json, &json!({ "root": root, "snapshot": snapshot }), [root.clone()])?;
    Ok(Outcome::Done)
}
