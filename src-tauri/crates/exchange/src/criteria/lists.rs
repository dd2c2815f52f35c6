//! The sheets of a criteria workbook and their columns. The words of the file stand behind the Chinese ones, so that a column is found
//! wherever it was moved to.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text,
    /// A text for each line of the cell.
    Lines,
    /// `IVR流程图 = IVR流程图（含版本号）`: names that mean the same, one set a line.
    Groups,
    /// A whole number; a blank cell says nothing.
    Number,
    /// Whole numbers, one a line.
    Numbers,
    /// 是 or nothing.
    Flag,
    /// A day; a blank cell says nothing.
    Day,
    /// `要点2: 抽10，符合至1，部分符合至5`, one a line.
    Tallies,
    /// `XC3-05 = 3`, one a line.
    Weights,
}

/// A column: its name in the file, its heading, its width in characters, what it holds.
pub struct Column {
    pub key: &'static str,
    pub heading: &'static str,
    pub width: u16,
    pub holds: Holds,
}

impl Column {
    /// As it stands in the first row.
    pub fn head(&self) -> String {
        format!("{} {}", self.heading, self.key)
    }
}

/// A sheet: the name of its list in the file, its own name, its columns with the key of a row first.
pub struct List {
    pub key: &'static str,
    pub sheet: &'static str,
    pub columns: &'static [Column],
}

/// The head of the file, one field a row.
pub const HEAD: List = List { key: "pack", sheet: "准则", columns: PACK };

/// What a profile consists of: each row names its profile in the first column.
pub const PARTS: [List; 3] = [
    List { key: "bands", sheet: "分档", columns: BANDS },
    List { key: "rules", sheet: "规则", columns: RULES },
    List { key: "levels", sheet: "准备度", columns: LEVELS },
];

/// Where the profiles stand among [`LISTS`].
pub const PROFILES: &str = "profiles";

/// The lists of the file in the order of their sheets; what people edit most comes first.
pub const LISTS: [List; 10] = [
    List { key: "items", sheet: "条目", columns: ITEMS },
    List { key: "sections", sheet: "主题", columns: SECTIONS },
    List { key: "domains", sheet: "类别", columns: DOMAINS },
    List { key: "departments", sheet: "部门", columns: DEPARTMENTS },
    List { key: "laws", sheet: "法规", columns: LAWS },
    List { key: "kpis", sheet: "指标", columns: KPIS },
    List { key: PROFILES, sheet: "评分口径", columns: SCORING },
    List { key: "grades", sheet: "发现分级", columns: GRADES },
    List { key: "glossary", sheet: "术语", columns: GLOSSARY },
    List { key: "sources", sheet: "来源", columns: SOURCES },
];

/// What became of items since the file before, which a file of one's own seldom says.
pub const SINCE: [List; 2] = [
    List { key: "changes", sheet: "变更", columns: CHANGED },
    List { key: "renamed", sheet: "更名", columns: RENAMED },
];

macro_rules! columns {
    ($($name:ident: $($key:literal $heading:literal $width:literal $holds:ident;)+)+) => {
        $(const $name: &[Column] = &[$(Column {
            key: $key, heading: $heading, width: $width, holds: Holds::$holds,
        },)+];)+
    };
}

columns! {
    PACK:
        "id" "标识" 20 Text; "format" "格式" 8 Number; "version" "版本" 12 Text; "standard" "标准号" 16 Text;
        "title" "名称" 40 Text; "title_en" "英文名称" 40 Text; "title_note" "名称说明" 40 Text;
        "published" "发布日期" 12 Day; "effective" "实施日期" 12 Day; "kind" "标准性质" 20 Text; "kind_en" "性质英文" 20 Text;
        "notice" "声明" 60 Text; "notice_en" "声明英文" 60 Text; "kpi_notice" "指标声明" 60 Text;
        "kpi_notice_en" "指标声明英文" 60 Text; "reading" "判读规则" 80 Text; "reading_en" "判读规则英文" 80 Text;
        "common_evidence" "通用证据" 40 Lines; "same_papers" "同一份资料（名称以 = 相连）" 40 Groups;
    ITEMS:
        "code" "编号" 9 Text; "title" "条目" 18 Text; "requirement" "要求" 34 Text; "check_points" "核查要点（每行一条）" 60 Lines;
        "lead" "主导要点" 7 Number; "duties" "法定要点" 7 Numbers; "tallies" "抽样界限" 30 Tallies;
        "evidence" "应有证据（每行一条）" 28 Lines; "methods" "方法" 13 Lines; "stage" "环节" 9 Text; "key" "关键" 6 Flag;
        "short" "简评" 6 Flag; "key_reason" "关键理由" 24 Text; "laws" "法规" 12 Lines; "kpis" "指标" 8 Lines;
        "applies" "适用" 11 Text; "see_also" "参见" 10 Lines; "title_en" "条目英文" 22 Text; "requirement_en" "要求英文" 34 Text;
        "check_points_en" "核查要点英文" 60 Lines; "evidence_en" "应有证据英文" 28 Lines; "key_reason_en" "关键理由英文" 24 Text;
        "origin" "文字来源" 13 Text;
    SECTIONS:
        "code" "编号" 8 Text; "domain" "类别" 8 Text; "title" "主题" 24 Text; "title_en" "英文" 28 Text; "items" "条目数" 8 Number;
        "origin" "名称来源" 13 Text; "origin_note" "来源说明" 30 Text; "origin_note_en" "来源说明英文" 30 Text;
        "intro" "导读" 60 Text; "intro_en" "导读英文" 60 Text; "department" "提交部门" 14 Text;
    DEPARTMENTS:
        "title" "部门" 18 Text; "title_en" "英文" 24 Text;
    DOMAINS:
        "code" "编号" 8 Text; "number" "序号" 6 Number; "title" "类别" 24 Text; "title_en" "英文" 28 Text; "intro" "导读" 60 Text;
        "intro_en" "导读英文" 60 Text;
    LAWS:
        "id" "标识" 14 Text; "instrument" "法规" 30 Text; "instrument_en" "法规英文" 30 Text; "short" "简称" 16 Text;
        "short_en" "简称英文" 20 Text; "article" "条款" 12 Text; "article_en" "条款英文" 14 Text; "gist" "摘要" 50 Text;
        "gist_en" "摘要英文" 50 Text; "status" "依据程度" 12 Text; "in_force" "施行日期" 12 Day; "checked" "核对日期" 12 Day;
        "note" "说明" 30 Text; "note_en" "说明英文" 30 Text;
    KPIS:
        "id" "标识" 8 Text; "name" "指标" 20 Text; "name_en" "英文" 24 Text; "unit" "单位" 8 Text; "definition" "定义" 40 Text;
        "definition_en" "定义英文" 40 Text; "formula" "公式" 40 Text; "formula_en" "公式英文" 40 Text; "direction" "方向" 9 Text;
        "reference" "参考值" 30 Text; "reference_en" "参考值英文" 30 Text; "source" "来源" 24 Text; "source_en" "来源英文" 24 Text;
        "confidence" "可信度" 12 Text; "warning" "注意" 30 Text; "warning_en" "注意英文" 30 Text;
    SCORING:
        "id" "标识" 10 Text; "title" "口径" 16 Text; "title_en" "英文" 18 Text; "description" "用途" 40 Text;
        "description_en" "用途英文" 40 Text; "default" "默认" 6 Flag; "formula" "公式" 50 Text; "formula_en" "公式英文" 50 Text;
        "points.conform" "符合得分" 8 Text; "points.partial" "部分符合得分" 8 Text; "points.nonconform" "不符合得分" 8 Text;
        "weights" "权重（条目 = 权重）" 18 Weights;
    BANDS:
        "profile" "口径" 10 Text; "id" "分档" 8 Text; "at_least" "下限（%）" 10 Number; "label" "名称" 16 Text; "label_en" "英文" 18 Text;
        "meaning" "含义" 50 Text; "meaning_en" "含义英文" 50 Text;
    RULES:
        "profile" "口径" 10 Text; "id" "规则" 14 Text; "kind" "衡量" 26 Text; "threshold" "界限" 8 Number; "effect" "后果" 9 Text;
        "text" "文字" 40 Text; "text_en" "文字英文" 40 Text; "why" "理由" 40 Text; "why_en" "理由英文" 40 Text;
    LEVELS:
        "profile" "口径" 10 Text; "id" "准备度" 24 Text; "label" "名称" 24 Text; "label_en" "英文" 28 Text; "text" "文字" 50 Text;
        "text_en" "文字英文" 50 Text;
    GRADES:
        "id" "分级" 12 Text; "label" "名称" 14 Text; "label_en" "英文" 22 Text; "definition" "定义" 50 Text; "definition_en" "定义英文" 50 Text;
    GLOSSARY:
        "term" "术语" 16 Text; "term_en" "英文" 22 Text; "text" "解释" 50 Text; "text_en" "解释英文" 50 Text;
    SOURCES:
        "id" "标识" 18 Text; "title" "名称" 40 Text; "title_en" "英文" 40 Text; "publisher" "发布者" 24 Text;
        "publisher_en" "发布者英文" 24 Text; "note" "说明" 50 Text; "note_en" "说明英文" 50 Text; "confidence" "可信度" 12 Text;
    CHANGED:
        "code" "编号" 9 Text; "kind" "变更" 12 Text; "why" "理由" 50 Text; "why_en" "理由英文" 50 Text; "replaces" "替代" 9 Text;
    RENAMED:
        "from" "原编号" 9 Text; "to" "现编号" 9 Text;
}
