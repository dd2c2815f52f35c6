//! Scoring profiles: points, weights, bands, rules and the wording of the outcomes.

use super::{Found, unique};
use crate::pack::profile::milli;
use crate::pack::{CriteriaPack, LevelId};

const LEVELS: [(LevelId, &str); 4] = [
    (LevelId::Ready, "ready"),
    (LevelId::ReadyWithReservations, "ready_with_reservations"),
    (LevelId::NotReady, "not_ready"),
    (LevelId::Incomplete, "incomplete"),
];

pub(super) fn check(pack: &CriteriaPack, found: &mut Found) {
    if pack.profiles.iter().filter(|p| p.default).count() != 1 {
        found.add("profiles", "default", ("应有且只有一个默认评分口径", "exactly one profile is the default"));
    }
    unique(pack.profiles.iter().map(|p| p.id.as_str()), "id", found);
    for profile in &pack.profiles {
        let id = profile.id.as_str();
        for (field, text) in [
            ("points.conform", &profile.points.conform),
            ("points.partial", &profile.points.partial),
            ("points.nonconform", &profile.points.nonconform),
        ] {
            if milli(text).is_none() {
                let words = (
                    format!("「{text}」不是 0 到 1 之间、至多三位小数的数"),
                    format!("\"{text}\" is no number from 0 to 1 with at most three decimals"),
                );
                found.add(id, field, words);
            }
        }
        if milli(&profile.points.conform) != Some(1000) {
            let words = ("符合的得分应为 1（上限按此计算）", "conform earns 1, as the upper bound is computed with it");
            found.add(id, "points.conform", words);
        }
        for (item, weight) in &profile.weights {
            if pack.item(item).is_none() {
                found.add(id, "weights", (format!("引用了不存在的条目 {item}"), format!("there is no item {item}")));
            }
            if !(1..=100).contains(weight) {
                let words = (
                    format!("{item} 的权重应为 1–100，实为 {weight}"),
                    format!("the weight of {item} is {weight}; 1–100 expected"),
                );
                found.add(id, "weights", words);
            }
        }
        if !profile.bands.is_sorted_by(|a, b| a.at_least > b.at_least) {
            let words = ("分档应由高到低排列且不重复", "bands go from high to low, each once");
            found.add(id, "bands", words);
        }
        unique(profile.rules.iter().map(|r| r.id.as_str()), "rules", found);
        for (_, key) in LEVELS.into_iter().filter(|(level, _)| profile.level(*level).is_none()) {
            found.add(id, "levels", (format!("缺少准备度 {key} 的文字"), format!("the outcome {key} has no words")));
        }
    }
}
