//! What can go wrong.

/// Why a report could not be made or verified.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The snapshot was taken with other criteria than the ones handed in.
    #[error("the snapshot belongs to criteria {snapshot}, not to {pack}")]
    OtherCriteria {
        /// SHA-256 in the snapshot.
        snapshot: String,
        /// SHA-256 of the pack.
        pack: String,
    },
    /// The logo is none of PNG, JPEG and SVG, or damaged.
    #[error("the logo is not a readable PNG, JPEG or SVG picture: {0}")]
    LogoUnreadable(String),
    /// The logo has too many pixels.
    #[error("the logo has {megapixels} megapixels; at most {limit} are accepted")]
    LogoTooLarge {
        /// What it has.
        megapixels: u64,
        /// What is accepted.
        limit: u64,
    },
    /// The logo is a CMYK JPEG, which would look different on every screen.
    #[error("the logo is a CMYK picture; save it as RGB")]
    LogoCmyk,
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A font could not be cut down to the characters used.
    #[error("font {face}: {why}")]
    Font {
        /// Which face.
        face: &'static str,
        /// What the subsetter says.
        why: String,
    },
    /// The PDF could not be written.
    #[error("cannot write the PDF: {0}")]
    Pdf(String),
    /// The file is not a PDF that can be read.
    #[error("not a readable PDF: {0}")]
    NotPdf(String),
    /// The PDF carries no assessment, or none that can be read.
    #[error("no readable assessment.json is attached: {0}")]
    NoAssessment(String),
    /// The PDF names no root.
    #[error("the PDF names no root: it is not a report of this program")]
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
            Self::NotPdf(_) => "report_not_pdf",
            Self::NoAssessment(_) => "report_no_assessment",
            Self::NoRoot => "report_no_root",
        }
    }
}
