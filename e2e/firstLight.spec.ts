import { expect, test } from '@playwright/test';
import { answers, customer, goHomeAfterEach, log, operator, row, says, takes, view } from './people.ts';

goHomeAfterEach();

test('[E2E1] a customer and two operators, each under their own name: asked for, claimed, answered, passed on, closed (D7, D8)', async ({
  browser,
}) => {
  const name = 'น้ำฝน รุ่งเรืองกิจไพศาล';
  const [phone, nok, thanawat] = [
    await customer(browser, name),
    await operator(browser, 'nok'),
    await operator(browser, 'thanawat'),
  ];

  // The customer meets the bot, and asks for a person.
  await says(phone, 'สวัสดีค่ะ');
  await expect(phone.getByRole('log')).toContainText('Write “human” to talk to a person');
  await says(phone, 'ขอคุยกับเจ้าหน้าที่ค่ะ');
  await expect(row(nok, name)).toBeVisible();
  await expect(row(thanawat, name)).toBeVisible();

  // Both open it; one claims, the other sees it in the same room without asking.
  await row(nok, name).click();
  await row(thanawat, name).click();
  await nok.getByRole('button', { name: /^Claim/ }).click();
  await expect(nok.getByText(/^Yours since/)).toBeVisible();
  await expect(log(thanawat)).toContainText('นก พรทิพย์ claimed the conversation');
  await expect(thanawat.getByText(/นก พรทิพย์ answers here/)).toBeVisible();

  // They talk, both ways; the other operator reads along.
  await answers(nok, 'สวัสดีค่ะ มีอะไรให้ช่วยคะ <b>😊</b>');
  await expect(phone.getByRole('log')).toContainText('สวัสดีค่ะ มีอะไรให้ช่วยคะ <b>😊</b>');
  await expect(nok.getByText(/^sent \d\d:\d\d$/)).toBeVisible();
  await says(phone, 'โต๊ะตัวนี้สูงเท่าไหร่คะ');
  await expect(log(nok)).toContainText('โต๊ะตัวนี้สูงเท่าไหร่คะ');
  await expect(log(thanawat)).toContainText('โต๊ะตัวนี้สูงเท่าไหร่คะ');

  // Passed on to the colleague, who answers and closes.
  await nok.getByRole('button', { name: /^Transfer/ }).click();
  await nok.getByText('ธนวัฒน์ ใจดี').last().click();
  await nok.getByLabel('Note for them (optional)').fill('ถามเรื่องความสูง');
  await nok.getByLabel('Note for them (optional)').press('Enter');
  await expect(thanawat.getByText(/^Yours since/)).toBeVisible();
  await expect(log(thanawat)).toContainText('ถามเรื่องความสูง');
  await answers(thanawat, 'สูง 75 เซนติเมตรครับ');
  await expect(phone.getByRole('log')).toContainText('สูง 75 เซนติเมตรครับ');
  await thanawat
    .getByRole('button', { name: /^Close/ })
    .first()
    .click();
  await thanawat.getByLabel('Reason (optional)').fill('ตอบแล้ว');
  await thanawat.getByLabel('Reason (optional)').press('Enter');
  await expect(thanawat.getByText(/You closed it at/).first()).toBeVisible();

  // It is among the closed ones, and the bot has the customer again.
  await view(nok, 'Closed').click();
  await expect(row(nok, name)).toBeVisible();
  await says(phone, 'human');
  await view(nok, 'Waiting').click();
  await expect(row(nok, name)).toBeVisible();
});

test('[E2E2] of two who claim by key at once, one gets it and the other is told who', async ({ browser }) => {
  const name = 'Race ผู้รอคิว';
  const [phone, nok, thanawat] = [
    await customer(browser, name),
    await operator(browser, 'nok'),
    await operator(browser, 'thanawat'),
  ];
  await says(phone, 'I would like a human');
  for (const page of [nok, thanawat]) {
    await row(page, name).click();
    await expect(page.getByRole('button', { name: /^Claim/ })).toBeVisible();
  }

  await Promise.all([nok.keyboard.press('c'), thanawat.keyboard.press('c')]);

  await expect(phone.getByRole('log')).toContainText('A person will be with you shortly');
  const wins = await Promise.all(
    [nok, thanawat].map(async (page) => {
      await expect(
        page.getByText(/^Yours since|claimed (this|.+) before you|^(?!Nobody).+ answers here/).first(),
      ).toBeVisible();
      return page.getByText(/^Yours since/).count();
    }),
  );
  expect(wins.reduce((sum, one) => sum + one, 0)).toBe(1);
});

test('[E2E3] what is said while the line is down is on the screen when it is back, without a reload', async ({
  browser,
}) => {
  const name = 'ออฟไลน์ 圏外さん';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const marked = await nok.evaluate(() => Object.assign(globalThis, { stillHere: true }).stillHere);
  expect(marked).toBe(true);

  await nok.context().setOffline(true);
  await expect(nok.getByText('Offline', { exact: true }).first()).toBeVisible();
  await says(phone, 'トンネルの中から');
  await says(phone, 'もう一度');
  await expect(log(nok)).not.toContainText('もう一度');
  await nok.context().setOffline(false);

  await expect(log(nok)).toContainText('トンネルの中から', { timeout: 45_000 });
  await expect(log(nok)).toContainText('もう一度');
  await expect(log(nok).getByText('もう一度')).toHaveCount(1);
  expect(await nok.evaluate(() => 'stillHere' in globalThis)).toBe(true);
});
