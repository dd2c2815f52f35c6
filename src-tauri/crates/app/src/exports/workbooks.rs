//! The checklist as a workbook that comes back.

use super::place::{Over, Placed};
use crate::fields::line;
use crate::files::has_extension;
use crate::requests::{requests, with_departments};
use crate::{Error, Result, Session};
use domain::{CriteriaPack, Id, Lang, Snapshot};
use exchange::workbook::{Origin, Wanted};
use report::Form;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// What a workbook is to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct WorkbookOptions {
    /// Only this domain, by its code.
    pub domain: Option<String>,
    /// The form to be filled in from nothing: no verdict, no note.
    pub blank: bool,
    /// Who is to fill it in; printed on its first sheet, and proposed as the sender when it comes back.
    pub recipient: String,
}

/// Writes the checklist as a workbook; the blank form as a PDF where the file is called so. No list is kept of workbooks: what lies at `path` is replaced only when the user was asked.
///
/// # Errors
/// When there is no such domain, when the file cannot be written or another one lies there.
pub fn workbook(
    session: &mut Session,
    round: Id,
    path: &Path,
    options: &WorkbookOptions,
    lang: Lang,
    overwrite: bool,
) -> Result<()> {
    let over = Over::unlisted(overwrite);
    over.check(path)?;
    let (pack, snapshot) = session.snapshot(round)?;
    let domain = options.domain.as_deref().map(|code| known_domain(&pack, code)).transpose()?;
    let wanted = Wanted { lang, domain, blank: options.blank, ..Wanted::default() };
    let origin = origin(session, &snapshot, &options.recipient)?;
    let bytes = if has_extension(path, "pdf") {
        if !options.blank {
            let expected = (
                "PDF 只用于空白的内审检查表；填写的核查表应为 .xlsx",
                "only the blank form is a PDF; a checklist that is filled in is .xlsx",
            );
            return Err(Error::Field { field: "保存位置", expected: expected.into() });
        }
        let round = &snapshot.assessment;
        let (organization, title, recipient) = (&round.organization, &round.title, &origin.recipient);
        report::audit_form(&pack, &Form { lang, organization, title, domain, recipient }, origin.made_at)?
    } else {
        let pack = with_departments(Arc::clone(&pack))?;
        let requests = requests(session, &pack, &snapshot)?;
        exchange::workbook::write(&pack, &snapshot, &requests, &origin, &wanted)?
    };
    Placed::file(path, &bytes, &over)?.keep();
    Ok(())
}

fn known_domain<'a>(pack: &'a CriteriaPack, code: &str) -> Result<&'a str> {
    let found = pack.domains.iter().find(|domain| domain.code.eq_ignore_ascii_case(code.trim()));
    found
        .map(|domain| domain.code.as_str())
        .ok_or_else(|| Error::Unknown { what: "评审类别", key: code.to_owned() })
}

pub(super) fn origin(session: &Session, snapshot: &Snapshot, recipient: &str) -> Result<Origin> {
    Ok(Origin {
        workspace: session.workspace.id().unwrap_or_default(),
        assessment: snapshot.assessment.id,
        root: snapshot.root(),
        pack_sha256: snapshot.pack.sha256.clone(),
        recipient: line("填写人", recipient)?,
        made_at: session.env.local(),
    })
}
