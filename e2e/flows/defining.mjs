// A secretary defines a target; two who change one at once are told of each other.

import assert from 'node:assert/strict';

import { inspect } from '../lib/inspect.mjs';
import { desk, send } from '../lib/session.mjs';

const RESOLUTION = '/resolutions/s2-2020-2025';

/** A new target is made by steps that work without scripts: choose the kind, show its fields, fill them in. */
async function defines(tools, code, options) {
  const page = await desk(tools, 'secretary', options);
  await page.goto(`${RESOLUTION}/targets/new?sentence=T16`);
  await page.locator('input[name=code]').fill(code);
  await page.locator('[name=sentence]').selectOption('T16');
  await page.locator('input[name=title]').fill('Số chi bộ trực thuộc');
  await page.locator('select[name$="-measure"]').first().selectOption('subordinate-cells');
  await page.locator('select[name$="-test"]').first().selectOption('floor');
  await send(page, page.locator('button[value=show]:not(.unseen)').first());
  await page.locator('input[name$="-at"]').first().fill('5');
  const status = await send(page, page.locator('button[value=save]'));
  assert.equal(status, 303, await page.locator('main').innerText());
  await page.goto(RESOLUTION);
  assert.equal(await page.locator(`table.board a[href$="/targets/${code}"]`).count(), 1);
  await page.context().close();
}

export const withScript = (tools) => defines(tools, 'T16x', {});
export const withoutScript = (tools) => defines(tools, 'T16y', { scripts: false });

/** The second of two editors is refused, sees the other's words, and keeps his own. */
export async function conflict(tools) {
  const address = `${RESOLUTION}/targets/T13b/define`;
  const first = await desk(tools, 'secretary');
  const second = await first.context().newPage();
  await first.goto(address);
  await second.goto(address);
  await first.locator('input[name=title_en]').fill('Advice on e-government, first editor');
  assert.equal(await send(first, first.locator('button[value=save]')), 303);
  await second.locator('input[name=title_en]').fill('Advice on e-government, second editor');
  assert.equal(await send(second, second.locator('button[value=save]')), 409);
  assert.match(await second.locator('main [role=alert]').first().innerText(), /first editor/);
  assert.equal(await second.locator('input[name=title_en]').inputValue(), 'Advice on e-government, second editor');
  await inspect(second, 'define-conflict');
  await first.context().close();
}
