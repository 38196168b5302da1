import { expect, type Page, test } from '@playwright/test';
import { box, crowd, customer, goHomeAfterEach, log, operator, row, says, view } from './people.ts';

goHomeAfterEach();

/** Who else is in the room, as somebody there sees it. */
const faces = (page: Page) => page.getByRole('list', { name: 'Also in this room' });
const face = (page: Page, words: string) => faces(page).getByText(words, { exact: true });
const claim = (page: Page) => page.getByRole('button', { name: /^Claim/ });
/** One's own face, in the rail. */
const own = (page: Page) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: /your settings/ });

async function say(page: Page, availability: string): Promise<void> {
  await page.keyboard.press('Shift+A');
  await page.getByRole('menuitemradio', { name: availability }).click();
  await page.keyboard.press('Escape');
}

/** How often a page has begun to follow who is on the desk. */
function presencesBegun(page: Page): () => number {
  let begun = 0;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      begun += String(payload).split('"presence.follow"').length - 1;
    }),
  );
  return () => begun;
}

test('[E2E40] two in a room see each other, that one types, that they stopped by themselves, and that one left', async ({
  browser,
}) => {
  const name = 'ด้วยกัน 一緒に';
  await crowd([name], ['human']);
  const [nok, thanawat] = [await operator(browser, 'nok'), await operator(browser, 'thanawat')];
  await row(nok, name).click();
  await expect(faces(nok)).toBeHidden();
  await row(thanawat, name).click();
  await expect(face(nok, 'ธนวัฒน์ ใจดี is reading')).toBeVisible();
  await expect(face(thanawat, 'นก พรทิพย์ is reading')).toBeVisible();

  await claim(nok).click();
  await box(nok).pressSequentially('กำลังพิมพ์');
  await expect(face(thanawat, 'นก พรทิพย์ is typing')).toBeVisible();
  // Nobody says that it ends: not a key, not the end of the focus.
  await expect(face(thanawat, 'นก พรทิพย์ is reading')).toBeVisible({ timeout: 6_000 });
  await expect(box(nok)).toBeFocused();

  await goToBack(nok, true);
  await expect(face(thanawat, 'นก พรทิพย์ has it open in the background')).toBeVisible();
  await goToBack(nok, false);
  await expect(face(thanawat, 'นก พรทิพย์ is reading')).toBeVisible();

  await nok.keyboard.press('Escape');
  await nok.keyboard.press('Escape');
  await expect(faces(thanawat)).toBeHidden();
});

test('[E2E41] availability said in one tab is shown in the other, to the colleague, and after a reload', async ({
  browser,
}) => {
  const name = 'พร้อมรับเรื่อง';
  await crowd([name], ['human']);
  const [nok, thanawat] = [await operator(browser, 'nok'), await operator(browser, 'thanawat')];
  const other = await nok.context().newPage();
  const begun = presencesBegun(other);
  await other.goto('/');
  await expect(own(other)).toHaveAccessibleName(/Available$/);

  await say(nok, 'Away');
  for (const page of [nok, other]) await expect(own(page)).toHaveAccessibleName(/Away$/);
  // The stream that has told it goes on.
  expect(begun()).toBe(1);
  await row(thanawat, name).click();
  await claim(thanawat).click();
  await thanawat.getByRole('button', { name: /^Transfer/ }).click();
  await expect(thanawat.getByText('นก พรทิพย์').last().locator('..')).toContainText('Away');
  await nok.reload();
  await expect(own(nok)).toHaveAccessibleName(/Away$/);
  await say(nok, 'Available');
  await expect(own(other)).toHaveAccessibleName(/Available$/);
});

test('[E2E42] who is given a conversation is told once, in every tab, until one of them opens it', async ({
  browser,
}) => {
  const name = 'ส่งต่อ 引き継ぎ';
  await crowd([name], ['human']);
  const [nok, thanawat] = [await operator(browser, 'nok'), await operator(browser, 'thanawat')];
  const other = await thanawat.context().newPage();
  await other.goto('/');
  await expect(own(other)).toHaveAccessibleName(/Available$/);
  await row(nok, name).click();
  await claim(nok).click();
  await nok.getByRole('button', { name: /^Transfer/ }).click();
  await nok.getByText('ธนวัฒน์ ใจดี').last().click();
  await nok.getByLabel('Note for them (optional)').fill('ขอใบกำกับภาษี');
  await nok.getByLabel('Note for them (optional)').press('Enter');

  const told = (page: Page) => page.getByText(`นก พรทิพย์ gave you ${name}: “ขอใบกำกับภาษี”`);
  for (const page of [thanawat, other]) await expect(told(page)).toBeVisible();
  await expect(told(nok)).toBeHidden();
  await thanawat.getByTestId('toast').getByRole('button', { name: 'Open' }).click();
  await expect(thanawat.getByText(/^Yours since/)).toBeVisible();
  for (const page of [thanawat, other]) await expect(told(page)).toBeHidden();
});

test('[E2E43] settings and sound are one for all tabs: one of them sounds, and none for the room in front', async ({
  browser,
}) => {
  // A call for who waits comes every 20 s.
  test.slow();
  const name = 'เสียงเรียก';
  const [phone, first] = [await customer(browser, name), await operator(browser, 'nok')];
  const second = await first.context().newPage();
  await first.context().addInitScript(countNotes);
  for (const page of [first, second]) {
    await page.goto('/');
    await expect(own(page)).toHaveAccessibleName(/Available$/);
    // A page may sound from its reader's first key on.
    await page.keyboard.press('Shift');
  }
  await expect.poll(() => leaders(first)).toBe(1);
  await soundsFor(first, /^queue/);

  // Somebody always waits in the demo: one of the two has called by now, or does within its 20 s.
  const total = async () => (await notes(first)) + (await notes(second));
  await expect.poll(total, { timeout: 25_000 }).toBeGreaterThan(0);
  expect(Math.min(await notes(first), await notes(second))).toBe(0);

  await soundsFor(first, /^mine/);
  await own(second).click();
  await expect(second.getByRole('menuitem', { name: 'Sound: mine' })).toBeVisible();
  await second.keyboard.press('Escape');

  await says(phone, 'human');
  await row(first, name).click();
  await claim(first).click();
  await expect(first.getByText(/^Yours since/)).toBeVisible();
  const before = await total();
  await says(phone, 'เห็นอยู่แล้ว');
  await expect(log(first)).toContainText('เห็นอยู่แล้ว');
  await view(first, 'Mine').click();
  await expect(row(first, name)).toContainText('เห็นอยู่แล้ว');
  await says(phone, 'ไม่เห็น');
  await expect(row(first, name)).toContainText('ไม่เห็น');
  await expect.poll(async () => (await total()) - before).toBe(1);
});

test('[E2E54] who takes the next one asks for the session in the list, and not for another that came since', async ({
  browser,
}) => {
  const name = 'รับคิวถัดไป';
  await crowd([name], ['human']);
  const nok = await operator(browser, 'nok');
  const asked: string[] = [];
  const error = {
    message: 'STALE',
    code: -32009,
    data: { code: 'CONFLICT', httpStatus: 409, refusal: { code: 'STALE', seq: 9 } },
  };
  await nok.route(/\/trpc\/room\.claim/, (route) => {
    asked.push(route.request().postData() ?? '');
    return route.fulfill({ status: 409, json: [{ error }] });
  });

  await expect(row(nok, name)).toBeVisible();
  await nok.keyboard.press('n');

  await expect(nok.getByText(/^The conversation has moved on/).first()).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/"sessionId":"[^"]+"/);
});

/** Another tab comes before this one, or goes again: a browser without windows shows all of its tabs. */
const goToBack = (page: Page, isBack: boolean) =>
  page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isBack ? 'hidden' : 'visible',
  );

async function soundsFor(page: Page, scope: RegExp): Promise<void> {
  await own(page).click();
  await page.getByRole('menuitem', { name: /^Sound/ }).click();
  await page.getByRole('radio', { name: scope }).click();
  await expect(page.getByRole('radio', { name: scope })).toBeChecked();
  await page.keyboard.press('Escape');
  // What opened the sheet was in a menu that is gone.
  await expect(own(page)).toBeFocused();
}

/** Counts the notes that a page plays: each is two partials. */
function countNotes() {
  const counted = Object.assign(globalThis, { notes: 0 });
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    counted.notes += 0.5;
    start.call(this, when);
  };
}

const notes = (page: Page) => page.evaluate(() => (globalThis as unknown as { notes: number }).notes);
const leaders = (page: Page) =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith('sala.sound.')).length;
  });
