// A person signs in, reads on in English, comes back to Vietnamese, and signs out.

import assert from 'node:assert/strict';

import { signIn, signOut, switchLanguage } from '../lib/session.mjs';

export default async function run({ page, server }) {
  const account = server.account('reviewer');
  await signIn(page, account);
  assert.equal(await switchLanguage(page), 'en');
  await page.goto('/');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en', 'the choice is not remembered');
  assert.equal(await switchLanguage(page), 'vi');
  await signOut(page);
  await page.goto('/account');
  assert.match(page.url(), /\/sign-in/, 'signed out, and still let in');
}

/** The wrong password is refused on the same page, which keeps the name. */
export async function wrongPassword({ page, server }) {
  const account = server.account('reviewer');
  await page.goto('/sign-in');
  await page.locator('main form input:not([type=hidden])').first().fill(account.name);
  await page.locator('main input[type=password]').fill('not the password at all');
  await page.locator('main form button').first().click();
  assert.equal(await page.locator('a.sign-in').count(), 1);
  assert.equal(await page.locator('form[action="/sign-out"]').count(), 0);
}
