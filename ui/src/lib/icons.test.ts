import CircleAlert from '@lucide/svelte/icons/circle-alert';
import { render } from '@testing-library/svelte';
import { expect, it } from 'vitest';

it('an icon is lucide\u2019s drawing as a plain template', () => {
  const { container } = render(CircleAlert, { size: '0.8125rem' });
  const svg = container.querySelector('svg')!;
  expect([svg.getAttribute('width'), svg.getAttribute('height'), svg.getAttribute('viewBox')]).toEqual([
    '0.8125rem',
    '0.8125rem',
    '0 0 24 24',
  ]);
  expect(svg.getAttribute('aria-hidden')).toBe('true');
  // Those of the package carry its names.
  expect(svg.hasAttribute('class')).toBe(false);
  const shapes = [...svg.children].map((shape) => [shape.namespaceURI, shape.tagName]);
  const drawn = 'http://www.w3.org/2000/svg';
  expect(shapes).toEqual([
    [drawn, 'circle'],
    [drawn, 'line'],
    [drawn, 'line'],
  ]);
  expect(svg.querySelector('circle')!.getAttribute('r')).toBe('10');
});
