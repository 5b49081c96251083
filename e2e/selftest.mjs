// Negative controls: each check is shown a page that breaks its rule, and must say so; and a page that
// breaks none, and must be silent.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { reader } from './lib/browser.mjs';
import * as checks from './lib/checks.mjs';
import * as eyes from './lib/eyes.mjs';
import { markup } from './lib/markup.mjs';
import { totp } from './lib/session.mjs';

const GOOD = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang tốt</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><a class="skip" href="#main">Tới nội dung</a><main id="main" tabindex="-1"><h1>Trang tốt</h1>
<p><a href="/good">Liên kết</a></p></main></body></html>`;

const POLICY = "default-src 'none'; img-src data:; connect-src 'self'";

const PAGES = {
  '/good': GOOD,
  '/script': GOOD.replace('</main>', '<script>document.title = "x"</script></main>'),
  '/foreign': GOOD.replace('</main>', '<img alt="" src="http://elsewhere.invalid/x.png"></main>'),
  '/unnamed': GOOD.replace('</main>', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>'),
  '/wide': GOOD.replace('</main>', `<pre>${'rộng'.repeat(200)}</pre></main>`),
  '/english': GOOD.replace('lang="vi"', 'lang="en"'),
  '/headless': GOOD.replace(/<h1>.*<\/h1>/, ''),
  '/keys': GOOD.replace('</main>', '<p>targets-board-title</p></main>'),
  '/trapped': GOOD.replace('<a class="skip" href="#main">Tới nội dung</a>', ''),
  '/loose': GOOD.replace('href="#main"', 'href="#nowhere"'),
  '/unclosed': GOOD.replace('</a></p>', '</p>'),
  '/twice': GOOD.replace('</main>', '<p id="main">hai lần</p></main>'),
  '/fixed': styled('p { width: 700px }'),
  '/cut': styled('p { width: 3em; overflow: hidden; white-space: nowrap }'),
  '/flat': styled('button { border: 0; background: navy; color: white }', '<button>Gửi</button>'),
  '/unmarked': styled('a:focus { outline: none }'),
  '/backwards': styled('p.b { display: flex; flex-direction: row-reverse }', '<p class="b"><a href="/1">Một</a> <a href="/2">Hai</a></p>'),
  '/below': styled('p.b { display: flex; flex-direction: column-reverse }', '<p class="b"><a href="/1">Một</a> <a href="/2">Hai</a></p>'),
  '/buried': styled('p.b { clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }', '<p class="b"><a href="/1">Một</a></p>'),
  '/numbered': GOOD.replace('</main>', '<p><a href="/1" tabindex="3">Một</a></p></main>'),
};

/** A page with a style of its own, which its policy lets through. */
function styled(style, more = '') {
  return GOOD.replace('</head>', `<style>${style}</style></head>`).replace('</main>', `${more}</main>`);
}

const policy = (page) => (page?.includes('<style>') ? `${POLICY}; style-src 'unsafe-inline'` : POLICY);

function serve() {
  const server = createServer((request, response) => {
    const page = PAGES[request.url];
    response.writeHead(page ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': request.url === '/foreign' ? '' : policy(page),
    });
    response.end(page ?? 'nothing here');
  });
  return new Promise((ready) => {
    server.listen(0, '127.0.0.1', () => ready(server));
  });
}

async function findings(browser, url, path) {
  const context = await reader(browser, { url });
  try {
    const page = await context.newPage();
    const watched = await checks.watch(page, url);
    await page.goto(path);
    return {
      watch: await watched(),
      axe: await checks.axe(page),
      overflow: await checks.overflow(page),
      identity: await checks.identity(page, 'vi'),
      keyboard: await checks.keyboard(page),
      markup: await markup(page),
      zoom: await eyes.zoom(page),
      forced: await eyes.forced(page),
      focus: await eyes.focus(page),
    };
  } finally {
    await context.close();
  }
}

/** Adds the controls to the runner; they need no program. Returns what ends them. */
export async function addControls(runner, browser) {
  const server = await serve();
  const url = `http://127.0.0.1:${server.address().port}`;
  const control = (path, kind, words) =>
    runner.add(`control ${kind} ${path}`, async () => {
      const found = await findings(browser, url, path);
      assert.match(found[kind].join('\n'), words);
    });
  runner.add('control a good page passes', async () => Object.values(await findings(browser, url, '/good')).flat());
  control('/script', 'watch', /content security policy: script-src/);
  control('/foreign', 'watch', /calls another host/);
  control('/unnamed', 'axe', /image-alt/);
  control('/wide', 'overflow', /sideways scrolling at 320 px/);
  control('/english', 'identity', /speaks en/);
  control('/headless', 'identity', /has 0 h1/);
  control('/keys', 'identity', /targets-board-title/);
  control('/trapped', 'keyboard', /skip link/);
  control('/loose', 'keyboard', /does not lead into main/);
  control('/unclosed', 'markup', /html close-order/);
  control('/twice', 'markup', /html no-dup-id/);
  control('/fixed', 'zoom', /sideways scrolling at 640 px/);
  control('/cut', 'zoom', /cut off at 200 % zoom: «Liên kết»/);
  control('/flat', 'forced', /without a border in forced colours: button/);
  control('/unmarked', 'focus', /shows no focus/);
  control('/backwards', 'focus', /Tab goes back from «Một» to «Hai»/);
  control('/below', 'focus', /Tab goes back from «Một» to «Hai»/);
  control('/buried', 'focus', /is not seen/);
  control('/numbered', 'focus', /a tabindex of its own/);
  runner.add('control one-time codes are those of RFC 6238', async () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    assert.equal(totp(secret, 59), '287082');
    assert.equal(totp(secret, 1_111_111_109), '081804');
  });
  return () => new Promise((closed) => server.close(closed));
}
