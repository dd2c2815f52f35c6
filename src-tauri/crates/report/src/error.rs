//! What can go wrong.

/// Why a report could not be made or verified.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The snapshot was taken with other criteria than the ones handed in.
    #[error("评估所用的评审准则（SHA-256 {snapshot}）与给出的准则（{pack}）不同，未生成报告")]
    OtherCriteria {
        /// SHA-256 in the snapshot.
        snapshot: String,
        /// SHA-256 of the pack.
        pack: String,
    },
    /// The logo is none of PNG, JPEG and SVG, or damaged.
    #[error("标志图片无法读取（{0}），未生成报告；请换用 PNG、JPEG 或 SVG 图片")]
    LogoUnreadable(String),
    /// The logo has too many pixels.
    #[error("标志图片有 {megapixels} 百万像素，最多 {limit} 百万像素，未生成报告；请缩小后再选")]
    LogoTooLarge {
        /// What it has.
        megapixels: u64,
        /// What is accepted.
        limit: u64,
    },
    /// The logo is a CMYK JPEG, which would look different on every screen.
    #[error("标志图片是 CMYK 颜色，未生成报告；请另存为 RGB 后再选")]
    LogoCmyk,
    /// The caller asked to stop.
    #[error("已取消，未生成报告")]
    Cancelled,
    /// A font could not be cut down to the characters used.
    #[error("字体 {face} 无法使用，未生成报告：{why}")]
    Font {
        /// Which face.
        face: &'static str,
        /// What the subsetter says.
        why: String,
    },
    /// The PDF could not be written.
    #[error("PDF 无法生成，评估数据没有改动：{0}")]
    Pdf(String),
    /// The DOCX could not be written.
    #[error("Word 文件无法生成，评估数据没有改动：{0}")]
    Word(String),
    /// The file is not a PDF that can be read.
    #[error("不是可读的 PDF，请确认文件完整：{0}")]
    NotPdf(String),
    /// The PDF carries no assessment, or none that can be read.
    #[error("PDF 里没有可读的 assessment.json 附件，无法核验：{0}")]
    NoAssessment(String),
    /// The attached data is of a newer program.
    #[error("报告所附数据的格式（{found}）比本软件认识的（{known}）新，无法核验；请用新版本核验")]
    NewerFormat {
        /// Format of the snapshot.
        found: u32,
        /// The newest one known here.
        known: u32,
    },
    /// The PDF names no root.
    #[error("PDF 没有写明数据根，不是本软件的报告，无法核验")]
    NoRoot,
}

impl Error {
    /// Stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherCriteria { .. } => "report_other_criteria",
            Self::LogoUnreadable(_) => "report_logo_unreadable",
            Self::LogoTooLarge { .. } => "report_logo_too_large",
            Self::LogoCmyk => "report_logo_cmyk",
            Self::Cancelled => "report_cancelled",
            Self::Font { .. } => "report_font",
            Self::Pdf(_) => "report_pdf",
            Self::Word(_) => "report_word",
            Self::NotPdf(_) => "report_not_pdf",
            Self::NoAssessment(_) => "report_no_assessment",
            Self::NewerFormat { .. } => "report_newer_format",
            Self::NoRoot => "report_no_root",
        }
    }
}
