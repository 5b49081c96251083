// What a reader with weak eyes or without a mouse must keep: nothing is cut off at 200 % zoom, the borders of
// controls stay in forced colours, the focus is seen at every stop and goes the way one reads. Each check
// returns the list of its breaches.

import { overflow } from './checks.mjs';

/** CSS pixels that 200 % zoom leaves of 1280 (WCAG 1.4.4). */
const ZOOMED = 640;
/** More stops than any page has. */
const MOST_STOPS = 400;

/** At 200 %: no sideways scrolling, and no words that a box cuts off. */
export async function zoom(page) {
  const breaches = await overflow(page, ZOOMED);
  const before = page.viewportSize();
  await page.setViewportSize({ width: ZOOMED, height: before.height });
  const cut = await page.evaluate(() => {
    const unseen = (e) => getComputedStyle(e).clipPath !== 'none' || e.clientWidth <= 1;
    const cuts = (e) => {
      const { overflowX, overflowY } = getComputedStyle(e);
      const wide = ['hidden', 'clip'].includes(overflowX) && e.scrollWidth > e.clientWidth + 1;
      const high = ['hidden', 'clip'].includes(overflowY) && e.scrollHeight > e.clientHeight + 1;
      return (wide || high) && e.innerText?.trim() && !unseen(e);
    };
    return [...document.querySelectorAll('body *')].filter(cuts).map((e) => e.innerText.trim().slice(0, 40));
  });
  await page.setViewportSize(before);
  return [...breaches, ...cut.slice(0, 3).map((words) => `cut off at 200 % zoom: «${words}»`)];
}

/** In forced colours grounds are gone: what is told apart by its ground alone needs a border. */
export async function forced(page) {
  await page.emulateMedia({ forcedColors: 'active' });
  const bare = await page.evaluate(() => {
    const boxes = 'button:not(.quiet, .linky, .unseen), .button, .tag, .notice, .faults, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])';
    const bordered = (e) => {
      const style = getComputedStyle(e);
      return ['Top', 'Bottom', 'Left', 'Right'].every(
        (side) => style[`border${side}Style`] !== 'none' && Number.parseFloat(style[`border${side}Width`]) >= 1,
      );
    };
    const name = (e) => `${e.tagName.toLowerCase()}${[...e.classList].map((c) => `.${c}`).join('')}`;
    const shown = [...document.querySelectorAll(boxes)].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1);
    return [...new Set(shown.filter((e) => !bordered(e)).map(name))];
  });
  await page.emulateMedia({ forcedColors: 'none' });
  return bare.map((name) => `without a border in forced colours: ${name}`);
}

/** By Tab through the content: each stop is seen and marked, and the next lies where one reads on. */
export async function focus(page) {
  const breaches = await page.evaluate(() => {
    globalThis.__stops = [];
    document.activeElement.blur();
    document.querySelector('main').focus();
    const numbered = [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0);
    return numbered.map((e) => `a tabindex of its own: ${e.localName} «${e.innerText.trim().slice(0, 40)}»`);
  });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate(look);
    if (said === 'left') break;
    if (said) breaches.push(said);
  }
  return [...new Set(breaches), ...(await page.evaluate(order))];
}

/** In the page: what is wrong with the stop that has the focus; «left» behind the content's last. */
function look() {
  const e = document.activeElement;
  if (!e.closest('main') || globalThis.__stops.includes(e)) return 'left';
  globalThis.__stops.push(e);
  const name = `${e.tagName.toLowerCase()} «${(e.innerText || e.name || e.getAttribute('aria-label') || '').trim().slice(0, 40)}»`;
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  const hidden = e.closest('.unseen') || [...ancestors(e)].some((up) => getComputedStyle(up).clipPath !== 'none' && up.clientWidth <= 1);
  if (hidden || box.width < 2 || box.height < 2 || style.visibility !== 'visible') return `${name} has the focus and is not seen`;
  const outlined = style.outlineStyle === 'auto' || (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2);
  if (!outlined) return `${name} shows no focus`;
  const [x, y] = [Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1)];
  const top = document.elementFromPoint(x, y);
  if (top && !e.contains(top) && !top.contains(e) && !e.labels?.[0]?.contains(top)) return `${name} has the focus behind ${top.tagName.toLowerCase()}`;
  return '';

  function* ancestors(from) {
    for (let up = from; up && up.localName !== 'main'; up = up.parentElement) yield up;
  }
}

/** In the page: stops that lie above, or left on the same line of, the stop before. */
function order() {
  // What a box has scrolled away lies at the box's edge.
  const placed = (e) => {
    let { left, right, top, bottom } = e.getBoundingClientRect();
    for (let up = e.parentElement; up; up = up.parentElement) {
      if (getComputedStyle(up).overflowY === 'visible') continue;
      const box = up.getBoundingClientRect();
      const clamp = (value) => Math.min(Math.max(value, box.top), box.bottom);
      if (up !== document.documentElement && up !== document.body) [top, bottom] = [clamp(top), clamp(bottom)];
    }
    return { left, right, top, bottom, opens: e.localName === 'summary', words: (e.innerText || e.name || '').trim().slice(0, 30) };
  };
  const stops = globalThis.__stops.map(placed);
  const breaches = [];
  for (let n = 1; n < stops.length; n += 1) {
    const [from, to] = [stops[n - 1], stops[n]];
    const up = to.bottom <= from.top + 1 && to.left <= from.left;
    // The sign that opens what hangs below a name stands before that name, in a tree.
    const back = !to.opens && to.right <= from.left && to.top < from.bottom - 1 && to.bottom > from.top + 1;
    if (up || back) breaches.push(`Tab goes back from «${from.words}» to «${to.words}»`);
  }
  return breaches.slice(0, 3);
}
