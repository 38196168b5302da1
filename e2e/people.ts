import { type Browser, type BrowserContext, type Cookie, expect, type Page, test } from '@playwright/test';

export const PASSWORD = 'sit-in-the-shade';

const inTheRoom = new Set<BrowserContext>();

/** Everybody goes home after each test of the file that says so: who stays would be on the desk in the next one. */
export function goHomeAfterEach(): void {
  test.afterEach(async () => {
    await Promise.all([...inTheRoom].map((context) => context.close()));
    inTheRoom.clear();
  });
}

/** What a browser is like: its context before the first page, and another desk than the usual one. */
export interface BrowserOf {
  prepare?: (context: BrowserContext) => Promise<unknown>;
  baseURL?: string;
}

/** Somebody in a browser of their own. Ends with the test. */
export async function newPage(browser: Browser, { prepare, baseURL }: BrowserOf = {}): Promise<Page> {
  const { use } = test.info().project;
  const context = await browser.newContext({
    baseURL: baseURL ?? use.baseURL!,
    locale: use.locale ?? 'en-GB',
    viewport: use.viewport ?? null,
  });
  inTheRoom.add(context);
  await prepare?.(context);
  const page = await context.newPage();
  // A page that breaks, or that its own policy stops, fails the test whatever else it shows.
  page.on('pageerror', (error) => expect.soft(error.message, 'an error on the page').toBe(''));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) expect.soft(message.text()).toBe('');
  });
  return page;
}

/** Sign-ins that may still stand, by operator: the server counts how often somebody signs in. */
const signIns = new Map<string, Cookie[]>();

/** Is one of the demo's operators; signs in if need be. */
export async function operator(browser: Browser, key: string, its?: BrowserOf): Promise<Page> {
  const page = await newPage(browser, its);
  await page.context().addCookies(signIns.get(key) ?? []);
  await page.goto('/');
  const [email, inbox] = [page.getByLabel('E-mail'), page.getByRole('region', { name: 'Inbox' })];
  await expect(email.or(inbox)).toBeVisible();
  if (await email.isVisible()) {
    await email.fill(`${key}@sala.example`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await expect(inbox).toBeVisible();
  signIns.set(key, await page.context().cookies());
  return page;
}

/** Becomes somebody new on the simulator's phone. */
export async function customer(browser: Browser, name: string): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(String(test.info().config.metadata.simulator));
  await page.locator('#people-open').click();
  await page.getByLabel('Somebody new').fill(name);
  await page.getByRole('button', { name: 'Be them' }).click();
  await expect(page.locator('#person-name')).toContainText(name);
  return page;
}

/** Writes on the phone. */
export async function says(phone: Page, text: string): Promise<void> {
  await phone.getByLabel('Message', { exact: true }).fill(text);
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(phone.getByRole('log')).toContainText(text);
}

/** The room that is open. */
export const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

/** Where its operator writes. */
export const box = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });

/** Writes in the open room, and it arrives there. */
export async function answers(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
  await expect(log(page)).toContainText(text);
  await expect(box(page)).toHaveValue('');
}

/** A conversation in the list that is shown. */
export const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** Opens the room of somebody who waits, and claims it. */
export async function takes(page: Page, name: string): Promise<void> {
  await row(page, name).click();
  await page.getByRole('button', { name: /^Claim/ }).click();
  await expect(page.getByText(/^Yours since/)).toBeVisible();
}

export const view = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`\\b${name}\\b`) });

const simulator = () => String(test.info().config.metadata.simulator);

async function asked<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${simulator()}/_sim${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}`).toBe(true);
  return (await response.json()) as Answer;
}

async function firstChannel(): Promise<string> {
  const { channels } = await asked<{ channels: { id: string }[] }>('GET', '/channels');
  return channels[0]!.id;
}

/** People nobody needs to watch: each says these things, in order, without a phone. */
export async function crowd(names: readonly string[], says: readonly string[]): Promise<void> {
  const channel = await firstChannel();
  const people = await Promise.all(
    names.map((displayName) => asked<{ userId: string }>('POST', '/people', { displayName })),
  );
  const items = says.flatMap((text) =>
    people.map(({ userId }) => ({ userId, deed: { act: 'send', message: { type: 'text', text } } })),
  );
  for (let from = 0; from < items.length; from += 200) {
    await asked('POST', `/channels/${channel}/batches`, { items: items.slice(from, from + 200) });
  }
}

/** LINE's next push goes wrong like this. */
export const nextPush = (fault: object): Promise<unknown> => asked('PUT', '/faults/e2e', { times: 1, ...fault });
