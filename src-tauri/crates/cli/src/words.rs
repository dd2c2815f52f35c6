//! Words for the terminal in both languages.

use crate::args::Language;
use domain::{Grade, TaskState, Verdict};

/// The word for a verdict.
pub const fn verdict(verdict: Option<Verdict>, lang: Language) -> &'static str {
    match (verdict, lang) {
        (None, Language::Zh) => "未评估",
        (None, Language::En) => "Not assessed",
        (Some(Verdict::Conform), Language::Zh) => "符合",
        (Some(Verdict::Conform), Language::En) => "Conforms",
        (Some(Verdict::Partial), Language::Zh) => "部分符合",
        (Some(Verdict::Partial), Language::En) => "Partial",
        (Some(Verdict::Nonconform), Language::Zh) => "不符合",
        (Some(Verdict::Nonconform), Language::En) => "Nonconforming",
        (Some(Verdict::NotApplicable), Language::Zh) => "不适用",
        (Some(Verdict::NotApplicable), Language::En) => "Not applicable",
    }
}

/// The word for a grade.
pub const fn grade(grade: Grade, lang: Language) -> &'static str {
    match (grade, lang) {
        (Grade::Major, Language::Zh) => "严重不符合",
        (Grade::Major, Language::En) => "Major nonconformity",
        (Grade::Minor, Language::Zh) => "一般不符合",
        (Grade::Minor, Language::En) => "Minor nonconformity",
        (Grade::Observation, Language::Zh) => "观察项",
        (Grade::Observation, Language::En) => "Observation",
        (Grade::Opportunity, Language::Zh) => "改进机会",
        (Grade::Opportunity, Language::En) => "Opportunity for improvement",
        (Grade::GoodPractice, Language::Zh) => "良好实践",
        (Grade::GoodPractice, Language::En) => "Good practice",
    }
}

/// The word for a task's state.
pub const fn state(state: TaskState, lang: Language) -> &'static str {
    match (state, lang) {
        (TaskState::Todo, Language::Zh) => "待整改",
        (TaskState::Todo, Language::En) => "To do",
        (TaskState::Doing, Language::Zh) => "整改中",
        (TaskState::Doing, Language::En) => "In progress",
        (TaskState::ToVerify, Language::Zh) => "待验证",
        (TaskState::ToVerify, Language::En) => "To verify",
        (TaskState::Closed, Language::Zh) => "已关闭",
        (TaskState::Closed, Language::En) => "Closed",
    }
}
