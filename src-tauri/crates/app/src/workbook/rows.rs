//! What rows look like with the values of a workbook in them: by the rules of the verbs that edit them one by one.

use super::Before;
use crate::answers::{AnswerPatch, patched};
use crate::days::day;
use crate::evidence::{EvidenceDraft, described};
use crate::fields::{line, not_empty, required_line, text};
use crate::requests::{held, take, worth};
use crate::tasks::check_verifier;
use crate::{Env, Error, Result};
use domain::{Answer, CriteriaPack, Evidence, Finding, Grade, Link, Snapshot, Task, TaskState, Words};
use exchange::workbook::{Difference, Field, Table, values};
use std::collections::BTreeMap;
use store::Edit;

/// A cell that a row cannot take, and what was expected.
type Bad = (String, Words);

/// The rows as they would be written. Cells that they cannot take are answered with and are in none of them.
pub(super) fn edits(env: &Env, before: &Before<'_>, taken: &[&Difference]) -> Result<(Vec<Edit>, Vec<Bad>)> {
    let Before { pack, snapshot, papers } = *before;
    let mut by_row: BTreeMap<(Table, &str), Vec<&Difference>> = BTreeMap::new();
    for difference in taken {
        by_row.entry((difference.table, &difference.key)).or_default().push(difference);
    }
    let (mut edits, mut bad) = (Vec::new(), Vec::new());
    for ((table, key), cells) in by_row {
        let row = Cells { cells };
        match table {
            Table::Items => edits.extend(row.item(env, pack, snapshot, key, &mut bad)?),
            Table::Evidence => {
                let held = snapshot.evidence.iter().find(|e| e.label() == key);
                edits.extend(held.map(|held| row.evidence(held, &mut bad)).transpose()?.map(Edit::Evidence));
            }
            Table::Findings => {
                let held = snapshot.findings.iter().find(|f| f.label() == key);
                edits.extend(held.map(|held| row.finding(pack, held, &mut bad)).transpose()?.map(Edit::Finding));
            }
            Table::Tasks => {
                let held = snapshot.tasks.iter().find(|t| t.label() == key);
                edits.extend(held.map(|held| row.task(held, &mut bad)).transpose()?.map(Edit::Task));
            }
            Table::Papers => {
                let mut held = held(papers, snapshot.assessment.id, key);
                row.set(&mut bad, |field, value| take(&mut held, env, field, value))?;
                edits.extend(worth(papers, held));
            }
        }
    }
    Ok((edits, bad))
}

/// The cells of one row.
struct Cells<'a> {
    cells: Vec<&'a Difference>,
}

impl Cells<'_> {
    fn value(&self, field: Field) -> Option<&str> {
        self.cells.iter().find(|cell| cell.field == field).map(|cell| cell.theirs.as_str())
    }

    /// Refuses a cell that was emptied.
    fn is_set(&self, field: Field) -> Result<()> {
        self.value(field).map_or(Ok(()), |value| not_empty("工作簿", value.to_owned()).map(|_| ()))
    }

    /// Sets each cell; one that is refused stays out.
    fn set(&self, bad: &mut Vec<Bad>, mut set: impl FnMut(Field, &str) -> Result<()>) -> Result<()> {
        for cell in &self.cells {
            refused(set(cell.field, &cell.theirs), &cell.cell, bad)?;
        }
        Ok(())
    }

    /// Blames the first of these fields that is among the cells.
    fn blame<T>(&self, outcome: Result<T>, fields: &[Field], bad: &mut Vec<Bad>) -> Result<Option<T>> {
        let at = fields.iter().find_map(|field| self.cells.iter().find(|cell| cell.field == *field));
        match at {
            Some(cell) => refused(outcome, &cell.cell, bad),
            None => outcome.map(Some),
        }
    }

    fn item(
        &self,
        env: &Env,
        pack: &CriteriaPack,
        snapshot: &Snapshot,
        code: &str,
        bad: &mut Vec<Bad>,
    ) -> Result<Vec<Edit>> {
        let Some(item) = pack.item(code) else { return Ok(Vec::new()) };
        let round = snapshot.assessment.id;
        let mut patch = AnswerPatch::default();
        self.set(bad, |field, value| {
            match field {
                Field::Note => patch.note = Some(text("评估记录", value)?),
                Field::Reason => patch.reason = Some(text("不适用理由", value)?),
                Field::Verdict => {
                    patch.verdict = values::verdict_of(value);
                    patch.clear = patch.verdict.is_none();
                }
                _ => {}
            }
            Ok(())
        })?;
        let mut edits = Vec::new();
        if patch != AnswerPatch::default() {
            let held = snapshot.answer(code).cloned().unwrap_or_else(|| Answer::blank(round, code));
            let answer = patched(env, item, held, &patch);
            edits.extend(self.blame(answer, &[Field::Verdict, Field::Reason], bad)?.map(Edit::Answer));
        }
        if let Some(numbers) = self.value(Field::Evidence) {
            let wanted = values::numbers(numbers).unwrap_or_default();
            let linked: Vec<_> = snapshot.evidence_of(code);
            let gone = linked.iter().filter(|(e, _)| !wanted.contains(&e.number));
            edits.extend(gone.map(|(_, link)| Edit::Link(Link { withdrawn: true, ..(*link).clone() })));
            let is_new =
                |e: &&Evidence| wanted.contains(&e.number) && !linked.iter().any(|(known, _)| known.id == e.id);
            edits.extend(snapshot.evidence.iter().filter(is_new).map(|e| {
                let (item, locator) = (code.to_owned(), String::new());
                Edit::Link(Link { evidence: e.id, assessment: round, item, locator, withdrawn: false })
            }));
        }
        Ok(edits)
    }

    fn evidence(&self, held: &Evidence, bad: &mut Vec<Bad>) -> Result<Evidence> {
        let mut draft = EvidenceDraft::of(held);
        self.set(bad, |field, value| {
            match field {
                Field::Title => draft.title = required_line("证据标题", value)?,
                Field::Location => draft.location = line("位置", value)?,
                Field::Text => draft.text = text("证据说明", value)?,
                Field::Effective => draft.effective = day("有效期", values::day(value), held.effective)?,
                Field::Expires => draft.expires = day("有效期", values::day(value), held.expires)?,
                _ => {}
            }
            Ok(())
        })?;
        let row = described(held.clone(), &draft);
        Ok(self.blame(row, &[Field::Expires, Field::Effective], bad)?.unwrap_or_else(|| held.clone()))
    }

    fn finding(&self, pack: &CriteriaPack, held: &Finding, bad: &mut Vec<Bad>) -> Result<Finding> {
        let mut row = held.clone();
        self.set(bad, |field, value| {
            match field {
                Field::Grade => row.grade = Grade::ALL.into_iter().find(|g| g.key() == value).unwrap_or(row.grade),
                Field::Fact => row.fact = not_empty("事实描述", text("事实描述", value)?)?,
                Field::Criterion => {
                    let own = || pack.item(&held.item).map(|item| item.requirement.clone());
                    let criterion = text("判定依据", value)?;
                    row.criterion = if criterion.is_empty() { own().unwrap_or_default() } else { criterion };
                }
                Field::Cause => row.cause = text("原因分析", value)?,
                Field::Department => row.department = line("责任部门", value)?,
                _ => {}
            }
            Ok(())
        })?;
        // A grade has to be one: an emptied cell says none.
        self.blame(self.is_set(Field::Grade), &[Field::Grade], bad)?;
        Ok(row)
    }

    fn task(&self, held: &Task, bad: &mut Vec<Bad>) -> Result<Task> {
        let mut row = held.clone();
        self.set(bad, |field, value| {
            match field {
                Field::Kind => row.kind = named(value).unwrap_or(row.kind),
                Field::Priority => row.priority = named(value).unwrap_or(row.priority),
                Field::Action => row.title = required_line("整改措施", value)?,
                Field::Detail => row.detail = text("措施说明", value)?,
                Field::Owner => row.owner = line("责任人", value)?,
                Field::Due => {
                    row.due = day("完成期限", values::day(value), held.due)?;
                    row.agreed_due = row.agreed_due.or(row.due);
                }
                Field::Result if held.state == TaskState::Closed => {
                    let expected = (
                        "任务已关闭，整改结果不再改动；如需修改请先重新打开",
                        "the task is closed and its result stays; reopen it first to change it",
                    );
                    return Err(Error::Field { field: "整改结果", expected: expected.into() });
                }
                Field::Result => row.result = text("整改结果", value)?,
                _ => {}
            }
            Ok(())
        })?;
        for field in [Field::Kind, Field::Priority] {
            self.blame(self.is_set(field), &[field], bad)?;
        }
        if row.state == TaskState::Closed {
            self.blame(check_verifier(&row), &[Field::Owner], bad)?;
        }
        Ok(row)
    }
}

/// What came of a cell: a refusal of what it holds is put down beside it.
fn refused<T>(outcome: Result<T>, cell: &str, bad: &mut Vec<Bad>) -> Result<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(Error::Field { expected, .. }) => {
            bad.push((cell.to_owned(), expected));
            Ok(None)
        }
        Err(Error::ReasonMissing(_)) => {
            bad.push((cell.to_owned(), ("不适用须写明理由", "not applicable needs a reason").into()));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The value with this stable name.
fn named<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_value(key.into()).ok()
}
