import { expect, test } from '@playwright/test';
import { account, admin, invites, joins, NEW_PASSWORD, signsIn } from './accounts.ts';
import { codeOf } from './authenticator.ts';
import { goHomeAfterEach, newPage, PASSWORD } from './people.ts';

goHomeAfterEach();

/** What ends somewhere else is seen within this. */
const WITHIN_SECONDS = { timeout: 5_000 };

test('[E2E60] [PA2] an invitation is passed on, leaves nothing in the address, and works once', async ({ browser }) => {
  const page = await admin(browser);
  const { link } = await invites(page, 'เมย์ ใหม่มาก');
  await expect(page.getByRole('region', { name: 'Invited, not here yet' })).toContainText('เมย์ ใหม่มาก');

  const may = await newPage(browser);
  await may.goto(link);
  await expect(may.getByRole('heading', { name: /Welcome/ })).toBeVisible();
  expect(new URL(may.url()).hash).toBe('');
  await may.close();
  const guest = await joins(browser, link);
  expect(guest.url()).not.toContain(link.split('#')[1]!);

  const late = await newPage(browser);
  await late.goto(link);
  await expect(late.getByText('This link does not work.')).toBeVisible();
});

test('[E2E61] [PA3] signing in takes a second step, with a code of the app or with a backup code once', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const page = await admin(browser);
  const { email, link } = await invites(page, 'Two Steps');
  const guest = await joins(browser, link);
  await guest.goto('/settings/security');
  await guest.getByRole('button', { name: 'Set it up' }).click();
  await guest.getByRole('dialog').getByLabel('Password').fill(NEW_PASSWORD);
  await guest.getByRole('dialog').getByRole('button', { name: 'Set it up' }).click();
  const secret = await guest.getByTestId('totp-secret').innerText();
  await guest.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret));
  await guest.getByRole('button', { name: 'Turn it on' }).click();
  const codes = guest.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  const backupCode = await codes.first().innerText();
  await guest.getByRole('button', { name: 'I have kept them' }).click();
  await expect(guest.getByText(/^On\. \d+ backup codes are left/)).toBeVisible();

  // The code that turned it on has been used; the next one counts.
  const byApp = await signsIn(browser, email);
  await byApp.getByRole('textbox', { name: 'Code' }).fill('000000');
  await byApp.getByRole('button', { name: 'Go on' }).click();
  await expect(byApp.getByRole('alert')).toContainText('not right');
  await byApp.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret, 1));
  await byApp.getByRole('button', { name: 'Go on' }).click();
  await expect(byApp.getByRole('region', { name: 'Inbox' })).toBeVisible();

  for (const isRight of [true, false]) {
    const byBackup = await signsIn(browser, email);
    await byBackup.getByRole('button', { name: 'Use a backup code' }).click();
    await byBackup.getByLabel('Backup code').fill(backupCode);
    await byBackup.getByRole('button', { name: 'Go on' }).click();
    await expect(isRight ? byBackup.getByRole('region', { name: 'Inbox' }) : byBackup.getByRole('alert')).toBeVisible();
  }
});

test('[E2E62] [PA2] a link for a new password, made by an admin, sets it and ends what was signed in', async ({
  browser,
}) => {
  const page = await admin(browser);
  const { email, link } = await invites(page, 'Forgetful');
  const guest = await joins(browser, link);
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'More for Forgetful' }).click();
  await page.getByRole('menuitem', { name: 'Link for a new password' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const reset = await page.getByLabel('Link').inputValue();

  const phone = await newPage(browser);
  await phone.goto(reset);
  await phone.getByLabel('Password', { exact: true }).fill(`${NEW_PASSWORD}-2`);
  await phone.getByLabel('The password again').fill(`${NEW_PASSWORD}-2`);
  await phone.getByRole('button', { name: 'Keep it' }).click();

  await expect(phone.getByRole('region', { name: 'Inbox' })).toBeVisible();
  await expect(guest.getByRole('dialog', { name: 'Signed out' })).toBeVisible(WITHIN_SECONDS);
  const old = await signsIn(browser, email);
  await expect(old.getByRole('alert')).toContainText('do not match');
});

test('[E2E63] [PA4] a sign-in that is ended elsewhere ends on its open page within seconds', async ({ browser }) => {
  const page = await admin(browser);
  const { email, link } = await invites(page, 'Two Browsers');
  const [first, second] = [await joins(browser, link), await signsIn(browser, email)];
  await expect(second.getByRole('region', { name: 'Inbox' })).toBeVisible();
  await expect(second.getByText('Live', { exact: true }).first()).toBeVisible();

  await first.goto('/settings/security');
  await expect(first.getByText('this browser')).toHaveCount(1);
  await first.getByRole('button', { name: /^End the sign-in/ }).click();

  await expect(second.getByRole('dialog', { name: 'Signed out' })).toBeVisible(WITHIN_SECONDS);
  await expect(first.getByRole('button', { name: /^End the sign-in/ })).toHaveCount(0);
});

test('[E2E64] [PA4] who is banned is shut out within seconds, and comes in no more until let in again', async ({
  browser,
}) => {
  const page = await admin(browser);
  const { email, link } = await invites(page, 'Banned Soon');
  const guest = await joins(browser, link);
  await expect(guest.getByText('Live', { exact: true }).first()).toBeVisible();

  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'More for Banned Soon' }).click();
  await page.getByRole('menuitem', { name: 'Ban' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ban' }).click();

  await expect(account(page, 'Banned Soon')).toContainText('banned');
  await expect(guest.getByRole('dialog', { name: 'You may not use this desk any more' })).toBeVisible(WITHIN_SECONDS);
  const again = await signsIn(browser, email);
  await expect(again.getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'More for Banned Soon' }).click();
  await page.getByRole('menuitem', { name: 'Let in again' }).click();
  await expect(account(page, 'Banned Soon')).not.toContainText('banned');
});

test('[E2E65] [PA1] the settings open by what one may; what one may not says so', async ({ browser }) => {
  const page = await admin(browser);
  const { link } = await invites(page, 'Plain Operator');
  const guest = await joins(browser, link);
  await guest.keyboard.press('g');
  await guest.keyboard.press('s');
  await expect(guest).toHaveURL(/\/settings\/me$/);
  await expect(guest.getByRole('link', { name: 'People' })).toHaveCount(0);
  await guest.goto('/settings/audit');
  await expect(guest.getByText('Your role does not open this page.')).toBeVisible();

  // A change of role holds on the page that is open.
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'More for Plain Operator' }).click();
  await page.getByRole('menuitem', { name: 'Name and role' }).click();
  await page.getByRole('radio', { name: /admin/i }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(guest.getByRole('link', { name: 'People' })).toBeVisible(WITHIN_SECONDS);
});

test('[E2E66] [PA5] what is not saved is not lost without a word', async ({ browser }) => {
  const page = await admin(browser);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByLabel('Current password')).toHaveValue(PASSWORD);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL(/\/settings\/people$/);
});
