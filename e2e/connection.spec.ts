import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { RoomView } from '@sala/contracts';
import { OwnDesk } from './ownDesk.ts';
import { answers, type BrowserOf, customer, goHomeAfterEach, log, operator, row, says, takes } from './people.ts';

goHomeAfterEach();

/** The mark of the connection, as this screen shows it. */
const mark = (page: Page) => page.locator('[data-connection]:visible');
const isLiveBy = (page: Page, via: string) =>
  expect(mark(page).and(page.locator(`[data-connection="live"][data-via="${via}"]`))).toBeVisible({ timeout: 20_000 });

/** Sockets fail, as behind a proxy that knows only HTTP, until the page says otherwise. */
const noSockets = (context: BrowserContext) =>
  context.addInitScript(() => {
    class BlockedSocket extends EventTarget {
      static readonly OPEN = 1;
      readyState = 0;
      constructor(url: string | URL) {
        super();
        if ('socketsWork' in globalThis) return new RealSocket(url) as unknown as BlockedSocket;
        setTimeout(() => {
          this.readyState = 3;
          this.dispatchEvent(new Event('error'));
          this.dispatchEvent(new CloseEvent('close', { code: 1006 }));
        });
      }
      send() {}
      close() {}
    }
    const RealSocket = WebSocket;
    globalThis.WebSocket = BlockedSocket as unknown as typeof WebSocket;
  });

/** A proxy that waits for the end of an answer before it passes it on: a stream has none. */
const noStreams = (context: BrowserContext) =>
  context.route(
    (url) => url.pathname.endsWith('.follow'),
    async (route) => {
      if (route.request().headers()['x-sala-poll']) await route.fallback();
    },
  );

const polling: BrowserOf = {
  prepare: async (context) => {
    await noSockets(context);
    await noStreams(context);
  },
};

/** A conversation between a customer and an operator whose network is what it is. */
async function talks(phone: Page, desk: Page, name: string): Promise<void> {
  await says(phone, 'human');
  await takes(desk, name);
  await answers(desk, 'สวัสดีค่ะ');
  await expect(phone.getByRole('log')).toContainText('สวัสดีค่ะ');
  await says(phone, 'ได้ยินไหมคะ');
  await expect(log(desk)).toContainText('ได้ยินไหมคะ');
  await expect(log(desk).getByText('ได้ยินไหมคะ')).toHaveCount(1);
}

test('[E2E20] where sockets are blocked the desk streams over HTTP, says so, and is used as ever (D6)', async ({
  browser,
}) => {
  const name = 'ไม่มีซ็อกเก็ต Proxy さん';
  const phone = await customer(browser, name);
  const nok = await operator(browser, 'nok', { prepare: noSockets });
  await isLiveBy(nok, 'sse');
  await expect(mark(nok)).toContainText('Live by HTTP');
  await talks(phone, nok, name);

  // A second tab of the same browser polls: the two together would use up its connections.
  const second = await nok.context().newPage();
  await second.goto(nok.url());
  await isLiveBy(second, 'polling');
  await says(phone, 'สองแท็บ');
  await expect(log(second)).toContainText('สองแท็บ');
  await expect(log(nok)).toContainText('สองแท็บ');
  await answers(second, 'เห็นทั้งสองแท็บค่ะ');
  await expect(log(nok).getByText('เห็นทั้งสองแท็บค่ะ')).toHaveCount(1);
});

test('[E2E21] where nothing streams the desk polls, says so, and is used as ever (D6)', async ({ browser }) => {
  const name = 'ไม่มีสตรีม Buffering さん';
  const phone = await customer(browser, name);
  const nok = await operator(browser, 'nok', polling);
  await isLiveBy(nok, 'polling');
  await expect(mark(nok)).toContainText('Live by polling');
  await talks(phone, nok, name);
});

test('[E2E22] a desk below a socket goes up by itself, and nothing is lost or doubled on the way (D6, D9)', async ({
  browser,
}) => {
  const name = 'ขึ้นลง Updown さん';
  const phone = await customer(browser, name);
  const nok = await operator(browser, 'nok', { prepare: noSockets });
  await isLiveBy(nok, 'sse');
  await talks(phone, nok, name);

  await nok.evaluate(() => Object.assign(globalThis, { socketsWork: true }));
  // Somebody who comes back to the tab is reason enough to try.
  await nok.evaluate(() => window.dispatchEvent(new Event('focus')));
  for (const n of [1, 2, 3]) await says(phone, `ระหว่างทาง ${n}`);
  await isLiveBy(nok, 'socket');
  await says(phone, 'ถึงแล้ว');
  await expect(log(nok)).toContainText('ถึงแล้ว');
  for (const n of [1, 2, 3]) await expect(log(nok).getByText(`ระหว่างทาง ${n}`)).toHaveCount(1);
  await answers(nok, 'ครบทุกข้อความค่ะ');
});

/** A poll's answer, as tRPC writes it. */
const answer = (event: string, data: object) => ({
  contentType: 'text/event-stream',
  body: `event: connected\ndata: {}\n\n\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n\n`,
});

test('[E2E24] a room that its log does not continue is fetched anew, also when it is shorter, and followed from there (D9)', async ({
  browser,
}) => {
  const name = 'ย้อนเวลา Restored さん';
  const phone = await customer(browser, name);
  const nok = await operator(browser, 'nok', polling);
  await isLiveBy(nok, 'polling');
  await talks(phone, nok, name);

  // The log goes back to before the last thing said, as after a restore.
  let isShort = false;
  const cursors: string[] = [];
  await nok.route(
    (url) => url.pathname.endsWith('/room.get'),
    async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { result: { data: RoomView } }[];
      const { data: room } = body[0]!.result;
      const lost = room.entries.at(-1)!;
      body[0]!.result.data = { ...room, seq: lost.seq - 1, entries: room.entries.filter((one) => one.seq < lost.seq) };
      isShort = true;
      await route.fulfill({ response, json: body });
    },
  );
  await nok.route(
    (url) => url.pathname.endsWith('/room.follow'),
    async (route) => {
      if (!isShort) {
        const refusal = { code: 'STALE', seq: 1 };
        const data = { code: 'CONFLICT', httpStatus: 409, path: 'room.follow', refusal, correlationId: null };
        return route.fulfill(answer('serialized-error', { code: -32009, message: 'STALE', data }));
      }
      cursors.push(new URL(route.request().url()).searchParams.get('input')!);
      return route.fallback();
    },
  );
  await expect.poll(() => cursors.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect(log(nok).getByText('ได้ยินไหมคะ')).toHaveCount(1);
  const first = JSON.parse(cursors[0]!) as { lastEventId: number };
  await says(phone, 'ยังอยู่ค่ะ');
  await expect(log(nok).getByText('ยังอยู่ค่ะ')).toHaveCount(1);
  await expect
    .poll(() => Number((JSON.parse(cursors.at(-1)!) as { lastEventId: string }).lastEventId))
    .toBeGreaterThan(first.lastEventId + 1);
  await answers(nok, 'ครบค่ะ');
});

test('[E2E25] a new version asks and never forces; a server that does not hear the others says so', async ({
  browser,
}) => {
  const nok = await operator(browser, 'nok', polling);
  await isLiveBy(nok, 'polling');
  let isNew = false;
  await nok.route(
    (url) => url.pathname.endsWith('/me.follow'),
    async (route) => {
      const response = await route.fetch();
      const said = (await response.text()).replace('"whole"', '"degraded"');
      await route.fulfill({ response, body: isNew ? said.replace(/"build":"[^"]+"/, '"build":"another"') : said });
    },
  );
  await expect(mark(nok)).toContainText('Degraded');
  await expect(nok.getByRole('button', { name: 'Reload' })).toBeHidden();

  await nok.evaluate(() => Object.assign(globalThis, { stillHere: true }));
  isNew = true;
  await expect(mark(nok)).toContainText('New version');
  expect(await nok.evaluate(() => 'stillHere' in globalThis)).toBe(true);
  await nok.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => nok.evaluate(() => 'stillHere' in globalThis).catch(() => true)).toBe(false);
  await isLiveBy(nok, 'polling');
});

test('[E2E26] on a phone the open room says what the bar would, and the bar says it in one line', async ({
  browser,
}) => {
  const name = 'มือถือ Narrow さん';
  const phone = await customer(browser, name);
  await says(phone, 'human');
  const nok = await operator(browser, 'nok', polling);
  await isLiveBy(nok, 'polling');
  await nok.route(
    (url) => url.pathname.endsWith('/me.follow'),
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/"build":"[^"]+"/, '"build":"another"');
      await route.fulfill({ response, body });
    },
  );
  await nok.setViewportSize({ width: 375, height: 760 });
  await expect(mark(nok)).toContainText('New version');
  const bar = nok.getByRole('navigation', { name: 'Places' });
  await expect(bar).toBeVisible();
  const newVersion = nok.getByRole('button', { name: 'Reload' }).locator('..');
  expect((await newVersion.boundingBox())!.height).toBeLessThanOrEqual(32);
  expect(await nok.evaluate(() => document.documentElement.scrollWidth)).toBe(375);

  await row(nok, name).click();
  await expect(log(nok)).toContainText('human');
  await expect(bar).toBeHidden();
  await expect(mark(nok)).toContainText('Live by polling');
  await expect(mark(nok)).toContainText('New version');
  expect((await mark(nok).boundingBox())!.height).toBeLessThanOrEqual(32);
  expect(await nok.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});

test.describe('a server that goes away', () => {
  const desk = new OwnDesk();
  test.beforeAll(() => desk.start());
  test.afterAll(() => desk.remove());

  const at = { baseURL: desk.url };
  const inWaiting = (page: Page) => page.getByRole('listitem').filter({ has: page.getByTestId('shade') });
  const claim = (page: Page) => page.getByRole('button', { name: /^Claim/ });
  const isConnection = (page: Page, types: RegExp, timeout = 20_000) =>
    expect(mark(page)).toHaveAttribute('data-connection', types, { timeout });

  test('[E2E23] restarted under the page it is found again without a hand, and the mark tells the truth (D1, D2, D9)', async ({
    browser,
  }) => {
    test.setTimeout(150_000);
    const [nok, thanawat] = [await operator(browser, 'nok', at), await operator(browser, 'thanawat', at)];
    await inWaiting(nok).first().click();
    await expect(claim(nok)).toBeEnabled();
    await thanawat.goto(nok.url());
    for (const page of [nok, thanawat]) {
      await expect(claim(page)).toBeEnabled();
      await page.evaluate(() => Object.assign(globalThis, { stillHere: true }));
    }

    // A power cut: nobody claims what may be gone, and the mark says for how long.
    await desk.stop('SIGKILL');
    await isConnection(nok, /reconnecting|offline/);
    await expect(claim(nok)).toBeHidden();
    await expect(nok.getByText(/Joining again/)).toBeVisible();
    await isConnection(nok, /offline/);
    await expect(mark(nok)).toContainText(/Offline\s*\d+ s/);
    await desk.start();
    // Nobody has to wait for the next try, and nobody has to ask for it.
    await nok.getByRole('button', { name: 'Try now' }).first().click();
    await isConnection(nok, /live/, 3_000);
    await isConnection(thanawat, /live/, 45_000);
    await claim(nok).click();
    await expect(log(thanawat)).toContainText('นก พรทิพย์ claimed the conversation');

    // A server that says goodbye is found again in the same way.
    await desk.stop('SIGTERM');
    await isConnection(thanawat, /draining|reconnecting|offline/);
    await desk.start();
    for (const page of [nok, thanawat]) await isConnection(page, /live/, 45_000);
    await answers(nok, 'กลับมาแล้วค่ะ');
    await expect(log(thanawat).getByText('กลับมาแล้วค่ะ')).toHaveCount(1);
    for (const page of [nok, thanawat]) expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true);
  });
});
