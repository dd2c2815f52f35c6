//! Which number a report has: that of the very report exported before, or the next one.

use super::subject::Subject;
use super::{Export, OnProgress, label};
use crate::{Result, Session};
use domain::snapshot::sha256_hex;
use domain::{CriteriaPack, Entity, FileState, Id, ReportRecord, SignOff};
use report::{Input, Report, SectionId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything that is printed and follows neither from the snapshot nor from number and time of a report.
#[derive(Serialize)]
struct Terms<'a> {
    /// Another version of the program prints other pages.
    program: &'static str,
    layout: &'static str,
    lang: &'static str,
    /// What was asked for: an incomplete round is a draft in any case, but says why.
    asks_for_draft: bool,
    sections: Option<&'a BTreeSet<SectionId>>,
    logo_sha256: Option<String>,
    distribution: &'a [String],
    sign_offs: &'a [SignOff],
    files: &'a BTreeMap<Id, FileState>,
    last_criteria: Option<&'a str>,
    /// Decides what the clock said.
    seconds_east: i32,
}

/// Renders a report as the next number, or as the number it already has: when a report of the day over the same root was made
/// under the same terms and comes out with the same bytes, it *is* that report.
pub(super) fn issue(
    session: &Session,
    subject: &Subject,
    file_name: &str,
    wanted: &Export<'_>,
    on: OnProgress<'_>,
) -> Result<(ReportRecord, Report)> {
    let Export { options, distribution, .. } = *wanted;
    let Subject { pack, snapshot, sealed, sign_offs, roots, last_pack, archived, files } = subject;
    let (round, root) = (snapshot.assessment.id, sealed.root());
    // An incomplete round is a draft whatever was asked for.
    let draft = report::is_draft(pack, snapshot, options);
    let texts = rare_criteria(session, [Some(pack), last_pack.as_ref()])?;
    let history = session.workspace.reports(round)?;
    let offset = *session.env.local().offset();
    let day = |record: &ReportRecord| record.exported_at.with_timezone(&offset).date_naive();

    let terms = Terms {
        program: env!("CARGO_PKG_VERSION"),
        layout: options.layout.key(),
        lang: options.lang.key(),
        asks_for_draft: options.draft,
        sections: options.sections.as_ref(),
        logo_sha256: options.logo.as_deref().map(sha256_hex),
        distribution,
        sign_offs,
        files,
        last_criteria: last_pack.as_deref().map(|last| last.sha256.as_str()),
        seconds_east: offset.local_minus_utc(),
    };
    let hashes = hashes(&terms, &history);

    // A report lists the ones before it, so its history ends where it stands itself.
    let mut render = |record: &ReportRecord, earlier: &[ReportRecord]| {
        report::render(
            &Input {
                pack,
                snapshot,
                last_pack: last_pack.as_deref(),
                archived,
                sign_offs,
                files,
                today: day(record),
                generated_at: record.exported_at.with_timezone(&offset),
                number: &label(record),
                history: earlier,
                distribution,
                roots,
                texts: &texts,
            },
            sealed.clone(),
            options,
            &mut |progress| on(progress.into()),
        )
    };
    let mut of_today =
        (0..history.len()).rev().filter(|at| history[*at].root == root && day(&history[*at]) == session.env.today());
    let is_this = |at: &usize| history[*at].options_sha256 == hashes[*at];
    // Records of 0.1.0 tell no terms. The newest of them that may be this one is rendered and compared, and no other: the price of
    // a report must not rise with those before it.
    let may_be_this = |at: &usize| {
        let Terms { layout, lang, .. } = terms;
        let known = &history[*at];
        known.options_sha256.is_empty() && known.layout == layout && known.lang == lang && known.draft == draft
    };
    let known = of_today.clone().find(is_this).or_else(|| of_today.find(may_be_this));
    if let Some(at) = known {
        let report = render(&history[at], &history[..at])?;
        // The hash says that it should be the same file; only the bytes say that it is.
        if sha256_hex(&report.pdf) == history[at].pdf_sha256 {
            return Ok((history[at].clone(), report));
        }
    }

    let mut record = ReportRecord {
        id: session.env.id(),
        assessment: round,
        number: session.workspace.next_number(Entity::Report, round)?,
        root: root.to_owned(),
        pdf_sha256: String::new(),
        file_name: file_name.to_owned(),
        layout: options.layout.key().to_owned(),
        lang: options.lang.key().to_owned(),
        draft,
        exported_by: session.env.actor.clone(),
        exported_at: session.env.now(),
        withdrawn: false,
        options_sha256: hashes[history.len()].clone(),
        format: snapshot.format,
    };
    let report = render(&record, &history)?;
    record.pdf_sha256 = sha256_hex(&report.pdf);
    Ok((record, report))
}

/// For each place in the history, and for the one behind it, the hash of the terms and of the reports before that place: what a
/// report made under these terms would have there.
fn hashes(terms: &Terms<'_>, history: &[ReportRecord]) -> Vec<String> {
    let terms = sha256_hex(&json(terms));
    let mut before = String::new();
    let mut hashes = vec![sha256_hex(terms.as_bytes())];
    for record in history {
        // Chained, so that a day of many reports costs one hash for each.
        before = sha256_hex(&[before.as_bytes(), &json(record)].concat());
        hashes.push(sha256_hex(format!("{terms}{before}").as_bytes()));
    }
    hashes
}

/// # Panics
/// Never: neither terms nor records hold anything that JSON cannot say.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("JSON can say all of it")
}

/// Texts of those criteria that not every copy of this program has.
fn rare_criteria(session: &Session, packs: [Option<&Arc<CriteriaPack>>; 2]) -> Result<Vec<String>> {
    let built_in = crate::criteria::built_in()?;
    let rare = packs.into_iter().flatten().filter(|pack| pack.sha256 != built_in.sha256);
    let texts = rare.map(|pack| Ok(session.workspace.pack_text(&pack.sha256)?));
    Ok(texts.collect::<Result<Vec<Option<String>>>>()?.into_iter().flatten().collect())
}
