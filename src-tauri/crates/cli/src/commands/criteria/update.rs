//! `criteria update`, `criteria compare`: other criteria for an assessment under way.

use super::super::Context;
use super::super::changed::warn;
use crate::output::{Failure, Outcome, print, remark};
use app::criteria::{self, ItemComparison, UpdatePlan};
use domain::pack::PieceKind;
use domain::scoring::percent;
use domain::{Lang, terms};
use serde_json::{Value, json};
use std::path::Path;

pub fn preview(context: &Context, dir: &Path, to: Option<&Path>) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let (pack, _) = session.criteria_for(round, to)?;
    let plan = criteria::preview(&mut session, round, &pack)?;
    remark_same(context, &plan);
    print(context.json, &value(&plan), lines(&plan, context.lang))?;
    session.close()?;
    Ok(Outcome::Done)
}

pub fn update(context: &Context, dir: &Path, to: Option<&Path>) -> Result<Outcome, Failure> {
    let (mut session, round) = context.open(dir)?;
    let (pack, text) = session.criteria_for(round, to)?;
    let done = criteria::update(&mut session, round, &pack, &text)?;
    remark_same(context, &done.plan);
    if let Some(update) = &done.update {
        warn(context, update);
    }
    let mut answer = value(&done.plan);
    answer["batch"] = json!(done.update.as_ref().and_then(|u| u.batch));
    crate::output::close_and_print(session, context.json, &answer, lines(&done.plan, context.lang))?;
    Ok(Outcome::Done)
}

pub fn compare(context: &Context, dir: &Path, code: &str, to: Option<&Path>) -> Result<Outcome, Failure> {
    let (mut session, round) = context.read(dir)?;
    let waiting = if to.is_none() { criteria::to_confirm(&mut session, round, code, context.lang)? } else { None };
    let found = match waiting {
        Some(found) => Some(found),
        None => {
            let (pack, _) = session.criteria_for(round, to)?;
            criteria::to_change(&mut session, round, &pack, code, context.lang)?
        }
    };
    if found.is_none() {
        remark(context.lang, "条文没有变化", "the item asks what it asked");
    }
    print(context.json, &found, found.iter().flat_map(|found| compared(found, context.lang)))?;
    session.close()?;
    Ok(Outcome::Done)
}

fn remark_same(context: &Context, plan: &UpdatePlan) {
    if plan.is_same() {
        let (zh, en) = ("没有变化：本次评估已使用这份评审准则", "nothing changed: the assessment has these criteria");
        remark(context.lang, zh, en);
    }
}

/// The plan with rates as every other command writes them.
fn value(plan: &UpdatePlan) -> Value {
    let number = |rate: Option<u32>| rate.map(super::super::reading::number);
    let mut value = json!(plan);
    value["score"] = json!({ "before": number(plan.score.before), "after": number(plan.score.after) });
    value
}

fn lines(plan: &UpdatePlan, lang: Lang) -> Vec<String> {
    let words = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let title = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let rate = |rate: Option<u32>| rate.map_or_else(|| "—".to_owned(), |rate| format!("{}%", percent(rate)));
    let (from, to) = (&plan.from, &plan.to);
    let UpdatePlan { kept, to_confirm, .. } = plan;
    let (changed, new) = (plan.changed.len(), plan.new.len());
    let (withdrawn, renamed) = (plan.withdrawn.len(), plan.renamed.len());
    let mut lines = vec![
        format!(
            "{} {} ({}) → {} {} ({})",
            from.standard, from.version, from.sha256, to.standard, to.version, to.sha256
        ),
        match lang {
            Lang::Zh => format!(
                "未变 {kept}  变更 {changed}  新增 {new}  撤销 {withdrawn}  换编号 {renamed}  待重新确认 {to_confirm}"
            ),
            Lang::En => format!(
                "kept {kept}  changed {changed}  new {new}  withdrawn {withdrawn}  renamed {renamed}  to confirm {to_confirm}"
            ),
        },
        format!("{}  {} → {}", words("符合率", "Rate"), rate(plan.score.before), rate(plan.score.after)),
    ];
    for item in &plan.changed {
        let what: Vec<_> = item.what.iter().map(|part| part.term().say(lang)).collect();
        let what = what.join(words("、", ", "));
        let verdict = terms::verdict(item.verdict).say(lang);
        let title = title(&item.title, &item.title_en);
        lines.push(format!("  {}  {}  {title}  {verdict}  {what}", words("变更", "changed"), item.code));
        lines.extend(item.unticked.iter().map(|tick| format!("    {}  {tick}", words("不再勾选", "no longer ticked"))));
    }
    for item in &plan.new {
        lines.push(format!("  {}  {}  {}", words("新增", "new"), item.code, title(&item.title, &item.title_en)));
    }
    for item in &plan.withdrawn {
        let title = title(&item.title, &item.title_en);
        let verdict = terms::verdict(item.verdict).say(lang);
        let (evidence, findings, tasks) = (item.evidence, item.findings, item.tasks);
        let held = match lang {
            Lang::Zh => format!("证据 {evidence}  发现 {findings}  任务 {tasks}"),
            Lang::En => format!("evidence {evidence}  findings {findings}  tasks {tasks}"),
        };
        lines.push(format!("  {}  {}  {title}  {verdict}  {held}", words("撤销", "withdrawn"), item.code));
    }
    for item in &plan.renamed {
        let title = title(&item.title, &item.title_en);
        lines.push(format!("  {}  {} → {}  {title}", words("换编号", "renamed"), item.from, item.to));
    }
    lines
}

/// What is gone in `[-…-]`, what is new in `{+…+}`, as wdiff writes it.
fn compared(found: &ItemComparison, lang: Lang) -> Vec<String> {
    let code = if found.code == found.code_before {
        found.code.clone()
    } else {
        format!("{} → {}", found.code_before, found.code)
    };
    let mut lines = vec![format!("{code}  {} {}", found.before.standard, found.before.version)];
    for part in &found.parts {
        lines.push(format!("  {}", part.part.term().say(lang)));
        let text: String = part
            .pieces
            .iter()
            .map(|piece| match piece.kind {
                PieceKind::Same => piece.text.clone(),
                PieceKind::Gone => format!("[-{}-]", piece.text),
                PieceKind::New => format!("{{+{}+}}", piece.text),
            })
            .collect();
        lines.extend(text.lines().map(|line| format!("    {line}")));
    }
    lines
}
