// Cells on their way into a spreadsheet, by the clipboard. Excel, WPS and LibreOffice take the HTML; whatever takes only text gets the
// text. Nothing that anybody typed becomes a formula there: a cell of the HTML is text by its format, so it says what was typed; in
// the text an apostrophe stands before what begins like a formula, as in the core's CSV files (`exchange/src/plan.rs`).

import type { Column } from './table';

/** What makes a spreadsheet compute when a cell begins with it. */
export const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\n', '\r', '\0', ...fullWidth(0xff1d, 0xff0b, 0xff0d, 0xff20)];
function fullWidth(...codes: number[]): string[] {
  return codes.map((code) => String.fromCodePoint(code));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

/** A line break that does not begin another row. */
const BREAK = '<br style="mso-data-placement:same-cell">';

export function cellsAsHtml([heads = [], ...rows]: string[][]): string {
  const cell = (text: string) => `<td style="mso-number-format:'\\@';white-space:pre-wrap">${escaped(text).replace(/\r?\n/g, BREAK)}</td>`;
  const head = (text: string) => `<th>${escaped(text)}</th>`;
  const lines = [heads.map(head), ...rows.map((row) => row.map(cell))].map((cells) => `<tr>${cells.join('')}</tr>`);
  return `<meta charset="utf-8"><table>${lines.join('')}</table>`;
}

/** Tabs between cells and quotes where a cell needs them, as Excel writes it. */
export function cellsAsText(rows: string[][]): string {
  const cell = (text: string) => {
    const calm = FORMULA_STARTS.some((sign) => text.startsWith(sign)) ? `'${text}` : text;
    return /[\t\n\r"]/.test(calm) ? `"${calm.replaceAll('"', '""')}"` : calm;
  };
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n');
}

/** Puts what the columns say of the rows on the clipboard, below their heads; false where there is none. */
export function copyCells<T>(event: ClipboardEvent, columns: Column<T>[], rows: T[]): boolean {
  if (!event.clipboardData) return false;
  const saying = columns.filter((column) => column.text);
  const cells = [saying.map(({ label }) => label), ...rows.map((row) => saying.map((column) => column.text!(row)))];
  event.clipboardData.setData('text/html', cellsAsHtml(cells));
  event.clipboardData.setData('text/plain', cellsAsText(cells));
  event.preventDefault();
  return true;
}
