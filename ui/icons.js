// The icons of lucide are put together anew wherever one is shown, attribute by attribute: a sixth of the time of a screen
// with many. What they look like is known when the page is built, so each becomes a plain template here, which the browser clones.
const ICONS = '/@lucide/svelte/dist/icons/';

/** Rewrites lucide's icons: a Svelte preprocessor. Fails the build if the package no longer states them as it did. */
export const plainIcons = {
  name: 'plain-icons',
  /** @param {{ content: string, filename?: string }} file */
  markup({ content, filename = '' }) {
    if (!filename.replaceAll('\\', '/').includes(ICONS)) return undefined;
    const data = /const iconData = (\{.*\});/u.exec(content);
    if (!data) throw new Error(`${filename}: no icon data; see icons.js`);
    return { code: component(JSON.parse(data[1])) };
  },
};

/** @param {{ size: number, node: [string, Record<string, string | number>][] }} icon */
function component({ size, node }) {
  const shapes = node.map(
    ([tag, attributes]) =>
      `<${tag}${Object.entries(attributes)
        .map(([name, value]) => ` ${name}="${value}"`)
        .join('')} />`,
  );
  return `<script>
  let { size = ${size} } = $props();
</script>

<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width={size} height={size} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes.join('')}</svg>
`;
}
