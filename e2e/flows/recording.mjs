// A recorder enters a figure with a file as its evidence, and the verdict on the board changes.

import assert from 'node:assert/strict';

import { inspect, visit } from '../lib/inspect.mjs';
import { desk, download, send } from '../lib/session.mjs';

const BOARD = '/resolutions/s1-2020-2025';
const PAPER = Buffer.from('Biên bản nghiệm thu kho cơ sở dữ liệu dùng chung (tệp thử)\n');

async function verdict(page, target) {
  await page.goto(BOARD);
  const line = page.locator('table.board tr').filter({ has: page.locator(`a[href*="/targets/${target}"]`) });
  return (await line.locator('b.tag').innerText()).trim();
}

async function record(tools, target, measure, options) {
  const page = await desk(tools, 'recorder', options);
  const before = await verdict(page, target);
  await page.goto(`${BOARD}/targets/${target}`);
  await page.locator(`main a[href*="/observe?target=${target}"]`).click();
  const choice = page.locator(`main a[href*="measure=${measure}"]`);
  if (await choice.count()) await choice.first().click();

  // A day outside the term is refused in the field, and what was typed is still there.
  await page.locator('select[name=stage]').selectOption('in-use');
  await page.locator('input[name=as_of]').fill('01/01/2035');
  assert.equal(await send(page, page.locator('main button:not([name])').first()), 422);
  assert.equal(await page.locator('select[name=stage]').inputValue(), 'in-use');
  assert.ok(await page.locator('.faults').isVisible());
  if (options.scripts !== false) await inspect(page, 'observe-faulty');

  await page.locator('input[name=as_of]').fill('30/06/2025');
  await page.locator('input[type=file]').setInputFiles({ name: 'bien-ban.txt', mimeType: 'text/plain', buffer: PAPER });
  const status = await send(page, page.locator('main button:not([name])').first());
  assert.equal(status, 303, await page.locator('main').innerText());

  const after = await verdict(page, target);
  assert.notEqual(after, before, 'the verdict on the board');
  assert.match(after, /Đạt$/);
  await page.goto(`${BOARD}/targets/${target}`);
  const proof = await page.locator('main a[href^="/evidence/"]').first().getAttribute('href');
  const file = await download(page, proof);
  assert.equal(file.status, 200);
  assert.deepEqual(file.bytes, PAPER, 'the evidence comes back byte by byte');
  if (options.scripts !== false) {
    await visit(page, 'target-with-figure', `${BOARD}/targets/${target}`);
    const figure = await page.locator('main a[href*="/observations/"]').first().getAttribute('href');
    await visit(page, 'observation-entered', figure);
  }
  await page.context().close();
}

export const withScript = (tools) => record(tools, 'T23c', 'data-warehouse', {});
export const withoutScript = (tools) => record(tools, 'T23b', 'lgsp', { scripts: false });
