import { expect, test } from '@playwright/test';
import { admin, invites, joins } from './accounts.ts';
import { customer, goHomeAfterEach, row, says } from './people.ts';

goHomeAfterEach();

test('[E2E67] [PA6] a team hides its conversations from who is not in it, and shows them to who joins', async ({
  browser,
}) => {
  const name = 'ลูกค้าของทีมชา';
  const page = await admin(browser);
  const { link } = await invites(page, 'Outside');
  const guest = await joins(browser, link);
  const phone = await customer(browser, name);
  await says(phone, 'human');
  await expect(row(guest, name)).toBeVisible();

  await page.goto('/settings/teams');
  await page.getByRole('button', { name: 'Add a team' }).click();
  await page.getByLabel('Name', { exact: true }).fill('茶 Tea');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '茶 Tea' })).toContainText('nobody in it');
  await page.goto('/inbox/waiting');
  await row(page, name).click();
  await page.getByRole('button', { name: 'Give to a team' }).click();
  await page.getByRole('menuitemradio', { name: '茶 Tea' }).click();
  await expect(page.getByTestId('room-state')).toContainText('茶 Tea');
  await expect(row(page, name)).toContainText('茶 Tea');
  await expect(row(guest, name)).toHaveCount(0);

  await page.goto('/settings/teams');
  await page.getByRole('button', { name: 'Name and members: 茶 Tea' }).click();
  await page.getByRole('checkbox', { name: /^Outside/ }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row(guest, name)).toBeVisible();

  await page.getByRole('button', { name: 'Remove: 茶 Tea' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '茶 Tea' })).toHaveCount(0);
});

test('[E2E68] [PA7] a key is shown once, and removed after a question', async ({ browser }) => {
  const page = await admin(browser);
  await page.goto('/settings/keys');
  await page.getByRole('button', { name: 'Add a key' }).click();
  await page.getByLabel('What it is for').fill('Night report');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const secret = await page.getByRole('textbox', { name: 'Night report' }).inputValue();
  expect(secret.length).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Night report')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Night report')).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('button', { name: 'Remove the key Night report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Night report')).toHaveCount(0);
});

test('[E2E69] [PA8] the audit log shows what was done, with before and after, and keeps its search in the address', async ({
  browser,
}) => {
  const page = await admin(browser);
  await invites(page, 'Written Down');
  await page.goto('/settings/audit');
  await page.getByLabel('What').selectOption('account.invited');
  await expect(page).toHaveURL(/action=account\.invited/);
  const newest = page.locator('[data-action="account.invited"]').first();
  await newest.locator('summary').click();
  await expect(newest.getByRole('region', { name: 'After' })).toContainText('Written Down');
  await expect(page.locator('[data-action="signIn.succeeded"]')).toHaveCount(0);

  await page.reload();
  await expect(page.getByLabel('What')).toHaveValue('account.invited');
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'As CSV' }).click();
  expect((await file).suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.locator('[data-action="signIn.succeeded"]').first()).toBeVisible();
});

test('[E2E70] [PA1] on a phone the settings are a list, then a page, and nothing sticks out', async ({ browser }) => {
  const page = await admin(browser);
  await page.setViewportSize({ width: 375, height: 760 });
  await page.goto('/settings');
  for (const name of ['Your desk', 'Security', 'API keys', 'People', 'Teams', 'Audit log']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    await page.getByRole('link', { name: 'All settings' }).click();
  }
});
