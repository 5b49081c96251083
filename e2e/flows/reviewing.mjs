// A reviewer opens and collects a review; an approver, a second person, approves, freezes and issues the report.

import assert from 'node:assert/strict';

import { inspect, visit } from '../lib/inspect.mjs';
import { desk, download, send } from '../lib/session.mjs';

const REVIEWS = '/resolutions/s3-2017-2020/reviews';
const REVIEW = `${REVIEWS}/2020`;

const verb = (page, name) => page.locator(`form[action$="/${name}"] button`);

async function opens(page) {
  await page.goto(REVIEWS);
  await page.locator('input[name=period]').fill('năm nào đó');
  assert.equal(await send(page, page.locator(`form[action$="${REVIEWS}"] button`)), 422);
  await inspect(page, 'review-faulty');
  await page.locator('input[name=period]').fill('2020');
  await page.locator('input[name=cutoff]').fill('06/01/2020');
  assert.equal(await send(page, page.locator(`form[action$="${REVIEWS}"] button`)), 303);
  await page.waitForURL(`**${REVIEW}`);
  await visit(page, 'review-open', REVIEW);
  assert.equal(await verb(page, 'approve').count(), 0, 'who collects does not approve');
  assert.equal(await send(page, verb(page, 'collect')), 303);
}

async function writes(page) {
  await visit(page, 'review-texts', `${REVIEW}/texts`);
  await page.locator('main form input[type=text], main form input:not([type])').first().waitFor();
  await page.locator('input[name=place]').fill('Thành phố mẫu');
  await page.locator('input[name=office]').fill('BÍ THƯ');
  assert.equal(await send(page, page.locator('form[action$="/texts"] button')), 303);
  await visit(page, 'report-preview', `${REVIEW}/preview`);
}

export default async function reviewing(tools) {
  const reviewer = await desk(tools, 'reviewer');
  await opens(reviewer);
  const approver = await desk(tools, 'approver');
  await approver.goto(REVIEW);
  assert.equal(await send(approver, verb(approver, 'approve')), 303);
  assert.equal(await send(approver, verb(approver, 'freeze').first()), 303);
  await writes(reviewer);

  await visit(approver, 'review-frozen', REVIEW);
  assert.equal(await send(approver, verb(approver, 'reports')), 303, await approver.locator('main').innerText());
  await approver.waitForURL(`**${REVIEW}/reports/1`);
  assert.match(await approver.locator('main').innerText(), /P12/);
  await visit(approver, 'report', `${REVIEW}/reports/1`);
  await visit(approver, 'reviews', REVIEWS);

  const pdf = await download(approver, `${REVIEW}/reports/1.pdf`);
  assert.equal(pdf.type, 'application/pdf');
  assert.ok(pdf.bytes.length > 5000 && pdf.bytes.subarray(0, 5).toString() === '%PDF-');
  const docx = await download(approver, `${REVIEW}/reports/1.docx`);
  assert.match(docx.type, /wordprocessingml/);
  assert.ok(docx.bytes.length > 3000 && docx.bytes.subarray(0, 2).toString() === 'PK');
  await Promise.all([reviewer, approver].map((page) => page.context().close()));
}
