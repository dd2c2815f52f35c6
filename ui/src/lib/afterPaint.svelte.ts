// What stands beside the work (counts of the tree, of the rail) follows one frame later: the answer to a key is painted first,
// and by itself, so that the window need not be painted from edge to edge for it.
import { untrack } from 'svelte';

/** The value of `read`, taken over when the frame that its change belongs to has been painted. */
export function afterPaint<V>(read: () => V): { readonly value: V } {
  let value = $state.raw(untrack(read));
  $effect(() => {
    const next = read();
    if (next === untrack(() => value)) return;
    let wait: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => (wait = setTimeout(() => (value = next))));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(wait);
    };
  });
  return {
    get value() {
      return value;
    },
  };
}
