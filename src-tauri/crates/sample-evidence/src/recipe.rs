//! What the recipes say. Their texts lie in `recipes/`, because they are data.

use serde::Deserialize;

/// `recipes/papers.toml`: PDF and DOCX.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Papers {
    pub papers: Vec<Paper>,
}

/// One document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paper {
    pub file: String,
    pub title: String,
    pub text: String,
}

/// One line of a document.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub heading: bool,
}

impl Paper {
    /// Headings and paragraphs in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| match line.strip_prefix("# ") {
            Some(text) => Line { text, heading: true },
            None => Line { text: line, heading: false },
        })
    }
}

/// `recipes/tables.toml`: XLSX and CSV.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tables {
    pub books: Vec<Book>,
    pub lists: Vec<List>,
}

/// One workbook.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Book {
    pub file: String,
    pub title: String,
    pub sheets: Vec<Sheet>,
}

/// One sheet of a workbook.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sheet {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// One CSV file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub file: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// A number stays a number, so that a spreadsheet can calculate with it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Cell {
    Whole(i32),
    Share(f64),
    Text(String),
}

/// `recipes/pictures.toml`: PNG.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pictures {
    pub pictures: Vec<Picture>,
}

/// One screen or chart sheet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    pub file: String,
    pub title: String,
    #[serde(default)]
    pub dark: bool,
    #[serde(default)]
    pub tiles: Vec<Tile>,
    #[serde(default)]
    pub charts: Vec<Chart>,
    #[serde(default)]
    pub tables: Vec<Grid>,
    #[serde(default)]
    pub boxes: Vec<Label>,
    /// `[x1, y1, x2, y2]`
    #[serde(default)]
    pub lines: Vec<[f32; 4]>,
    /// The same, with a head that points down.
    #[serde(default)]
    pub arrows: Vec<[f32; 4]>,
}

/// A figure with its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tile {
    pub label: String,
    pub value: String,
    pub tone: Tone,
}

/// Colour of a tile's value.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tone {
    Plain,
    Green,
    Amber,
    Red,
}

/// A chart of one or two series.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chart {
    /// `[x, y, width, height]`
    pub at: [f32; 4],
    pub title: String,
    pub kind: ChartKind,
    pub labels: Vec<String>,
    pub series: Vec<Vec<f32>>,
}

/// How a chart is drawn; in a bar chart the second series is a line over the bars.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ChartKind {
    Bars,
    Lines,
}

/// A table as a screen shows it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grid {
    pub at: [f32; 4],
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A framed text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label {
    pub at: [f32; 4],
    pub text: String,
}

/// `recipes/sounds.toml`: WAV.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sounds {
    pub sounds: Vec<Sound>,
}

/// One run of notes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sound {
    pub file: String,
    /// `[hertz, milliseconds]`; 0 hertz is silence.
    pub notes: Vec<[u32; 2]>,
}
