// Signing in and out as a person does it, and switching the language.

import { createHmac } from 'node:crypto';
import assert from 'node:assert/strict';

/** Signs in through the form; with the code of a second factor where the account has one. */
export async function signIn(page, account) {
  await page.goto('/sign-in');
  const form = page.locator('main form').filter({ has: page.locator('input[type=password]') });
  await form.locator('input:not([type=hidden]):not([type=password]):not([type=checkbox])').first().fill(account.name);
  await form.locator('input[type=password]').fill(account.password);
  await form.locator('button').first().click();
  const code = page.locator('main input[autocomplete=one-time-code]');
  if (await code.count()) {
    assert.ok(account.totp, `${account.name} is asked for a code and has no secret`);
    await code.fill(totp(account.totp));
    await page.locator('main form button').first().click();
  }
  await page.locator('form[action="/sign-out"]').waitFor({ state: 'attached' });
}

/** Signs out by the button of the head. */
export async function signOut(page) {
  await page.locator('form[action="/sign-out"] button').click();
  await page.locator('a.sign-in').waitFor();
}

/** Switches to the other language by the link of the head; returns the language then spoken. */
export async function switchLanguage(page) {
  const wanted = await page.locator('a.lang').getAttribute('hreflang');
  await page.locator('a.lang').click();
  await page.locator(`html[lang=${wanted}]`).waitFor({ state: 'attached' });
  return wanted;
}

/** The code of RFC 6238 for now: SHA-1, 30 seconds, six digits; the secret in Base32. */
export function totp(secret, seconds = Math.floor(Date.now() / 1000)) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.toUpperCase().replace(/=+$/, '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[mac.length - 1] & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** A page of its own for the sample account with that role, signed in. */
export async function desk({ reader, server }, role, options) {
  const page = await (await reader(options)).newPage();
  await signIn(page, server.account(role));
  return page;
}

/** Sends a form and waits for the answer to its request; returns that answer's status. */
export async function send(page, button) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    button.click(),
  ]);
  await page.waitForLoadState();
  return answer.status();
}

/** Fetches a file as the page's reader: its type, its bytes. */
export async function download(page, path) {
  const answer = await page.request.get(path);
  return { status: answer.status(), type: answer.headers()['content-type'] ?? '', bytes: await answer.body() };
}
