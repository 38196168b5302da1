import { chromium, expect, type Locator, type Page, test } from '@playwright/test';
import { lineOf } from './cut.ts';
import { answers, box, customer, goHomeAfterEach, log, operator, PASSWORD, row, says, takes, view } from './people.ts';
import { BACK, unsent, writes } from './unsent.ts';

goHomeAfterEach();

/** These are there once each, in this order. */
async function inOrder(place: Locator, texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(place.getByText(text, { exact: true })).toHaveCount(1);
  const words = await place.innerText();
  const places = texts.map((text) => words.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}

async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('E-mail').fill(`${key}@sala.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('region', { name: 'Inbox' })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /your settings/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
}

test('[E2E30] what is written offline is kept, told of, and sent in order on return (D3, D4, D5)', async ({
  browser,
}) => {
  const name = 'อุโมงค์ トンネル';
  const texts = ['หนึ่ง ก่อน', 'สอง ตาม', 'สาม ท้าย'];
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);

  await nok.context().setOffline(true);
  await expect(nok.getByText('Offline', { exact: true }).first()).toBeVisible();
  for (const text of texts) await writes(nok, text);
  await expect(nok.getByText(/^Offline for .+ 3 messages are kept on this device\./)).toBeVisible();
  await expect(nok.getByText('Will be kept here')).toBeVisible();
  await expect(log(nok).getByText('kept, 1st in line')).toBeVisible();
  await expect(log(nok).getByText('kept, 3rd in line')).toBeVisible();
  await expect(nok.getByRole('button', { name: /^Close/ }).first()).toBeDisabled();
  await nok.context().setOffline(false);

  await expect(nok.getByText('Back. 3 messages sent, in order.')).toBeVisible(BACK);
  await expect(unsent(nok)).toHaveCount(0, BACK);
  await inOrder(log(nok), texts);
  await inOrder(phone.getByRole('log'), texts);
});

test('[E2E31] what is kept outlives a reload, and arrives once (D3, C7)', async ({ browser }) => {
  const name = 'โหลดใหม่ リロード';
  const texts = ['ก่อนโหลด 1', 'ก่อนโหลด 2', 'ก่อนโหลด 3'];
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const line = await lineOf(nok.context());
  await nok.reload();
  await expect(box(nok)).toBeVisible();

  await line.cut();
  for (const text of texts) await writes(nok, text);
  await expect(unsent(nok)).toHaveCount(3);
  await nok.reload();
  await expect(nok.getByText('The desk did not open.')).toBeVisible(BACK);
  line.mend();
  await nok.getByRole('button', { name: 'Try again' }).click();

  await expect(box(nok)).toBeVisible(BACK);
  await expect(unsent(nok)).toHaveCount(0, BACK);
  await inOrder(log(nok), texts);
  await inOrder(phone.getByRole('log'), texts);
});

test('[E2E32] a page that is closed while it sends is followed by another, and nothing arrives twice (D3, C7)', async ({
  browser,
}) => {
  const name = 'ปิดกลางทาง';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const asked: string[] = [];
  // The server takes it, and the answer never comes.
  await nok.context().route(/\/trpc\/room\.send/, async (route) => {
    await route.fetch();
    asked.push(route.request().postData() ?? '');
  });

  await box(nok).fill('ไปถึงหรือยัง');
  await box(nok).press('Enter');
  await expect.poll(() => asked.length).toBe(1);
  await nok.close();
  await nok.context().unroute(/\/trpc\/room\.send/);
  const again = await nok.context().newPage();
  await again.goto('/inbox/mine');
  await row(again, name).click();

  await expect(log(again).getByText('ไปถึงหรือยัง', { exact: true })).toHaveCount(1);
  await expect(unsent(again)).toHaveCount(0);
  await answers(again, 'แล้วค่ะ');
  await expect(phone.getByRole('log')).toContainText('แล้วค่ะ');
  await inOrder(phone.getByRole('log'), ['ไปถึงหรือยัง', 'แล้วค่ะ']);
});

test('[E2E33] two tabs of one operator show one draft, one outbox, and each message once (A4, D5)', async ({
  browser,
}) => {
  const name = 'สองแท็บ 二つのタブ';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const line = await lineOf(nok.context());
  await nok.reload();
  const other = await nok.context().newPage();
  await other.goto(nok.url());
  await expect(box(other)).toBeVisible();

  await box(nok).fill('ยังพิมพ์อยู่');
  await expect(box(other)).toHaveValue('ยังพิมพ์อยู่');
  await box(nok).press('Enter');
  await expect(box(other)).toHaveValue('');
  for (const page of [nok, other]) {
    await expect(log(page).getByText('ยังพิมพ์อยู่', { exact: true })).toHaveCount(1);
    await expect(unsent(page)).toHaveCount(0);
  }

  await line.cut();
  await writes(nok, 'จากแท็บแรก');
  await writes(other, 'จากแท็บสอง');
  for (const page of [nok, other]) await expect(unsent(page)).toHaveCount(2);
  line.mend();
  for (const page of [nok, other]) {
    await expect(unsent(page)).toHaveCount(0, BACK);
    await inOrder(log(page), ['ยังพิมพ์อยู่', 'จากแท็บแรก', 'จากแท็บสอง']);
  }
  await inOrder(phone.getByRole('log'), ['ยังพิมพ์อยู่', 'จากแท็บแรก', 'จากแท็บสอง']);
});

test('[E2E34] a colleague who signs in on the same browser neither sees nor sends what was kept (D3)', async ({
  browser,
}) => {
  const name = 'เครื่องเดียวกัน';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const line = await lineOf(nok.context());
  await nok.reload();
  await expect(box(nok)).toBeVisible();
  await line.cut();
  await writes(nok, 'ของนกเท่านั้น');
  await expect(unsent(nok)).toHaveCount(1);

  await signOut(nok);
  line.mend();
  await signIn(nok, 'thanawat');
  await view(nok, 'Active').click();
  await row(nok, name).click();
  await expect(nok.getByText(/answers here/).first()).toBeVisible();
  await expect(nok.getByRole('main')).not.toContainText('ของนกเท่านั้น');
  await expect(phone.getByRole('log')).not.toContainText('ของนกเท่านั้น');

  await signOut(nok);
  await signIn(nok, 'nok');
  await view(nok, 'Mine').click();
  await row(nok, name).click();
  await expect(log(nok).getByText('ของนกเท่านั้น', { exact: true })).toHaveCount(1);
  await expect(phone.getByRole('log')).toContainText('ของนกเท่านั้น');
});

test('[E2E35] the 101st unsent message is not taken, and its text stays (D3)', async ({ browser }) => {
  test.setTimeout(120_000);
  const name = 'ร้อยข้อความ';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  await nok.context().setOffline(true);

  for (let n = 1; n <= 100; n += 1) await writes(nok, `ข้อความที่ ${n}.`);
  await box(nok).fill('ข้อความที่ 101.');
  await box(nok).press('Enter');
  await expect(nok.getByRole('alert').filter({ hasText: '100 of your messages wait to be sent' })).toBeVisible();
  await expect(box(nok)).toHaveValue('ข้อความที่ 101.');

  await nok.context().setOffline(false);
  await expect(nok.getByText('Back. 100 messages sent, in order.')).toBeVisible({ timeout: 90_000 });
  await box(nok).press('Enter');
  await expect(phone.getByRole('log')).toContainText('ข้อความที่ 101.');
  const words = await phone.getByRole('log').innerText();
  const numbers = [...words.matchAll(/ข้อความที่ (\d+)\./g)].map(([, n]) => Number(n));
  expect(numbers).toEqual(Array.from({ length: 101 }, (_, n) => n + 1));
});

test('[E2E36] what was kept for a session that went to somebody else says so, and is sent or dropped by hand (D3)', async ({
  browser,
}) => {
  const name = 'ไปอยู่กับคนอื่น';
  const [phone, nok, haruka] = [
    await customer(browser, name),
    await operator(browser, 'nok'),
    await operator(browser, 'haruka'),
  ];
  await says(phone, 'human');
  await takes(nok, name);
  await view(haruka, 'Active').click();
  await row(haruka, name).click();
  await nok.context().setOffline(true);
  await writes(nok, 'จะส่งวันเสาร์ค่ะ');
  await writes(nok, 'ช่วงบ่าย');

  await haruka.getByRole('button', { name: /^Transfer/ }).click();
  await haruka.getByText('ธนวัฒน์ ใจดี').last().click();
  await haruka.getByLabel('Note for them (optional)').press('Enter');
  await expect(haruka.getByText(/ธนวัฒน์ ใจดี answers/).first()).toBeVisible();
  await nok.context().setOffline(false);

  await expect(log(nok).getByText('Not sent: ธนวัฒน์ ใจดี answers here now.')).toBeVisible(BACK);
  await expect(log(nok).getByText('kept behind one that was not sent')).toBeVisible();
  await expect(phone.getByRole('log')).not.toContainText('จะส่งวันเสาร์ค่ะ');
  await unsent(nok).first().getByRole('button', { name: 'Drop it' }).click();
  await expect(log(nok)).not.toContainText('จะส่งวันเสาร์ค่ะ');
  await expect(unsent(nok).getByText('Not sent: ธนวัฒน์ ใจดี answers here now.')).toBeVisible();

  // Given back, it goes.
  await haruka.getByRole('button', { name: /^Transfer/ }).click();
  await haruka.getByText('นก พรทิพย์').last().click();
  await haruka.getByLabel('Note for them (optional)').press('Enter');
  await expect(nok.getByText(/^Yours since/)).toBeVisible();
  await unsent(nok).getByRole('button', { name: 'Send again' }).press('Enter');
  await expect(box(nok)).toBeFocused();
  await expect(phone.getByRole('log')).toContainText('ช่วงบ่าย');
  await expect(unsent(nok)).toHaveCount(0);
});

test('[E2E37] a browser that stores nothing says so, and sends all the same', async ({ browser }) => {
  const name = 'ไม่มีที่เก็บ';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await nok.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
  await nok.reload();
  await says(phone, 'human');
  await takes(nok, name);

  await expect(nok.getByText('This browser stores nothing.')).toBeVisible();
  await writes(nok, 'ส่งได้เหมือนเดิม');
  await expect(phone.getByRole('log')).toContainText('ส่งได้เหมือนเดิม');
  await expect(unsent(nok)).toHaveCount(0);
});

test('[E2E38] a message is on the screen in every frame from its writing on, and never twice (D5)', async ({
  browser,
}) => {
  const name = 'ทุกเฟรม 毎フレーム';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const texts = ['เฟรมแรก', 'เฟรมที่สอง', 'เฟรมที่สาม', 'เฟรมสุดท้าย'];
  await nok.evaluate((watched) => {
    const frames: string[][] = watched.map(() => []);
    Object.assign(globalThis, { frames });
    const look = () => {
      const box = document.querySelector('textarea')?.value ?? '';
      const said = document.querySelector('[role=log]')?.textContent ?? '';
      watched.forEach((text, index) => {
        const times = said.split(text).length - 1;
        frames[index]!.push(box === text ? `box${times}` : `log${times}`);
      });
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, texts);

  for (const text of texts) await writes(nok, text);
  await expect(unsent(nok)).toHaveCount(0);
  await expect(log(nok).getByText(/^sent \d\d:\d\d$/)).toBeVisible();
  await inOrder(phone.getByRole('log'), texts);

  const frames = await nok.evaluate(() => (globalThis as unknown as { frames: string[][] }).frames);
  for (const each of frames) {
    const steps = each.filter((step, index) => step !== each[index - 1]);
    // A frame may show it in both places while it moves from the box to the log.
    expect(steps.join(' ')).toMatch(/^log0 (box0 )?(box1 )?log1$/);
  }
});

test('[E2E39] who the server does not find in the room enters again, and the act is done (D7)', async ({ browser }) => {
  const name = 'นอกห้อง 部屋の外';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await row(nok, name).click();
  const refusal = { code: 'NOT_IN_ROOM' };
  const error = {
    message: 'NOT_IN_ROOM',
    code: -32012,
    data: { code: 'PRECONDITION_FAILED', httpStatus: 412, refusal },
  };
  await nok.route(/\/trpc\/room\.(claim|close)/, (route) => route.fulfill({ status: 412, json: [{ error }] }), {
    times: 1,
  });

  await nok.getByRole('button', { name: /^Claim/ }).click();

  await expect(nok.getByText(/^Yours since/)).toBeVisible();
  await answers(nok, 'อยู่แล้วค่ะ');
});

test('[E2E50] what is kept outlives the crash of the browser (D3)', async ({ browser }, info) => {
  const name = 'ล่มทั้งเบราว์เซอร์';
  const texts = ['ก่อนล่ม 1', 'ก่อนล่ม 2'];
  const phone = await customer(browser, name);
  await says(phone, 'human');
  const { baseURL, launchOptions } = info.project.use;
  const profile = info.outputPath('profile');
  const launch = () => chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL! });

  const first = await launch();
  const nok = first.pages()[0]!;
  await nok.goto('/');
  await signIn(nok, 'nok');
  await takes(nok, name);
  await first.setOffline(true);
  for (const text of texts) await writes(nok, text);
  await expect(unsent(nok)).toHaveCount(2);
  const crashing = first.browser()!;
  const died = new Promise((resolve) => crashing.once('disconnected', resolve));
  const session = await crashing.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  process.kill(processInfo.find((one) => one.type === 'browser')!.id, 'SIGKILL');
  await died;

  const second = await launch();
  const again = second.pages()[0]!;
  await again.goto('/inbox/mine');
  // The cookie may not have reached the disk in time.
  const password = again.getByLabel('Password');
  await expect(password.or(again.getByRole('region', { name: 'Inbox' }))).toBeVisible();
  if (await password.isVisible()) await signIn(again, 'nok');
  await row(again, name).click();
  await expect(unsent(again)).toHaveCount(0, BACK);
  await inOrder(log(again), texts);
  await inOrder(phone.getByRole('log'), texts);
  await second.close();
});

test('[E2E51] an act on a session that is not there any more is not done, and says so', async ({ browser }) => {
  const name = 'เปลี่ยนไปแล้ว';
  const [phone, nok] = [await customer(browser, name), await operator(browser, 'nok')];
  await says(phone, 'human');
  await takes(nok, name);
  const asked: string[] = [];
  const error = {
    message: 'STALE',
    code: -32009,
    data: { code: 'CONFLICT', httpStatus: 409, refusal: { code: 'STALE', seq: 9 } },
  };
  await nok.route(/\/trpc\/room\.close/, (route) => {
    asked.push(route.request().postData() ?? '');
    return route.fulfill({ status: 409, json: [{ error }] });
  });

  await nok
    .getByRole('button', { name: /^Close/ })
    .first()
    .click();
  await nok.getByLabel('Reason (optional)').press('Enter');

  await expect(nok.getByRole('alert').getByText(/^The conversation has moved on/)).toBeVisible();
  await expect(nok.getByText(/^Yours since/)).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/"sessionId":"[^"]+"/);
});
