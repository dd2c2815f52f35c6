// The kinds of evidence: their icons, and the menu that adds one of each.
import BookOpen from '@lucide/svelte/icons/book-open';
import Eye from '@lucide/svelte/icons/eye';
import FilePlus from '@lucide/svelte/icons/file-plus';
import FileText from '@lucide/svelte/icons/file-text';
import Link2 from '@lucide/svelte/icons/link-2';
import MessageSquare from '@lucide/svelte/icons/message-square';
import Paperclip from '@lucide/svelte/icons/paperclip';
import { t } from '../../i18n/index.svelte';
import type { MenuEntry } from '../../lib/Menu.svelte';
import type { EvidenceKind } from '../../types';

export const KIND_ICONS = { file: FileText, link: Link2, record: BookOpen, interview: MessageSquare, observation: Eye };
const RECORDS = ['link', 'record', 'interview', 'observation'] as const;

type Acts = { pick: () => void; record: (kind: EvidenceKind) => void; /** Only where there is an item to link to. */ link?: () => void };

export function addEntries({ pick, record, link }: Acts): MenuEntry[] {
  return [
    { label: t('evidence.add_files'), icon: FilePlus, keys: 'e', run: pick, testid: 'evidence-add-files' },
    ...(link ? [{ label: t('evidence.link_existing'), icon: Paperclip, run: link, testid: 'evidence-link' }] : []),
    'line',
    ...RECORDS.map((kind) => ({
      label: t(`evidence.add_${kind}`),
      icon: KIND_ICONS[kind],
      run: () => record(kind),
      testid: `evidence-add-${kind}`,
    })),
  ];
}
