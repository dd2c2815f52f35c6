// Taking in a file that somebody filled in, as one step.
import { inWords } from '../../app.svelte';
import { t } from '../../i18n/index.svelte';
import { toasts } from '../../lib/toasts.svelte';
import type { Round } from '../../round.svelte';
import type { Take, Update, WorkbookCell } from '../../types';

/** Cells whose new value is taken. */
export const takenOf = (cells: WorkbookCell[]) => cells.filter((cell) => cell.take === 'theirs').length;

/** These cells with what was decided about them, for the choices. */
export const decided = (cells: string[], take: Take) => Object.fromEntries(cells.map((cell) => [cell, take]));

/** Takes the file in and says so; why not, or nothing. */
export async function takeIn<P extends { undecided: number }>(
  round: Round,
  { taken, sender }: { taken: number; sender: string },
  make: () => Promise<{ preview: P; update: Update | null }>,
  see: (preview: P) => void,
): Promise<string> {
  try {
    let left = 0;
    const update = await round.write(async () => {
      const made = await make();
      see(made.preview);
      left = made.preview.undecided;
      return made.update;
    });
    // Something was written meanwhile, and there is more to decide.
    if (!update) return t('workbook.decide', { n: left });
    toasts.show({ kind: 'done', text: t('workbook.taken', { n: taken, sender }), keys: 'mod+z' });
    return '';
  } catch (error) {
    return inWords(error).text;
  }
}
