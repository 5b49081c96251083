// An administrator makes an account and gives a role; the new person must change the password before anything else.

import assert from 'node:assert/strict';

import { inspect } from '../lib/inspect.mjs';
import { desk, send, signIn } from '../lib/session.mjs';

const PASSWORD = 'mot mat khau du dai 2026';

async function newcomer(tools, login, options) {
  const page = await desk(tools, 'administrator', options);
  await page.goto('/people');
  await page.locator('main a[href="/people/new"]').click();
  await page.locator('input[name=name]').fill('Nguyễn Thị Ánh Nguyệt');
  await page.locator('input[name=login]').fill(login);
  assert.equal(await send(page, page.locator('main form button').first()), 200);
  if (options.scripts !== false) await inspect(page, 'person-created');
  const word = (await page.locator('main pre').innerText()).trim();
  await page.locator('main p.actions a').click();
  await page.locator('input[name=role][value=reader]').check();
  const org = page.locator('select[name=org]');
  await org.selectOption(await org.locator('option', { hasText: 'Chi bộ Cổng Thông tin điện tử' }).first().getAttribute('value'));
  assert.equal(await send(page, page.locator('main form button').first()), 303, await page.locator('main').innerText());
  assert.match(await page.locator('main table').innerText(), /Cổng Thông tin điện tử/);

  const other = await (await tools.reader(options)).newPage();
  await signIn(other, { name: login, password: word });
  await other.goto('/targets');
  assert.match(other.url(), /\/account\/password/, 'the first password must be changed');
  if (options.scripts !== false) await inspect(other, 'password-first');
  const fields = other.locator('main input[type=password]');
  await fields.nth(0).fill(word);
  await fields.nth(1).fill(PASSWORD);
  await fields.nth(2).fill(PASSWORD);
  assert.equal(await send(other, other.locator('main form button').first()), 303, await other.locator('main').innerText());
  await other.goto('/targets');
  assert.match(other.url(), /\/targets$/);
  assert.equal(await other.locator('main a[href="/resolutions/s3-2017-2020"]').count(), 1, 'sees the resolution of the unit');
  assert.equal((await other.goto('/people')).status(), 403, 'a reader does not see accounts');
  await Promise.all([page, other].map((one) => one.context().close()));
}

export const withScript = (tools) => newcomer(tools, 'anhnguyet', {});
export const withoutScript = (tools) => newcomer(tools, 'anhnguyet2', { scripts: false });
