//! One page's items as printpdf operations, wrapped in marked content.

use super::fonts;
use super::tags::Marked;
use crate::layout::display::{Item, NodeId, PAGE_HEIGHT, Page, Run, Seg, Shape, Stroke, Symbol};
use crate::text::{Face, Rgb};
use printpdf::{
    Color, CurTransMat, DictItem, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, Point, Polygon,
    PolygonRing, Pt, Rect, TextItem, TextMatrix, WindingOrder, XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;

/// Resource name of a picture.
pub fn image_name(index: usize) -> String {
    format!("Im{index}")
}

/// Resource name of a sign.
pub fn symbol_name(index: usize) -> String {
    format!("S{index}")
}

/// A sign on its own, from its origin up and to the right.
pub fn symbol(symbol: &Symbol) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut state = State::default();
    for path in &symbol.shapes {
        shape(path, 0.0, &mut state, &mut ops);
    }
    ops
}

/// What the page's graphics state is, so that nothing is set twice.
#[derive(Default)]
struct State {
    open: Option<Option<NodeId>>,
    /// Whether the open content was begun inside the text section.
    inside: bool,
    /// Start of the line in the open text section, as it was written.
    text: Option<(f32, f32)>,
    turned: bool,
    /// Where the last run ended: (x, base line), as it was laid.
    pen: Option<(f32, f32)>,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
    font: Option<(Face, f32)>,
}

/// Operations of one page; notes in `marked` which node owns which content.
pub fn page(page: &Page, marked: &mut Marked) -> Vec<Op> {
    let mut ops = Vec::with_capacity((page.back.len() + page.items.len()) * 3);
    let mut state = State::default();
    marked.begin_page();
    for item in page.back.iter().chain(&page.items) {
        enter(item.node(), matches!(item, Item::Text(_)), &mut state, &mut ops, marked);
        match item {
            Item::Text(run) => text(run, &mut state, &mut ops),
            Item::Fill { area, color, .. } => {
                set_fill(*color, &mut state, &mut ops);
                let [x, y, width, height] = *area;
                let rectangle = Rect {
                    x: Pt(near(x)),
                    y: Pt(near(PAGE_HEIGHT - y - height)),
                    width: Pt(near(width)),
                    height: Pt(near(height)),
                    mode: Some(PaintMode::Fill),
                    winding_order: Some(WindingOrder::NonZero),
                };
                ops.push(Op::DrawRectangle { rectangle });
            }
            Item::Shape(path) => shape(path, PAGE_HEIGHT, &mut state, &mut ops),
            Item::Image { image, area, .. } => {
                let [x, y, width, height] = *area;
                ops.push(Op::SaveGraphicsState);
                let matrix = CurTransMat::Raw([width, 0.0, 0.0, height, x, PAGE_HEIGHT - y - height]);
                ops.push(Op::SetTransformationMatrix { matrix });
                let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
                ops.push(Op::UseXobject { id: XObjectId(image_name(*image)), transform });
                ops.push(Op::RestoreGraphicsState);
            }
            Item::Symbol { symbol, at: [x, y] } => {
                let transform = XObjectTransform {
                    no_auto_scale: true,
                    translate_x: Some(Pt(near(*x))),
                    translate_y: Some(Pt(near(PAGE_HEIGHT - y))),
                    ..XObjectTransform::default()
                };
                ops.push(Op::UseXobject { id: XObjectId(symbol_name(*symbol)), transform });
            }
        }
        marked.touch(item);
    }
    if state.inside {
        leave_mark(&mut state, &mut ops);
    }
    leave_text(&mut state, &mut ops);
    leave_mark(&mut state, &mut ops);
    ops
}

/// Makes sure that what comes next is drawn inside the marked content of its node.
///
/// Text sections and marked content must nest. Content that begins with text is opened inside the text section, so that
/// one section serves many pieces; content that begins with a drawing is opened outside and holds text sections itself.
fn enter(node: Option<NodeId>, is_text: bool, state: &mut State, ops: &mut Vec<Op>, marked: &mut Marked) {
    let begun_in_text = state.inside && state.text.is_some();
    if state.open == Some(node) && (is_text || !begun_in_text) {
        if !is_text {
            leave_text(state, ops);
        }
        return;
    }
    if !state.inside {
        leave_text(state, ops);
    }
    leave_mark(state, ops);
    if !is_text {
        leave_text(state, ops);
    } else if state.text.is_none() {
        ops.push(Op::StartTextSection);
        state.text = Some((0.0, 0.0));
    }
    match node {
        None => ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() }),
        Some(node) => {
            let id = marked.next(node);
            let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(id))]);
            let properties = DictItem::Dict { map };
            // The role is told by the structure tree; the tag in the stream is not read for it.
            ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        }
    }
    state.open = Some(node);
    state.inside = is_text;
}

fn leave_mark(state: &mut State, ops: &mut Vec<Op>) {
    if state.open.take().is_some() {
        ops.push(Op::EndMarkedContent);
    }
}

fn leave_text(state: &mut State, ops: &mut Vec<Op>) {
    (state.turned, state.pen) = (false, None);
    if state.text.take().is_some() {
        ops.push(Op::EndTextSection);
    }
}

fn text(run: &Run, state: &mut State, ops: &mut Vec<Op>) {
    set_fill(run.color, state, ops);
    if state.text.is_none() {
        ops.push(Op::StartTextSection);
        state.text = Some((0.0, 0.0));
    }
    if state.font != Some((run.face, run.size)) {
        ops.push(Op::SetFont { font: PdfFontHandle::External(fonts::id(run.face)), size: Pt(run.size) });
        state.font = Some((run.face, run.size));
    }
    // A run that goes on where the last one ended needs no move.
    let goes_on = run.turn == 0.0 && state.pen.is_some_and(|(x, y)| (y - run.y).abs() + (x - run.x).abs() < 0.01);
    if !goes_on {
        place(run, state, ops);
    }
    state.pen = (run.turn == 0.0).then_some((run.x + run.width, run.y));
    let mut items = Vec::with_capacity(run.kerns.len() * 2 + 1);
    let mut kerns = run.kerns.iter().peekable();
    let mut piece = String::new();
    for (index, c) in run.text.chars().enumerate() {
        if let Some((_, em)) = kerns.next_if(|(at, _)| *at == index) {
            if !piece.is_empty() {
                items.push(TextItem::Text(std::mem::take(&mut piece)));
            }
            items.push(TextItem::Offset((-em * 1000.0).round()));
        }
        piece.push(c);
    }
    items.push(TextItem::Text(piece));
    ops.push(Op::ShowText { items });
}

/// Hundredths of a point, for curves.
fn cut(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// Tenths of a point, for lines of text and rules: a thirtieth of a millimetre, and a byte less than hundredths.
fn near(value: f32) -> f32 {
    // Adding zero makes a plain zero of a negative one.
    (value * 10.0).round() / 10.0 + 0.0
}

/// Moves to the start of a run: from the last line where possible, as equal steps compress far better than places.
fn place(run: &Run, state: &mut State, ops: &mut Vec<Op>) {
    let (x, y) = (run.x, PAGE_HEIGHT - run.y);
    if run.turn != 0.0 {
        let (sin, cos) = run.turn.to_radians().sin_cos();
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([cos, sin, -sin, cos, near(x), near(y)]) });
        state.turned = true;
        return;
    }
    if std::mem::take(&mut state.turned) {
        // A move from here would be turned too.
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, near(x), near(y)]) });
        state.text = Some((near(x), near(y)));
        return;
    }
    let (from_x, from_y) = state.text.unwrap_or_default();
    let (dx, dy) = (near(x - from_x), near(y - from_y));
    ops.push(Op::SetTextCursor { pos: Point { x: Pt(dx), y: Pt(dy) } });
    state.text = Some((from_x + dx, from_y + dy));
}

fn rgb(color: Rgb) -> Color {
    let part = |v: u8| (f32::from(v) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(printpdf::Rgb { r: part(color.0), g: part(color.1), b: part(color.2), icc_profile: None })
}

fn set_fill(color: Rgb, state: &mut State, ops: &mut Vec<Op>) {
    if state.fill != Some(color) {
        ops.push(Op::SetFillColor { col: rgb(color) });
        state.fill = Some(color);
    }
}

/// Draws a path; `height` is where its zero lies above the zero of what it is drawn on.
fn shape(shape: &Shape, height: f32, state: &mut State, ops: &mut Vec<Op>) {
    if let Some(color) = shape.fill {
        set_fill(color, state, ops);
    }
    if let Some(stroke) = shape.stroke
        && state.stroke != Some(stroke)
    {
        ops.push(Op::SetOutlineColor { col: rgb(stroke.color) });
        ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
        let dash = stroke.dash.map_or_else(LineDashPattern::solid, |(on, off)| LineDashPattern::new(0.0, &[on, off]));
        ops.push(Op::SetLineDashPattern { dash });
        state.stroke = Some(stroke);
    }
    let points = points(&shape.path, height);
    if !shape.closed {
        ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
        return;
    }
    let mode = match (shape.fill, shape.stroke) {
        (Some(_), Some(_)) => PaintMode::FillStroke,
        (Some(_), None) => PaintMode::Fill,
        _ => PaintMode::Stroke,
    };
    let polygon = Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero };
    ops.push(Op::DrawPolygon { polygon });
}

fn points(path: &[Seg], height: f32) -> Vec<LinePoint> {
    let point = |x: f32, y: f32, bezier| LinePoint { p: Point { x: Pt(cut(x)), y: Pt(cut(height - y)) }, bezier };
    let mut out = Vec::with_capacity(path.len() * 3);
    for seg in path {
        match *seg {
            Seg::Move(x, y) | Seg::Line(x, y) => out.push(point(x, y, false)),
            Seg::Curve([x1, y1, x2, y2, x, y]) => {
                out.extend([point(x1, y1, true), point(x2, y2, true), point(x, y, false)]);
            }
        }
    }
    out
}
