import { expect, type Locator, test } from '@playwright/test';
import { lineOf } from './cut.ts';
import { box, customer, goHomeAfterEach, operator, PASSWORD, says, takes } from './people.ts';
import { BACK, unsent, writes } from './unsent.ts';

goHomeAfterEach();

test('[E2E52] who is shut out is told so, and is back with what they typed once they have signed in', async ({
  browser,
}) => {
  const name = 'ถูกกันไว้ข้างนอก';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const line = await lineOf(nok.context());
  await nok.reload();
  await box(nok).fill('ยังพิมพ์ค้างอยู่');

  await line.close(4403);
  const sheet = nok.getByRole('dialog', { name: 'You may not use this desk any more' });
  await expect(sheet).toContainText('Ask your admin');
  await sheet.getByLabel('Password').fill(PASSWORD);
  await sheet.getByRole('button', { name: 'Sign in' }).click();

  await expect(sheet).toBeHidden();
  await expect(box(nok)).toHaveValue('ยังพิมพ์ค้างอยู่');
  await box(nok).press('Enter');
  await expect(phone.getByRole('log')).toContainText('ยังพิมพ์ค้างอยู่');
});

test('[E2E53] what is kept can be copied and dropped while it does not go, and the focus stays at hand', async ({
  browser,
}) => {
  const name = 'เปลี่ยนใจ やめる';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await nok.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await says(phone, 'human');
  await takes(nok, name);
  await nok.context().setOffline(true);
  for (const text of ['ไม่ส่งแล้ว', 'คัดลอกไว้']) await writes(nok, text);
  const [first, second] = [unsent(nok).filter({ hasText: 'ไม่ส่งแล้ว' }), unsent(nok).filter({ hasText: 'คัดลอกไว้' })];
  const drop = (line: Locator) => line.getByRole('button', { name: 'Drop it' });
  const copy = (line: Locator) => line.getByRole('button', { name: /^Cop/ });

  expect((await drop(first).boundingBox())!.height).toBeGreaterThanOrEqual(24);
  await drop(first).press('Enter');
  await expect(unsent(nok)).toHaveCount(1);
  await expect(copy(second)).toBeFocused();
  await copy(second).press('Enter');
  await expect(copy(second)).toHaveText('Copied');
  expect(await nok.evaluate(() => navigator.clipboard.readText())).toBe('คัดลอกไว้');
  await drop(second).press('Enter');
  await expect(unsent(nok)).toHaveCount(0);
  await expect(box(nok)).toBeFocused();

  await writes(nok, 'จากโทรศัพท์');
  await nok.setViewportSize({ width: 375, height: 720 });
  expect((await drop(unsent(nok)).boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await nok.context().setOffline(false);
  await expect(phone.getByRole('log')).toContainText('จากโทรศัพท์', BACK);
  await expect(phone.getByRole('log')).not.toContainText('ไม่ส่งแล้ว');
});
