//! Editions: parts of a criteria pack that are packs themselves, and the text of a pack as a file.

use super::{CriteriaPack, Effect, Item, LevelId, Rule, RuleKind};

/// Minutes that a check point takes, papers and sample included: the mean over the 590 points of 2026, judged by a practitioner.
const MINUTES_PER_POINT: usize = 12;

/// What the id and version of a short round end in.
pub const SHORT_SUFFIX: &str = "-short";

/// What a part of the criteria is called.
struct Called {
    suffix: &'static str,
    chinese: &'static str,
    english: &'static str,
}

impl CriteriaPack {
    /// The items that `keep` names, with what they cite, as a pack of their own. It says in its title and notice that it is none of the
    /// whole, and a rule of each profile keeps it from coming out as ready. Its hash is not known before it is written.
    #[must_use]
    pub fn part(&self, keep: impl Fn(&Item) -> bool) -> Self {
        self.called(keep, &Called { suffix: "-part", chinese: "部分条目", english: "selected items" })
    }

    /// The short round (简评): the items marked for it, as [`CriteriaPack::part`].
    #[must_use]
    pub fn short(&self) -> Self {
        self.called(|item| item.short, &Called { suffix: SHORT_SUFFIX, chinese: "简评", english: "short round" })
    }

    fn called(&self, keep: impl Fn(&Item) -> bool, name: &Called) -> Self {
        let mut part = self.only(keep);
        let (held, all) = (part.items.len(), self.items.len());
        if held < all {
            part.say_that_it_is_a_part(held, all, name);
        }
        part
    }

    /// The items that `keep` names, and of everything else what they need.
    fn only(&self, keep: impl Fn(&Item) -> bool) -> Self {
        let mut part = self.clone();
        part.sha256 = String::new();
        part.items.retain(keep);
        let held: Vec<String> = part.items.iter().map(|i| i.code.clone()).collect();
        let is_held = |code: &str| held.iter().any(|c| c == code);
        for item in &mut part.items {
            item.see_also.retain(|code| is_held(code));
        }
        for section in &mut part.sections {
            let items = part.items.iter().filter(|i| i.section() == section.code).count();
            section.items = u32::try_from(items).unwrap_or(u32::MAX);
        }
        part.sections.retain(|section| section.items > 0);
        part.domains.retain(|domain| part.items.iter().any(|i| i.domain() == domain.code));
        part.laws.retain(|law| part.items.iter().any(|i| i.laws.contains(&law.id)));
        part.kpis.retain(|kpi| part.items.iter().any(|i| i.kpis.contains(&kpi.id)));
        for profile in &mut part.profiles {
            profile.weights.retain(|code, _| is_held(code));
        }
        // What became of the items of the whole says nothing about a part of it.
        part.changes.clear();
        part.renamed.retain(|renaming| is_held(&renaming.to));
        part
    }

    fn say_that_it_is_a_part(&mut self, held: usize, all: usize, name: &Called) {
        let Called { suffix, chinese, english } = name;
        let head = &mut self.pack;
        head.id += suffix;
        head.version += suffix;
        head.title += &format!("（{chinese}：{all} 条中的 {held} 条）");
        head.title_en += &format!(" ({english}: {held} of {all})");
        head.notice += &format!("本次为{chinese}，只看 {all} 条中的 {held} 条，不是完整评估，不作准备度结论。");
        head.notice_en += &format!(
            " This round looks at {held} of {all} items ({english}); it is no complete assessment and makes no readiness statement."
        );
        for profile in &mut self.profiles {
            profile.rules.push(Rule {
                id: "whole".to_owned(),
                kind: RuleKind::ItemsAtLeast,
                threshold: u32::try_from(all).unwrap_or(u32::MAX),
                effect: Effect::Block,
                text: format!("看了全部 {all} 个条目"),
                text_en: format!("All {all} items were looked at"),
                why: format!("{chinese}用于先摸清情况；没有看的条目说明不了准备得怎样。"),
                why_en: format!(
                    "A part of the items ({english}) gives a first picture; items that nobody looked at say nothing of readiness."
                ),
            });
            for level in profile.levels.iter_mut().filter(|level| level.id == LevelId::Incomplete) {
                level.label = format!("自评：{chinese}，不作准备度结论");
                level.label_en = format!("Self-assessed: {english}, no readiness statement");
                level.text =
                    format!("本次为{chinese}，只看 {all} 条中的 {held} 条，不作准备度结论。完整评估请另起一次评估。");
                level.text_en = format!(
                    "This round looks at {held} of {all} items ({english}), so no readiness statement is made. Start a complete round for one."
                );
            }
        }
    }

    /// Whole hours that one person takes to look at every item, rounded up.
    #[must_use]
    pub fn effort_hours(&self) -> usize {
        let points: usize = self.items.iter().map(|i| i.check_points.len()).sum();
        (points * MINUTES_PER_POINT).div_ceil(60)
    }

    /// The pack as a criteria file that people read and edit: each list under a line that says what it is. Reading it gives the same
    /// pack, with the hash of this text.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut plain = self.clone();
        plain.sha256 = String::new();
        let mut text = toml::to_string_pretty(&plain).expect("a pack holds nothing that TOML cannot say");
        for (list, words) in HEADINGS {
            // The first of each list; in the text of an entry no line can begin with this, as text is quoted and so is never bare.
            let mark = format!("\n[[{list}]]\n");
            if let Some(at) = text.find(&mark) {
                text.insert_str(at + 1, &format!("# ──── {words} ────\n"));
            }
        }
        format!("{PREFACE}\n{text}")
    }
}

const PREFACE: &str = "\
# 评审准则文件（TOML）。用文本编辑器修改后以 `beishen-cli criteria check 文件` 校验，错误会指出行、条目和字段。
# A criteria file (TOML). Edit it with any text editor; `beishen-cli criteria check FILE` names line, entry and field of what is wrong.
# 条目编号 = 类别代码 + 主题序号 + “-” + 条目序号，例如 XC3-05；新增条目后请改该主题的 items（条目数）。
# A code is domain + number of the section + \"-\" + number of the item; a section's `items` counts its items.
# lead 是主导要点的序号，duties 是写明法定义务的要点；英文可以不写，不写时显示中文。
# `lead` is the number of the leading check point, `duties` those that name a legal duty; English may be left out.
# 修改后请换一个 id 或 version，并且不要写成标准原文（持有标准文本者除外）。
# Give it an id or version of its own, and do not pass it off as the text of the standard.
";

/// What stands above the first entry of a list.
const HEADINGS: [(&str, &str); 9] = [
    ("sources", "来源 sources"),
    ("laws", "法规 laws"),
    ("kpis", "指标 indicators"),
    ("profiles", "评分口径 scoring profiles"),
    ("grades", "发现分级 grades"),
    ("glossary", "术语 glossary"),
    ("domains", "评审类别 domains"),
    ("sections", "主题 sections"),
    ("items", "评审条目 items"),
];
