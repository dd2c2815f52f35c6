// Which sections each layout holds; the report crate decides, this only offers them.
import type { ReportOptions } from '../../types';

const ALL = [
  'summary',
  'scope',
  'results',
  'findings',
  'observations',
  'plan',
  'lists',
  'items',
  'evidence',
  'follow-up',
  'sign-off',
  'annex',
] as const;
export type Section = (typeof ALL)[number];

export const SECTIONS: Record<ReportOptions['layout'], readonly Section[]> = {
  management: ['summary', 'results', 'plan'],
  gap: ['summary', 'scope', 'results', 'findings', 'observations', 'plan', 'lists', 'sign-off'],
  certification: ALL,
};
