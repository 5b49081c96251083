// The checks of every page for one that exists only after some work: a review, a report, a form with faults.

import { WIDTHS } from './browser.mjs';
import { axe, identity, overflow } from './checks.mjs';
import { forced, zoom } from './eyes.mjs';
import { markup } from './markup.mjs';

/** Checks and photographs the page as it stands, on a phone and on a desk; throws with all its breaches. */
export async function inspect(page, name, lang = 'vi') {
  const before = page.viewportSize();
  const breaches = [...(await markup(page)), ...(await zoom(page)), ...(await forced(page))];
  for (const width of Object.values(WIDTHS)) {
    await page.setViewportSize({ width, height: before.height });
    breaches.push(...(await identity(page, lang)), ...(await axe(page)));
    if (width === WIDTHS.phone) breaches.push(...(await overflow(page)));
    const path = new URL(`../shots/${name}-${lang}-${width}.png`, import.meta.url).pathname;
    await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  }
  await page.setViewportSize(before);
  if (breaches.length > 0) throw new Error(`${name}, ${lang}: ${breaches.join('; ')}`);
}

/** The same in both languages, for a page that has an address. */
export async function visit(page, name, path) {
  for (const lang of ['en', 'vi']) {
    const url = new URL(page.url()).origin;
    await page.context().addCookies([{ name: 'lang', value: lang, url }]);
    const answer = await page.goto(path);
    if (answer.status() !== 200) throw new Error(`${name}: ${path} answers ${answer.status()}`);
    await inspect(page, name, lang);
  }
}
