//! PNG: screens and charts as a call centre shows them.

use super::Error;
use super::canvas::{Canvas, Color, WIDTH, px};
use super::glyphs::Pen;
use super::recipe::{Chart, ChartKind, Grid, Label, Picture, Tile, Tone};

struct Look {
    ground: Color,
    panel: Color,
    ink: Color,
    faint: Color,
    rule: Color,
}

const LIGHT: Look = Look {
    ground: [247, 249, 251],
    panel: [255, 255, 255],
    ink: [31, 41, 51],
    faint: [97, 110, 124],
    rule: [214, 221, 228],
};
const DARK: Look = Look {
    ground: [18, 26, 36],
    panel: [27, 38, 51],
    ink: [233, 239, 245],
    faint: [150, 165, 180],
    rule: [56, 71, 88],
};
const BLUE: Color = [47, 111, 179];
const ORANGE: Color = [217, 125, 38];
const MARGIN: f32 = 30.0;

struct Scene<'a> {
    canvas: Canvas,
    pen: Pen<'a>,
    look: &'static Look,
}

/// Draws one picture with the given font.
pub(super) fn write(picture: &Picture, font: &[u8]) -> Result<Vec<u8>, Error> {
    let look = if picture.dark { &DARK } else { &LIGHT };
    let pen = Pen::new(font).map_err(|e| Error::file(&picture.file, &e))?;
    let mut scene = Scene { canvas: Canvas::new(look.ground), pen, look };
    scene.text((MARGIN, 48.0), 24.0, look.ink, &picture.title);
    scene.text((MARGIN, 66.0), 11.0, look.faint, "样例数据，组织与数字均为虚构");
    scene.tiles(&picture.tiles);
    for chart in &picture.charts {
        scene.chart(chart);
    }
    for grid in &picture.tables {
        scene.grid(grid);
    }
    for [x1, y1, x2, y2] in picture.lines.iter().chain(&picture.arrows) {
        scene.canvas.line(&[(*x1, *y1), (*x2, *y2)], 1.5, look.faint);
    }
    for [.., x2, y2] in &picture.arrows {
        scene.canvas.area(&[vec![(*x2 - 5.0, *y2 - 9.0), (*x2 + 5.0, *y2 - 9.0), (*x2, *y2)]], look.faint);
    }
    for label in &picture.boxes {
        scene.label(label);
    }
    scene.canvas.png().map_err(|e| Error::file(&picture.file, &e))
}

impl Scene<'_> {
    fn text(&mut self, at: (f32, f32), size: f32, color: Color, text: &str) {
        self.pen.write(&mut self.canvas, at, size, color, text);
    }

    fn centred(&mut self, middle: f32, baseline: f32, size: f32, color: Color, text: &str) {
        let width = self.pen.width(text, size);
        self.text((middle - width / 2.0, baseline), size, color, text);
    }

    fn panel(&mut self, at: [f32; 4]) {
        self.canvas.rect(at, self.look.panel);
        self.canvas.frame(at, self.look.rule);
    }

    fn tiles(&mut self, tiles: &[Tile]) {
        let gap = 12.0;
        let count = tiles.iter().fold(0.0_f32, |n, _| n + 1.0);
        let width = (px(WIDTH) - 2.0 * MARGIN - gap * (count - 1.0)) / count.max(1.0);
        let mut x = MARGIN;
        for tile in tiles {
            self.panel([x, 80.0, width, 92.0]);
            self.text((x + 14.0, 104.0), 13.0, self.look.faint, &tile.label);
            let color = match tile.tone {
                Tone::Plain => self.look.ink,
                Tone::Green => [46, 148, 104],
                Tone::Amber => [206, 137, 26],
                Tone::Red => [214, 64, 58],
            };
            let room = width - 28.0;
            let size = 26.0_f32.min(26.0 * room / self.pen.width(&tile.value, 26.0).max(1.0));
            self.text((x + 14.0, 150.0), size, color, &tile.value);
            x += width + gap;
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let [x, y, w, h] = chart.at;
        self.panel(chart.at);
        self.text((x + 14.0, y + 24.0), 14.0, self.look.ink, &chart.title);
        let (left, top, right, floor) = (x + 46.0, y + 40.0, x + w - 16.0, y + h - 30.0);
        let values = || chart.series.iter().flatten().copied();
        let highest = values().fold(0.0_f32, f32::max).max(1.0);
        let lowest = values().fold(f32::INFINITY, f32::min);
        // Percentages that move by a few points would look flat on an axis from zero; bars always start at zero.
        let base = if chart.kind == ChartKind::Lines && lowest > highest * 0.8 { (lowest - 1.0).floor() } else { 0.0 };
        let ceiling = base + 4.0 * step_for((highest - base) / 4.0);
        let height = |value: f32| floor - (value - base) / (ceiling - base) * (floor - top);
        for step in 0..=4_u8 {
            let value = base + (ceiling - base) * f32::from(step) / 4.0;
            self.canvas.line(&[(left, height(value)), (right, height(value))], 1.0, self.look.rule);
            let shown = if value.fract() > 0.0 { format!("{value:.1}") } else { format!("{value:.0}") };
            let width = self.pen.width(&shown, 11.0);
            self.text((left - 6.0 - width, height(value) + 4.0), 11.0, self.look.faint, &shown);
        }
        let count = chart.labels.iter().fold(0.0_f32, |n, _| n + 1.0).max(1.0);
        let slot = (right - left) / count;
        let middles: Vec<f32> =
            chart.labels.iter().scan(left + slot / 2.0, |at, _| Some(std::mem::replace(at, *at + slot))).collect();
        for (middle, label) in middles.iter().zip(&chart.labels) {
            self.centred(*middle, floor + 18.0, 11.0, self.look.faint, label);
        }
        for (series, color) in chart.series.iter().zip([BLUE, ORANGE]) {
            let points: Vec<_> = middles.iter().zip(series).map(|(m, v)| (*m, height(*v))).collect();
            if chart.kind == ChartKind::Bars && color == BLUE {
                let bar = (slot * 0.56).min(64.0);
                for ((middle, at), value) in points.iter().zip(series) {
                    self.canvas.rect([middle - bar / 2.0, *at, bar, floor - at], color);
                    // Under a second series, figures would be crossed out by its line.
                    if chart.series.len() == 1 {
                        self.centred(*middle, at - 4.0, 11.0, self.look.ink, &value.to_string());
                    }
                }
            } else {
                self.canvas.line(&points, 2.0, color);
                for (px, py) in points {
                    self.canvas.rect([px - 2.5, py - 2.5, 5.0, 5.0], color);
                }
            }
        }
    }

    fn grid(&mut self, grid: &Grid) {
        let [x, y, w, h] = grid.at;
        self.panel(grid.at);
        let lines = grid.rows.iter().fold(1.0_f32, |n, _| n + 1.0);
        let columns = grid.columns.iter().fold(0.0_f32, |n, _| n + 1.0).max(1.0);
        let (line, column) = (h / lines, w / columns);
        self.canvas.rect([x, y, w, line], self.look.rule);
        let mut top = y;
        for row in std::iter::once(&grid.columns).chain(&grid.rows) {
            let mut at = x;
            for cell in row {
                let size = 14.0_f32.min(14.0 * (column - 16.0) / self.pen.width(cell, 14.0).max(1.0));
                self.text((at + 10.0, top + line / 2.0 + 5.0), size, self.look.ink, cell);
                at += column;
            }
            self.canvas.line(&[(x, top + line), (x + w, top + line)], 1.0, self.look.rule);
            top += line;
        }
    }

    fn label(&mut self, label: &Label) {
        let [x, y, w, h] = label.at;
        self.panel(label.at);
        self.canvas.rect([x, y, 4.0, h], BLUE);
        let size = 17.0_f32.min(17.0 * (w - 28.0) / self.pen.width(&label.text, 17.0).max(1.0));
        self.text((x + 18.0, y + h / 2.0 + 6.0), size, self.look.ink, &label.text);
    }
}

/// The smallest round step that is not below `least`.
fn step_for(least: f32) -> f32 {
    let mut decade = 0.1_f32;
    loop {
        for step in [1.0, 1.5, 2.0, 2.5, 5.0] {
            if decade * step >= least {
                return decade * step;
            }
        }
        decade *= 10.0;
    }
}
