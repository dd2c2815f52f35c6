//! Every printed word in both languages: one table, so that neither can lack what the other has.

mod table;

pub use table::W;

use crate::SectionId;
use domain::pack::{Confidence, Direction};
use domain::{
    EvidenceKind, FileState, Flaw, GateRule, Grade, Lang, Priority, Review, SignRole, TaskKind, TaskState, Verdict,
};

use crate::model::Trend;

impl W {
    /// The sentence with its blanks `{}` filled in order.
    #[must_use]
    pub fn fill(self, lang: Lang, blanks: &[&str]) -> String {
        let text = self.say(lang);
        let mut out = String::with_capacity(text.len() + 32);
        let mut pieces = text.split("{}");
        out.push_str(pieces.next().unwrap_or_default());
        for (i, piece) in pieces.enumerate() {
            out.push_str(blanks.get(i).copied().unwrap_or_default());
            out.push_str(piece);
        }
        out
    }
}

/// Title of a section.
#[must_use]
pub const fn section_word(id: SectionId) -> W {
    match id {
        SectionId::Summary => W::SecSummary,
        SectionId::Scope => W::SecScope,
        SectionId::Results => W::SecResults,
        SectionId::Findings => W::SecFindings,
        SectionId::Observations => W::SecObservations,
        SectionId::Plan => W::SecPlan,
        SectionId::Lists => W::SecLists,
        SectionId::Items => W::SecItems,
        SectionId::Evidence => W::SecEvidence,
        SectionId::FollowUp => W::SecFollowUp,
        SectionId::SignOff => W::SecSignOff,
        SectionId::Annex => W::SecAnnex,
    }
}

/// Word of a verdict; `None` = 未评估.
#[must_use]
pub const fn verdict_word(verdict: Option<Verdict>) -> W {
    match verdict {
        Some(Verdict::Conform) => W::Conform,
        Some(Verdict::Partial) => W::Partial,
        Some(Verdict::Nonconform) => W::Nonconform,
        Some(Verdict::NotApplicable) => W::NotApplicable,
        None => W::Unassessed,
    }
}

/// Word of a grade.
#[must_use]
pub const fn grade_word(grade: Grade) -> W {
    match grade {
        Grade::Major => W::GradeMajor,
        Grade::Minor => W::GradeMinor,
        Grade::Observation => W::GradeObservation,
        Grade::Opportunity => W::GradeOpportunity,
        Grade::GoodPractice => W::GradeGood,
    }
}

/// Word of a task's state.
#[must_use]
pub const fn task_state_word(state: TaskState) -> W {
    match state {
        TaskState::Todo => W::TaskTodo,
        TaskState::Doing => W::TaskDoing,
        TaskState::ToVerify => W::TaskToVerify,
        TaskState::Closed => W::TaskClosed,
    }
}

/// Word of a task's kind.
#[must_use]
pub const fn task_kind_word(kind: TaskKind) -> W {
    match kind {
        TaskKind::Correction => W::KindCorrection,
        TaskKind::Corrective => W::KindCorrective,
    }
}

/// Word of a priority.
#[must_use]
pub const fn priority_word(priority: Priority) -> W {
    match priority {
        Priority::High => W::PriorityHigh,
        Priority::Medium => W::PriorityMedium,
        Priority::Low => W::PriorityLow,
    }
}

/// Word of a review state.
#[must_use]
pub const fn review_word(review: Review) -> W {
    match review {
        Review::Open => W::ReviewOpen,
        Review::Accepted => W::ReviewAccepted,
        Review::Returned => W::ReviewReturned,
    }
}

/// Word of a signing role.
#[must_use]
pub const fn sign_role_word(role: SignRole) -> W {
    match role {
        SignRole::Prepared => W::RolePrepared,
        SignRole::Reviewed => W::RoleReviewed,
        SignRole::Approved => W::RoleApproved,
    }
}

/// Word of an evidence's kind.
#[must_use]
pub const fn evidence_kind_word(kind: EvidenceKind) -> W {
    match kind {
        EvidenceKind::File => W::EvidenceFile,
        EvidenceKind::Link => W::EvidenceLink,
        EvidenceKind::Record => W::EvidenceRecord,
        EvidenceKind::Interview => W::EvidenceInterview,
        EvidenceKind::Observation => W::EvidenceObservation,
    }
}

/// Word for what the disk said; `None` = nobody looked.
#[must_use]
pub const fn evidence_state_word(state: Option<FileState>) -> W {
    match state {
        Some(FileState::Present) => W::FilePresent,
        Some(FileState::Missing) => W::FileMissing,
        Some(FileState::Changed) => W::FileChanged,
        Some(FileState::Unreadable) => W::FileUnreadable,
        None => W::FileUnchecked,
    }
}

/// Word for what is wrong with the content of a file.
#[must_use]
pub const fn flaw_word(flaw: Flaw) -> W {
    match flaw {
        Flaw::Empty => W::FlawEmpty,
        Flaw::Blank => W::FlawBlank,
        Flaw::Protected => W::FlawProtected,
        Flaw::Unreadable => W::FlawUnreadable,
    }
}

/// Word of a trend.
#[must_use]
pub const fn trend_word(trend: Trend) -> W {
    match trend {
        Trend::Worse => W::TrendWorse,
        Trend::Better => W::TrendBetter,
        Trend::New => W::TrendNew,
        Trend::Open => W::TrendOpen,
        Trend::Applicability => W::TrendApplicability,
        Trend::Same => W::TrendSame,
    }
}

/// Word for how sure a fact is.
#[must_use]
pub const fn confidence_word(confidence: Confidence) -> W {
    match confidence {
        Confidence::Official => W::SureOfficial,
        Confidence::Secondary => W::SureSecondary,
        Confidence::Weak => W::SureWeak,
        Confidence::Background => W::SureBackground,
        Confidence::Own => W::SureOwn,
    }
}

/// Word for which way a key figure is good.
#[must_use]
pub const fn direction_word(direction: Direction) -> W {
    match direction {
        Direction::Higher => W::Higher,
        Direction::Lower => W::Lower,
        Direction::Range => W::InRange,
    }
}

/// Name of a key figure's unit from its key.
#[must_use]
pub fn unit_word(key: &str) -> Option<W> {
    match key {
        "%" => Some(W::UnitPercent),
        "%/s" => Some(W::UnitPercentInSeconds),
        "s" | "s_range" => Some(W::UnitSeconds),
        "count" => Some(W::UnitCount),
        "score" => Some(W::UnitScore),
        _ => None,
    }
}

/// Name of a report's language from its key.
#[must_use]
pub fn lang_word(key: &str) -> Option<W> {
    match key {
        "zh" => Some(W::InZh),
        "en" => Some(W::InEn),
        _ => None,
    }
}

/// Name of a layout from its key.
#[must_use]
pub fn layout_word(key: &str) -> Option<W> {
    match key {
        "management" => Some(W::LayoutManagement),
        "gap" => Some(W::LayoutGap),
        "certification" => Some(W::LayoutCertification),
        _ => None,
    }
}

/// Name of a condition from its key.
#[must_use]
pub fn condition_word(key: &str) -> Option<W> {
    match key {
        "outbound" => Some(W::CondOutbound),
        "outsourced" => Some(W::CondOutsourced),
        "self-built" => Some(W::CondSelfBuilt),
        "online" => Some(W::CondOnline),
        "bot" => Some(W::CondBot),
        "multi-site" => Some(W::CondMultiSite),
        _ => None,
    }
}

/// Name of a group of defects.
#[must_use]
pub const fn defect_word(rule: GateRule) -> W {
    match rule {
        GateRule::Unassessed => W::DefUnassessed,
        GateRule::ConformWithoutEvidence => W::DefConformWithoutEvidence,
        GateRule::NaWithoutReason => W::DefNaWithoutReason,
        GateRule::GapWithoutFinding => W::DefGapWithoutFinding,
        GateRule::FindingWithoutCause => W::DefFindingWithoutCause,
        GateRule::FindingWithoutTask => W::DefFindingWithoutTask,
        GateRule::TaskWithoutOwner => W::DefTaskWithoutOwner,
        GateRule::TaskWithoutDue => W::DefTaskWithoutDue,
        GateRule::TaskOverdue => W::DefTaskOverdue,
        GateRule::ClosedWithoutVerifier => W::DefClosedWithoutVerifier,
        GateRule::ClosedWithoutResult => W::DefClosedWithoutResult,
        GateRule::EvidenceExpired => W::DefEvidenceExpired,
        GateRule::EvidenceOutsidePeriod => W::DefEvidenceOutsidePeriod,
        GateRule::EvidenceMissing => W::DefEvidenceMissing,
        GateRule::EvidenceChanged => W::DefEvidenceChanged,
        GateRule::EvidenceUnreadable => W::DefEvidenceUnreadable,
        GateRule::KeyItemNotConform => W::DefKeyItemNotConform,
        GateRule::EvidenceShowsNothing => W::DefEvidenceShowsNothing,
        GateRule::NothingApplicable => W::DefNothingApplicable,
    }
}

#[cfg(test)]
mod tests {
    use super::W;
    use domain::Lang;

    #[test]
    fn both_languages_say_everything_with_the_same_blanks() {
        for word in W::ALL {
            let (zh, en) = (word.say(Lang::Zh), word.say(Lang::En));
            assert!(!zh.is_empty() && !en.is_empty(), "{word:?} is silent");
            assert_eq!(zh.matches("{}").count(), en.matches("{}").count(), "{word:?}: blanks differ");
            assert!(!en.chars().any(|c| c >= '\u{2E80}'), "{word:?}: Chinese in English: {en}");
            assert!(
                !en.contains(['\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}']),
                "{word:?}: full-width quotes: {en}"
            );
        }
    }

    #[test]
    fn no_word_claims_a_certificate_or_a_national_standard() {
        for word in W::ALL {
            for lang in Lang::ALL {
                let text = word.say(lang);
                assert!(!text.contains("通过认证") && !text.contains("国标"), "{word:?}: {text}");
            }
        }
    }
}
