//! How the pages of a report compare with those made of its data: in words, and as things that do not hold.

use super::verification::{Mismatch, mismatch};
use report::{Difference, Pages};
use serde::{Deserialize, Serialize};

/// Whether pages were compared, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Comparison {
    /// Whether they were. A report whose pages were not has data that hold, and nothing is known of what its pages say.
    pub compared: bool,
    /// What came of it, or why they were not.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

impl Comparison {
    fn new(compared: bool, message: impl Into<String>, message_en: impl Into<String>) -> Self {
        Self { compared, message: message.into(), message_en: message_en.into() }
    }

    /// In words; `recorded` says that a workspace has noted this very file when it wrote it.
    pub(super) fn of(pages: Option<&Pages>, recorded: bool) -> Self {
        let mut comparison = match pages {
            Some(Pages::Same) => Self::new(
                true,
                "全部一致：由所附数据重新生成的报告与本文件逐字节相同",
                "Everything holds: the report made again from its data is this file, byte for byte",
            ),
            Some(Pages::Resaved) => Self::new(
                true,
                "内容一致：文件由其他程序重新保存过，每一页都与由所附数据重新生成的相同",
                "The contents hold: another program has saved the file, every page is what its data make",
            ),
            Some(Pages::Differ(_)) => {
                Self::new(true, "页面与由所附数据重新生成的不同", "The pages are not what the attached data make")
            }
            Some(Pages::OtherVersion(version)) => {
                let (by, by_en) = if version.is_empty() {
                    ("其他版本".to_owned(), "another version".to_owned())
                } else {
                    (format!(" {version} 版"), format!("version {version}"))
                };
                let here = env!("CARGO_PKG_VERSION");
                Self::new(
                    false,
                    format!("页面未比对：报告由{by}生成，本软件是 {here} 版，只核对了所附数据"),
                    format!(
                        "Pages were not compared: {by_en} made the report, this is {here}; only its data were checked"
                    ),
                )
            }
            Some(Pages::NoCriteria(sha256)) => {
                let short = sha256.get(..12).unwrap_or(sha256);
                Self::new(
                    false,
                    format!("页面未比对：这里没有报告所用的评审准则（SHA-256 {short}…），请连同证据包或工作区核验"),
                    format!(
                        "Pages were not compared: the criteria (SHA-256 {short}…) are not here; verify with the pack or the workspace"
                    ),
                )
            }
            None => Self::new(
                false,
                "页面未比对：所附数据无法读取",
                "Pages were not compared: the attached data cannot be read",
            ),
        };
        if recorded && !comparison.compared {
            comparison.message.push_str("；工作区的导出记录中有这份文件，它在导出后没有改动");
            comparison.message_en.push_str("; the workspace has recorded this very file, it was not changed since");
        }
        comparison
    }
}

/// Everything that differs, as things that do not hold.
pub(super) fn mismatches(pages: Option<&Pages>) -> Vec<Mismatch> {
    let Some(Pages::Differ(Difference { pages, missing, parts })) = pages else { return Vec::new() };
    let mut found = Vec::new();
    if !pages.is_empty() {
        let message = ["这些页不是由所附数据生成的样子", "These pages are not what the attached data make"];
        found.push(mismatch("page", &ranges(pages), message));
    }
    if !missing.is_empty() {
        let message =
            ["应有这些页，文件中没有或不在此处", "These pages should be there and are not, or stand elsewhere"];
        found.push(mismatch("page", &ranges(missing), message));
    }
    found.extend(parts.iter().map(|part| mismatch("part", part, words(part))));
    found
}

/// `3, 5–7`
fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let words = runs.filter_map(|run| match run {
        [] => None,
        [one] => Some(one.to_string()),
        [first, .., last] => Some(format!("{first}–{last}")),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What a part of a PDF is to its reader.
fn words(part: &str) -> [&'static str; 2] {
    const PARTS: [(&str, [&str; 2]); 14] = [
        ("report.json", ["生成参数缺失或已改动", "How the report was made is missing or was changed"]),
        ("Outlines", ["书签已改动", "The bookmarks were changed"]),
        ("Names", ["附件或命名位置已改动", "Attachments or named places were changed"]),
        ("AF", ["附件已改动", "Attachments were changed"]),
        ("StructTreeRoot", ["供读屏软件使用的文字已改动", "What screen readers read was changed"]),
        ("Metadata", ["文档信息已改动", "The document's metadata were changed"]),
        ("Info", ["文档信息已改动", "The document's metadata were changed"]),
        ("OpenAction", ["打开文件时会执行操作", "Opening the file does something"]),
        ("AA", ["文件会自行执行操作", "The file does something on its own"]),
        ("AcroForm", ["加入了表单", "A form was added"]),
        ("OCProperties", ["加入了可显示或隐藏的图层", "Layers that can be hidden were added"]),
        ("PageLabels", ["页码标签已改动", "The page labels were changed"]),
        ("ViewerPreferences", ["显示方式已改动", "The way it is shown was changed"]),
        ("PageMode", ["显示方式已改动", "The way it is shown was changed"]),
    ];
    let known = PARTS.iter().find(|(name, _)| *name == part);
    known.map_or(["文件的这一部分已改动", "This part of the file was changed"], |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    #[test]
    fn pages_in_a_row_are_told_as_one() {
        assert_eq!(super::ranges(&[1]), "1");
        assert_eq!(super::ranges(&[1, 3, 4, 5, 9]), "1, 3–5, 9");
    }
}
