//! The words of the trade, once: what verdicts, grades, states and kinds are called in window, terminal, table and report.

use crate::pack::{Condition, ItemPart};
use crate::{
    AssessmentKind, EvidenceKind, FileState, Flaw, Grade, Lang, Priority, Review, SignRole, TaskKind, TaskState,
    Verdict, pack::PointWeight,
};

/// What one thing is called in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// In Chinese.
    pub chinese: &'static str,
    /// In English.
    pub english: &'static str,
}

impl Term {
    /// What it is called in this language.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        lang.pick(self.chinese, self.english)
    }
}

/// What is said where there is no verdict yet.
pub const UNASSESSED: Term = Term { chinese: "未评估", english: "Not assessed" };

/// The word for a verdict, or for its absence.
#[must_use]
pub const fn verdict(verdict: Option<Verdict>) -> Term {
    match verdict {
        Some(verdict) => verdict.term(),
        None => UNASSESSED,
    }
}

macro_rules! terms {
    ($($of:ident { $($one:ident $key:literal: $zh:literal / $en:literal;)* })*) => {
        $(impl $of {
            /// What it is called.
            #[must_use]
            pub const fn term(self) -> Term {
                match self {
                    $(Self::$one => Term { chinese: $zh, english: $en },)*
                }
            }
        })*

        /// Every word, under the name of its kind and its own stable name in files.
        pub const ALL: &[(&str, &[(&str, Term)])] =
            &[$((stringify!($of), &[$(($key, $of::$one.term()),)*]),)*];

        #[cfg(test)]
        const SERIALISED: &[fn() -> Vec<serde_json::Value>] =
            &[$(|| vec![$(serde_json::json!($of::$one)),*]),*];
    };
}

terms! {
    Verdict {
        Conform "conform": "符合" / "Conform";
        Partial "partial": "部分符合" / "Partial";
        Nonconform "nonconform": "不符合" / "Nonconform";
        NotApplicable "na": "不适用" / "Not applicable";
    }
    Grade {
        Major "major": "严重不符合" / "Major";
        Minor "minor": "一般不符合" / "Minor";
        Observation "observation": "观察项" / "Observation";
        Opportunity "opportunity": "改进机会" / "Opportunity";
        GoodPractice "good": "良好实践" / "Good practice";
    }
    PointWeight {
        Lead "lead": "主" / "Lead";
        Duty "duty": "法" / "Duty";
        Support "support": "辅" / "Support";
    }
    TaskState {
        Todo "todo": "待整改" / "To do";
        Doing "doing": "整改中" / "In progress";
        ToVerify "to-verify": "待验证" / "To verify";
        Closed "closed": "已关闭" / "Closed";
    }
    TaskKind {
        Correction "correction": "纠正" / "Correction";
        Corrective "corrective": "纠正措施" / "Corrective action";
    }
    Priority {
        High "high": "高" / "High";
        Medium "medium": "中" / "Medium";
        Low "low": "低" / "Low";
    }
    Review {
        Open "open": "未复核" / "Not reviewed";
        Accepted "accepted": "已复核" / "Reviewed";
        Returned "returned": "复核退回" / "Returned";
    }
    SignRole {
        Prepared "prepared": "编制" / "Prepared";
        Reviewed "reviewed": "审核" / "Reviewed";
        Approved "approved": "批准" / "Approved";
    }
    AssessmentKind {
        SelfAssessment "self-assessment": "内部自评" / "Self-assessment";
        Gap "gap": "差距分析" / "Gap analysis";
    }
    EvidenceKind {
        File "file": "文件" / "File";
        Link "link": "链接" / "Link";
        Record "record": "记录" / "Record";
        Interview "interview": "访谈" / "Interview";
        Observation "observation": "现场观察" / "Observation";
    }
    FileState {
        Present "present": "文件已核对" / "File checked";
        Missing "missing": "文件缺失" / "File missing";
        Changed "changed": "文件已被改动" / "File changed";
        Unreadable "unreadable": "文件无法读取" / "File unreadable";
    }
    Flaw {
        Empty "empty": "空文件" / "Empty file";
        Blank "blank": "没有内容" / "Shows nothing";
        Protected "protected": "需要密码" / "Needs a password";
        Unreadable "unreadable": "打不开" / "Does not open";
    }
    Condition {
        All "all": "始终适用" / "Always";
        Outbound "outbound": "外呼" / "Outbound";
        Outsourced "outsourced": "外包" / "Outsourced";
        SelfBuilt "self-built": "自建系统" / "Self-built systems";
        Online "online": "在线渠道" / "Online channels";
        Bot "bot": "智能客服" / "Bots";
        MultiSite "multi-site": "多职场" / "Several sites";
    }
    ItemPart {
        Title "title": "标题" / "Title";
        Requirement "requirement": "要求" / "Requirement";
        CheckPoints "check_points": "核查要点" / "Check points";
        Grading "grading": "判定界限" / "Grading";
        Evidence "evidence": "应备证据" / "Expected evidence";
        Key "key": "关键条目" / "Key item";
        Applies "applies": "适用情形" / "When it applies";
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, SERIALISED};
    use std::collections::BTreeSet;

    #[test]
    fn every_word_stands_under_the_name_that_files_use() {
        assert_eq!(ALL.len(), SERIALISED.len());
        for ((of, terms), serialised) in ALL.iter().zip(SERIALISED) {
            let names: Vec<_> = terms.iter().map(|(name, _)| serde_json::json!(name)).collect();
            assert_eq!(names, serialised(), "{of}");
        }
    }

    #[test]
    fn no_two_things_of_a_kind_have_the_same_word() {
        for (of, terms) in ALL {
            let distinct = |words: BTreeSet<&str>| assert_eq!(words.len(), terms.len(), "{of}");
            distinct(terms.iter().map(|(_, term)| term.chinese).collect());
            distinct(terms.iter().map(|(_, term)| term.english).collect());
            assert!(terms.iter().all(|(_, term)| term.english.is_ascii() && !term.english.is_empty()), "{of}");
        }
    }
}
