/** Characters that turn the order of others, or hide: they make `gpj.exe` look like a picture's name. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Text with such characters shown instead of obeyed: ⟨U+202E⟩. Every text that a component shows goes through here (`ui/visible.js`);
 * anything else stays what it is. Never for what goes back.
 */
export function visible<T>(text: T): T;
export function visible(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return text.replace(TURNING, (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
