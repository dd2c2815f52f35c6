// Keyboard commands. A binding belongs to whoever registered it and disappears with it; the last one registered wins.

export type Binding = {
  /** `1`, `j`, `/`, `mod+k`, `mod+shift+z`, `shift+arrowdown`, `escape`; `mod` is Ctrl, or Command on a Mac. */
  keys: string[];
  run: (event: KeyboardEvent) => void;
  /** Also while a text field has the focus. */
  whileTyping?: boolean;
  when?: () => boolean;
};

const layers: Binding[][] = [];

/** Registers bindings; call the answer to take them away again (fits `$effect`). */
export function bindKeys(bindings: Binding[]): () => void {
  layers.push(bindings);
  return () => {
    const at = layers.indexOf(bindings);
    if (at >= 0) layers.splice(at, 1);
  };
}

/** True while an input method is at work: keys belong to it then. 229 covers engines that set no flag. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether what has the focus takes letters itself. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
}

/** `mod+shift+z` for an event. */
export function chord(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  // With a printable sign such as `?` Shift is already in the sign.
  if (event.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key) || event.ctrlKey || event.metaKey)) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

/** Whether an open dialog or menu owns the keys. */
function isBehindDialog(): boolean {
  return (
    document.querySelector(
      '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"][data-state="open"], [role="listbox"][data-state="open"]',
    ) !== null
  );
}

/** The one listener; App puts it on the window. */
export function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || isBehindDialog()) return;
  const pressed = chord(event);
  const typing = isTyping(event.target);
  for (const bindings of [...layers].reverse()) {
    for (const binding of bindings) {
      if (!binding.keys.includes(pressed)) continue;
      if (typing && !binding.whileTyping) continue;
      if (binding.when && !binding.when()) continue;
      // Space and Enter on a focused button or link press that, whatever else they mean.
      if (
        (pressed === 'space' || pressed === 'enter') &&
        event.target instanceof Element &&
        event.target.closest('button, a, [role="option"], summary')
      )
        continue;
      event.preventDefault();
      binding.run(event);
      return;
    }
  }
}
