//! The request list (迎审资料清单): who hands in what by when, who keeps the papers of which section, and what has been handed in.

use crate::criteria::built_in;
use crate::days::day;
use crate::fields::{hinted, line, text};
use crate::view::Update;
use crate::{Env, Error, Result, Session};
use domain::pack::Department;
use domain::{Action, CriteriaPack, Date, Id, Keeper, Paper, Request, Snapshot, request};
use exchange::workbook::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Edit;

/// What is asked for in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RequestList {
    /// The papers, those of a department together.
    pub papers: Vec<Request>,
    /// Who keeps the papers of each section, in the order of the criteria.
    pub keepers: Vec<Keeping>,
    /// Departments to choose from.
    pub departments: Vec<Department>,
}

/// Who keeps the papers of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Keeping {
    /// Section code.
    pub section: String,
    /// The department; empty where nobody was named.
    pub department: String,
    /// The same in English, where the criteria know it.
    pub department_en: String,
    /// The person; may be empty.
    pub owner: String,
    /// Until when.
    pub due: Option<Date>,
    /// Whether somebody said so; the criteria propose it otherwise.
    pub said: bool,
}

/// What is to be said of who keeps papers. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct KeeperPatch {
    /// The department, by its name in either language or any other.
    pub department: Option<String>,
    /// The person.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<Date>,
    /// No day any more.
    pub no_due: bool,
    /// As the criteria propose, before anything else.
    pub reset: bool,
}

/// What is to be noted of papers. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct PaperPatch {
    /// Whether they were handed in.
    pub handed_in: Option<bool>,
    /// On which day; today otherwise.
    pub on: Option<Date>,
    /// A remark.
    pub note: Option<String>,
}

/// What is asked for.
///
/// # Errors
/// When the round cannot be read.
pub fn list(session: &mut Session, round: Id) -> Result<RequestList> {
    let (pack, snapshot) = session.snapshot(round)?;
    let pack = with_departments(pack)?;
    let papers = requests(session, &pack, &snapshot)?;
    let said = session.workspace.keepers(round)?;
    let keeping = |section: &domain::pack::Section| {
        let own = said.iter().find(|k| k.section == section.code);
        let keeper = request::keeper(&pack, own, &section.code);
        let department_en = request::english(&pack, &keeper.department).to_owned();
        let Keeper { section, department, owner, due, .. } = keeper;
        Keeping { section, department, department_en, owner, due, said: own.is_some() }
    };
    Ok(RequestList {
        papers,
        keepers: pack.sections.iter().map(keeping).collect(),
        departments: pack.departments.clone(),
    })
}

/// What is asked for in a round that was read.
pub(crate) fn requests(session: &Session, pack: &CriteriaPack, snapshot: &Snapshot) -> Result<Vec<Request>> {
    let (workspace, round) = (&session.workspace, snapshot.assessment.id);
    Ok(request::requests(pack, snapshot, &workspace.keepers(round)?, &workspace.papers(round)?))
}

/// Criteria from before there were departments take them from those of today, where the sections are the same.
pub(crate) fn with_departments(pack: Arc<CriteriaPack>) -> Result<Arc<CriteriaPack>> {
    let today = built_in()?;
    if !pack.departments.is_empty() || pack.pack.id != today.pack.id {
        return Ok(pack);
    }
    let mut pack = CriteriaPack::clone(&pack);
    pack.departments.clone_from(&today.departments);
    for section in &mut pack.sections {
        section.department = today.section(&section.code).map(|s| s.department.clone()).unwrap_or_default();
    }
    Ok(Arc::new(pack))
}

/// Says who keeps the papers of sections; a domain stands for all of its sections.
///
/// # Errors
/// When there is no such section or a field is refused.
pub fn assign(session: &mut Session, round: Id, sections: &[String], patch: &KeeperPatch) -> Result<Update> {
    let (pack, _) = session.snapshot(round)?;
    let pack = with_departments(pack)?;
    let department = patch.department.as_deref().map(|name| known(&pack, name)).transpose()?;
    let owner = patch.owner.as_deref().map(|name| line("责任人", name)).transpose()?;
    let said = session.workspace.keepers(round)?;
    let mut edits = Vec::new();
    for section in named(&pack, sections)? {
        let own = said.iter().find(|k| k.section == section);
        let mut keeper = request::keeper(&pack, own.filter(|_| !patch.reset), section);
        let proposed = request::keeper(&pack, None, section);
        keeper.department = department.clone().unwrap_or(keeper.department);
        keeper.owner = owner.clone().unwrap_or(keeper.owner);
        let due = if patch.no_due { None } else { patch.due.or(keeper.due) };
        keeper.due = day("提交期限", due, keeper.due)?;
        // What the criteria propose anyhow needs no row, unless there is one.
        let is_proposed = Keeper { assessment: proposed.assessment, ..keeper.clone() } == proposed;
        keeper.withdrawn = patch.reset && is_proposed;
        keeper.assessment = round;
        if own.is_some() || !is_proposed {
            edits.push(Edit::Keeper(keeper));
        }
    }
    Ok(hinted(session.commit(round, Action::AssignKeeper, &edits)?, patch))
}

/// Notes that papers were handed in, or not, or a remark on them.
///
/// # Errors
/// When there is no such paper or a field is refused.
pub fn hand_in(session: &mut Session, round: Id, papers: &[String], patch: &PaperPatch) -> Result<Update> {
    let (pack, _) = session.snapshot(round)?;
    let pack = with_departments(pack)?;
    let note = patch.note.as_deref().map(|note| text("备注", note)).transpose()?;
    let noted = session.workspace.papers(round)?;
    let today = session.env.today();
    let mut edits = Vec::new();
    for paper in papers {
        let paper = paper.trim().to_uppercase();
        if !request::is_known(&pack, &paper) {
            return Err(Error::Unknown { what: "资料", key: paper });
        }
        let mut row = held(&noted, round, &paper);
        row.handed_in = match (patch.handed_in, patch.on) {
            (Some(false), _) => None,
            (_, Some(on)) => day("提交日期", Some(on), row.handed_in)?,
            (Some(true), None) => row.handed_in.or(Some(today)),
            (None, None) => row.handed_in,
        };
        row.note = note.clone().unwrap_or(row.note);
        edits.extend(worth(&noted, row));
    }
    Ok(hinted(session.commit(round, Action::HandIn, &edits)?, patch))
}

/// What is noted of a paper, or nothing yet.
pub(crate) fn held(noted: &[Paper], round: Id, paper: &str) -> Paper {
    noted.iter().find(|p| p.paper == paper).cloned().unwrap_or_else(|| Paper {
        assessment: round,
        paper: paper.to_owned(),
        handed_in: None,
        note: String::new(),
        withdrawn: false,
    })
}

/// Notes what a cell of a workbook says.
pub(crate) fn take(row: &mut Paper, env: &Env, field: Field, value: &str) -> Result<()> {
    match field {
        Field::HandedIn if value.is_empty() => row.handed_in = None,
        // A tick says no day: it is that on which we learn of it.
        Field::HandedIn => row.handed_in = row.handed_in.or(Some(env.today())),
        Field::Note => row.note = text("备注", value)?,
        _ => {}
    }
    Ok(())
}

/// Nothing to note needs no row, unless there is one.
pub(crate) fn worth(noted: &[Paper], row: Paper) -> Option<Edit> {
    let says = row.handed_in.is_some() || !row.note.is_empty();
    (says || noted.iter().any(|p| p.paper == row.paper)).then_some(Edit::Paper(row))
}

/// The keepers of the newest round as those of the one that begins: they are named once.
pub(crate) fn taken_over(session: &Session, pack: &CriteriaPack, round: Id) -> Result<Vec<Edit>> {
    let Some(before) = session.rounds()?.into_iter().next() else { return Ok(Vec::new()) };
    let keepers = session.workspace.keepers(before.id)?.into_iter();
    let known = keepers.filter(|keeper| pack.section(&keeper.section).is_some());
    // By then the day has passed.
    Ok(known.map(|keeper| Edit::Keeper(Keeper { assessment: round, due: None, ..keeper })).collect())
}

/// What was noted of papers, under the numbers that other criteria give them; of what these ask for no more, nothing.
pub(crate) fn renumbered(noted: &[Paper], from: &CriteriaPack, to: &CriteriaPack) -> Vec<Edit> {
    let numbers = request::renumbered(from, to);
    let kept: BTreeMap<&String, &Paper> =
        noted.iter().filter_map(|paper| Some((numbers.get(&paper.paper)?, paper))).collect();
    let gone = noted.iter().filter(|paper| !kept.contains_key(&paper.paper));
    let gone = gone.map(|paper| Paper { withdrawn: true, ..paper.clone() });
    let moved = kept.iter().filter(|(number, paper)| ***number != paper.paper);
    let moved = moved.map(|(number, paper)| Paper { paper: (*number).clone(), ..(*paper).clone() });
    gone.chain(moved).map(Edit::Paper).collect()
}

/// A department by the name that is recorded.
pub(crate) fn known(pack: &CriteriaPack, name: &str) -> Result<String> {
    let name = line("部门", name)?;
    let is = |d: &&Department| d.title == name || d.title_en.eq_ignore_ascii_case(&name);
    Ok(pack.departments.iter().find(is).map_or(name, |d| d.title.clone()))
}

fn named<'a>(pack: &'a CriteriaPack, codes: &[String]) -> Result<Vec<&'a str>> {
    let mut found = Vec::new();
    for code in codes {
        let code = code.trim().to_uppercase();
        let of: Vec<&str> =
            pack.sections.iter().filter(|s| s.code == code || s.domain == code).map(|s| s.code.as_str()).collect();
        if of.is_empty() {
            return Err(Error::Unknown { what: "主题", key: code });
        }
        found.extend(of);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
