import { CalendarDate } from '@internationalized/date';
import { describe, expect, it } from 'vitest';
import { readDate } from './dates';
import { day, daysBetween, domainOf, percent, rate, sectionOf, size } from './format';
import { bindKeys, chord, onKeydown } from './keymap';
import { visible } from './visible';

describe('dates as people type them', () => {
  const now = new CalendarDate(2026, 11, 22);
  it.each([
    ['2026-11-22', '2026-11-22'],
    ['2026/1/5', '2026-01-05'],
    ['20261205', '2026-12-05'],
    ['12-05', '2026-12-05'],
    ['2026年3月9日', '2026-03-09'],
    ['3月9日', '2026-03-09'],
    ['+14', '2026-12-06'],
  ])('%s is %s', (typed, wanted) => expect(readDate(typed, now)).toBe(wanted));
  it.each(['26-03-01', '2026-02-30', '2026-13-01', 'soon', '', '+'])('%s is none', (typed) => expect(readDate(typed, now)).toBeNull());
});

describe('figures', () => {
  it('are written with two decimals', () => {
    expect(percent(8746)).toBe('87.46');
    expect(percent(5)).toBe('0.05');
    expect(rate(10000)).toBe('100.00%');
    expect(rate(null)).toBe('—');
  });
  it('name sizes, days and codes', () => {
    expect(size('712334')).toBe('712\u00a0kB');
    expect(size('3211264')).toBe('3.2\u00a0MB');
    expect(size('')).toBe('');
    expect(daysBetween('2026-11-10', '2026-11-22')).toBe(12);
    expect(day('2026-11-22')).toBe('2026-11-22');
    expect([sectionOf('XC3-05'), domainOf('XC3-05')]).toEqual(['XC3', 'XC']);
  });
});

describe('keys', () => {
  const press = (target: EventTarget, init: KeyboardEventInit & { keyCode?: number }) => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(event);
    return event;
  };
  function listening(): { hits: string[]; stop: () => void } {
    const hits: string[] = [];
    const undo = bindKeys([
      { keys: ['1'], run: () => hits.push('1') },
      { keys: ['?'], run: () => hits.push('?') },
      { keys: ['mod+k'], run: () => hits.push('mod+k'), whileTyping: true },
    ]);
    addEventListener('keydown', onKeydown);
    return {
      hits,
      stop: () => {
        undo();
        removeEventListener('keydown', onKeydown);
      },
    };
  }

  it('are named the same whatever the layout needs Shift for', () => {
    expect(chord(new KeyboardEvent('keydown', { key: '?', shiftKey: true }))).toBe('?');
    expect(chord(new KeyboardEvent('keydown', { key: 'J', shiftKey: true }))).toBe('shift+j');
    expect(chord(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey: true }))).toBe('mod+shift+z');
  });
  it('never fire while an input method composes', () => {
    const { hits, stop } = listening();
    press(document.body, { key: '1', isComposing: true });
    press(document.body, { key: '1', keyCode: 229 });
    expect(hits).toEqual([]);
    press(document.body, { key: '1' });
    expect(hits).toEqual(['1']);
    stop();
  });
  it('leave letters to text fields, but not Ctrl with a letter', () => {
    const { hits, stop } = listening();
    const field = document.body.appendChild(document.createElement('textarea'));
    expect(press(field, { key: '1' }).defaultPrevented).toBe(false);
    expect(press(field, { key: 'k', ctrlKey: true }).defaultPrevented).toBe(true);
    expect(hits).toEqual(['mod+k']);
    field.remove();
    stop();
  });
  it('rest while a dialog is open', () => {
    const { hits, stop } = listening();
    const dialog = document.body.appendChild(document.createElement('div'));
    dialog.setAttribute('role', 'dialog');
    dialog.dataset.state = 'open';
    press(document.body, { key: '1' });
    dialog.remove();
    press(document.body, { key: '1' });
    expect(hits).toEqual(['1']);
    stop();
  });
});

describe('names from outside', () => {
  it.each([
    ['排班表.xlsx', '排班表.xlsx'],
    ['照片\u202Egpj.exe', '照片⟨U+202E⟩gpj.exe'],
    ['\u2066a\u2069\u200F\u061C', '⟨U+2066⟩a⟨U+2069⟩⟨U+200F⟩⟨U+061C⟩'],
    ['👩\u200D💻', '👩\u200D💻'],
  ])('%j is shown as %j', (name, shown) => expect(visible(name)).toBe(shown));
});
