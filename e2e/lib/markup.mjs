// The HTML as the program sent it, held against the standard by html-validate: what a browser mends in silence
// (a tag never closed, an id twice, a list without items) is a fault for the next reader of the page.

import { HtmlValidate } from 'html-validate';

const RULES = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Looks of the source, which nobody reads: templates leave blanks behind.
    'no-trailing-whitespace': 'off',
    // The titles of resolutions are long by law and custom, and stand first; a cut takes the product's name away.
    'long-title': 'off',
    // The standard takes either; ours is written small.
    'doctype-style': ['error', { style: 'lowercase' }],
    // A box that scrolls is made focusable, and so needs a role and a name; it is no section of the text.
    'prefer-native-element': ['error', { exclude: ['region', 'group'] }],
    // One form, several buttons of one name: the standard's way to say which was pressed. Checkboxes alike.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button'] }],
    // ARIA 1.2 lets a list have a name, and the tree of organisations needs one.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
  },
});

const sent = new WeakMap();

/** Keeps the source of each page that `page` opens; called before it opens the first. */
export function remember(page) {
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    const isHtml = (response.headers()['content-type'] ?? '').startsWith('text/html');
    if (!isPage || !isHtml) return;
    sent.set(page, response.text().catch(() => undefined));
  });
}

/** Breaches of the HTML standard in the source of the page that is open. */
export async function markup(page) {
  const source = await sent.get(page);
  if (source === undefined) return ['its source was not kept'];
  const report = await RULES.validateString(source, page.url());
  const told = report.results.flatMap(({ messages }) => messages);
  return told.map(({ ruleId, message, line, column, selector }) => `html ${ruleId}: ${message} at ${selector ?? ''} ${line}:${column}`);
}
