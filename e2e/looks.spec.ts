import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { goHomeAfterEach, log, operator, row, view } from './people.ts';

goHomeAfterEach();

const LONG_NAME = 'กัญญารัตน์ ตั้งศรีไพบูลย์วัฒนา (แอน)';

for (const theme of ['light', 'dark'] as const) {
  test(`[E2E4] the desk has nothing that axe objects to (${theme})`, async ({ browser }) => {
    const nok = await operator(browser, 'nok');
    await nok.emulateMedia({ colorScheme: theme });
    await view(nok, 'Mine').click();
    await row(nok, LONG_NAME).click();
    await expect(log(nok)).toContainText('ไม้สักเก่า');

    const { violations } = await new AxeBuilder({ page: nok }).analyze();

    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}

test('[E2E5] on a phone one thing fills the screen at a time, and nothing sticks out', async ({ browser }) => {
  const nok = await operator(browser, 'nok');
  await nok.setViewportSize({ width: 375, height: 760 });
  await view(nok, 'Mine').click();
  await row(nok, LONG_NAME).click();

  await expect(log(nok)).toContainText('ไม้สักเก่า');
  await expect(row(nok, LONG_NAME)).toBeHidden();
  expect(await nok.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await nok.getByRole('button', { name: /^Back/ }).click();
  await expect(row(nok, LONG_NAME)).toBeVisible();
});

test('[E2E6] every word changes with the language', async ({ browser }) => {
  // Nobody else's desk: a language stays chosen.
  const orathai = await operator(browser, 'orathai');
  await orathai.getByRole('button', { name: /อรทัย ศรีสุข/ }).click();
  await orathai.getByRole('menuitemradio', { name: '日本語' }).click();

  await expect(orathai.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(orathai.getByRole('link', { name: /待機/ })).toBeVisible();
  await orathai.reload();
  await expect(orathai.getByRole('link', { name: /待機/ })).toBeVisible();
});
