// A reader signs in, opens a scoreboard, narrows it down, opens a target, and signs out.

import assert from 'node:assert/strict';

import { desk, signOut, switchLanguage } from '../lib/session.mjs';

const BOARD = '/resolutions/s3-2017-2020';

async function read(tools, options) {
  const page = await desk(tools, 'reader', options);
  assert.equal(await switchLanguage(page), 'en');
  await page.locator('nav.menu a[href="/targets"]').click();
  await page.locator(`main a[href="${BOARD}"]`).first().click();
  const lines = page.locator('table.board th[scope=row]');
  await lines.first().waitFor();
  assert.equal(await lines.count(), 7, 'targets of the resolution');

  await page.locator('main input[name=q]').fill('cau hoi');
  await page.locator('main form[method=get] button, main form.filter button').first().click();
  await page.waitForURL(/[?&]q=cau/);
  assert.equal(await lines.count(), 1, 'one target is about questions, written without marks');
  assert.match(await lines.first().innerText(), /P9/);

  await lines.first().locator('a').click();
  await page.waitForURL(`**${BOARD}/targets/P9*`);
  assert.ok(await page.locator('main blockquote').isVisible(), 'the sentence is quoted');
  assert.ok((await page.locator('main tr[id^="o-"]').count()) > 0, 'the figures stand on the page');
  await signOut(page);
  assert.equal((await page.goto(BOARD)).status(), 200);
  assert.match(page.url(), /\/sign-in/);
  await page.context().close();
}

export const withScript = (tools) => read(tools, {});
export const withoutScript = (tools) => read(tools, { scripts: false });
