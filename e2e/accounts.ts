import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { newPage, operator, PASSWORD } from './people.ts';

export const NEW_PASSWORD = 'under-the-tamarind-tree';

/** The admin's desk, in English whatever a test before this one chose. */
export async function admin(browser: Browser): Promise<Page> {
  const page = await operator(browser, 'orathai', { prepare: inEnglish });
  await page.goto('/settings/people');
  return page;
}

async function inEnglish({ request }: BrowserContext): Promise<void> {
  const headers = { origin: test.info().project.use.baseURL! };
  const ask = async (path: string, data: object) => {
    const answer = await request.post(path, { headers, data });
    expect(answer.ok(), path).toBe(true);
  };
  await ask('/api/auth/sign-in/email', { email: 'orathai@sala.example', password: PASSWORD });
  await ask('/trpc/me.changeSettings', { locale: 'en' });
}

let invited = 0;

/** Invites somebody new as the admin, and answers the link the admin is shown. */
export async function invites(page: Page, name: string): Promise<{ email: string; link: string }> {
  const email = `guest${(invited += 1)}.${Date.now()}@sala.example`;
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await page.getByLabel('Link').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  return { email, link };
}

/** Opens an invitation in a browser of their own, and comes in. */
export async function joins(browser: Browser, link: string): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('The password again').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Come in' }).click();
  await expect(page.getByRole('region', { name: 'Inbox' })).toBeVisible();
  return page;
}

/** Signs in with a password, in another browser; what follows is the caller's. */
export async function signsIn(browser: Browser, email: string, password = NEW_PASSWORD): Promise<Page> {
  const page = await newPage(browser);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return page;
}

/** Somebody's row among the accounts. */
export const account = (page: Page, name: string) => page.getByTestId('account').filter({ hasText: name });
