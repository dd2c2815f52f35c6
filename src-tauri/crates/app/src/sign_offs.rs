//! Signing a root, withdrawing a signature, reopening a frozen round.

use crate::fields::{hinted, required_line};
use crate::view::Update;
use crate::{Error, Result, Session};
use domain::{Action, Assessment, CriteriaPack, FileState, Id, SignOff, SignRole, Snapshot};
use store::Edit;

/// Signs the round as it is now. An approval freezes it. Evidence that is missing or changed on disk blocks signing.
///
/// # Errors
/// [`Error::SignRefused`] with the reason; [`Error::Frozen`] when it is already approved.
pub fn sign(session: &mut Session, round: Id, role: SignRole, name: &str) -> Result<Update> {
    required_line("签署人", name)?;
    session.may_write()?;
    // A glance is not enough to put one's name to: hash everything now.
    verify(session, round)?;
    put_name(session, round, role, name)
}

/// As [`sign`], with the evidence already verified by a session aside; verified anew when something was written since.
///
/// # Errors
/// As [`sign`].
pub fn sign_verified(session: &mut Session, aside: &Session, round: Id, role: SignRole, name: &str) -> Result<Update> {
    if session.is_as_seen_by(aside)? {
        session.learn(aside);
    } else {
        verify(session, round)?;
    }
    put_name(session, round, role, name)
}

/// Hashes all evidence.
///
/// # Errors
/// When the round cannot be read.
pub fn verify(session: &mut Session, round: Id) -> Result<()> {
    crate::evidence::read_files(session, round, &mut |_, _| std::ops::ControlFlow::Continue(()))
}

fn put_name(session: &mut Session, round: Id, role: SignRole, name: &str) -> Result<Update> {
    let (given, name) = (name, required_line("签署人", name)?);
    let (pack, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let states = session.file_states(&snapshot);
    if let Some(harmed) = snapshot.evidence.iter().find(|e| states.get(&e.id).is_some_and(|s| *s != FileState::Present))
    {
        let label = harmed.label();
        let why = (
            format!("证据 {label} 的文件缺失或已改变，请先处理"),
            format!("the file of {label} is missing or was changed"),
        );
        return Err(Error::SignRefused(why.into()));
    }
    if role == SignRole::Approved {
        all_confirmed(&pack, &snapshot)?;
    }
    let held = session.workspace.sign_offs(round)?;
    let root = snapshot.root();
    let roots = session.roots(&snapshot, &root, held.iter())?;
    let standing: Vec<_> = held.iter().filter(|s| roots.are_covered_by(s)).collect();
    if role == SignRole::Approved && !standing.iter().any(|s| s.role == SignRole::Prepared) {
        let why = ("批准之前须先由编制人签署当前内容", "whoever prepared it signs this content first");
        return Err(Error::SignRefused(why.into()));
    }
    if standing.iter().any(|s| s.role == role && s.name == name) {
        let why = (format!("{name} 已签署当前内容"), format!("{name} signed this content before"));
        return Err(Error::SignRefused(why.into()));
    }
    let mut edits = vec![Edit::SignOff(SignOff {
        id: session.env.id(),
        assessment: round,
        role,
        name,
        root,
        revision: snapshot.assessment.revision,
        signed_at: session.env.now(),
        withdrawn: false,
        format: snapshot.format,
    })];
    if role == SignRole::Approved {
        edits.push(Edit::Assessment(Assessment { frozen: true, ..snapshot.assessment.clone() }));
    }
    Ok(hinted(session.commit(round, Action::Sign, &edits)?, &given))
}

/// Nobody approves verdicts on what the items no longer say.
fn all_confirmed(pack: &CriteriaPack, snapshot: &Snapshot) -> Result<()> {
    /// As many codes as fit a sentence.
    const NAMED: usize = 8;
    let waiting = pack.items.iter().map(|i| i.code.as_str()).filter(|code| snapshot.awaits_confirmation(code));
    let waiting: Vec<_> = waiting.collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let (count, named) = (waiting.len(), waiting[..waiting.len().min(NAMED)].join(" "));
    let more = if count > NAMED { " …" } else { "" };
    let why = (
        format!("更新评审准则后有 {count} 条结论尚未重新确认（{named}{more}），请逐条确认或重新判定"),
        format!(
            "{count} verdicts wait to be confirmed since the criteria were updated ({named}{more}); confirm each or give another"
        ),
    );
    Err(Error::SignRefused(why.into()))
}

/// Withdraws a signature; it stays in the history.
///
/// # Errors
/// When there is none, or the round is frozen (reopen it instead).
pub fn withdraw(session: &mut Session, round: Id, signature: Id) -> Result<Update> {
    let (_, snapshot) = session.snapshot(round)?;
    if snapshot.assessment.frozen {
        return Err(Error::Frozen);
    }
    let held = session
        .workspace
        .sign_offs(round)?
        .into_iter()
        .find(|s| s.id == signature && !s.withdrawn)
        .ok_or_else(|| Error::Unknown { what: "签署", key: signature.to_string() })?;
    session.commit(round, Action::WithdrawSignature, &[Edit::SignOff(SignOff { withdrawn: true, ..held })])
}

/// Reopens a frozen round as the next revision; the reason is kept in the round and its history.
///
/// # Errors
/// When the round is not frozen or no reason is given.
pub fn reopen(session: &mut Session, round: Id, reason: &str) -> Result<Update> {
    let (given, reason) = (reason, required_line("重新打开的理由", reason)?);
    let (_, snapshot) = session.snapshot(round)?;
    if !snapshot.assessment.frozen {
        let expected = ("本次评估未冻结，可直接修改", "is not frozen and can be changed as it is").into();
        return Err(Error::Field { field: "评估", expected });
    }
    let revision = snapshot.assessment.revision + 1;
    let reopened = Assessment { frozen: false, revision, reopened_because: reason, ..snapshot.assessment.clone() };
    Ok(hinted(session.commit(round, Action::Reopen, &[Edit::Assessment(reopened)])?, &given))
}
