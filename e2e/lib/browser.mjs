// Debian's Chromium, cut off from everything but this machine.

import { chromium } from 'playwright-core';

import { remember } from './markup.mjs';

export const WIDTHS = { phone: 360, desk: 1280 };
/** CSS pixels that 400 % zoom leaves of 1280, and the narrowest phone (WCAG 1.4.10). */
export const NARROWEST = 320;
const HEIGHT = 800;

export function launch() {
  return chromium.launch({
    executablePath: process.env.LIENTHONG_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** A context like a reader's: language, width, who is signed in. */
export async function reader(browser, { url, lang = 'vi', width = WIDTHS.desk, state, scripts = true, scheme, forced }) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: HEIGHT },
    locale: lang === 'vi' ? 'vi-VN' : 'en-GB',
    timezoneId: 'Asia/Ho_Chi_Minh',
    storageState: state,
    javaScriptEnabled: scripts,
    colorScheme: scheme ?? 'light',
    forcedColors: forced ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  context.on('page', remember);
  await context.addCookies([{ name: 'lang', value: lang, url }]);
  return context;
}
