// Comfort on top of pages that work without it: drafts, filters that apply themselves, keys in tables,
// files dropped on a field, Ctrl K. One file, no dependencies, nothing sent anywhere but to this program.
'use strict';
(() => {
  const spoken = document.getElementById('spoken');
  const words = spoken ? spoken.dataset : {};
  const say = (text) => { if (spoken) { spoken.textContent = ''; setTimeout(() => { spoken.textContent = text; }, 50); } };
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

  /* Drafts: what is typed is kept in this browser until the form was accepted. */
  const PREFIX = 'draft:';
  const DAYS = 7;
  const box = (() => { try { return window.localStorage; } catch { return null; } })();
  const read = (key) => { try { return JSON.parse(box.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { box.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
  const keys = () => box ? Object.keys(box).filter((key) => key.startsWith(PREFIX)) : [];
  const keyOf = (form) => PREFIX + form.dataset.draft + ':' + location.pathname;
  const kept = (field) => field.name && field.name !== '_csrf' && !/^(password|file|hidden|submit)$/.test(field.type);

  const typed = (form) => [...form.elements].filter(kept)
    .filter((field) => !/^(checkbox|radio)$/.test(field.type) || field.checked)
    .map((field) => [field.name, field.value]);

  const fill = (form, values) => {
    for (const field of [...form.elements].filter(kept)) {
      const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/^(checkbox|radio)$/.test(field.type)) field.checked = own.includes(field.value);
      else if (own.length) field.value = own[0];
    }
  };

  const offerDrop = (form, key, before) => {
    const note = document.createElement('p');
    note.className = 'draft-note';
    const drop = document.createElement('button');
    drop.type = 'button';
    drop.className = 'quiet';
    drop.textContent = words.draftDrop;
    drop.addEventListener('click', () => {
      box.removeItem(key);
      fill(form, before);
      note.remove();
      say(words.draftDropped);
    });
    note.append(words.draftBack + ' ', drop);
    form.prepend(note);
    say(words.draftBack);
  };

  const keepDraft = (form) => {
    if (!box) return;
    const key = keyOf(form);
    const before = typed(form);
    const draft = read(key);
    const above = form.previousElementSibling;
    const shownAgain = form.querySelector('.faulty') || (above && above.matches('.faults'));
    if (draft && !shownAgain && JSON.stringify(draft.values) !== JSON.stringify(before)) {
      fill(form, draft.values);
      offerDrop(form, key, before);
    }
    let waiting;
    const keep = () => {
      if (write(key, { at: Date.now(), values: typed(form) })) say(words.draftKept);
    };
    form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(keep, 1500); });
    form.addEventListener('submit', () => {
      clearTimeout(waiting);
      write(key, { at: Date.now(), values: typed(form), sent: true });
    });
  };

  /* A draft that was sent goes once a page comes that is neither its form again, a problem nor the sign-in. */
  const sweep = () => {
    const failed = document.querySelector('.problem, .faults') || location.pathname.startsWith('/sign-in');
    const here = [...document.querySelectorAll('form[data-draft]')].map(keyOf);
    for (const key of keys()) {
      const draft = read(key);
      const old = !draft || Date.now() - draft.at > DAYS * 864e5;
      if (old || (draft.sent && !failed && !here.includes(key))) box.removeItem(key);
    }
  };

  /* Filters apply themselves; the button stays for who has no script. */
  const replace = async (url) => {
    const answer = await fetch(url, { credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const main = page.getElementById('main');
    if (!answer.ok || !main) { location.assign(url); return; }
    const focus = document.activeElement && document.activeElement.id;
    document.getElementById('main').replaceWith(main);
    document.title = page.title;
    history.replaceState(null, '', url);
    start(main);
    const again = focus && document.getElementById(focus);
    if (again) again.focus();
    const caption = main.querySelector('caption, h1');
    if (caption) say(caption.textContent);
  };

  const filterItself = (form) => {
    form.addEventListener('change', (event) => {
      if (event.target.tagName !== 'SELECT' && event.target.type !== 'checkbox') return;
      const data = [...new FormData(form)].filter(([, value]) => value !== '');
      replace(form.action.split('?')[0] + '?' + new URLSearchParams(data)).catch(() => form.submit());
    });
  };

  /* j and k walk the rows of a table, Enter opens the row. */
  let row = null;
  const walk = (step) => {
    const rows = [...document.querySelectorAll('table[data-rows] tbody tr:not(.st)')];
    if (!rows.length) return false;
    const at = rows.indexOf(row);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (row) row.classList.remove('at');
    row = next;
    row.classList.add('at');
    const link = row.querySelector('a');
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    return true;
  };

  /* Ctrl K: a window over the search page. */
  let palette = null;
  const openPalette = () => {
    const source = document.querySelector('.head-search input');
    if (!source || typeof HTMLDialogElement === 'undefined') return false;
    if (!palette) palette = buildPalette(source);
    if (!palette.open) palette.showModal();
    palette.querySelector('input').select();
    return true;
  };
  const buildPalette = (source) => {
    const dialog = document.createElement('dialog');
    const input = document.createElement('input');
    const found = document.createElement('div');
    const label = document.querySelector('.head-search label').textContent;
    dialog.setAttribute('aria-label', label);
    input.type = 'search';
    input.placeholder = label;
    input.setAttribute('aria-label', label);
    found.setAttribute('aria-live', 'polite');
    dialog.append(input, found);
    document.body.append(dialog);
    let waiting;
    let turn = 0;
    input.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const mine = ++turn;
        const query = input.value.trim();
        if (!query) { found.replaceChildren(); return; }
        const address = source.form.action + '?' + new URLSearchParams({ [source.name]: query });
        const answer = await fetch(address, { credentials: 'same-origin' }).catch(() => null);
        if (!answer || !answer.ok || mine !== turn) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const list = page.querySelector('main .hits, main .empty');
        found.replaceChildren(...(list ? [list] : []));
      }, 150);
    });
    dialog.addEventListener('keydown', (event) => {
      const links = [...found.querySelectorAll('a')];
      const at = links.indexOf(document.activeElement);
      if (event.key === 'ArrowDown' && links.length) { links[Math.min(at + 1, links.length - 1)].focus(); event.preventDefault(); }
      if (event.key === 'ArrowUp' && links.length) { (at > 0 ? links[at - 1] : input).focus(); event.preventDefault(); }
      if (event.key === 'Enter' && document.activeElement === input && links.length) { links[0].click(); event.preventDefault(); }
    });
    dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
    return dialog;
  };

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      if (openPalette()) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) return;
    if (event.key === 'j' && walk(1)) event.preventDefault();
    if (event.key === 'k' && walk(-1)) event.preventDefault();
  });

  /* Files dropped anywhere on the field. */
  const takeFiles = (drop) => {
    const input = drop.querySelector('input[type=file]');
    drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
      drop.classList.remove('over');
      if (event.target === input || !event.dataTransfer.files.length) return;
      event.preventDefault();
      if (!input.multiple && event.dataTransfer.files.length > 1) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
  };

  /* A form is sent once, however often its button is pressed. */
  const sendOnce = (form) => {
    let sent = 0;
    form.addEventListener('submit', (event) => {
      if (Date.now() - sent < 4000) event.preventDefault();
      else sent = Date.now();
    });
  };

  const start = (root) => {
    root.querySelectorAll('form[method=post]').forEach(sendOnce);
    root.querySelectorAll('form[data-draft]').forEach(keepDraft);
    root.querySelectorAll('form[data-auto]').forEach(filterItself);
    root.querySelectorAll('.drop').forEach(takeFiles);
    // A summary on show among the components is nobody's fault.
    const faults = root.querySelector('[data-focus]:not(.piece [data-focus])');
    if (faults) faults.focus();
  };
  sweep();
  start(document);
  const leave = document.querySelector('form[action="/sign-out"]');
  if (leave) leave.addEventListener('submit', () => keys().forEach((key) => box.removeItem(key)));
})();
