//! Every printed word in both languages: one table, so that neither can lack what the other has.

mod table;

pub use table::W;

use crate::SectionId;
use domain::pack::{Confidence, Direction};
use domain::{GateRule, Lang};

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
        "yuan" => Some(W::UnitYuan),
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
        GateRule::VerdictToConfirm => W::DefVerdictToConfirm,
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
