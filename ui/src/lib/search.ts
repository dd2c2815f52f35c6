// The search of every list, the palette and the pickers: what counts as the same, what is found, what is marked. The command line
// searches alike (`domain/src/search.rs`); one table holds both to the same hits.

/**
 * A text as a search compares it: full-width signs are their half-width ones (ＧＨ１－０１ is GH1-01), capitals are small letters.
 * Traditional characters stay other characters than simplified ones: which one stands for which depends on the word (发 is 發 or 髮),
 * so that it takes a dictionary, and the criteria and the trade's records are written in simplified ones.
 */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Words of a search, all of which must occur; folded. Full-width spaces part them as well. */
export function searchWords(query: string): string[] {
  return fold(query).split(/\s+/u).filter(Boolean);
}

/** Whether the text holds all these folded words, each anywhere. */
export function holds(text: string, words: string[]): boolean {
  if (words.length === 0) return true;
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

/** How well a text fits: every word as it was typed, or only when both are folded. */
export function hit(text: string, query: string): 'exact' | 'folded' | null {
  if (!holds(text, searchWords(query))) return null;
  return query.split(/\s+/u).every((word) => text.includes(word)) ? 'exact' : 'folded';
}

/** What holds the words as they were typed comes before what is only taken for the same; beside that the order stays. */
export function exactFirst<T>(rows: T[], textOf: (row: T) => string, query: string): T[] {
  const rank = new Map(rows.map((row) => [row, Number(hit(textOf(row), query) !== 'exact')]));
  return rows.toSorted((a, b) => rank.get(a)! - rank.get(b)!);
}

/** A text that is searched more than once. */
export type Searched = { text: string; folded: string };
export const searched = (text: string): Searched => ({ text, folded: fold(text) });

/** The line around the first hit, from a little before it, as it was written. */
export function excerpt({ text, folded }: Searched, word: string): string {
  const at = folded.indexOf(word);
  if (at < 0) return '';
  // Folding neither makes nor takes away a line break.
  const line = text.split('\n')[folded.slice(0, at).split('\n').length - 1] ?? '';
  const begin = pieces(line, [word])[0]!;
  const hit = begin.hit ? 0 : begin.text.length;
  return line.slice(Math.max(0, hit - 12), hit + 40);
}

/** A character with what stands on it: what is folded as one. */
const WHOLE = /.[\p{M}\u{FF9E}\u{FF9F}]*/gsu;

/** Of each unit of the folded text: from where to where in the text the character goes that it comes from. */
function mapped(text: string): { folded: string; from: number[]; to: number[] } {
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  for (const { 0: own, index } of text.matchAll(WHOLE)) {
    const units = fold(own);
    folded += units;
    // One character may fold to several units (㎡ is m2), several to one.
    for (let unit = 0; unit < units.length; unit++) {
      from.push(index);
      to.push(index + own.length);
    }
  }
  return { folded, from, to };
}

export type Piece = { text: string; hit: boolean };

/** Cuts a text at the places where one of the folded words occurs. */
export function pieces(text: string, words: string[]): Piece[] {
  const whole = fold(text);
  // Most texts of a list hold no hit.
  if (!words.some((word) => whole.includes(word))) return [{ text, hit: false }];
  const { folded, from, to } = mapped(text);
  const hits = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = folded.indexOf(word); word && at >= 0; at = folded.indexOf(word, at + word.length))
      hits.fill(true, from[at]!, to[at + word.length - 1]!);
  }
  const cut: Piece[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at === text.length || hits[at] !== hits[start]) {
      cut.push({ text: text.slice(start, at), hit: hits[start] ?? false });
      start = at;
    }
  }
  return cut;
}
