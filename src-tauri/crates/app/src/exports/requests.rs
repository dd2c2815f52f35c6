//! The request list as a workbook that comes back, or for Word.

use super::place::{Over, Placed};
use super::workbooks::origin;
use crate::files::has_extension;
use crate::requests::{known, requests, with_departments};
use crate::{Error, Result, Session};
use ::report::word::{self, Asked};
use domain::{Id, Lang};
use exchange::workbook::Wanted;
use std::path::Path;

/// Writes who hands in what by when, of one department or of all. The name of the file says whether it is a workbook (`.xlsx`), whose
/// ticks come back, or for Word (`.docx`). No list is kept of them: what lies at `path` is replaced only when the user was asked.
///
/// # Errors
/// When the name ends otherwise, when the department has nothing to hand in, when the file cannot be written or another one lies there.
pub fn request_list(
    session: &mut Session,
    round: Id,
    path: &Path,
    department: Option<&str>,
    lang: Lang,
    overwrite: bool,
) -> Result<()> {
    let is_workbook = has_extension(path, "xlsx");
    if !is_workbook && !has_extension(path, "docx") {
        let expected = ("文件名应以 .xlsx 或 .docx 结尾", "the name of the file ends in .xlsx or .docx").into();
        return Err(Error::Field { field: "保存位置", expected });
    }
    let over = Over::unlisted(overwrite);
    over.check(path)?;
    let (pack, snapshot) = session.snapshot(round)?;
    let pack = with_departments(pack)?;
    let mut papers = requests(session, &pack, &snapshot)?;
    let department = department.map(|name| known(&pack, name)).transpose()?;
    if let Some(department) = &department {
        papers.retain(|paper| paper.department == *department);
        if papers.is_empty() {
            return Err(Error::Unknown { what: "要提交资料的部门", key: department.clone() });
        }
    }
    let recipient = papers.first().filter(|_| department.is_some()).map_or("", |paper| paper.department(lang));
    let origin = origin(session, &snapshot, recipient)?;
    let bytes = if is_workbook {
        let wanted = Wanted { lang, requests: true, ..Wanted::default() };
        exchange::workbook::write(&pack, &snapshot, &papers, &origin, &wanted)?
    } else {
        let author = session.env.actor.as_str();
        let asked = Asked { requests: &papers, lang, today: session.env.today(), root: &origin.root, author };
        word::request_list(&pack, &snapshot, &asked)?
    };
    Placed::file(path, &bytes, &over)?.keep();
    Ok(())
}
