// The round of a clerk without a mouse: skip link, rows of the board, the palette.

import assert from 'node:assert/strict';

import { desk } from '../lib/session.mjs';

const BOARD = '/resolutions/s3-2017-2020';

const here = (page) => page.evaluate(() => ({ text: document.activeElement.textContent.trim(), href: document.activeElement.getAttribute('href') }));

export default async function keyboard(tools) {
  const page = await desk(tools, 'reader');
  await page.goto(BOARD);
  await page.keyboard.press('Tab');
  assert.equal((await here(page)).href, '#main');
  await page.keyboard.press('Enter');

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = await page.evaluate(() => document.activeElement.closest('tr')?.innerText ?? '');
  assert.ok(second, 'J leads to a row');
  await page.keyboard.press('k');
  const first = await page.evaluate(() => document.activeElement.closest('tr')?.innerText ?? '');
  assert.notEqual(first, second, 'K leads back');

  await page.keyboard.press('Control+k');
  const palette = page.locator('dialog[open]');
  await palette.waitFor();
  await page.keyboard.type('P12');
  await palette.locator('a[href*="/targets/P12"]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/targets\/P12/);
  await page.goto(BOARD);
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await palette.count(), 0, 'Escape closes it');
  await page.context().close();
}
