import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { answers, box, crowd, goHomeAfterEach, log, nextPush, operator, PASSWORD, row, takes, view } from './people.ts';

goHomeAfterEach();

/** Somebody waits, and this operator has taken them. */
async function taken(page: Page, name: string, says: readonly string[] = ['human']): Promise<void> {
  await crowd([name], says);
  await takes(page, name);
}

const fromEnd = (page: Page) => log(page).evaluate((el) => el.scrollHeight - el.scrollTop - el.clientHeight);

test('[E2E7] a text outlives a reload and the end of the sign-in in another tab', async ({ browser }) => {
  const nok = await operator(browser, 'nok');
  await taken(nok, 'Draft ร่าง');
  await box(nok).fill('ยังพิมพ์ไม่เสร็จ');

  await nok.reload();
  await expect(box(nok)).toHaveValue('ยังพิมพ์ไม่เสร็จ');

  const other = await nok.context().newPage();
  await other.goto('/');
  await other.getByRole('button', { name: /your settings/ }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(nok.getByRole('dialog', { name: 'Signed out' })).toBeVisible();
  await nok.getByLabel('Password').fill(PASSWORD);
  await nok.keyboard.press('Enter');
  await expect(box(nok)).toHaveValue('ยังพิมพ์ไม่เสร็จ');
  await expect(nok.getByRole('button', { name: /^Send/ })).toBeEnabled();
});

test('[E2E8] what LINE refuses says why and can be sent again; what is uncertain says so and arrives once', async ({
  browser,
}) => {
  const nok = await operator(browser, 'nok');
  await taken(nok, 'Refused ปฏิเสธ');

  await nextPush({ kind: 'fail', status: 429, message: 'You have reached your monthly limit.' });
  await answers(nok, 'เกินโควตา');
  await expect(log(nok)).toContainText('LINE refused it: You have reached your monthly limit. Send again');
  await log(nok).getByRole('button', { name: 'Send again' }).click();
  await expect(log(nok)).toContainText(/sent \d\d:\d\d/);
  await expect(log(nok)).not.toContainText('LINE refused it');

  await nextPush({ kind: 'acceptThenDrop', answer: 'reset' });
  await answers(nok, 'ไม่แน่ใจ');
  await expect(log(nok)).toContainText('LINE did not answer; checking, it will not be sent twice');
  await expect(log(nok)).toContainText(/sent \d\d:\d\d/);
});

test('[E2E9] the keyboard alone: found, claimed, answered, closed; an input method keeps its Enter', async ({
  browser,
}) => {
  const name = 'คีย์บอร์ด キー';
  await crowd([name], ['human']);
  const nok = await operator(browser, 'nok');
  await expect(row(nok, name)).toBeVisible();

  // The list is one tab stop; its end is whoever came last.
  await nok.getByRole('listitem').first().getByRole('link').focus();
  await nok.keyboard.press('End');
  await expect(row(nok, name).getByRole('link')).toBeFocused();
  await nok.keyboard.press('Enter');
  await expect(nok.getByRole('main', { name: `Conversation with ${name}` })).toBeVisible();
  await nok.keyboard.press('c');
  await expect(box(nok)).toBeFocused();

  await nok.keyboard.type('かんじ');
  await box(nok).dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true, keyCode: 229 });
  await expect(box(nok)).toHaveValue('かんじ');
  await nok.keyboard.press('Shift+Enter');
  await nok.keyboard.type('二行目');
  await nok.keyboard.press('Enter');
  await expect(log(nok)).toContainText('かんじ\n二行目', { useInnerText: true });

  await nok.keyboard.press('Escape');
  await nok.keyboard.press('e');
  await nok.keyboard.type('ตอบแล้ว');
  await nok.keyboard.press('Enter');
  await expect(nok.getByText(/You closed it at/).first()).toBeVisible();
  await nok.keyboard.press('g');
  await nok.keyboard.press('c');
  await expect(view(nok, 'Closed')).toHaveAttribute('aria-current', 'page');
  await expect(row(nok, name)).toBeVisible();
});

test('[E2E10] a long room opens at its end, is read to its beginning, and is back at its end on one key', async ({
  browser,
}) => {
  const name = 'ยาวมาก';
  const nok = await operator(browser, 'nok');
  await taken(nok, name, ['human', ...Array.from({ length: 160 }, (_, index) => `บรรทัดที่ ${index + 1}`)]);
  await expect(log(nok)).toContainText('บรรทัดที่ 160');
  await expect.poll(() => fromEnd(nok)).toBeLessThan(2);

  await log(nok).focus();
  await expect(async () => {
    await nok.keyboard.press('Home');
    await expect(log(nok)).toContainText('This is where the conversation began.', { timeout: 500 });
  }).toPass();
  await expect(nok.getByRole('button', { name: 'To the newest' })).toBeVisible();
  await nok.keyboard.press('End');
  await expect.poll(() => fromEnd(nok)).toBeLessThan(2);
  await answers(nok, 'ได้รับแล้ว');
  await expect.poll(() => fromEnd(nok)).toBeLessThan(2);
});

test('[E2E11] a name cannot turn or empty its row, and a text of nothing is not sent', async ({ browser }) => {
  const nok = await operator(browser, 'nok');
  await crowd(['\u202Etxet desrever', '\u200B\u200B'], ['human']);
  await expect(row(nok, 'txet desrever').getByText('txet desrever', { exact: true })).toBeVisible();
  await expect(row(nok, 'No name yet')).toBeVisible();

  await row(nok, 'No name yet').click();
  await nok.getByRole('button', { name: /^Claim/ }).click();
  await box(nok).fill('\u200B');
  await expect(nok.getByRole('button', { name: /^Send/ })).toBeDisabled();
});

test('[E2E12] signing in says what is missing, wrong, and too much', async ({ page }) => {
  await page.goto('/inbox/mine');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Write your e-mail address.')).toBeVisible();
  await page.getByLabel('E-mail').fill('nok@sala.example');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/do not match/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await page.route('**/api/auth/sign-in/email', (route) => route.fulfill({ status: 429, body: '{}' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/Wait a minute/);
  await page.unroute('**/api/auth/sign-in/email');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/inbox\/mine$/);
});

test('[E2E13] a list of many is walked to its foot, and an address of nothing has a way back', async ({ browser }) => {
  const nok = await operator(browser, 'nok');
  const names = Array.from({ length: 70 }, (_, index) => `คนที่ ${String(index + 1).padStart(2, '0')}`);
  // They want no person: a queue of 70 would be in the way of every later test.
  await crowd(names, ['สวัสดี']);
  await nok.goto('/inbox/bot');
  const list = nok.getByRole('list', { name: 'Conversations: Bot' });
  await expect(async () => {
    await list.evaluate((el) => el.parentElement?.scrollTo(0, el.parentElement.scrollHeight));
    const foot = list.getByRole('listitem').last();
    const [place, size] = [await foot.getAttribute('aria-posinset'), await foot.getAttribute('aria-setsize')];
    expect(Number(place)).toBeGreaterThan(70);
    expect(place).toBe(size);
  }).toPass();
  await expect(list.locator('a[tabindex="0"]')).toHaveCount(1);

  await nok.setViewportSize({ width: 375, height: 760 });
  await nok.goto('/inbox/waiting/nobody');
  await nok.getByRole('button', { name: /Go to the inbox/ }).click();
  await expect(nok).toHaveURL(/\/inbox\/waiting$/);
});
