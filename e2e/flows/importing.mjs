// A table with a faulty row stores nothing and names the row; the corrected one is stored whole.

import assert from 'node:assert/strict';

import { inspect } from '../lib/inspect.mjs';
import { desk, download, send } from '../lib/session.mjs';

const BOARD = '/resolutions/s2-2020-2025';

const table = (stage) => [
  'measure;as_of;stage;note',
  'soc;31/12/2024;in-use;Vận hành từ quý IV',
  `ioc;31/12/2024;${stage};`,
].join('\r\n');

const figures = async (page) => (await download(page, `${BOARD}/observations.csv`)).bytes.toString().trim().split('\n').length;

async function sends(page, text) {
  await page.goto(`${BOARD}/import`);
  await page.locator('input[type=file]').setInputFiles({ name: 'so-lieu.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  return send(page, page.locator('main button').first());
}

async function importing(tools, options) {
  const page = await desk(tools, 'recorder', options);
  const template = await download(page, `${BOARD}/template.xlsx`);
  assert.equal(template.status, 200);
  assert.match(template.type, /spreadsheetml/);
  assert.ok(template.bytes.length > 1000);

  const before = await figures(page);
  await sends(page, table('half-way'));
  const said = await page.locator('main .notice.bad').innerText();
  assert.ok(said.trim());
  await inspect(page, 'import-faulty');
  assert.match(await page.locator('main table').first().innerText(), /3/, 'the row at fault is named');
  assert.equal(await page.locator('form[action$="/import/confirm"]').count(), 0, 'a faulty table cannot be stored');
  assert.equal(await figures(page), before, 'nothing was stored');

  assert.equal(await sends(page, table('built')), 200);
  await inspect(page, 'import-good');
  assert.equal(await figures(page), before, 'looking stores nothing');
  assert.equal(await send(page, page.locator('form[action$="/import/confirm"] button').first()), 303);
  assert.equal(await figures(page), before + 2);

  // The same table once more: its figures are there already.
  await sends(page, table('built'));
  assert.ok(await page.locator('main .notice.bad').isVisible(), 'figures that are there already are named');
  await page.context().close();
}

export default (tools) => importing(tools, {});
