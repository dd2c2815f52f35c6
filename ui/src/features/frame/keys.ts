// The keys as shown in the list and the palette; the bindings themselves live with the screens.
import type { Key } from '../../i18n/index.svelte';

export type KeyRow = { keys: string[]; text: Key };
export const KEY_GROUPS: { title: Key; rows: KeyRow[] }[] = [
  {
    title: 'keys.verdict',
    rows: [
      { keys: ['1'], text: 'verdict.conform' },
      { keys: ['2'], text: 'verdict.partial' },
      { keys: ['3'], text: 'verdict.nonconform' },
      { keys: ['4'], text: 'verdict.na' },
      { keys: ['0'], text: 'keys.clear' },
      { keys: ['y'], text: 'keys.confirm' },
    ],
  },
  {
    title: 'keys.move',
    rows: [
      { keys: ['arrowdown', 'j'], text: 'keys.next' },
      { keys: ['arrowup', 'k'], text: 'keys.previous' },
      { keys: ['shift+arrowdown', 'shift+end'], text: 'keys.extend' },
      { keys: ['mod+a'], text: 'keys.all' },
      { keys: ['/'], text: 'keys.search' },
      { keys: ['escape'], text: 'keys.escape' },
    ],
  },
  {
    title: 'keys.write',
    rows: [
      { keys: ['n'], text: 'keys.note' },
      { keys: ['r'], text: 'keys.reason' },
      { keys: ['e'], text: 'keys.evidence' },
      { keys: ['f'], text: 'keys.finding' },
      { keys: ['t'], text: 'keys.task' },
      { keys: ['mod+enter'], text: 'keys.done' },
      { keys: ['mod+d'], text: 'keys.fill' },
      { keys: ['mod+enter'], text: 'keys.enter' },
      { keys: ['mod+c'], text: 'keys.copy' },
      { keys: ['mod+v'], text: 'keys.paste' },
    ],
  },
  {
    title: 'keys.lists',
    rows: [
      { keys: ['arrowdown', 'j'], text: 'keys.next' },
      { keys: ['arrowup', 'k'], text: 'keys.previous' },
      { keys: ['enter'], text: 'keys.open' },
      { keys: ['/'], text: 'keys.search' },
      { keys: ['b'], text: 'keys.board' },
      { keys: ['mod+enter'], text: 'keys.save' },
    ],
  },
  {
    title: 'keys.everywhere',
    rows: [
      { keys: ['mod+k'], text: 'keys.palette' },
      { keys: ['mod+z'], text: 'undo' },
      { keys: ['mod+y'], text: 'redo' },
      { keys: ['mod+1'], text: 'keys.screens' },
      { keys: ['mod+,'], text: 'screen.settings' },
      { keys: ['?'], text: 'keys.list' },
    ],
  },
];
