import { type Browser, expect, type Page, test } from '@playwright/test';

export const PASSWORD = 'sit-in-the-shade';

/** Somebody in a browser of their own. Ends with the test. */
async function newPage(browser: Browser): Promise<Page> {
  const { baseURL, locale, viewport } = test.info().project.use;
  const context = await browser.newContext({
    baseURL: baseURL!,
    locale: locale ?? 'en-GB',
    viewport: viewport ?? null,
  });
  const page = await context.newPage();
  // A page that breaks, or that its own policy stops, fails the test whatever else it shows.
  page.on('pageerror', (error) => expect.soft(error.message, 'an error on the page').toBe(''));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) expect.soft(message.text()).toBe('');
  });
  return page;
}

/** Signs in as one of the demo's operators. */
export async function operator(browser: Browser, key: string): Promise<Page> {
  const page = await newPage(browser);
  await page.goto('/');
  await page.getByLabel('E-mail').fill(`${key}@sala.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('region', { name: 'Inbox' })).toBeVisible();
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

/** Writes in the open room. */
export async function answers(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Reply to/ });
  await box.fill(text);
  await box.press('Enter');
  await expect(log(page)).toContainText(text);
  await expect(box).toHaveValue('');
}

/** A conversation in the list that is shown. */
export const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

export const view = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`\\b${name}\\b`) });
