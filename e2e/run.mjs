// The pages and flows in a real browser: `node run.mjs [--shots] [FILTER]`.
//
// Every page of pages.json is visited in both languages, on a phone and on a desk, and photographed into
// shots/. A page: { name, path, as (role of a sample account, or null), status?, follow? (selectors whose
// first link is followed from path, one after the other) }.

import { mkdirSync, readFileSync, readdirSync } from 'node:fs';

import { launch, reader, WIDTHS } from './lib/browser.mjs';
import * as checks from './lib/checks.mjs';
import * as eyes from './lib/eyes.mjs';
import { markup } from './lib/markup.mjs';
import { Runner } from './lib/runner.mjs';
import { startServer } from './lib/server.mjs';
import { signIn } from './lib/session.mjs';
import { addControls } from './selftest.mjs';

const words = process.argv.slice(2);
const shotsOnly = words.includes('--shots');
const runner = new Runner(words.find((word) => !word.startsWith('--')));
const here = new URL('.', import.meta.url);
const pages = JSON.parse(readFileSync(new URL('pages.json', here), 'utf8'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

mkdirSync(new URL('shots/', here), { recursive: true });
const browser = await launch();
try {
  if (!shotsOnly) {
    const end = await addControls(runner, browser);
    await runner.run();
    await end();
  }
  await withServer();
} catch (error) {
  runner.add('the program', () => Promise.reject(error));
  runner.filter = undefined;
  await runner.run();
} finally {
  await browser.close();
}
process.exitCode = runner.close() ? 0 : 1;

async function withServer() {
  const server = await startServer();
  try {
    const states = await signedIn(server);
    for (const page of pages) addPage(server, states, page);
    addDesign(server);
    if (!shotsOnly) await addFlows(server);
    await runner.run();
    if (runner.failed > 0) console.log(`the program's last words:\n${server.lastWords()}`);
  } finally {
    await server.stop();
  }
}

/** Signs in once per role: what the browser keeps is used by all visits of that role. */
async function signedIn(server) {
  const states = new Map([[null, undefined]]);
  for (const role of new Set(pages.map((page) => page.as ?? null))) {
    if (role === null) continue;
    const context = await reader(browser, { url: server.url });
    await signIn(await context.newPage(), server.account(role));
    states.set(role, await context.storageState());
    await context.close();
  }
  return states;
}

function addPage(server, states, spec) {
  const state = states.get(spec.as ?? null);
  for (const lang of ['vi', 'en']) {
    for (const width of Object.values(WIDTHS)) {
      const name = `${spec.name}-${lang}-${width}`;
      runner.add(`page ${name}`, () =>
        visit({ url: server.url, lang, width, state }, spec, async (page) => {
          const breaches = await checks.identity(page, lang);
          await photograph(page, name);
          if (shotsOnly) return breaches;
          breaches.push(...(await checks.axe(page)), ...(await checks.overflow(page)));
          return [...breaches, ...(await (width === WIDTHS.phone ? onPhone(page, lang) : onDesk(page, lang)))];
        }),
      );
    }
  }
  if (shotsOnly) return;
  runner.add(`no-script ${spec.name}`, () =>
    visit({ url: server.url, state, scripts: false }, spec, async (page) => {
      const shown = await page.locator('main h1').isVisible();
      return [...(await checks.identity(page, 'vi')), ...(shown ? [] : ['its main heading is not seen'])];
    }),
  );
  runner.add(`keyboard ${spec.name}`, () =>
    visit({ url: server.url, state }, spec, async (page) => [...(await checks.keyboard(page)), ...(await eyes.focus(page))]),
  );
}

/** What is the same at every width, or has a width of its own, is looked at once. */
async function onDesk(page, lang) {
  const breaches = [...(await markup(page)), ...(await eyes.zoom(page))];
  return lang === 'vi' ? [...breaches, ...(await eyes.forced(page))] : breaches;
}

/** On a phone tables are laid out anew, so the way of the focus is another. */
function onPhone(page, lang) {
  return lang === 'vi' ? eyes.focus(page) : [];
}

/** The page of all components, in every scheme and width a reader may have. */
function addDesign(server) {
  const spec = { name: 'design', path: '/design' };
  for (const [look, options] of Object.entries({ light: {}, dark: { scheme: 'dark' }, forced: { forced: true } })) {
    for (const width of [320, 768, 1280]) {
      runner.add(`look design-${look}-${width}`, () =>
        visit({ url: server.url, width, ...options }, spec, async (page) => {
          await photograph(page, `design-${look}-${width}`);
          // In forced colours the browser's own palette is in charge, which axe does not see.
          return shotsOnly || look === 'forced' ? [] : checks.axe(page);
        }),
      );
    }
  }
}

async function addFlows(server) {
  const files = readdirSync(new URL('flows/', here)).filter((file) => file.endsWith('.mjs'));
  for (const file of files.sort()) {
    const flows = await import(new URL(`flows/${file}`, here));
    for (const [name, run] of Object.entries(flows)) {
      runner.add(`flow ${file.replace('.mjs', '')}${name === 'default' ? '' : ` ${name}`}`, async () => {
        const context = await reader(browser, { url: server.url });
        try {
          const page = await context.newPage();
          await run({ page, context, server, browser, reader: (options) => reader(browser, { url: server.url, ...options }) });
        } finally {
          await context.close();
        }
      });
    }
  }
}

/** Opens the page as that reader, watched, and returns all breaches. */
async function visit(as, spec, look) {
  const context = await reader(browser, as);
  try {
    const page = await context.newPage();
    const watched = await checks.watch(page, as.url, spec.status);
    let answer = await page.goto(spec.path);
    for (const selector of spec.follow ?? []) {
      const href = await page.locator(selector).first().getAttribute('href');
      answer = await page.goto(new URL(href, page.url()).href);
    }
    const breaches = answer.status() === (spec.status ?? 200) ? [] : [`answers ${answer.status()} at ${page.url()}`];
    await page.evaluate(() => document.fonts.ready.then(() => true));
    breaches.push(...((await look(page)) ?? []));
    return [...breaches, ...(await watched())];
  } finally {
    await context.close();
  }
}

function photograph(page, name) {
  const path = new URL(`shots/${name}.png`, here).pathname;
  return page.screenshot({ path, fullPage: true, animations: 'disabled' });
}
