// What every page must keep. Each check returns the list of its breaches; an empty list is a pass.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { NARROWEST } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Watches a page from before it loads: console errors, policy violations, failed and foreign requests. */
export async function watch(page, url, expectedStatus = 200) {
  const breaches = [];
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // The browser reports the wanted status of an error page as an error of its own.
    const wanted = expectedStatus >= 400 && message.text().includes(`status of ${expectedStatus}`);
    if (!wanted) breaches.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => breaches.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(`${url}/`) && !/^(data|blob|about):/.test(to)) breaches.push(`calls another host: ${to}`);
  });
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest();
    if (!isPage && response.status() >= 400) breaches.push(`${response.status()} for ${response.url()}`);
  });
  await page.addInitScript(() => {
    globalThis.__violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.__violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return async () => {
    const violations = await page.evaluate(() => globalThis.__violations ?? []);
    return [...breaches, ...violations.map((said) => `content security policy: ${said}`)];
  };
}

/** Accessibility faults that axe can prove, WCAG 2.2 A and AA. */
export async function axe(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.any.concat(node.all)[0]?.message ?? ''}`),
    }));
  }, AXE_TAGS);
  return violations.map(({ id, help, nodes }) => {
    const more = nodes.length > 3 ? ` and ${nodes.length - 3} more` : '';
    return `axe ${id}: ${help} at ${nodes.slice(0, 3).join('; ')}${more}`;
  });
}

/** Parts that stick out sideways at this width; boxes that scroll by themselves are fine. */
export async function overflow(page, width = NARROWEST) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: before.height });
  const out = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > room + 1);
    const name = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${[...e.classList].map((c) => `.${c}`).join('')}`;
    return [`${document.documentElement.scrollWidth} px wide in ${room}: ${wide.slice(0, 4).map(name).join(', ')}`];
  });
  await page.setViewportSize(before);
  return out.map((said) => `sideways scrolling at ${width} px: ${said}`);
}

/** A page says what it is: its language, one title, one main heading. */
export async function identity(page, lang) {
  const breaches = [];
  const spoken = await page.locator('html').getAttribute('lang');
  if (spoken !== lang) breaches.push(`speaks ${spoken}, not ${lang}`);
  if (!(await page.title()).trim()) breaches.push('has no title');
  const headings = await page.locator('h1').count();
  if (headings !== 1) breaches.push(`has ${headings} h1`);
  else if (!(await page.locator('h1').innerText()).trim()) breaches.push('its h1 is empty');
  // A key that has no words is shown as itself.
  const text = await page.locator('body').innerText();
  const bare = /\b(web|identity|registry|targets|app)-[a-z]+-[a-z-]+\b/.exec(text);
  if (bare) breaches.push(`shows a key instead of words: ${bare[0]}`);
  return breaches;
}

/** By keyboard: the first stop is the link that skips to the content, and the content can be reached. */
export async function keyboard(page) {
  const breaches = [];
  const focus = () =>
    page.evaluate(() => {
      const here = document.activeElement;
      return { skip: here.matches('a.skip'), main: !!here.closest('main'), body: here === document.body };
    });
  await page.keyboard.press('Tab');
  if (!(await focus()).skip) return ['the first Tab does not reach the skip link'];
  const box = await page.locator('a.skip').boundingBox();
  if (!box || box.x < 0 || box.y < 0 || box.width < 10) breaches.push('the skip link is not seen when it has the focus');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  if (!(await focus()).main) breaches.push('the skip link does not lead into main');

  const stops = await page.locator('main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)').count();
  if (stops === 0) return breaches;
  await page.evaluate(() => document.activeElement.blur());
  await page.locator('body').evaluate(() => globalThis.getSelection().removeAllRanges());
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press('Tab');
    if ((await focus()).main) return breaches;
  }
  return [...breaches, 'Tab does not reach the content in 80 steps'];
}
